/*
 * The looks of words (word_look.h) and addresses (email_look.h) side by side, for any length of
 * lanes: included by one source for each.
 */
#ifndef EFFACE_MATCH_LOOK_LANES_H
#define EFFACE_MATCH_LOOK_LANES_H

#include "base/byte_lanes.h"

/* The bytes of UTF-8's sequences that are not their first. */
LANES byte_lanes later_bytes(byte_lanes bytes)
{
    return lanes_equal(bytes & 0xC0, 0x80);
}

/* A source that is for an instruction set with something better for it says where that is. */
#ifndef BYTE_LOOKS
#define BYTE_LOOKS "match/byte_looks_lanes.h"
#endif
#include BYTE_LOOKS

LANES word_lanes word_start_looks(word_lanes words)
{
    byte_lanes others;
    const byte_lanes looks = look_at((byte_lanes)words, &others);

    return (word_lanes)(looks & lanes_before_first(others));
}

/* Bytes whose sequence began before them are none to be judged, as it may be punctuation. */
LANES byte_lanes without_torn(byte_lanes bytes)
{
    const byte_lanes later = later_bytes(bytes);
    const byte_lanes one = later & (byte_lanes)((word_lanes){0} + 0xFF);
    const byte_lanes two = later & lanes_behind(one, 1), three = later & lanes_behind(two, 1);

    return bytes & ~(one | two | three);
}

LANES word_lanes word_end_looks(word_lanes words)
{
    byte_lanes others;
    const byte_lanes looks = look_at(without_torn((byte_lanes)words), &others);

    return (word_lanes)(looks & ~lanes_up_to_last(others));
}

/* The bytes that stand in an address, but not at its ends. */
LANES byte_lanes edges_of(byte_lanes bytes)
{
    return lanes_equal(bytes, '.') | lanes_equal(bytes, '-') | lanes_equal(bytes, '_') |
           lanes_equal(bytes, '+') | lanes_equal(bytes, '\'');
}

LANES byte_lanes letters_of(byte_lanes bytes)
{
    return lanes_ascii_letters(bytes) | (byte_lanes)(bytes - (uint8_t)'0' < 10);
}

/*
 * The looks of what stands before signs: the bytes that belong to it, less those that only edges
 * stand before. *unsure is not 0 where the last that doesn't is outside ASCII.
 */
LANES word_lanes email_local_looks(word_lanes words, word_lanes *unsure)
{
    const byte_lanes bytes = (byte_lanes)words, edges = edges_of(bytes);
    const byte_lanes others = ~(edges | letters_of(bytes));
    const byte_lanes up_to_other = lanes_up_to_last(others);
    const byte_lanes last = up_to_other & ~lanes_before(up_to_other, 1);
    const byte_lanes inner = ~up_to_other & ~edges;

    *unsure = (word_lanes)(last & bytes & 0x80);
    return (word_lanes)((bytes | 0x20) & ~up_to_other & ~lanes_before_first(inner));
}

/* Of the first four bytes behind them; *unsure is not 0 where the first that doesn't belong is. */
LANES word_lanes email_domain_looks(word_lanes words, word_lanes *unsure)
{
    const byte_lanes bytes = (byte_lanes)(words & UINT32_MAX);
    const byte_lanes others = ~letters_of(bytes);
    const word_lanes lowest_bit = (word_lanes)others & -(word_lanes)others;

    *unsure = lowest_bit << 7 & (word_lanes)bytes;
    return (word_lanes)((bytes | 0x20) & lanes_before_first(others));
}

#endif
