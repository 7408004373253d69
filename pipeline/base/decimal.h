/*
 * Exact decimal numbers: whole multiples of a power of ten.
 */
#ifndef EFFACE_BASE_DECIMAL_H
#define EFFACE_BASE_DECIMAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buffer.h"
#include "base/span.h"
#include "base/status.h"

/* Magnitudes are below 10 to this power, so that sums of several fit. */
enum { DECIMAL_DIGITS = 18 };

/* The parts of "-?digits[.digits]"; borrowed from the text. */
struct decimal_text {
    bool negative;
    bool has_fraction;    /* a point and digits are there, be they zeros */
    struct span whole;    /* without leading zeros; may be empty */
    struct span fraction; /* without trailing zeros; may be empty */
};

/* False for anything else: blanks, '+', exponents, group separators, a bare point. */
bool decimal_split(struct span text, struct decimal_text *decimal);

/* Less than, equal to or greater than 0 as `a` is less than, equal to or greater than `b`. Exact.
 */
int decimal_compare(const struct decimal_text *a, const struct decimal_text *b);

/*
 * The number in units of 10^-scale, rounded towards minus infinity. False where its
 * magnitude is not below 10^DECIMAL_DIGITS units.
 */
bool decimal_floor(const struct decimal_text *decimal, size_t scale, int64_t *units);

/* Appends a number of units of 10^-scale in plain decimals, without trailing zeros. */
MUST_USE bool decimal_append(struct buffer *out, int64_t units, size_t scale);

/* The same with all `scale` decimals, be they zeros. */
MUST_USE bool decimal_append_all(struct buffer *out, int64_t units, size_t scale);

#endif
