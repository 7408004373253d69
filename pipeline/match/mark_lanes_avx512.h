/*
 * What mark_lanes.h says, by AVX-512, which fetches eight words from anywhere at once.
 */
#ifndef EFFACE_MATCH_MARK_LANES_AVX512_H
#define EFFACE_MATCH_MARK_LANES_AVX512_H

#include <immintrin.h>

LANES word_lanes words_at(const char *base, const uint16_t *places)
{
    const __m128i offsets = _mm_loadu_si128((const __m128i *)(const void *)places);

    return (word_lanes)_mm512_i64gather_epi64(_mm512_cvtepu16_epi64(offsets), base, 1);
}

LANES word_lanes bytes_from_each(struct span text, size_t base, const uint16_t *places)
{
    if (base + places[LANE_WORDS - 1] + WORD_BYTES > text.size)
        return each_from(text, base, places);
    return words_at(text.at + base, places);
}

LANES word_lanes bytes_before_each(struct span text, size_t base, const uint16_t *places)
{
    if (base + places[0] < WORD_BYTES)
        return each_before(text, base, places);
    return words_at(text.at + base - WORD_BYTES, places);
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

LANES size_t keep_places(uint16_t *kept, const uint16_t *places, unsigned those)
{
    const __m128i all = _mm_loadu_si128((const __m128i *)(const void *)places);

    _mm_storeu_si128((__m128i *)(void *)kept, _mm_maskz_compress_epi16((__mmask8)those, all));
    return (size_t)__builtin_popcount(those);
}

#endif
