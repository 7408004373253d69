#include "read/framer_masks.h"

#if defined(__aarch64__)

#include <arm_neon.h>

enum { QUARTERS = 4 };

/* Every processor of this architecture has it. */
static bool is_available(void)
{
    return true;
}

static inline uint64_t mask_of(const uint8x16_t block[QUARTERS], char byte)
{
    static const uint8_t bits[16] = {1, 2, 4, 8, 16, 32, 64, 128, 1, 2, 4, 8, 16, 32, 64, 128};
    const uint8x16_t weights = vld1q_u8(bits);
    const uint8x16_t wanted = vdupq_n_u8((uint8_t)byte);
    uint8x16_t found[QUARTERS];

    for (size_t i = 0; i < QUARTERS; i++)
        found[i] = vandq_u8(vceqq_u8(block[i], wanted), weights);
    /* Adding neighbours three times makes one byte of each eight bits. */
    const uint8x16_t pairs =
        vpaddq_u8(vpaddq_u8(found[0], found[1]), vpaddq_u8(found[2], found[3]));
    return vgetq_lane_u64(vreinterpretq_u64_u8(vpaddq_u8(pairs, pairs)), 0);
}

/*
 * Bit i of the result is the XOR of bits 0 to i. By shifts: the carry-less multiplication is an
 * extension that not every processor has, and this is no part that takes long.
 */
static inline uint64_t prefix_xor(uint64_t mask)
{
    for (unsigned shift = 1; shift < MASK_BLOCK; shift *= 2)
        mask ^= mask << shift;
    return mask;
}

static void find(const char *bytes, size_t count, char delimiter, struct block_masks *masks)
{
    for (; count > 0; count--, masks++, bytes += MASK_BLOCK) {
        const uint8_t *const from = (const uint8_t *)bytes;
        const uint8x16_t block[QUARTERS] = {vld1q_u8(from), vld1q_u8(from + 16),
                                            vld1q_u8(from + 32), vld1q_u8(from + 48)};
        const uint64_t quotes = mask_of(block, '"');

        *masks = (struct block_masks){quotes, prefix_xor(quotes), mask_of(block, delimiter),
                                      mask_of(block, '\n'), mask_of(block, '\r')};
    }
}

const struct mask_finder mask_finder_neon = {"neon", is_available, find, mask_list_portable};

#endif
