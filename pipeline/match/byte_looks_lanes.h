/*
 * The looks of single bytes (word_look.h), by the compiler's own means: part of look_lanes.h.
 */
#ifndef EFFACE_MATCH_BYTE_LOOKS_LANES_H
#define EFFACE_MATCH_BYTE_LOOKS_LANES_H

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

#endif
