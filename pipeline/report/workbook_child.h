/*
 * A workbook made by a child process.
 *
 * libxlsxwriter crashes where memory runs out, or goes on without what it could not have,
 * and says little else. So it works in a child, and makes each workbook twice: the parent
 * sees two equal files, or knows that something failed.
 */
#ifndef EFFACE_REPORT_WORKBOOK_CHILD_H
#define EFFACE_REPORT_WORKBOOK_CHILD_H

#include "base/diagnostics.h"
#include "base/status.h"

/*
 * Runs in the child, twice, and gives the same bytes each time. Fills the empty file `path`;
 * further temporary files go to `scratch_folder`. Returns 0 or an errno. What it prints is lost.
 */
typedef int workbook_builder(const char *path, const char *scratch_folder, const void *argument);

/*
 * Lets a child build a workbook in `scratch_folder`, waits for its end and copies the
 * file to `fd` from its position on. STATUS_SYSTEM where anything fails; `fd` may then
 * hold a part, and the scratch folder files of the child's, for the caller to sweep; after a
 * success nothing stays there. To be called where the process has one thread.
 */
MUST_USE enum status child_write_workbook(workbook_builder *build, const void *argument, int fd,
                                          const char *name, const char *scratch_folder,
                                          struct diagnostics *diagnostics);

#endif
