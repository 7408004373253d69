/*
 * What listing, staging and key files share in the handling of folders.
 *
 * Everything is done relative to a folder that is held open, so that it is done in
 * that one folder, whatever happens to its path meanwhile.
 */
#ifndef EFFACE_BASE_FOLDER_H
#define EFFACE_BASE_FOLDER_H

#include <dirent.h>
#include <stdbool.h>

#include "base/diagnostics.h"
#include "base/status.h"

/* Of what is made for nobody else. */
enum { FOLDER_MODE = 0700, FILE_MODE = 0600 };

/* What stands at the end of a failed step leaves the reason of the failure. */
void close_keeping_errno(int fd);

/* The folder that the last name of a path stands in. */
struct parent_folder {
    int fd;
    char *way;  /* what the path has before its last name: "", or it ends with a slash */
    char *name; /* the path's last name, without slashes; need not exist */
};

#define PARENT_FOLDER_INIT                                                                         \
    {                                                                                              \
        -1, NULL, NULL                                                                             \
    }

/*
 * Takes relative and absolute paths, slashes at the end included. STATUS_USAGE where
 * the path ends with no name (it is empty, "/", or ends with "." or ".."),
 * STATUS_SYSTEM where the folder can't be opened. Caller ends it with
 * parent_folder_close, which is fine after a failure too.
 */
MUST_USE enum status parent_folder_open(const char *path, struct parent_folder *parent,
                                        struct diagnostics *diagnostics);

void parent_folder_close(struct parent_folder *parent);

/*
 * The entries of the folder `name` in another, from the first on; "." is the other
 * itself. A symbolic link is not followed. Caller ends it with folder_entries_close.
 * NULL with errno.
 */
DIR *folder_entries(int parent_fd, const char *name);

/*
 * The name of the next entry, "." and ".." left out; borrowed until the next call.
 * NULL with errno 0 at the end, with another errno where reading failed.
 */
const char *folder_next_entry(DIR *entries);

/* NULL is fine. errno stays, as the reason why the reading ended. */
void folder_entries_close(DIR *entries);

/*
 * The descriptor of a folder that is made if there is none, of mode FOLDER_MODE then. A symbolic
 * link is not followed. -1 with errno.
 */
int folder_open_or_make(int parent_fd, const char *name);

/* Empties a folder, "." or one in the other; no link is followed. False with errno. */
MUST_USE bool folder_remove_contents(int parent_fd, const char *folder_name);

/* fsync of a folder; true also on a file system that can't sync one. False with errno. */
MUST_USE bool folder_sync(int folder_fd);

#endif
