#include "read/framer_masks.h"

#if defined(__x86_64__)

#include <immintrin.h>

#define WITH_AVX512 __attribute__((target("avx512f,avx512bw,pclmul")))

static bool is_available(void)
{
    return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
           __builtin_cpu_supports("pclmul");
}

WITH_AVX512 static inline uint64_t mask_of(__m512i block, char byte)
{
    return _mm512_cmpeq_epi8_mask(block, _mm512_set1_epi8(byte));
}

/* Bit i of the result is the XOR of bits 0 to i: the carry-less product with all ones. */
WITH_AVX512 static inline uint64_t prefix_xor(uint64_t mask)
{
    const __m128i product =
        _mm_clmulepi64_si128(_mm_cvtsi64_si128((long long)mask), _mm_set1_epi8(-1), 0);

    return (uint64_t)_mm_cvtsi128_si64(product);
}

WITH_AVX512 static void find(const char *bytes, size_t count, char delimiter,
                             struct block_masks *masks)
{
    for (; count > 0; count--, masks++, bytes += MASK_BLOCK) {
        const __m512i block = _mm512_loadu_si512(bytes);
        const uint64_t quotes = mask_of(block, '"');

        *masks = (struct block_masks){quotes, prefix_xor(quotes), mask_of(block, delimiter),
                                      mask_of(block, '\n'), mask_of(block, '\r')};
    }
}

const struct mask_finder mask_finder_avx512 = {"avx512", is_available, find, mask_list_portable};

/* What later processors have besides. */
#define WITH_VBMI2 __attribute__((target("avx512f,avx512bw,avx512vbmi2,popcnt")))

static bool is_vbmi2_available(void)
{
    return is_available() && __builtin_cpu_supports("avx512vbmi2") &&
           __builtin_cpu_supports("popcnt");
}

/* Widens sixteen bytes to numbers, adds the base and writes them. */
WITH_VBMI2 static inline void put(__m128i bytes, __m512i base, uint32_t *to)
{
    _mm512_storeu_si512(to, _mm512_add_epi32(base, _mm512_cvtepu8_epi32(bytes)));
}

/* A block's bits, packed to the front of 64 bytes; few blocks have more than 16. */
WITH_VBMI2 static size_t list(const uint64_t *masks, size_t count, size_t base, uint32_t *places)
{
    const size_t at_once = 16;
    char numbers[MASK_BLOCK];
    uint32_t *next = places;

    for (size_t i = 0; i < MASK_BLOCK; i++)
        numbers[i] = (char)i;
    const __m512i all = _mm512_loadu_si512(numbers);
    for (size_t i = 0; i < count; i++, base += MASK_BLOCK) {
        const __m512i packed = _mm512_maskz_compress_epi8(masks[i], all);
        const __m512i start = _mm512_set1_epi32((int)base);
        const size_t bits = (size_t)__builtin_popcountll(masks[i]);

        put(_mm512_castsi512_si128(packed), start, next);
        if (bits > at_once) {
            put(_mm512_extracti32x4_epi32(packed, 1), start, next + at_once);
            put(_mm512_extracti32x4_epi32(packed, 2), start, next + 2 * at_once);
            put(_mm512_extracti32x4_epi32(packed, 3), start, next + 3 * at_once);
        }
        next += bits;
    }
    return (size_t)(next - places);
}

const struct mask_finder mask_finder_vbmi2 = {"avx512 vbmi2", is_vbmi2_available, find, list};

#endif
