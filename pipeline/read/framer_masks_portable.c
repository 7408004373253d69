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

const struct mask_finder mask_finder_portable = {"portable", is_available, find};
