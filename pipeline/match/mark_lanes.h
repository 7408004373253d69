/*
 * What stands at places of a text, and what a filter says of it, side by side, for any length of
 * lanes: included by one source for each.
 *
 * Marks are places as offsets from `base`, ascending; arrays of them have as many as lanes have
 * words. All places are within the text. Sets of words are bits, the first lowest.
 */
#ifndef EFFACE_MATCH_MARK_LANES_H
#define EFFACE_MATCH_MARK_LANES_H

#include "base/bit_filter.h"
#include "base/byte_lanes.h"

/* The eight bytes from each place on (byte_word.h), one place after the other. */
LANES word_lanes each_from(struct span text, word_lanes places)
{
    uint64_t words[LANE_WORDS];

    lanes_store(words, places);
    for (size_t i = 0; i < LANE_WORDS; i++)
        words[i] = bytes_from(text, words[i]);
    return lanes_load(words);
}

/* Those before each. */
LANES word_lanes each_before(struct span text, word_lanes places)
{
    uint64_t words[LANE_WORDS];

    lanes_store(words, places);
    for (size_t i = 0; i < LANE_WORDS; i++)
        words[i] = bytes_before(text, words[i]);
    return lanes_load(words);
}

/* A source that is for an instruction set with something better for the rest says where that is. */
#ifdef MARK_LANES
#include MARK_LANES
#else

LANES word_lanes places_of(const uint32_t *places)
{
    uint64_t words[LANE_WORDS];

    for (size_t i = 0; i < LANE_WORDS; i++)
        words[i] = places[i];
    return lanes_load(words);
}

LANES word_lanes bytes_from_places(struct span text, word_lanes places)
{
    return each_from(text, places);
}

LANES word_lanes bytes_before_places(struct span text, word_lanes places)
{
    return each_before(text, places);
}

/* The same of marks. */
LANES word_lanes bytes_from_marks(struct span text, size_t base, const uint16_t *marks)
{
    uint64_t words[LANE_WORDS];

    for (size_t i = 0; i < LANE_WORDS; i++)
        words[i] = bytes_from(text, base + marks[i]);
    return lanes_load(words);
}

LANES word_lanes bytes_before_marks(struct span text, size_t base, const uint16_t *marks)
{
    uint64_t words[LANE_WORDS];

    for (size_t i = 0; i < LANE_WORDS; i++)
        words[i] = bytes_before(text, base + marks[i]);
    return lanes_load(words);
}

/* The hashes of which the filter has the bits. */
LANES unsigned filter_has(const struct bit_filter *filter, word_lanes hashes, word_lanes bits)
{
    uint64_t indexes[LANE_WORDS], wanted[LANE_WORDS];
    unsigned has = 0;

    lanes_store(indexes, hashes >> filter->shift);
    lanes_store(wanted, bits);
    for (unsigned i = 0; i < LANE_WORDS; i++)
        has |= (unsigned)!(wanted[i] & ~filter->words[indexes[i]]) << i;
    return has;
}

/* The words that are not 0. */
LANES unsigned lanes_set(word_lanes lanes)
{
    uint64_t words[LANE_WORDS];
    unsigned set = 0;

    lanes_store(words, lanes);
    for (unsigned i = 0; i < LANE_WORDS; i++)
        set |= (unsigned)(words[i] != 0) << i;
    return set;
}

/* Puts those of the marks side by side at `kept`, which may be before them. Returns how many. */
LANES size_t keep_marks(uint16_t *kept, const uint16_t *marks, unsigned those)
{
    size_t count = 0;

    for (size_t i = 0; i < LANE_WORDS; i++) {
        kept[count] = marks[i];
        count += those >> i & 1;
    }
    return count;
}

/* ... of places. */
LANES size_t keep_places(uint32_t *kept, const uint32_t *places, unsigned those)
{
    size_t count = 0;

    for (size_t i = 0; i < LANE_WORDS; i++) {
        kept[count] = places[i];
        count += those >> i & 1;
    }
    return count;
}

#endif

#endif
