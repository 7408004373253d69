/*
 * The first pass: reads what links need, until it is known whose every record is.
 */
#ifndef EFFACE_RUN_RESOLVE_H
#define EFFACE_RUN_RESOLVE_H

#include "base/diagnostics.h"
#include "base/secret.h"
#include "base/status.h"
#include "match/resolution.h"
#include "run/kept_records.h"
#include "run/run_plan.h"
#include "run/stream.h"

/*
 * Fills and seals `resolution`, whose list of targets stands. STATUS_INPUT also where
 * that list turns out contradictory. The targets' records are kept in `kept`, of those
 * files that can give the leak check something, and whose records nobody has joined or
 * left since they were read; NULL: they aren't.
 */
MUST_USE enum status resolve(const struct run_plan *plan, struct stream *stream,
                             const struct secret *secret, struct resolution *resolution,
                             struct kept_records *kept, struct diagnostics *diagnostics);

#endif
