#include "read/framer_masks.h"

#if defined(__x86_64__)

#include <immintrin.h>

#define WITH_AVX2 __attribute__((target("avx2,pclmul")))

static bool is_available(void)
{
    return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("pclmul");
}

struct block {
    __m256i low, high;
};

WITH_AVX2 static inline uint64_t mask_of(struct block block, char byte)
{
    const __m256i wanted = _mm256_set1_epi8(byte);
    const int low = _mm256_movemask_epi8(_mm256_cmpeq_epi8(block.low, wanted));
    const int high = _mm256_movemask_epi8(_mm256_cmpeq_epi8(block.high, wanted));

    return (uint32_t)low | (uint64_t)(uint32_t)high << 32;
}

/* Bit i of the result is the XOR of bits 0 to i: the carry-less product with all ones. */
WITH_AVX2 static inline uint64_t prefix_xor(uint64_t mask)
{
    const __m128i product =
        _mm_clmulepi64_si128(_mm_cvtsi64_si128((long long)mask), _mm_set1_epi8(-1), 0);

    return (uint64_t)_mm_cvtsi128_si64(product);
}

WITH_AVX2 static void find(const char *bytes, size_t count, char delimiter,
                           struct block_masks *masks)
{
    for (; count > 0; count--, masks++, bytes += MASK_BLOCK) {
        const __m256i *const halves = (const void *)bytes;
        const struct block block = {_mm256_loadu_si256(halves), _mm256_loadu_si256(halves + 1)};
        const uint64_t quotes = mask_of(block, '"');

        *masks = (struct block_masks){quotes, prefix_xor(quotes), mask_of(block, delimiter),
                                      mask_of(block, '\n'), mask_of(block, '\r')};
    }
}

const struct mask_finder mask_finder_avx2 = {"avx2", is_available, find, mask_list_portable};

#endif
