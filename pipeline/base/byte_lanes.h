/*
 * Some words of eight bytes (byte_word.h) as one of the compiler's vectors, so that they cost as
 * much as one on any processor that has vectors.
 *
 * A source that is for an instruction set with longer vectors says how many words, and that its
 * functions are for that set, before it includes this. Of a word, the byte that comes first in the
 * text is lowest. A mask has all bits of the bytes that it is about. Nothing passes from one word
 * to the other.
 */
#ifndef EFFACE_BASE_BYTE_LANES_H
#define EFFACE_BASE_BYTE_LANES_H

#include <stdint.h>

#include "base/byte_word.h"

#ifndef LANE_WORDS
#define LANE_WORDS 2
#define LANES static inline
#endif

typedef uint8_t byte_lanes __attribute__((vector_size(LANE_WORDS * WORD_BYTES)));
typedef uint64_t word_lanes __attribute__((vector_size(LANE_WORDS * WORD_BYTES)));

LANES word_lanes lanes_load(const uint64_t *words)
{
    word_lanes lanes;

    memcpy(&lanes, words, sizeof lanes);
    return lanes;
}

LANES void lanes_store(uint64_t *words, word_lanes lanes)
{
    memcpy(words, &lanes, sizeof lanes);
}

LANES byte_lanes lanes_equal(byte_lanes bytes, uint8_t byte)
{
    return (byte_lanes)(bytes == byte);
}

/* The bytes `count` places behind those of the mask. */
LANES byte_lanes lanes_behind(byte_lanes mask, unsigned count)
{
    return (byte_lanes)((word_lanes)mask << 8 * count);
}

/* The bytes `count` places before those. */
LANES byte_lanes lanes_before(byte_lanes mask, unsigned count)
{
    return (byte_lanes)((word_lanes)mask >> 8 * count);
}

/* The bytes before the first one of the mask; all of a word where it has none. */
LANES byte_lanes lanes_before_first(byte_lanes mask)
{
    return (byte_lanes)(((word_lanes)mask - 1) & ~(word_lanes)mask);
}

/* The bytes up to the last one of the mask; none of a word where it has none. */
LANES byte_lanes lanes_up_to_last(byte_lanes mask)
{
    word_lanes up_to = (word_lanes)mask;

    up_to |= up_to >> 8;
    up_to |= up_to >> 16;
    up_to |= up_to >> 32;
    return (byte_lanes)up_to;
}

/* A to Z, in any case. */
LANES byte_lanes lanes_ascii_letters(byte_lanes bytes)
{
    return (byte_lanes)((bytes | 0x20) - (uint8_t)'a' < 26);
}

#endif
