#include <endian.h>
#include <string.h>

#include "read/framer_masks.h"

static bool is_available(void)
{
    return true;
}

static uint64_t mask_of(const char block[MASK_BLOCK], char byte)
{
    unsigned char equal[MASK_BLOCK];
    uint64_t mask = 0;

    for (size_t i = 0; i < MASK_BLOCK; i++)
        equal[i] = block[i] == byte;
    for (size_t i = 0; i < MASK_BLOCK; i += 8) {
        uint64_t eight;

        /* The product has bit 0 of each byte side by side in its highest byte. */
        memcpy(&eight, equal + i, sizeof eight);
        mask |= (le64toh(eight) * 0x0102040810204080 >> 56) << i;
    }
    return mask;
}

/* Bit i of the result is the XOR of bits 0 to i. */
static uint64_t prefix_xor(uint64_t mask)
{
    for (unsigned shift = 1; shift < MASK_BLOCK; shift *= 2)
        mask ^= mask << shift;
    return mask;
}

static void find(const char *bytes, size_t count, char delimiter, struct block_masks *masks)
{
    for (; count > 0; count--, masks++, bytes += MASK_BLOCK) {
        const uint64_t quotes = mask_of(bytes, '"');

        *masks = (struct block_masks){quotes, prefix_xor(quotes), mask_of(bytes, delimiter),
                                      mask_of(bytes, '\n'), mask_of(bytes, '\r')};
    }
}

/* The number of bits set. Not the compiler's: on a processor without the instruction it calls. */
static size_t count_bits(uint64_t mask)
{
    mask -= mask >> 1 & 0x5555555555555555;
    mask = (mask & 0x3333333333333333) + (mask >> 2 & 0x3333333333333333);
    mask = (mask + (mask >> 4)) & 0x0f0f0f0f0f0f0f0f;
    return mask * 0x0101010101010101 >> 56;
}

/*
 * Always takes a whole number of steps of several bits. How many a block has is nothing that a
 * processor can guess, so it is dearer to stop at the last than to write some that don't count.
 */
size_t mask_list_portable(const uint64_t *masks, size_t count, size_t base, uint32_t *places)
{
    enum { BITS_AT_ONCE = 8 };
    uint32_t *next = places;

    for (size_t block = 0; block < count; block++, base += MASK_BLOCK) {
        uint64_t mask = masks[block];
        uint32_t *to = next;

        next += count_bits(mask);
        do {
            for (size_t i = 0; i < BITS_AT_ONCE; i++) {
                /* The highest bit is set for the sake of those that don't count. */
                to[i] = (uint32_t)(base + (size_t)__builtin_ctzll(mask | (uint64_t)1 << 63));
                mask &= mask - 1;
            }
            to += BITS_AT_ONCE;
        } while (mask != 0);
    }
    return (size_t)(next - places);
}

const struct mask_finder mask_finder_portable = {"portable", is_available, find,
                                                 mask_list_portable};
