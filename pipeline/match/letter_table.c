#include "match/letter_table.h"

#include <stdlib.h>

#include "match/normalize.h"

enum { PLANE = 0x10000 };

/* What can't be one letter of the plane, by a value of the surrogates' range, where none is. */
enum { ILL_FORMED = 0xD800, BEYOND = 0xDC00 };

/* Of these blocks some characters change with folding. */
static const struct block {
    uint32_t first, last;
} cased[] = {{0x0080, 0x05FF}, {0x10A0, 0x10FF}, {0x13A0, 0x13FF},
             {0x1C80, 0x1CBF}, {0x1D00, 0x1FFF}, {0x2100, 0x218F},
             {0x2C00, 0x2DFF}, {0xA640, 0xABFF}, {0xFF00, 0xFF5F}};

/* Punctuation and blanks outside ASCII. */
static const struct block marks[] = {
    {0x0080, 0x00A9}, {0x00AB, 0x00B4}, {0x00B6, 0x00B9}, {0x00BB, 0x00BF}, {0x00D7, 0x00D7},
    {0x00F7, 0x00F7}, {0x060C, 0x060C}, {0x061B, 0x061B}, {0x061F, 0x061F}, {0x2000, 0x206F},
    {0x3000, 0x3004}, {0x3008, 0x3020}, {0xFF00, 0xFF0F}, {0xFF1A, 0xFF20}, {0xFEFF, 0xFEFF}};

static size_t encode(uint32_t letter, char bytes[3])
{
    if (letter < 0x800) {
        bytes[0] = (char)(0xC0 | letter >> 6);
        bytes[1] = (char)(0x80 | (letter & 0x3F));
        return 2;
    }
    bytes[0] = (char)(0xE0 | letter >> 12);
    bytes[1] = (char)(0x80 | (letter >> 6 & 0x3F));
    bytes[2] = (char)(0x80 | (letter & 0x3F));
    return 3;
}

/* The sequence at the text's head; its code point, or what stands for it. */
static uint32_t decode(struct span text, size_t *size)
{
    const unsigned char *at = (const unsigned char *)text.at;
    const size_t length = at[0] < 0x80 ? 1 : at[0] < 0xE0 ? 2 : at[0] < 0xF0 ? 3 : 4;

    *size = 1;
    if (length == 1)
        return at[0];
    if (at[0] < 0xC2 || length > text.size)
        return ILL_FORMED | at[0];
    for (size_t i = 1; i < length; i++)
        if ((at[i] & 0xC0) != 0x80)
            return ILL_FORMED | at[0];
    *size = length;
    if (length == 2)
        return (at[0] & 0x1FU) << 6 | (at[1] & 0x3FU);
    if (length == 3)
        return (at[0] & 0xFU) << 12 | (at[1] & 0x3FU) << 6 | (at[2] & 0x3FU);
    return BEYOND | ((at[1] & 0x7U) << 7 ^ (at[2] & 0x3FU) << 4 ^ (at[3] & 0x3FU));
}

static bool fold_block(struct letter_table *table, struct block block, struct buffer *scratch)
{
    for (uint32_t letter = block.first; letter <= block.last; letter++) {
        char bytes[3];
        struct span folded;
        size_t size;
        const struct span value = {bytes, encode(letter, bytes)};

        if (!normalize(MATCH_CASEFOLD, value, scratch, &folded))
            return false;
        table->folded[letter] = (uint16_t)decode(folded, &size);
    }
    return true;
}

static void fold_ascii(struct letter_table *table)
{
    for (unsigned letter = 0; letter < 0x80; letter++)
        table->folded[letter] = NO_LETTER;
    for (unsigned letter = 'a'; letter <= 'z'; letter++)
        table->folded[letter] = table->folded[letter - 'a' + 'A'] = (uint16_t)letter;
    table->folded['-'] = '-';
    table->folded['\''] = '\'';
}

bool letter_table_init(struct letter_table *table)
{
    struct buffer scratch = BUFFER_INIT;
    bool done;

    table->folded = malloc(PLANE * sizeof *table->folded);
    done = table->folded != NULL;
    for (unsigned letter = 0; done && letter < PLANE; letter++)
        table->folded[letter] = (uint16_t)letter;
    for (size_t i = 0; done && i < sizeof cased / sizeof cased[0]; i++)
        done = fold_block(table, cased[i], &scratch);
    buffer_release(&scratch);
    if (!done)
        return false;
    fold_ascii(table);
    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++)
        for (uint32_t letter = marks[i].first; letter <= marks[i].last; letter++)
            table->folded[letter] = NO_LETTER;
    table->folded[0x2010] = table->folded[0x2011] = '-';
    table->folded[0x2019] = '\'';
    return true;
}

void letter_table_release(struct letter_table *table)
{
    free(table->folded);
    table->folded = NULL;
}

uint16_t letter_next_wide(const struct letter_table *table, struct span text, size_t *at)
{
    size_t size;
    const uint32_t letter = decode((struct span){text.at + *at, text.size - *at}, &size);

    *at += size;
    return table->folded[letter];
}

uint16_t letter_before_wide(const struct letter_table *table, struct span text, size_t *at)
{
    size_t start = *at, size;
    uint32_t letter;

    do
        start--;
    while (start > 0 && *at - start < 4 && ((unsigned char)text.at[start] & 0xC0) == 0x80);
    letter = decode((struct span){text.at + start, *at - start}, &size);
    if (size != *at - start) {
        /* no sequence ends here */
        start = *at - 1;
        letter = ILL_FORMED | (unsigned char)text.at[start];
    }
    *at = start;
    return table->folded[letter];
}
