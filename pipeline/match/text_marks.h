/*
 * Where in a text it is worth while to look for an identifier: some thousand bytes at a time.
 *
 *     text_walk_begin(&walk, text);
 *     while (text_walk_next(&walk, &marks)) ...
 *
 * Marks are many fewer than bytes, and most of what is marked turns out to be nothing; but
 * nothing is unmarked that is something.
 */
#ifndef EFFACE_MATCH_TEXT_MARKS_H
#define EFFACE_MATCH_TEXT_MARKS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/span.h"
#include "match/text_masks.h"

enum { STRETCH_BLOCKS = 32, STRETCH = STRETCH_BLOCKS * TEXT_BLOCK };

/* Places of a stretch, ascending, from its base on. A few of the room are only written over. */
struct text_marks {
    size_t base;
    size_t email_count, phone_count, word_count;
    uint16_t emails[STRETCH + 4];     /* an @ */
    uint16_t phones[STRETCH / 8 + 5]; /* the seventh byte of a run of digits and signs */
    uint16_t words[STRETCH / 2 + 5];  /* what stands behind a blank, but no digit or sign */
};

struct text_walk {
    struct span text;
    const struct text_masker *masker;
    size_t at; /* of the next stretch */
    /* of the block before */
    uint64_t runs[3]; /* where 1, 2, 4 phone bytes in a row end */
    uint64_t blank;   /* its last byte is a blank */
    uint64_t letter;  /* ... a letter */
    uint64_t tied;    /* ... a digit that belongs to a word */
};

/* The text must outlive the walk. */
void text_walk_begin(struct text_walk *walk, struct span text);

/* False: the text is at its end. */
bool text_walk_next(struct text_walk *walk, struct text_marks *marks);

#endif
