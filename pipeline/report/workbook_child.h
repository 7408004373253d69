/*
 * A workbook made by two child processes, while their parent does something else.
 *
 *     child_workbook_start    forks the children
 *     child_workbook_finish   waits for their ends and copies what they made; or
 *     child_workbook_abandon  ends them
 *
 * libxlsxwriter crashes where memory runs out, or goes on without what it could not have,
 * and says little else. So it works in two children, side by side, of which one has less
 * memory: the parent sees two equal files, or knows that something failed.
 *
 * Several may be at work at once. SIGCHLD must not be ignored meanwhile: there would be no end to
 * wait for, which is told as a failure.
 */
#ifndef EFFACE_REPORT_WORKBOOK_CHILD_H
#define EFFACE_REPORT_WORKBOOK_CHILD_H

#include "base/diagnostics.h"
#include "base/status.h"

struct child_workbook; /* opaque */

/*
 * Runs in each child, and gives the same bytes. Fills the empty file `path`;
 * further temporary files go to `scratch_folder`. Returns 0 or an errno. What it prints is lost.
 */
typedef int workbook_builder(const char *path, const char *scratch_folder, const void *argument);

/*
 * Lets children build a workbook in a new folder in `scratch_folder`. They see everything as it is
 * now. `name`, for messages, is borrowed until the end. STATUS_SYSTEM where anything fails; else
 * the caller ends *book with child_workbook_finish or child_workbook_abandon. To be called where
 * the process has one thread, which lives until then: the children end with it.
 */
MUST_USE enum status child_workbook_start(workbook_builder *build, const void *argument,
                                          const char *name, const char *scratch_folder,
                                          struct child_workbook **book,
                                          struct diagnostics *diagnostics);

/*
 * Copies the workbook to `fd` from its position on, and frees, whatever is returned. STATUS_SYSTEM
 * where anything failed; `fd` may then hold a part, and the scratch folder files of the children's,
 * for the caller to sweep; after a success nothing stays there.
 */
MUST_USE enum status child_workbook_finish(struct child_workbook *book, int fd,
                                           struct diagnostics *diagnostics);

/* Kills the children, waits for their ends and frees; what they leave is for the caller to sweep.
 * NULL is fine. */
void child_workbook_abandon(struct child_workbook *book);

#endif
