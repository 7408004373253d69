/*
 * Ranges that numbers fall into, and how they are written.
 *
 * Bounds are counted in units of 10^-scale, in which all of them are whole. A number below
 * `bottom` is in the range "<bottom", one from `top` on in ">=top". Any other is in a bucket or
 * between two edges, where there are such: bucket k of size s holds the numbers from k * s up
 * to, not including, (k + 1) * s.
 */
#ifndef EFFACE_DEIDENTIFY_NUMBER_RANGES_H
#define EFFACE_DEIDENTIFY_NUMBER_RANGES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buffer.h"
#include "base/span.h"
#include "base/status.h"

struct number_ranges {
    size_t scale;
    bool has_bottom, has_top;
    int64_t bottom, top;  /* those of the edges, too */
    int64_t bucket;       /* 0: none */
    const int64_t *edges; /* ascending; the first is the bottom, the last the top */
    size_t edge_count;    /* 0: none */
};

/* How a range with two bounds is written. */
enum range_notation {
    NOTATION_WHOLE,   /* 30-39: bounds and size are whole, and not below 0 */
    NOTATION_INTERVAL /* [30,40) */
};

/*
 * Appends the range that a number of so many units (rounded down) is in; nothing where it is in
 * none. False where memory ran out.
 */
MUST_USE bool number_ranges_append(const struct number_ranges *ranges, int64_t units,
                                   enum range_notation notation, struct buffer *out);

/* Whether the value is one of the ranges. `scratch` is empty, and is so again. */
bool number_ranges_hold(const struct number_ranges *ranges, struct span value,
                        struct buffer *scratch);

#endif
