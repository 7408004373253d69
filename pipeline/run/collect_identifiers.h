/*
 * What the leak check has to know, once it is settled whose every record is: one more search
 * over the records of targets that resolve has kept, and over the files of which it has not.
 *
 * A target's own identifiers are the email addresses, phones and names in the cells that are
 * treated on the target's behalf, in fields of class direct: of its records of the subject, and of
 * records that are its alone. A record that also links to somebody else's record gives nothing, but
 * for a field that is `about` a link to the target only. What an earlier run has anonymized, and
 * what targets that are held back own, gives nothing either.
 */
#ifndef EFFACE_RUN_COLLECT_IDENTIFIERS_H
#define EFFACE_RUN_COLLECT_IDENTIFIERS_H

#include "base/diagnostics.h"
#include "base/secret.h"
#include "base/status.h"
#include "match/known_identifiers.h"
#include "match/resolution.h"
#include "run/kept_records.h"
#include "run/run_plan.h"
#include "run/stream.h"

/*
 * Fills `known`, which is initialized here and released by the caller. `resolution` is sealed, what
 * the leak check does in each file is planned, and what is kept is read no more.
 */
MUST_USE enum status collect_identifiers(const struct run_plan *plan, struct stream *stream,
                                         const struct secret *secret,
                                         const struct resolution *resolution,
                                         struct kept_records *kept, struct known_identifiers *known,
                                         struct diagnostics *diagnostics);

#endif
