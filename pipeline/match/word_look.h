/*
 * What the end and the beginning of a word look like: eight bytes that are equal for equal words,
 * whatever their case and whatever stands around them, found without folding anything. Words that
 * look alike must still be compared.
 *
 * A look has ASCII's letters and bytes outside ASCII. It ends where the word does, and at a hyphen,
 * an apostrophe or a character of the blocks that theirs and other punctuation outside ASCII are
 * of: `O'Neil` with either apostrophe looks like `O` from the left, `Neil` from the right. A few
 * capitals that are far from their small letter look otherwise: Cherokee and old Georgian ones,
 * the sharp s, and some that few names have.
 */
#ifndef EFFACE_MATCH_WORD_LOOK_H
#define EFFACE_MATCH_WORD_LOOK_H

#include <stddef.h>
#include <stdint.h>

#include "base/span.h"

/* Of the word that ends at `end`, its last eight bytes at most; 0: no letter stands there. */
uint64_t word_end_look(struct span text, size_t end);

/* Of the word that begins at `start`, its first eight bytes at most. */
uint64_t word_start_look(struct span text, size_t start);

#endif
