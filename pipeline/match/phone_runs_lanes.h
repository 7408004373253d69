/*
 * The run of digits and signs before a mark (text_marks.h), by masks.
 */
#ifndef EFFACE_MATCH_PHONE_RUNS_LANES_H
#define EFFACE_MATCH_PHONE_RUNS_LANES_H

#include <endian.h>

#include "base/byte_lanes.h"
#include "match/phone_text.h"
#include "match/text_marks.h"

/* Bits of a word; bits of a mask before the stretch begins. */
enum { BITS = 64, BEFORE = TEXT_BLOCK };

/* The bytes of words in a row are in the order of their bits. */
static const bool bytes_are_in_order = BYTE_ORDER == LITTLE_ENDIAN;

/* The bits of a mask for those before `place` of the stretch, the last highest: 57 or more, and
 * zeros below.
 */
LANES uint64_t bits_before(const uint64_t *mask, size_t place)
{
    const size_t behind = BEFORE + place + 7, at = BEFORE + place - BITS;

    if (bytes_are_in_order)
        return byte_word((const char *)mask + behind / 8 - WORD_BYTES, WORD_BYTES)
               << (7 - behind % 8);
    return mask[at / BITS] >> at % BITS | mask[at / BITS + 1] << 1 << (BITS - 1 - at % BITS);
}

/* How many of the highest bits are set in a row, `most` at most. */
LANES unsigned count_highest(uint64_t bits, unsigned most)
{
    return (unsigned)__builtin_clzll(~bits | UINT64_MAX >> most);
}

/* A run of digits and signs that ends before a place. */
struct phone_run {
    unsigned size;
    uint64_t digits; /* its last byte's bit is the highest */
};

/* So many places are known before each, at least; and so many bytes before those are looked at. */
enum { KNOWN_BEFORE = 57, TAIL_ROOM = 2 * WORD_BYTES };

LANES struct phone_run run_before(const struct text_marks *marks, size_t place)
{
    const unsigned size = count_highest(bits_before(marks->masks.phones, place), KNOWN_BEFORE);

    return (struct phone_run){size,
                              bits_before(marks->masks.digits, place) & ~(UINT64_MAX >> size)};
}

/* Whether they are enough for a number. */
LANES bool has_digits(uint64_t digits, unsigned least)
{
    return (unsigned)__builtin_popcountll(digits) >= least;
}

#endif
