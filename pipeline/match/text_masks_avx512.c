#include "match/text_masks.h"

#if defined(__x86_64__)

#include <immintrin.h>

#include "match/text_classes.h"

#define WITH_AVX512 __attribute__((target("avx512f,avx512bw")))

static bool is_available(void)
{
    return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw");
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
        masks->eras[i] = mask_of(classes, CLASS_ERA);
        masks->hyphens[i] = _mm512_cmpeq_epi8_mask(block, _mm512_set1_epi8('-'));
        masks->signs[i] = mask_of(classes, CLASS_SIGN);
        masks->letters[i] = mask_of(classes, CLASS_LETTER);
        masks->initials[i] =
            mask_of(classes, CLASS_LETTER | CLASS_APOSTROPHE) | _mm512_movepi8_mask(block);
    }
}

const struct text_masker text_masker_avx512 = {"avx512", is_available, find};

#endif
