/*
 * Output files synced and closed by threads of their own, while the next ones are written.
 *
 *     file_closer_new
 *     file_closer_take     again and again
 *     file_closer_finish   waits for all that were taken
 *     file_closer_free     any time; waits too
 *
 * One thread takes; the same or another, later, finishes.
 */
#ifndef EFFACE_BASE_FILE_CLOSER_H
#define EFFACE_BASE_FILE_CLOSER_H

#include <stddef.h>

#include "base/diagnostics.h"
#include "base/status.h"

struct file_closer; /* opaque */

/* No threads: files are closed when they are taken. NULL where memory or threads can't be had. */
struct file_closer *file_closer_new(size_t threads);

/*
 * Closes a file of staged_file_create, by staged_file_close, some time. `name`, for messages, is
 * borrowed until file_closer_finish. Waits where many are being closed, so that descriptors are
 * bounded.
 */
void file_closer_take(struct file_closer *closer, int fd, const char *name);

/* What came of all that were taken: the first failure, in the order in which they were. */
MUST_USE enum status file_closer_finish(struct file_closer *closer,
                                        struct diagnostics *diagnostics);

/* NULL is fine. */
void file_closer_free(struct file_closer *closer);

#endif
