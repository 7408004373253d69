/*
 * A file that appears whole or not at all: written beside its place, and renamed to it.
 *
 *     new_file_open     makes the temporary file, mode 0600
 *     ...               write to new_file_fd
 *     new_file_publish  syncs, renames, syncs the folder; or
 *     new_file_abandon  removes it
 *
 * What stands at the place already is refused, when the file is opened and once more when it
 * is renamed, unless it is to be replaced.
 */
#ifndef EFFACE_BASE_NEW_FILE_H
#define EFFACE_BASE_NEW_FILE_H

#include <stdbool.h>

#include "base/diagnostics.h"
#include "base/status.h"

struct new_file; /* opaque */

/*
 * STATUS_USAGE where the path ends with no name, STATUS_SYSTEM where something stands there (that
 * is no regular file, if it is to be replaced) or the file can't be made. Caller ends *file with
 * new_file_publish or new_file_abandon.
 */
MUST_USE enum status new_file_open(const char *path, bool replace, struct new_file **file,
                                   struct diagnostics *diagnostics);

/* Borrowed until publish or abandon. Can be read, too. */
int new_file_fd(const struct new_file *file);

/* The folder it goes into; borrowed likewise. */
int new_file_folder_fd(const struct new_file *file);

/* On success the file is freed and in its place. On failure it still needs abandon. */
MUST_USE enum status new_file_publish(struct new_file *file, struct diagnostics *diagnostics);

/* Removes the temporary file and frees. NULL is fine. */
void new_file_abandon(struct new_file *file);

#endif
