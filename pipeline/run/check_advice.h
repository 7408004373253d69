/*
 * Warnings about rules that are valid but probably not meant so.
 */
#ifndef EFFACE_RUN_CHECK_ADVICE_H
#define EFFACE_RUN_CHECK_ADVICE_H

#include "base/diagnostics.h"
#include "match/resolution.h"
#include "ruleset/ruleset.h"
#include "run/run_plan.h"

/* Entities whose fields are treated in nobody's record, because no link leads to a contact. */
void check_advise_on_rules(const struct ruleset *ruleset, struct diagnostics *diagnostics);

/*
 * Of a planned export: patterns that match nothing (of the rules file's own: a pack's are meant
 * for any export), links and conditions that ask an entity without files, selections (of the rules
 * file's own, too) that ask a column which is not there, repeated columns.
 */
void check_advise(const struct run_plan *plan, const struct resolution *resolution,
                  struct diagnostics *diagnostics);

#endif
