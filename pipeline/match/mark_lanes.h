/*
 * What stands at marks, and what a filter says of it, side by side, for any length of lanes:
 * included by one source for each.
 *
 * Places are offsets from `base`, ascending, as many as lanes have words, all within the text. Sets
 * of words are bits, the first lowest.
 */
#ifndef EFFACE_MATCH_MARK_LANES_H
#define EFFACE_MATCH_MARK_LANES_H

#include "base/bit_filter.h"
#include "base/byte_lanes.h"

/* The eight bytes from each place on (byte_word.h), one place after the other. */
LANES word_lanes each_from(struct span text, size_t base, const uint16_t *places)
{
    uint64_t words[LANE_WORDS];

    for (size_t i = 0; i < LANE_WORDS; i++)
        words[i] = bytes_from(text, base + places[i]);
    return lanes_load(words);
}

/* Those before each. */
LANES word_lanes each_before(struct span text, size_t base, const uint16_t *places)
{
    uint64_t words[LANE_WORDS];

    for (size_t i = 0; i < LANE_WORDS; i++)
        words[i] = bytes_before(text, base + places[i]);
    return lanes_load(words);
}

/* A source that is for an instruction set with something better for the rest says where that is. */
#ifdef MARK_LANES
#include MARK_LANES
#else

LANES word_lanes bytes_from_each(struct span text, size_t base, const uint16_t *places)
{
    return each_from(text, base, places);
}

LANES word_lanes bytes_before_each(struct span text, size_t base, const uint16_t *places)
{
    return each_before(text, base, places);
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

/* Puts those of the places side by side at `kept`, which may be before them. Returns how many. */
LANES size_t keep_places(uint16_t *kept, const uint16_t *places, unsigned those)
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
