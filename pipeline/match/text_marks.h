/*
 * Where in a text it is worth while to look for an identifier: 64 bytes at a time.
 *
 *     struct text_walk walk = {.text = text};
 *     while (text_walk_next(&walk, &marks)) ...
 *
 * Bit i of a mask is the byte at marks.base + i. Marks are many fewer than bytes, and most
 * of what is marked turns out to be nothing; but nothing is unmarked that is something.
 */
#ifndef EFFACE_MATCH_TEXT_MARKS_H
#define EFFACE_MATCH_TEXT_MARKS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/span.h"

struct text_marks {
    size_t base;
    uint64_t emails; /* an @ */
    uint64_t phones; /* the seventh byte of a stretch of digits and signs, which may hold a phone */
    uint64_t words;  /* what stands behind a blank, unless it is a digit or sign of a phone */
};

struct text_walk {
    struct span text;
    size_t at; /* of the next block */
    /* of the block before */
    uint64_t runs[3]; /* where 1, 2, 4 phone bytes in a row end */
    uint64_t blank;   /* its last byte is a blank */
    uint64_t letter;  /* ... a letter */
    uint64_t tied;    /* ... a digit that belongs to a word */
};

/* False: the text is at its end. */
bool text_walk_next(struct text_walk *walk, struct text_marks *marks);

#endif
