#include "match/text_masks.h"

#if defined(__x86_64__)

#include <immintrin.h>

#define WITH_AVX512 __attribute__((target("avx512f,avx512bw,avx512vbmi2,popcnt")))
#define JOINS WITH_AVX512 static inline

#include "match/text_classes.h"
#include "match/text_joins.h"

static bool is_available(void)
{
    return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
           __builtin_cpu_supports("avx512vbmi2") && __builtin_cpu_supports("popcnt");
}

WITH_AVX512 static inline __m512i classes_of(__m512i bytes)
{
    const __m512i by_low = _mm512_broadcast_i32x4(_mm_setr_epi8(CLASSES_BY_LOW));
    const __m512i by_high = _mm512_broadcast_i32x4(_mm_setr_epi8(CLASSES_BY_HIGH));
    const __m512i high = _mm512_and_si512(_mm512_srli_epi16(bytes, 4), _mm512_set1_epi8(0x0F));

    return _mm512_and_si512(_mm512_shuffle_epi8(by_low, bytes), _mm512_shuffle_epi8(by_high, high));
}

/* The bytes that are of a class of `wanted`. */
WITH_AVX512 static inline uint64_t mask_of(__m512i classes, char wanted)
{
    return _mm512_test_epi8_mask(classes, _mm512_set1_epi8(wanted));
}

WITH_AVX512 static void find(const char *bytes, size_t count, struct text_masks *masks,
                             size_t first)
{
    for (size_t i = first; i < first + count; i++, bytes += TEXT_BLOCK) {
        const __m512i block = _mm512_loadu_si512(bytes), classes = classes_of(block);

        masks->blanks[i] = mask_of(classes, CLASS_BLANK);
        masks->ats[i] = _mm512_cmpeq_epi8_mask(block, _mm512_set1_epi8('@'));
        masks->digits[i] = mask_of(classes, CLASS_DIGIT);
        masks->signs[i] = mask_of(classes, CLASS_SIGN);
        masks->letters[i] = mask_of(classes, CLASS_LETTER);
        masks->initials[i] =
            mask_of(classes, CLASS_LETTER | CLASS_JOINT) | _mm512_movepi8_mask(block);
    }
}

#define NUMBERS_FROM(n) (n), (n) + 1, (n) + 2, (n) + 3, (n) + 4, (n) + 5, (n) + 6, (n) + 7
#define BYTE_NUMBERS                                                                               \
    NUMBERS_FROM(0), NUMBERS_FROM(8), NUMBERS_FROM(16), NUMBERS_FROM(24), NUMBERS_FROM(32),        \
        NUMBERS_FROM(40), NUMBERS_FROM(48), NUMBERS_FROM(56)

/* Where 32 bytes of these numbers are, in a block from `start` on. */
WITH_AVX512 static inline void store_places(uint16_t *places, __m256i numbers, __m512i start)
{
    _mm512_storeu_si512(places, _mm512_add_epi16(_mm512_cvtepu8_epi16(numbers), start));
}

WITH_AVX512 static size_t list(const uint64_t *mask, size_t count, uint16_t *places)
{
    static const uint8_t bytes[TEXT_BLOCK] = {BYTE_NUMBERS};
    const __m512i numbers = _mm512_loadu_si512(bytes), block = _mm512_set1_epi16(TEXT_BLOCK);
    __m512i start = _mm512_setzero_si512();
    size_t listed = 0;

    for (size_t i = 0; i < count; i++) {
        const __m512i those = _mm512_maskz_compress_epi8(mask[i], numbers);
        const size_t many = (size_t)__builtin_popcountll(mask[i]);

        store_places(places + listed, _mm512_castsi512_si256(those), start);
        if (many > 32)
            store_places(places + listed + 32, _mm512_extracti64x4_epi64(those, 1), start);
        start = _mm512_add_epi16(start, block);
        listed += many;
    }
    return listed;
}

const struct text_masker text_masker_avx512 = {"avx512", is_available, find, join_masks, list};

#endif
