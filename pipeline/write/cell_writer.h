/*
 * A new value as the bytes of a CSV field (RFC 4180).
 */
#ifndef EFFACE_WRITE_CELL_WRITER_H
#define EFFACE_WRITE_CELL_WRITER_H

#include <stdbool.h>

#include "base/buffer.h"
#include "base/span.h"
#include "base/status.h"

/*
 * Appends `value` to `out`, in quotes if the field was in quotes before, or if it must be:
 * it holds the delimiter, a quote, CR or LF, begins or ends with a blank or a tab (which
 * some readers trim), or, unquoted, would be the `null` of the dialect. An empty value is
 * nothing at all, unless it is the only field of its record, where nothing would be a
 * blank line: "". False where memory ran out.
 */
MUST_USE bool cell_write(struct buffer *out, struct span value, char delimiter, struct span null,
                         bool was_quoted, bool only_field);

#endif
