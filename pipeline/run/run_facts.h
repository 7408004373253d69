/*
 * What the reports are told, gathered from plan, resolution and tallies.
 */
#ifndef EFFACE_RUN_RUN_FACTS_H
#define EFFACE_RUN_RUN_FACTS_H

#include "base/arena.h"
#include "base/status.h"
#include "match/resolution.h"
#include "report/run_report.h"
#include "run/run.h"
#include "run/run_plan.h"

/* Whether a name was found nowhere or a target is held back. */
bool resolution_incomplete(const struct resolution *resolution);

struct run_intent run_intent_of(const struct run_options *options, const struct run_plan *plan,
                                const struct resolution *resolution);

/* A report of each planned file, named only. NULL where memory ran out. */
struct file_report *run_facts_files(const struct run_plan *plan, struct arena *arena);

/*
 * Fills `report`, but for its targets, records and files, which stand there already. Text and
 * arrays live in the arena, the plan and the rules. `tallies` are beside the plan's files.
 */
MUST_USE enum status run_facts_gather(const struct run_options *options,
                                      const struct run_plan *plan, const struct file_tally *tallies,
                                      struct arena *arena, struct run_report *report,
                                      struct diagnostics *diagnostics);

#endif
