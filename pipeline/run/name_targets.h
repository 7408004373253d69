/*
 * Whom the options name as targets, before any record is read.
 */
#ifndef EFFACE_RUN_NAME_TARGETS_H
#define EFFACE_RUN_NAME_TARGETS_H

#include "base/arena.h"
#include "base/diagnostics.h"
#include "base/status.h"
#include "match/resolution.h"
#include "read/row_reader.h"
#include "run/run.h"

/*
 * Adds the targets to the resolution's list. *rows reads the targets file, which the list has
 * taken; NULL where there is none. The caller frees it whatever is returned, before the arena.
 * STATUS_USAGE for a selection or a value that there can't be, STATUS_INPUT for a file that can't
 * be taken.
 */
MUST_USE enum status name_targets(const struct run_options *options, struct arena *arena,
                                  struct resolution *resolution, struct row_reader **rows,
                                  struct diagnostics *diagnostics);

#endif
