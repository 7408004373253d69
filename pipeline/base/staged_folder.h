/*
 * A folder that appears complete, by one rename, or not at all.
 *
 *     staged_folder_open    lock and make .NAME.efface-staging beside OUT (mode 0700)
 *     staged_file_create    a new file in it; write to its descriptor ...
 *     staged_file_close     ... which is synced and closed
 *     staged_folder_publish sync the folders, rename to OUT, sync the parent
 *     staged_folder_abandon remove everything, if not published; or
 *     staged_folder_leave   leave it to the next run
 *
 * OUT itself must not exist, or be an empty folder. For what is locked, swept and refused see
 * base/staging.h. Nothing follows a symbolic link.
 */
#ifndef EFFACE_BASE_STAGED_FOLDER_H
#define EFFACE_BASE_STAGED_FOLDER_H

#include <stdbool.h>

#include "base/diagnostics.h"
#include "base/status.h"

struct staged_folder; /* opaque */

/*
 * `out` may be relative and end with slashes. STATUS_USAGE where it ends with no name
 * ("", "/", ".", ".."), STATUS_SYSTEM where OUT exists and isn't an empty folder, is a
 * mount point, is written to by another run, or can't be made. Caller ends it with
 * publish, abandon or leave.
 */
MUST_USE enum status staged_folder_open(const char *out, struct staged_folder **folder,
                                        struct diagnostics *diagnostics);

/* The descriptor of the staging folder; borrowed until publish, abandon or leave. */
int staged_folder_fd(const struct staged_folder *folder);

/*
 * Makes a file (mode 0600), and the folders on the way to it (0700), at a path
 * relative to the folder, without empty names, "." and "..". *fd can only be written
 * and belongs to the caller until staged_file_close.
 */
MUST_USE enum status staged_file_create(struct staged_folder *folder, const char *path, int *fd,
                                        struct diagnostics *diagnostics);

/*
 * Where the bytes of a file go while it is made, for messages: its path in the staging folder,
 * whose disk may be full. Borrowed until publish, abandon or leave; `path` itself where memory ran
 * out.
 */
const char *staged_file_name(struct staged_folder *folder, const char *path);

/* Syncs and closes; the descriptor is closed whatever is returned. `name` is for messages. */
MUST_USE enum status staged_file_close(int fd, const char *name, struct diagnostics *diagnostics);

/*
 * On success the folder is freed and OUT is there. On failure it still needs abandon, and OUT isn't
 * there; but where the disk lets it neither last nor go, it is, whole, and a warning says so.
 */
MUST_USE enum status staged_folder_publish(struct staged_folder *folder,
                                           struct diagnostics *diagnostics);

/* Whether OUT is there though publishing failed, or that can't be told. */
bool staged_folder_is_stuck(const struct staged_folder *folder);

/* Removes the staging folder, if it didn't become OUT, and frees. NULL is fine. */
void staged_folder_abandon(struct staged_folder *folder);

/* Frees, and leaves the staging folder as a run that died does: the next one sweeps it. */
void staged_folder_leave(struct staged_folder *folder);

#endif
