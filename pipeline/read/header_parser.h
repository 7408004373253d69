/*
 * The first record of a CSV file: its columns' names, and with them its dialect.
 *
 * Always strict, by libcsv. A UTF-8 BOM before it is no part of the first name. UTF-16,
 * NUL, no header (an empty file, a blank first line), more than COLUMN_LIMIT columns, and a
 * header longer than HEADER_LIMIT are errors. Names may repeat and be empty.
 */
#ifndef EFFACE_READ_HEADER_PARSER_H
#define EFFACE_READ_HEADER_PARSER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/diagnostics.h"
#include "base/span.h"
#include "base/status.h"

enum { COLUMN_LIMIT = 16384, HEADER_LIMIT = 1 << 20 };

struct header {
    struct span raw;     /* its bytes: BOM, names, line end */
    struct span *names;  /* decoded, without a BOM */
    struct span *fields; /* raw, beside the names, within `raw` */
    size_t count;
};

/* The first bytes of a file. */
struct file_head {
    const char *path; /* for messages */
    struct span bytes;
    bool ended; /* nothing follows them */
};

/*
 * Fills `header`, all of whose memory comes from the arena. *delimiter, if DELIMITER_AUTO, is set
 * to the one of , ; tab | that stands most often outside quotes, and to the comma where there is
 * none; a tie is an error. *complete says whether the header's end was among the bytes; if not,
 * nothing else is set, and the caller comes back with more of them.
 */
MUST_USE enum status header_parse(const struct file_head *head, struct arena *arena,
                                  struct header *header, char *delimiter, bool *complete,
                                  struct diagnostics *diagnostics);

#endif
