#include "match/text_masks.h"

#include <endian.h>
#include <string.h>
#ifdef __SSE2__
#include <immintrin.h>
#endif

#define JOINS static inline

#include "match/mask_places.h"
#include "match/text_joins.h"

/* mask_of has bit i for byte i, each of which is 0 or 1. */
#ifdef __SSE2__
static uint64_t mask_of(const unsigned char bytes[TEXT_BLOCK])
{
    uint64_t mask = 0;

    for (size_t i = 0; i < TEXT_BLOCK; i += 16) {
        const __m128i sixteen = _mm_loadu_si128((const __m128i *)(const void *)(bytes + i));
        const int bits = _mm_movemask_epi8(_mm_slli_epi16(sixteen, 7));

        mask |= (uint64_t)(unsigned)bits << i;
    }
    return mask;
}
#else
static uint64_t mask_of(const unsigned char bytes[TEXT_BLOCK])
{
    uint64_t mask = 0;

    for (size_t i = 0; i < TEXT_BLOCK; i += 8) {
        uint64_t eight;

        /* The product has bit 0 of each byte side by side in its highest byte. */
        memcpy(&eight, bytes + i, sizeof eight);
        mask |= (le64toh(eight) * 0x0102040810204080 >> 56) << i;
    }
    return mask;
}
#endif

static uint64_t find_byte(const unsigned char block[TEXT_BLOCK], unsigned char byte)
{
    unsigned char found[TEXT_BLOCK];

    for (size_t i = 0; i < TEXT_BLOCK; i++)
        found[i] = block[i] == byte;
    return mask_of(found);
}

static uint64_t find_digits(const unsigned char block[TEXT_BLOCK])
{
    unsigned char found[TEXT_BLOCK];

    for (size_t i = 0; i < TEXT_BLOCK; i++)
        found[i] = (unsigned char)(block[i] - '0') < 10;
    return mask_of(found);
}

static uint64_t find_signs(const unsigned char block[TEXT_BLOCK])
{
    unsigned char found[TEXT_BLOCK];

    for (size_t i = 0; i < TEXT_BLOCK; i++)
        found[i] = ((unsigned char)(block[i] - '(') < 8) & (block[i] != ',') & (block[i] != '*');
    return mask_of(found);
}

static uint64_t find_ascii_letters(const unsigned char block[TEXT_BLOCK])
{
    unsigned char found[TEXT_BLOCK];

    for (size_t i = 0; i < TEXT_BLOCK; i++)
        found[i] = (unsigned char)((block[i] | 0x20) - 'a') < 26;
    return mask_of(found);
}

static uint64_t find_foreign(const unsigned char block[TEXT_BLOCK])
{
    unsigned char found[TEXT_BLOCK];

    for (size_t i = 0; i < TEXT_BLOCK; i++)
        found[i] = block[i] >> 7;
    return mask_of(found);
}

static bool is_available(void)
{
    return true;
}

static void find(const char *bytes, size_t count, struct text_masks *masks, size_t first)
{
    for (size_t i = first; i < first + count; i++, bytes += TEXT_BLOCK) {
        const unsigned char *const block = (const unsigned char *)bytes;

        masks->blanks[i] = find_byte(block, ' ');
        masks->ats[i] = find_byte(block, '@');
        masks->digits[i] = find_digits(block);
        masks->signs[i] = find_signs(block);
        masks->letters[i] = find_ascii_letters(block);
        masks->initials[i] = masks->letters[i] | find_byte(block, '\'') | find_byte(block, '-') |
                             find_foreign(block);
    }
}

static size_t list(const uint64_t *mask, size_t count, uint16_t *places)
{
    size_t listed = 0;

    for (size_t i = 0; i < count; i++)
        listed = append_places(mask[i], i * TEXT_BLOCK, places, listed);
    return listed;
}

const struct text_masker text_masker_portable = {"portable", is_available, find, join_masks, list};
