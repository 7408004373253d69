/*
 * A file that no entity takes, copied as it is (`unmatched_files: copy`).
 */
#ifndef EFFACE_RUN_COPY_FILE_H
#define EFFACE_RUN_COPY_FILE_H

#include "base/diagnostics.h"
#include "base/staged_folder.h"
#include "base/status.h"
#include "match/known_identifiers.h"
#include "report/run_report.h"
#include "run/phase_meter.h"
#include "run/run_plan.h"

/*
 * Copies one planned file and reports its size and checksums. `tally` is initialized here: what
 * of `leaks` (NULL: nothing is looked for) the file holds, as if it had one column. Where `staged`
 * is NULL the file is read but not written.
 */
MUST_USE enum status copy_file(const struct run_plan *plan, const struct file_plan *file,
                               const struct known_identifiers *leaks, struct staged_folder *staged,
                               struct phase_meter *meter, struct file_tally *tally,
                               struct file_report *report, struct diagnostics *diagnostics);

#endif
