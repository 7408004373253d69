/*
 * The tails of a number (phone_text.h) by AVX-512, which puts the digits of a run side by side.
 */
#ifndef EFFACE_MATCH_PHONE_TAILS_AVX512_H
#define EFFACE_MATCH_PHONE_TAILS_AVX512_H

#include <immintrin.h>

#include "match/phone_runs_lanes.h"

/* The last seven digits before `end`, behind which none stands; 0: they are not all that near. */
LANES uint64_t last_tail(struct span text, size_t end, uint64_t digits)
{
    /* eight bytes from here on, by their count, are the last eight of so many */
    static const int8_t places[TAIL_ROOM + WORD_BYTES] = {
        -1, -1, -1, -1, -1, -1, -1, -1, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};
    const unsigned near = (unsigned)(digits >> (BITS - TAIL_ROOM));
    const unsigned count = (unsigned)__builtin_popcount(near);
    const __m128i bytes =
        _mm_loadu_si128((const __m128i *)(const void *)(text.at + end - TAIL_ROOM));
    const __m128i last = _mm_loadl_epi64((const __m128i *)(const void *)(places + count));
    const __m128i ascending = _mm_maskz_compress_epi8((__mmask16)near, bytes);

    return count < PHONE_TAIL_DIGITS
               ? 0
               : (uint64_t)_mm_cvtsi128_si64(_mm_shuffle_epi8(ascending, last)) >> 8;
}

/* find_tails, where several groups may each end a number. */
LANES size_t find_all_tails(struct span text, size_t end, uint64_t digits, unsigned least,
                            uint64_t tails[PHONE_TAIL_LIMIT])
{
    const __m512i bytes = _mm512_loadu_si512(text.at + end - sizeof bytes);
    char room[WORD_BYTES + sizeof bytes];
    const char *const ascending = room + WORD_BYTES;
    uint64_t ends = digits & ~(digits >> 1);
    size_t count = 0;

    memset(room, 0, WORD_BYTES);
    _mm512_storeu_si512(room + WORD_BYTES, _mm512_maskz_compress_epi8(digits, bytes));
    for (; ends; ends &= ends - 1) {
        const uint64_t before = digits & (ends ^ (ends - 1));

        if (!has_digits(before, least))
            continue;
        if (count == PHONE_TAIL_LIMIT)
            return PHONE_TAIL_LIMIT + 1;
        tails[count++] =
            byte_word(ascending + __builtin_popcountll(before) - WORD_BYTES, WORD_BYTES) >> 8;
    }
    return count;
}

/*
 * Sets the tails of all numbers of `least` digits or more that end with a group of the digits in
 * the run that ends at `end`, KNOWN_BEFORE + TAIL_ROOM bytes or more behind the text's beginning.
 * Returns how many; more than PHONE_TAIL_LIMIT: there is no telling.
 */
LANES size_t find_tails(struct span text, size_t end, uint64_t digits, unsigned least,
                        uint64_t tails[PHONE_TAIL_LIMIT])
{
    const unsigned signs = (unsigned)__builtin_clzll(digits);
    const uint64_t before_group =
        digits << signs & UINT64_MAX >> count_highest(digits << signs, KNOWN_BEFORE);

    if (!has_digits(before_group, least) &&
        (tails[0] = last_tail(text, end - signs, digits << signs)))
        return 1;
    return find_all_tails(text, end, digits, least, tails);
}

#endif
