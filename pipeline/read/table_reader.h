/*
 * A small foreign CSV file (lookups), whole: the rows of row_reader.h. Everything lives in the
 * arena.
 */
#ifndef EFFACE_READ_TABLE_READER_H
#define EFFACE_READ_TABLE_READER_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/diagnostics.h"
#include "base/span.h"
#include "base/status.h"

struct table {
    const struct span *names; /* the header */
    size_t column_count;
    struct span *cells; /* decoded; row r, column c at r * column_count + c */
    uint64_t *lines;    /* the physical line a row begins on */
    size_t row_count;
};

/*
 * Reads `path` (relative to the working folder, symbolic links followed: it is the
 * operator's own file). STATUS_INPUT on anything malformed.
 */
MUST_USE enum status table_read(const char *path, struct arena *arena, struct table *table,
                                struct diagnostics *diagnostics);

/*
 * The same for a file that must lie below `folder_fd`, wherever `path` leads: no part of it may be
 * a symbolic link, and nobody but its owner may be able to write to it. `name` is the path for
 * messages.
 */
MUST_USE enum status table_read_below(int folder_fd, const char *path, const char *name,
                                      struct arena *arena, struct table *table,
                                      struct diagnostics *diagnostics);

#endif
