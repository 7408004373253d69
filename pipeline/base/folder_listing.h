/*
 * The files below a folder, in one order on every machine.
 */
#ifndef EFFACE_BASE_FOLDER_LISTING_H
#define EFFACE_BASE_FOLDER_LISTING_H

#include <stddef.h>
#include <sys/types.h>

#include "base/arena.h"
#include "base/diagnostics.h"
#include "base/status.h"

enum file_kind { FILE_REGULAR, FILE_SYMLINK, FILE_OTHER };

struct listed_file {
    const char *path; /* relative to the folder, with '/' */
    enum file_kind kind;
    off_t size;
};

struct folder_listing {
    struct listed_file *files; /* sorted by the bytes of their paths */
    size_t count;
};

/*
 * Lists everything but folders below `folder_fd`, to a depth of 64. Symbolic links
 * are listed, not followed. All memory comes from the arena. `name` is the folder's
 * name for messages. STATUS_INPUT where folders are nested deeper, STATUS_SYSTEM where
 * one can't be read.
 */
MUST_USE enum status folder_list(int folder_fd, const char *name, struct arena *arena,
                                 struct folder_listing *listing, struct diagnostics *diagnostics);

#endif
