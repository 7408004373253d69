/*
 * Where the records and fields of a batch are, by libcsv without CSV_STRICT.
 *
 * Quotes may stand anywhere then, and what they mean depends on all that came before
 * them in the record, so a batch is framed while it is read:
 *
 *     lenient_framer_start    the batch is empty; its first_line and after_blank are set
 *     lenient_framer_frame    ... whenever bytes have come to it, `last` being set with the last
 *     lenient_framer_finish   forgets the record that is not complete
 *
 * Spans stay raw. A field whose value is not what its raw bytes say by RFC 4180 is noted
 * in batch.odd. Ragged records, blank lines between records of several columns, and a lone
 * CR outside quotes are errors as in strict reading.
 */
#ifndef EFFACE_READ_LENIENT_FRAMER_H
#define EFFACE_READ_LENIENT_FRAMER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/diagnostics.h"
#include "base/status.h"
#include "read/framer.h"
#include "record/batch.h"

struct lenient_framer; /* opaque */

/* `framing` is borrowed. NULL where memory ran out. Caller frees with lenient_framer_free. */
struct lenient_framer *lenient_framer_new(const struct framing *framing);

/* False where memory ran out. */
MUST_USE bool lenient_framer_start(struct lenient_framer *framer, struct batch *batch);

/*
 * *complete is set to the size of the longest prefix that ends with a record's or a blank line's
 * end; 0: none.
 */
MUST_USE enum status lenient_framer_frame(struct lenient_framer *framer, struct batch *batch,
                                          size_t *complete, struct diagnostics *diagnostics);

/* The batch must have been cut to *complete bytes, or be the last. Only then is it good to use. */
void lenient_framer_finish(struct batch *batch);

/* NULL is fine. */
void lenient_framer_free(struct lenient_framer *framer);

#endif
