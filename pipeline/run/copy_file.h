/*
 * A file that no entity takes, copied as it is (`unmatched_files: copy`).
 */
#ifndef EFFACE_RUN_COPY_FILE_H
#define EFFACE_RUN_COPY_FILE_H

#include "base/diagnostics.h"
#include "base/staged_folder.h"
#include "base/status.h"
#include "report/run_report.h"
#include "run/run_plan.h"

/* Copies one planned file and reports its size and checksums. */
MUST_USE enum status copy_file(const struct run_plan *plan, const struct file_plan *file,
                               struct staged_folder *staged, struct file_report *report,
                               struct diagnostics *diagnostics);

#endif
