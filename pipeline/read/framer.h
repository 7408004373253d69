/*
 * Where the records and fields of a batch are: RFC 4180, strictly.
 *
 * Two steps, so that the dear one can run on any thread. framer_cut finds, in raw
 * bytes that begin at a record's start, the end of the last whole record: a newline
 * with an even number of quotes before it. Because strictness makes every quote
 * either open, close or double, the parity of the quotes is the quote state.
 * framer_index then finds every record and field of a cut batch and checks it. An
 * input that breaks the rules may be cut in the wrong place, but only behind the
 * first break, so framer_index of that batch reports it all the same.
 *
 * Errors (STATUS_INPUT): a quote inside an unquoted field, anything but a delimiter
 * or a line end behind a closing quote, a quote never closed, a carriage return
 * outside quotes that no newline follows, a record whose number of fields is not the
 * header's. Located as path:line:column, line being the record's first physical
 * line and column the byte within the record, and with the field's name. A NUL is a byte like
 * any other. A blank line is skipped over, to leave as it came; but between two
 * records of several columns it is a record of too few fields. As the two may lie in
 * different batches, batch.after_blank carries it over: whoever cuts batches sets it.
 */
#ifndef EFFACE_READ_FRAMER_H
#define EFFACE_READ_FRAMER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/diagnostics.h"
#include "base/span.h"
#include "base/status.h"
#include "record/batch.h"

/*
 * The size of the longest prefix of `piece` that ends with a record's line end; 0: none. Bytes may
 * come piece by piece: *inside says whether this piece begins within quotes (false for the first),
 * and is then set for the next. So a long record is looked at only once.
 */
size_t framer_cut(struct span piece, bool *inside);

/* What the framer needs to know of the file. Borrowed. */
struct framing {
    const char *path; /* for messages */
    char delimiter;
    const struct span *names; /* of the header's fields, decoded */
    size_t field_count;
};

/*
 * Fills field_count, record_count, record_start and field_end of a batch whose bytes, first_line,
 * after_blank and last are set. A batch that is not the last ends where framer_cut says.
 */
MUST_USE enum status framer_index(const struct framing *framing, struct batch *batch,
                                  struct diagnostics *diagnostics);

/* The same by a given way to look at bytes (framer_masks.h): for tests and measurements. */
struct mask_finder;
MUST_USE enum status framer_index_by(const struct mask_finder *finder,
                                     const struct framing *framing, struct batch *batch,
                                     struct diagnostics *diagnostics);

#endif
