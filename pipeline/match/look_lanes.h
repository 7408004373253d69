/*
 * The looks of words (word_look.h) and addresses (email_look.h) side by side, for any length of
 * lanes: included by one source for each.
 */
#ifndef EFFACE_MATCH_LOOK_LANES_H
#define EFFACE_MATCH_LOOK_LANES_H

#include "base/byte_lanes.h"

LANES byte_lanes later_bytes(byte_lanes bytes)
{
    return lanes_equal(bytes & 0xC0, 0x80);
}

/* The sequences whose first bytes are of the mask, and what belongs to them. */
LANES byte_lanes sequences(byte_lanes first, byte_lanes later)
{
    const byte_lanes second = lanes_behind(first, 1) & later;

    return first | second | (lanes_behind(second, 1) & later);
}

/*
 * The bytes outside ASCII at which a look ends: all of the sequences that begin with 0xC2, 0xE2 and
 * 0xEF, of those with 0xC3, 0xD8 and 0xE3 the ones that are no letters. At the end of a word of
 * eight bytes there is no telling these three.
 */
LANES byte_lanes wide_marks(byte_lanes bytes)
{
    const byte_lanes later = later_bytes(bytes);
    const byte_lanes c3 = lanes_equal(bytes, 0xC3), d8 = lanes_equal(bytes, 0xD8);
    const byte_lanes e3 = lanes_equal(bytes, 0xE3);
    const byte_lanes second = (lanes_behind(c3, 1) & lanes_equal(bytes & 0xDF, 0x97)) |
                              (lanes_behind(d8, 1) & lanes_equal(bytes & 0xE0, 0x80)) |
                              (lanes_behind(e3, 1) & lanes_equal(bytes, 0x80));
    const byte_lanes last = (byte_lanes)((word_lanes){0} + (UINT64_C(0xFF) << 56));
    const byte_lanes first = lanes_equal(bytes, 0xC2) | lanes_equal(bytes, 0xE2) |
                             lanes_equal(bytes, 0xEF) | lanes_before(second, 1) |
                             ((c3 | d8 | e3) & last);

    return sequences(first, later);
}

/*
 * Bytes that case changes in too many ways: behind 0xC4 to 0xCB (Latin letters that few languages
 * have), and of Greek those of accented vowels, whose capitals stand before the alphabet, and of
 * letters with breathings (0xE1 0xBC to 0xBF).
 */
LANES byte_lanes unsure_bytes(byte_lanes bytes)
{
    const byte_lanes quarter = bytes & 0xFC;
    const byte_lanes latin = lanes_equal(quarter, 0xC4) | lanes_equal(quarter, 0xC8);
    const byte_lanes accented = lanes_equal(bytes & 0xF0, 0x80) | lanes_equal(quarter, 0xAC);
    const byte_lanes breathed =
        lanes_behind(lanes_equal(bytes, 0xE1), 1) & lanes_equal(quarter, 0xBC);

    return lanes_behind(latin, 1) | (lanes_behind(lanes_equal(bytes, 0xCE), 1) & accented) |
           (lanes_behind(lanes_equal(bytes, 0xCF), 1) & lanes_equal(quarter, 0x8C)) | breathed |
           lanes_behind(breathed, 1);
}

/*
 * Case changes a sequence's first byte, and of the last, unless it is unsure, the lowest bit or all
 * above the lowest four.
 */
LANES byte_lanes wide_looks(byte_lanes bytes)
{
    const byte_lanes first = lanes_equal(bytes & 0xC0, 0xC0);

    return (first & 0xC0) | (later_bytes(bytes) & (0x80 | (bytes & 0x0E & ~unsure_bytes(bytes))));
}

/* The looks of the bytes; *others are those that a look ends at. */
LANES byte_lanes look_at(byte_lanes bytes, byte_lanes *others)
{
    const byte_lanes letters = lanes_ascii_letters(bytes);

    *others = ~letters & (lanes_equal(bytes & 0x80, 0) | wide_marks(bytes));
    return (letters & (bytes | 0x20)) | wide_looks(bytes);
}

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

/* Of arrays; with an odd count there is room for whole lanes. */
LANES void look_at_words(uint64_t *words, size_t count)
{
    for (size_t i = 0; i < count; i += LANE_WORDS)
        lanes_store(words + i, word_start_looks(lanes_load(words + i)));
}

LANES void look_at_emails(uint64_t *locals, uint64_t *domains, uint64_t *unsure, size_t count)
{
    for (size_t i = 0; i < count; i += LANE_WORDS) {
        word_lanes unsures[2];

        lanes_store(locals + i, email_local_looks(lanes_load(locals + i), &unsures[0]));
        lanes_store(domains + i, email_domain_looks(lanes_load(domains + i), &unsures[1]));
        lanes_store(unsure + i, unsures[0] | unsures[1]);
    }
}

#endif
