/*
 * The places of a mask's bits, for instruction sets that have nothing for it but to find and to
 * clear the lowest bit.
 */
#ifndef EFFACE_MATCH_MASK_PLACES_H
#define EFFACE_MATCH_MASK_PLACES_H

#include <stddef.h>
#include <stdint.h>

/* So many are written at once, though some are none: how many there are is hard to foretell. */
enum { PLACES_AT_ONCE = 4 };

/* Appends those of one word, whose lowest bit stands for `start`. */
static inline size_t append_places(uint64_t word, size_t start, uint16_t *places, size_t count)
{
    const uint64_t highest = UINT64_C(1) << 63;

    do {
        for (size_t i = 0; i < PLACES_AT_ONCE; i++, word &= word - 1) {
            places[count] = (uint16_t)(start + (size_t)__builtin_ctzll(word | highest));
            count += word != 0;
        }
    } while (word);
    return count;
}

#endif
