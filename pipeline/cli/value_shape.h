/*
 * Values for the eyes of an operator.
 */
#ifndef EFFACE_CLI_VALUE_SHAPE_H
#define EFFACE_CLI_VALUE_SHAPE_H

#include "base/buffer.h"
#include "base/span.h"
#include "base/status.h"

/*
 * What a value looks like, without what it says. Every run of letters becomes one "a", or "A" if it
 * begins with a capital; every run of digits one "9"; whatever is neither, but is printable ASCII,
 * stays once for a run of it; all else becomes "?". So "Zoltán Szabó" and "Ann Lee" are "A A", and
 * an address is "a.a@a.a": neither lengths nor characters can be read off.
 *
 * Replaces what `shape` holds, with a NUL behind it; cut to SHAPE_LIMIT bytes with "..." at the
 * end. False where memory ran out.
 */
enum { SHAPE_LIMIT = 32 };

MUST_USE bool value_shape(struct buffer *shape, struct span value);

/*
 * The value itself, for a terminal: control characters and what is no UTF-8 are replaced, more than
 * VALUE_LIMIT characters cut. With a NUL behind it. False where memory ran out.
 */
enum { VALUE_LIMIT = 60 };

MUST_USE bool value_text(struct buffer *text, struct span value);

#endif
