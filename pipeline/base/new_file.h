/*
 * A file that appears whole or not at all: made in a staging folder beside its place (staging.h),
 * and moved there.
 *
 *     new_file_open     locks the folder and makes the file, mode 0600
 *     ...               write to new_file_fd
 *     new_file_publish  syncs, moves, syncs the folder that the place is in; or
 *     new_file_abandon  removes it
 *
 * What stands at the place already is refused, when the file is opened and once more when it
 * is moved, unless it is to be replaced: it then stays until the new one is there, and comes back
 * where that can't be made to last.
 */
#ifndef EFFACE_BASE_NEW_FILE_H
#define EFFACE_BASE_NEW_FILE_H

#include <stdbool.h>

#include "base/diagnostics.h"
#include "base/status.h"

struct new_file; /* opaque */

/*
 * STATUS_USAGE where the path ends with no name, STATUS_SYSTEM where something stands there (that
 * is no regular file, if it is to be replaced), another run writes there, or the file can't be
 * made. Caller ends *file with new_file_publish or new_file_abandon.
 */
MUST_USE enum status new_file_open(const char *path, bool replace, struct new_file **file,
                                   struct diagnostics *diagnostics);

/* Borrowed until publish or abandon. Can be read, too. */
int new_file_fd(const struct new_file *file);

/* The staging folder, for whatever else has to lie on disk meanwhile; borrowed likewise. */
int new_file_folder_fd(const struct new_file *file);

/*
 * On success the file is freed and in its place. On failure it still needs abandon, and the place
 * is as it was; but where the disk lets the file neither last nor go, it is there, whole, and a
 * warning says so.
 */
MUST_USE enum status new_file_publish(struct new_file *file, struct diagnostics *diagnostics);

/* Removes the file and what lies beside it, and frees. NULL is fine. */
void new_file_abandon(struct new_file *file);

#endif
