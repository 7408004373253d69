/*
 * The files of a ledger in their folder: FILE, which only grows, FILE.head beside it, and,
 * while something is replaced, FILE.new or FILE.head.new.
 *
 * FILE is locked (file_lock.h) as long as it is open: shared by those who look, by one alone
 * who changes. Nothing follows a symbolic link at the last name. What is written is synced before
 * the function returns, but for ledger_file_append.
 */
#ifndef EFFACE_LEDGER_LEDGER_FILE_H
#define EFFACE_LEDGER_LEDGER_FILE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buffer.h"
#include "base/diagnostics.h"
#include "base/folder.h"
#include "base/span.h"
#include "base/status.h"

enum ledger_access {
    LEDGER_LOOK,   /* nothing is changed, also not what an interruption has left */
    LEDGER_CHANGE, /* it must be there */
    LEDGER_MAKE,   /* it is made if it isn't there */
};

struct ledger_file {
    struct parent_folder folder; /* and FILE's name in it */
    const char *path;            /* as given, for messages; borrowed */
    char *head_name, *new_name, *new_head_name;
    int fd; /* of FILE; -1: there is none yet, which only LEDGER_MAKE leaves so */
};

/*
 * STATUS_INPUT where there is no such ledger, though a head may be left of one, it is no regular
 * file, or it belongs to or can be written by others; STATUS_SYSTEM where it is in use.
 * Ended with ledger_file_close whatever is returned.
 */
MUST_USE enum status ledger_file_open(const char *path, enum ledger_access access,
                                      struct ledger_file *file, struct diagnostics *diagnostics);
void ledger_file_close(struct ledger_file *file);

/* STATUS_INPUT where there is no head. */
MUST_USE enum status ledger_file_read_head(const struct ledger_file *file, struct buffer *text,
                                           struct diagnostics *diagnostics);
MUST_USE enum status ledger_file_write_head(const struct ledger_file *file, struct span text,
                                            struct diagnostics *diagnostics);

MUST_USE enum status ledger_file_size(const struct ledger_file *file, uint64_t *size,
                                      struct diagnostics *diagnostics);

/* Writes to FILE at an offset; synced by ledger_file_sync. */
MUST_USE enum status ledger_file_append(const struct ledger_file *file, struct span bytes,
                                        uint64_t offset, struct diagnostics *diagnostics);
MUST_USE enum status ledger_file_sync(const struct ledger_file *file,
                                      struct diagnostics *diagnostics);

/* Cuts off and syncs what is behind an offset. */
MUST_USE enum status ledger_file_cut(const struct ledger_file *file, uint64_t size,
                                     struct diagnostics *diagnostics);

/*
 * Makes FILE.new, locked and empty, and opens it in `replacement`, a copy of `file` that borrows
 * all but the descriptor. Ended with ledger_file_install, or by closing the descriptor.
 */
MUST_USE enum status ledger_file_begin(const struct ledger_file *file,
                                       struct ledger_file *replacement,
                                       struct diagnostics *diagnostics);

/* Renames FILE.new to FILE; from here on `file` is that one. */
MUST_USE enum status ledger_file_install(struct ledger_file *file,
                                         const struct ledger_file *replacement,
                                         struct diagnostics *diagnostics);

/*
 * Opens and locks a FILE.new that an interrupted replacement has left, as `access` takes it;
 * without one, `fd` is -1. STATUS_SYSTEM where somebody else is at it, or it can't be told.
 */
MUST_USE enum status ledger_file_left(const struct ledger_file *file, enum ledger_access access,
                                      int *fd, struct diagnostics *diagnostics);

/* Takes a FILE.new that is open for FILE, which keeps its name. The descriptor goes over. */
void ledger_file_adopt(struct ledger_file *file, int fd);

/* Of it, and of a head that was never renamed into place. */
void ledger_file_remove_left(const struct ledger_file *file);

#endif
