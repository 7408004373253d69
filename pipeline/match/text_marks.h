/*
 * Where in a text it is worth while to look for an identifier: some thousand bytes at a time.
 *
 *     text_walk_begin(&walk, text, PHONE_LEAST_DIGITS);
 *     while (text_walk_next(&walk)) ... walk.marks
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
#include "match/phone_text.h"
#include "match/text_masks.h"

enum { STRETCH = STRETCH_BLOCKS * TEXT_BLOCK };

/*
 * Places of a stretch, ascending, from its base on. A few of the room are only written over.
 * Masks begin a block before the stretch, and have zeros behind it.
 */
struct text_marks {
    size_t base;
    size_t size;
    size_t email_count, phone_count, word_count;
    uint16_t emails[STRETCH + PLACES_BEHIND];                      /* ats */
    uint16_t phones[STRETCH / PHONE_LEAST_DIGITS + PLACES_BEHIND]; /* phone_ends */
    uint16_t words[STRETCH / 2 + PLACES_BEHIND];                   /* word_starts */
    struct text_masks masks;
};

struct text_walk {
    struct span text;
    const struct text_masker *masker;
    size_t at; /* of the next stretch */
    unsigned least_digits;
    struct text_run run;
    struct text_marks marks;
};

/*
 * Phones of fewer digits are not looked for: PHONE_LEAST_DIGITS to PHONE_MOST_DIGITS. The text must
 * outlive the walk.
 */
void text_walk_begin(struct text_walk *walk, struct span text, unsigned least_digits);

/* Marks the next stretch. False: the text is at its end. */
bool text_walk_next(struct text_walk *walk);

#endif
