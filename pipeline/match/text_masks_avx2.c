#include "match/text_masks.h"

#if defined(__x86_64__)

#include <immintrin.h>

#define WITH_AVX2 __attribute__((target("avx2")))

static bool is_available(void)
{
    return __builtin_cpu_supports("avx2");
}

/*
 * A byte has a bit of each class that both its halves have (Langdale and Lemire): two look-ups
 * in tables of 16 for 32 bytes at once. Letters take two classes, as 0x5B is none but 0x4B is.
 */
enum { BLANK = 1, AT = 2, DIGIT = 4, SIGN = 8, EARLY = 16, LATE = 32 };

/* By the lower half; bytes outside ASCII have their highest bit set, which gives 0. */
#define BY_LOW                                                                                     \
    BLANK | AT | DIGIT | LATE, DIGIT | EARLY | LATE, DIGIT | EARLY | LATE, DIGIT | EARLY | LATE,   \
        DIGIT | EARLY | LATE, DIGIT | EARLY | LATE, DIGIT | EARLY | LATE, DIGIT | EARLY | LATE,    \
        DIGIT | SIGN | EARLY | LATE, DIGIT | SIGN | EARLY | LATE, EARLY | LATE, SIGN | EARLY,      \
        EARLY, SIGN | EARLY, SIGN | EARLY, SIGN | EARLY

/* By the higher half. */
#define BY_HIGH 0, 0, BLANK | SIGN, DIGIT, AT | EARLY, LATE, EARLY, LATE, 0, 0, 0, 0, 0, 0, 0, 0

WITH_AVX2 static inline __m256i classes_of(__m256i bytes)
{
    const __m256i by_low = _mm256_setr_epi8(BY_LOW, BY_LOW);
    const __m256i by_high = _mm256_setr_epi8(BY_HIGH, BY_HIGH);
    const __m256i high = _mm256_and_si256(_mm256_srli_epi16(bytes, 4), _mm256_set1_epi8(0x0F));

    return _mm256_and_si256(_mm256_shuffle_epi8(by_low, bytes), _mm256_shuffle_epi8(by_high, high));
}

struct classes {
    __m256i low, high; /* of the first 32 bytes, and the others */
};

WITH_AVX2 static inline uint64_t mask_of(struct classes classes, char wanted)
{
    const __m256i bits = _mm256_set1_epi8(wanted), none = _mm256_setzero_si256();
    const int low =
        _mm256_movemask_epi8(_mm256_cmpgt_epi8(_mm256_and_si256(classes.low, bits), none));
    const int high =
        _mm256_movemask_epi8(_mm256_cmpgt_epi8(_mm256_and_si256(classes.high, bits), none));

    return (uint32_t)low | (uint64_t)(uint32_t)high << 32;
}

WITH_AVX2 static void find(const char *bytes, size_t count, struct text_masks *masks)
{
    for (; count > 0; count--, masks++, bytes += TEXT_BLOCK) {
        const __m256i *const halves = (const void *)bytes;
        const struct classes classes = {classes_of(_mm256_loadu_si256(halves)),
                                        classes_of(_mm256_loadu_si256(halves + 1))};

        *masks = (struct text_masks){mask_of(classes, BLANK), mask_of(classes, AT),
                                     mask_of(classes, DIGIT), mask_of(classes, SIGN),
                                     mask_of(classes, EARLY | LATE)};
    }
}

const struct text_masker text_masker_avx2 = {"avx2", is_available, find};

#endif
