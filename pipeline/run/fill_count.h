/*
 * How many cells of a column hold something, for the field summary.
 */
#ifndef EFFACE_RUN_FILL_COUNT_H
#define EFFACE_RUN_FILL_COUNT_H

#include "record/batch.h"
#include "run/column_plan.h"
#include "run/file_tally.h"

/* Adds a batch's cells that are neither empty nor null to `filled` of the plan's counted columns.
 */
void count_filled(const struct file_columns_plan *plan, const struct batch *batch,
                  const struct dialect *dialect, struct file_tally *tally);

#endif
