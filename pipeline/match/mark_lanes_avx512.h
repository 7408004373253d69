/*
 * What mark_lanes.h says, by AVX-512, which fetches eight words from anywhere at once.
 */
#ifndef EFFACE_MATCH_MARK_LANES_AVX512_H
#define EFFACE_MATCH_MARK_LANES_AVX512_H

#include <immintrin.h>

LANES word_lanes places_of(const uint32_t *places)
{
    return (word_lanes)_mm512_cvtepu32_epi64(
        _mm256_loadu_si256((const __m256i *)(const void *)places));
}

LANES word_lanes bytes_from_places(struct span text, word_lanes places)
{
    const __m512i ends = (__m512i)(places + WORD_BYTES);

    if (_mm512_cmpgt_epu64_mask(ends, _mm512_set1_epi64((long long)text.size)))
        return each_from(text, places);
    return (word_lanes)_mm512_i64gather_epi64((__m512i)places, text.at, 1);
}

LANES word_lanes bytes_before_places(struct span text, word_lanes places)
{
    const __m512i starts = (__m512i)(places - WORD_BYTES);

    if (_mm512_cmplt_epi64_mask(starts, _mm512_setzero_si512()))
        return each_before(text, places);
    return (word_lanes)_mm512_i64gather_epi64(starts, text.at, 1);
}

LANES word_lanes places_of_marks(size_t base, const uint16_t *marks)
{
    const __m128i offsets = _mm_loadu_si128((const __m128i *)(const void *)marks);

    return (word_lanes)_mm512_cvtepu16_epi64(offsets) + base;
}

LANES word_lanes bytes_from_marks(struct span text, size_t base, const uint16_t *marks)
{
    return bytes_from_places(text, places_of_marks(base, marks));
}

LANES word_lanes bytes_before_marks(struct span text, size_t base, const uint16_t *marks)
{
    return bytes_before_places(text, places_of_marks(base, marks));
}

LANES unsigned filter_has(const struct bit_filter *filter, word_lanes hashes, word_lanes bits)
{
    const __m512i words =
        _mm512_i64gather_epi64((__m512i)(hashes >> filter->shift), filter->words, WORD_BYTES);
    const __m512i missing = _mm512_andnot_si512(words, (__m512i)bits);

    return _mm512_testn_epi64_mask(missing, missing);
}

LANES unsigned lanes_set(word_lanes lanes)
{
    return _mm512_test_epi64_mask((__m512i)lanes, (__m512i)lanes);
}

LANES size_t keep_marks(uint16_t *kept, const uint16_t *marks, unsigned those)
{
    const __m128i all = _mm_loadu_si128((const __m128i *)(const void *)marks);

    _mm_storeu_si128((__m128i *)(void *)kept, _mm_maskz_compress_epi16((__mmask8)those, all));
    return (size_t)__builtin_popcount(those);
}

LANES size_t keep_places(uint32_t *kept, const uint32_t *places, unsigned those)
{
    const __m256i all = _mm256_loadu_si256((const __m256i *)(const void *)places);

    _mm256_storeu_si256((__m256i *)(void *)kept, _mm256_maskz_compress_epi32((__mmask8)those, all));
    return (size_t)__builtin_popcount(those);
}

#endif
