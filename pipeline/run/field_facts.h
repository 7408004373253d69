/*
 * What the reports are told of each field, over all files of its entity.
 */
#ifndef EFFACE_RUN_FIELD_FACTS_H
#define EFFACE_RUN_FIELD_FACTS_H

#include "base/arena.h"
#include "base/status.h"
#include "report/run_report.h"
#include "run/run_plan.h"

/* Fills report->fields, in the order of the rules' entities and of their columns. */
MUST_USE enum status field_facts_gather(const struct run_plan *plan,
                                        const struct file_tally *tallies, bool key_is_kept,
                                        struct arena *arena, struct run_report *report,
                                        struct diagnostics *diagnostics);

#endif
