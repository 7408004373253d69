/*
 * One export file as a header and a sequence of batches.
 *
 *     export_reader_open    opens, reads the header, finds the delimiter
 *     export_reader_next    ... one batch after another, until one that is `last`
 *     export_reader_index   finds a batch's records; on any thread
 *     export_reader_free
 *
 * A strict file is cut by framer_cut and indexed by framer_index. A lenient one is
 * framed by libcsv while it is read (its state can't be cut), so its batches come
 * indexed and export_reader_index does nothing.
 *
 * A file without a header (empty, or nothing but a BOM) is an error, as are UTF-16, a header
 * that can't be read, and a record longer than the limit. The verdict on a file, its records
 * and messages do not depend on the batch size.
 */
#ifndef EFFACE_READ_EXPORT_READER_H
#define EFFACE_READ_EXPORT_READER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/diagnostics.h"
#include "base/span.h"
#include "base/status.h"
#include "read/byte_source.h"
#include "read/header_parser.h"
#include "record/batch.h"
#include "record/dialect.h"

enum { BATCH_SIZE_DEFAULT = 1 << 20, RECORD_LIMIT_DEFAULT = 64 << 20 };

struct reader_options {
    size_t batch_size;   /* bytes aimed at, at least 1; a longer record makes a longer batch */
    size_t record_limit; /* bytes of the longest record taken, a newline at its end not counted */
    struct source_options source;
};

#define READER_OPTIONS_DEFAULT                                                                     \
    {                                                                                              \
        BATCH_SIZE_DEFAULT, RECORD_LIMIT_DEFAULT,                                                  \
        {                                                                                          \
            .expansion_limit = EXPANSION_LIMIT_DEFAULT                                             \
        }                                                                                          \
    }

struct export_reader; /* opaque */

/*
 * `dialect` says what the rules declare; the reader's own, with the delimiter found,
 * is export_reader_dialect. Other parameters as byte_source_open. Caller frees with
 * export_reader_free.
 */
MUST_USE enum status export_reader_open(int folder_fd, const char *path, const char *name,
                                        const struct dialect *dialect,
                                        const struct reader_options *options,
                                        struct export_reader **reader,
                                        struct diagnostics *diagnostics);

/* The same of a plain file's bytes in memory, which must outlive the reader. */
MUST_USE enum status export_reader_open_bytes(struct span bytes, const char *name,
                                              const struct dialect *dialect,
                                              const struct reader_options *options,
                                              struct export_reader **reader,
                                              struct diagnostics *diagnostics);

/* Both borrowed until the reader is freed. */
const struct header *export_reader_header(const struct export_reader *reader);
const struct dialect *export_reader_dialect(const struct export_reader *reader);

/* The source beneath: its stat, checksum, and whether it is gzip. Borrowed. */
const struct byte_source *export_reader_source(const struct export_reader *reader);

/*
 * Clears `batch` and fills it with the next bytes; it may be empty where it is the
 * last. After the last, it must not be called again.
 */
MUST_USE enum status export_reader_next(struct export_reader *reader, struct batch *batch,
                                        struct diagnostics *diagnostics);

/* Finds the records and fields. Touches nothing of the reader that changes. Once a batch. */
MUST_USE enum status export_reader_index(const struct export_reader *reader, struct batch *batch,
                                         struct diagnostics *diagnostics);

void export_reader_free(struct export_reader *reader);

#endif
