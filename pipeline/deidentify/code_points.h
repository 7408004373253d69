/*
 * The code points of UTF-8 text (RFC 3629). A byte that is part of no valid sequence
 * counts as one, so any bytes can be counted.
 */
#ifndef EFFACE_DEIDENTIFY_CODE_POINTS_H
#define EFFACE_DEIDENTIFY_CODE_POINTS_H

#include <stddef.h>

#include "base/span.h"

size_t code_points_count(struct span text);

/* The offset in bytes behind the first `count` code points; the text's size if there are fewer. */
size_t code_points_offset(struct span text, size_t count);

#endif
