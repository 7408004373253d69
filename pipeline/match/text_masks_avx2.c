#include "match/text_masks.h"

#if defined(__x86_64__)

#include <immintrin.h>

#define WITH_AVX2 __attribute__((target("avx2,bmi")))
#define JOINS WITH_AVX2 static inline

#include "match/mask_places.h"
#include "match/text_classes.h"
#include "match/text_joins.h"

static bool is_available(void)
{
    return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi");
}

WITH_AVX2 static inline __m256i classes_of(__m256i bytes)
{
    const __m256i by_low = _mm256_setr_epi8(CLASSES_BY_LOW, CLASSES_BY_LOW);
    const __m256i by_high = _mm256_setr_epi8(CLASSES_BY_HIGH, CLASSES_BY_HIGH);
    const __m256i high = _mm256_and_si256(_mm256_srli_epi16(bytes, 4), _mm256_set1_epi8(0x0F));

    return _mm256_and_si256(_mm256_shuffle_epi8(by_low, bytes), _mm256_shuffle_epi8(by_high, high));
}

/* Of the first 32 bytes of a block, and the others. */
struct halves {
    __m256i low, high;
};

/* The highest bit of each byte. */
WITH_AVX2 static inline uint64_t highest_bits(struct halves bytes)
{
    return (uint32_t)_mm256_movemask_epi8(bytes.low) |
           (uint64_t)(uint32_t)_mm256_movemask_epi8(bytes.high) << 32;
}

/* The bytes that are of a class of `wanted`. */
WITH_AVX2 static inline uint64_t mask_of(struct halves classes, char wanted)
{
    const __m256i bits = _mm256_set1_epi8(wanted), none = _mm256_setzero_si256();

    return highest_bits(
        (struct halves){_mm256_cmpgt_epi8(_mm256_and_si256(classes.low, bits), none),
                        _mm256_cmpgt_epi8(_mm256_and_si256(classes.high, bits), none)});
}

WITH_AVX2 static inline uint64_t equal_to(struct halves bytes, char byte)
{
    const __m256i wanted = _mm256_set1_epi8(byte);

    return highest_bits((struct halves){_mm256_cmpeq_epi8(bytes.low, wanted),
                                        _mm256_cmpeq_epi8(bytes.high, wanted)});
}

WITH_AVX2 static void find(const char *bytes, size_t count, struct text_masks *masks, size_t first)
{
    for (size_t i = first; i < first + count; i++, bytes += TEXT_BLOCK) {
        const __m256i *const block = (const void *)bytes;
        const struct halves found = {_mm256_loadu_si256(block), _mm256_loadu_si256(block + 1)};
        const struct halves classes = {classes_of(found.low), classes_of(found.high)};

        masks->blanks[i] = mask_of(classes, CLASS_BLANK);
        masks->ats[i] = equal_to(found, '@');
        masks->digits[i] = mask_of(classes, CLASS_DIGIT);
        masks->signs[i] = mask_of(classes, CLASS_SIGN);
        masks->letters[i] = mask_of(classes, CLASS_LETTER);
        masks->initials[i] = mask_of(classes, CLASS_LETTER | CLASS_JOINT) | highest_bits(found);
    }
}

WITH_AVX2 static size_t list(const uint64_t *mask, size_t count, uint16_t *places)
{
    size_t listed = 0;

    for (size_t i = 0; i < count; i++)
        listed = append_places(mask[i], i * TEXT_BLOCK, places, listed);
    return listed;
}

const struct text_masker text_masker_avx2 = {"avx2", is_available, find, join_masks, list};

#endif
