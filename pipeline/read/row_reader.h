/*
 * The rows of a small foreign CSV file (targets, lookups), one after another, by libcsv.
 *
 * Strict, but kind: a BOM is dropped, the delimiter found in the header, LF and CRLF
 * taken, blank lines skipped. May be gzipped. No more is kept of it than a piece and the row at
 * hand, so its rows can be walked again, as long as the file stays as it is.
 *
 *     row_reader_new          the header is read
 *     row_reader_next         ... until there is none
 *     row_reader_rewind       back to the first
 *     row_reader_free
 */
#ifndef EFFACE_READ_ROW_READER_H
#define EFFACE_READ_ROW_READER_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/diagnostics.h"
#include "base/span.h"
#include "base/status.h"
#include "read/byte_source.h"

struct row_reader; /* opaque */

struct row {
    const struct span *cells; /* decoded, one a column; borrowed until the next call. NULL: none */
    uint64_t line;            /* the physical line it begins on */
};

/* What the source of a reader must be opened with. */
extern const struct source_options row_source_options;

/*
 * Makes the reader of a source that is at its beginning, and is ended with the reader, or at once
 * on failure. `name` is for messages; it and the arena, where the header lives,
 * must outlive the reader. STATUS_INPUT for a malformed header.
 */
MUST_USE enum status row_reader_new(struct byte_source *source, const char *name,
                                    struct arena *arena, struct row_reader **reader,
                                    struct diagnostics *diagnostics);

/* The same for a file of the operator's own, symbolic links followed. `path` must outlive it. */
MUST_USE enum status row_reader_open(const char *path, struct arena *arena,
                                     struct row_reader **reader, struct diagnostics *diagnostics);

/* NULL is fine. */
void row_reader_free(struct row_reader *reader);

/* The header. */
const struct span *row_reader_names(const struct row_reader *reader);
size_t row_reader_columns(const struct row_reader *reader);

/*
 * Reads on to the end, and rewinds: *rows is about the number of rows, and never less. STATUS_INPUT
 * for a file of more than 1 GiB.
 */
MUST_USE enum status row_reader_count(struct row_reader *reader, size_t *rows,
                                      struct diagnostics *diagnostics);

/* Reads the next row. STATUS_INPUT on anything malformed, and where the file changed. */
MUST_USE enum status row_reader_next(struct row_reader *reader, struct row *row,
                                     struct diagnostics *diagnostics);

/* The next row is the first again. After any return of the others but a failure. */
MUST_USE enum status row_reader_rewind(struct row_reader *reader, struct diagnostics *diagnostics);

#endif
