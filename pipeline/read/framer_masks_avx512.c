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

const struct mask_finder mask_finder_avx512 = {"avx512", is_available, find};

#endif
