#include "match/word_look.h"

#include <string.h>

#include "base/byte_word.h"

/*
 * Eight bytes at once, the text's first lowest. A mask has the highest bit of each byte that it is
 * about. The sums can't carry from one byte to the next, since they are of bytes under 0x80.
 */
#define ALL(byte) ((byte)*UINT64_C(0x0101010101010101))
#define HIGH ALL(0x80)

/* The bytes equal to `byte`. */
static uint64_t equal_to(uint64_t bytes, uint64_t byte)
{
    const uint64_t differing = bytes ^ ALL(byte);

    return ~(((differing & ~HIGH) + ALL(0x7F)) | differing) & HIGH;
}

/* All bits of the bytes that the mask is about. */
static uint64_t spread(uint64_t mask)
{
    return (mask >> 7) * 0xFF;
}

static uint64_t ascii_letters(uint64_t bytes)
{
    const uint64_t lower = (bytes | ALL(0x20)) & ~HIGH;
    const uint64_t from_a = lower + ALL(0x80 - 'a');
    const uint64_t behind_z = lower + ALL(0x7F - 'z');

    return (from_a & ~behind_z & ~bytes & HIGH) | equal_to(bytes, '-') | equal_to(bytes, '\'');
}

/* The sequences that begin with 0xC2 and 0xE2: signs, blanks, quotation marks. */
static uint64_t wide_punctuation(uint64_t bytes)
{
    const uint64_t three = equal_to(bytes, 0xE2);

    return three | three << 8 | three << 16 | equal_to(bytes, 0xC2) | equal_to(bytes, 0xC2) << 8;
}

/*
 * Bytes that case changes in too many ways: behind 0xC4 to 0xCB (Latin letters that few languages
 * have), and of Greek those of accented vowels, whose capitals stand before the alphabet.
 */
static uint64_t unsure_bytes(uint64_t bytes)
{
    const uint64_t quarter = bytes & ALL(0xFC);
    const uint64_t latin = equal_to(quarter, 0xC4) | equal_to(quarter, 0xC8);
    const uint64_t accented = equal_to(bytes & ALL(0xF0), 0x80) | equal_to(quarter, 0xAC);

    return latin << 8 | (equal_to(bytes, 0xCE) << 8 & accented) |
           (equal_to(bytes, 0xCF) << 8 & equal_to(quarter, 0x8C));
}

/*
 * Case changes a sequence's first byte, and of the last, unless it is unsure, the lowest bit or all
 * above the lowest four.
 */
static uint64_t wide_looks(uint64_t bytes)
{
    const uint64_t first = bytes & bytes << 1 & HIGH;
    const uint64_t later = bytes & ~first & HIGH;
    const uint64_t unsure = unsure_bytes(bytes);

    return (spread(first) & ALL(0xC0)) |
           (spread(later) & (HIGH | (bytes & ALL(0x0E) & ~spread(unsure))));
}

/* The looks of the bytes; *others are those that are no letters. */
static uint64_t look_at(uint64_t bytes, uint64_t *others)
{
    const uint64_t letters = ascii_letters(bytes);

    *others = ~letters & HIGH;
    if ((bytes & HIGH) == 0)
        return spread(letters) & (bytes | ALL(0x20));
    *others = ~(letters | (bytes & ~wide_punctuation(bytes))) & HIGH;
    return (spread(letters) & (bytes | ALL(0x20))) | wide_looks(bytes);
}

/* Bytes whose sequence began before them are none to be judged, as it may be punctuation. */
static uint64_t without_torn(uint64_t bytes)
{
    for (unsigned i = 0; i < 3 && (bytes >> 8 * i & 0xC0) == 0x80; i++)
        bytes &= ~UINT64_C(0xFF) << 8 * i;
    return bytes;
}

uint64_t word_end_look(struct span text, size_t end)
{
    char room[WORD_BYTES] = {0};
    uint64_t bytes, look, others;

    if (end >= WORD_BYTES) {
        bytes = byte_word(text.at + end - WORD_BYTES, WORD_BYTES);
    } else {
        memcpy(room + WORD_BYTES - end, text.at, end);
        bytes = byte_word(room, WORD_BYTES);
    }
    look = look_at(without_torn(bytes), &others);
    if (others == 0)
        return look;
    /* what stands behind the last byte that is no letter */
    return others >> 63 ? 0 : look & ~UINT64_C(0) << (64 - __builtin_clzll(others));
}

uint64_t word_start_look(struct span text, size_t start)
{
    char room[WORD_BYTES] = {0};
    uint64_t bytes, look, others;

    if (text.size - start >= WORD_BYTES) {
        bytes = byte_word(text.at + start, WORD_BYTES);
    } else {
        memcpy(room, text.at + start, text.size - start);
        bytes = byte_word(room, WORD_BYTES);
    }
    look = look_at(bytes, &others);
    return others == 0 ? look : look & (((others & -others) >> 7) - 1);
}

uint64_t word_wide_look(uint64_t bytes, unsigned size)
{
    const uint64_t punctuation = equal_to(bytes & ALL(0xDF), 0xC2) >> 7;
    const uint64_t before = punctuation ? (punctuation & -punctuation) - 1 : ~UINT64_C(0);
    const uint64_t letters = (bytes | ALL(0x20)) & ~spread(bytes & HIGH);

    return (letters | wide_looks(bytes)) & before & ~(~UINT64_C(0) << 4 * size << 4 * size);
}
