/*
 * The plan of a file that stands in memory, on top of a match_fixture.
 */
#ifndef EFFACE_UNIT_PLAN_FIXTURE_H
#define EFFACE_UNIT_PLAN_FIXTURE_H

#include "match_fixture.h"
#include "run/file_plan.h"

/*
 * Plans the columns of a file that match_file_open has bound. `plan` is good as long as both.
 * The status is that of column_plan_make; its messages are in fixture->diagnostics, and what
 * the header lacks in file->csv.faults.
 */
enum status plan_fixture_make(struct match_fixture *fixture, struct match_file *file,
                              struct file_plan *plan);

#endif
