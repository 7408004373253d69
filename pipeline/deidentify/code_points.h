/*
 * The code points of UTF-8 text (RFC 3629). A byte that is part of no valid sequence
 * counts as one, so any bytes can be counted.
 */
#ifndef EFFACE_DEIDENTIFY_CODE_POINTS_H
#define EFFACE_DEIDENTIFY_CODE_POINTS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/span.h"

size_t code_points_count(struct span text);

/* The offset in bytes behind the first `count` code points; the text's size if there are fewer. */
size_t code_points_offset(struct span text, size_t count);

/* What takes the place of a character that says something about the value. */
enum character_class {
    CHARACTER_DIGIT, /* of any script */
    CHARACTER_UPPER, /* upper or title case */
    CHARACTER_LOWER, /* all that is none of the others; letters without case, marks, no UTF-8 */
    CHARACTER_OTHER, /* blanks, punctuation, symbols; in ASCII, controls too */
};

/* The class of the first code point of a text that is not empty; *size is its size in bytes. */
enum character_class code_points_class(struct span text, size_t *size);

/* What a terminal makes of a code point. */
struct glyph {
    size_t size;    /* its bytes, at least 1 */
    size_t columns; /* that it fills: 0, 1 or 2 */
    bool printable; /* false: a control or format character, unassigned, or not well-formed */
};

/* The glyph at the front of a text that is not empty. */
struct glyph code_point_glyph(struct span text);

#endif
