/*
 * What the leak check found, for the reports and for the verdict.
 */
#ifndef EFFACE_RUN_LEAK_FACTS_H
#define EFFACE_RUN_LEAK_FACTS_H

#include "base/arena.h"
#include "base/diagnostics.h"
#include "base/status.h"
#include "report/run_report.h"
#include "run/file_tally.h"
#include "run/run_plan.h"

/*
 * Sorts out the addresses and phones that contacts bear who are no targets: what remains of
 * them counts as shared, wherever it is.
 */
MUST_USE enum status leak_facts_share(const struct run_plan *plan, struct file_tally *tallies,
                                      struct diagnostics *diagnostics);

/*
 * Fills report->leaks, by entity, field and kind in the order of the rules, copied files
 * behind them; and report->leak_check. `tallies` are beside the plan's files.
 */
MUST_USE enum status leak_facts_gather(const struct run_plan *plan,
                                       const struct file_tally *tallies, struct arena *arena,
                                       struct run_report *report, struct diagnostics *diagnostics);

/*
 * A message for each field in which email addresses, phones or replaced keys of targets are
 * left: errors and STATUS_LEAK, or, where the rules only want to be warned, warnings. What is
 * shared, and full names, are for the reports alone: they may be somebody else's.
 */
MUST_USE enum status leak_verdict(const struct run_plan *plan, const struct run_report *report,
                                  struct diagnostics *diagnostics);

#endif
