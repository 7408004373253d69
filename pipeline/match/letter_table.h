/*
 * What is a letter of a word, and what it is folded to: by one look, for text that is
 * read word by word.
 *
 * Folding is that of normalize.h, for the Basic Multilingual Plane; characters beyond
 * it, and bytes that are no UTF-8, are letters that stay as they are.
 */
#ifndef EFFACE_MATCH_LETTER_TABLE_H
#define EFFACE_MATCH_LETTER_TABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/span.h"
#include "base/status.h"

/* No letter: the text's end, a blank, a digit, punctuation. */
#define NO_LETTER 0

struct letter_table {
    uint16_t *folded; /* of each code point of the plane; NO_LETTER */
};

/* False where memory ran out. */
MUST_USE bool letter_table_init(struct letter_table *table);
void letter_table_release(struct letter_table *table);

/* Of characters that are not ASCII: a sequence of bytes that begins, or ends, at *at. */
uint16_t letter_next_wide(const struct letter_table *table, struct span text, size_t *at);
uint16_t letter_before_wide(const struct letter_table *table, struct span text, size_t *at);

/* The folded letter at *at, which moves behind it; NO_LETTER also at the text's end. */
static inline uint16_t letter_next(const struct letter_table *table, struct span text, size_t *at)
{
    if (*at >= text.size)
        return NO_LETTER;
    if ((unsigned char)text.at[*at] >= 0x80)
        return letter_next_wide(table, text, at);
    return table->folded[(unsigned char)text.at[(*at)++]];
}

/* The folded letter that ends at *at, which moves before it; NO_LETTER also at the text's start. */
static inline uint16_t letter_before(const struct letter_table *table, struct span text, size_t *at)
{
    if (*at == 0)
        return NO_LETTER;
    if ((unsigned char)text.at[*at - 1] >= 0x80)
        return letter_before_wide(table, text, at);
    return table->folded[(unsigned char)text.at[--*at]];
}

#endif
