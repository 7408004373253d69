/*
 * The tails of a number (phone_text.h) by AVX-512, which puts the digits of a run side by side.
 */
#ifndef EFFACE_MATCH_PHONE_TAILS_AVX512_H
#define EFFACE_MATCH_PHONE_TAILS_AVX512_H

#include <immintrin.h>

#include "match/phone_runs_lanes.h"

/*
 * Sets the tails of all numbers of `least` digits or more that end with a group of the digits in
 * the run that ends at `end`, 64 bytes or more from the beginning of the text. Returns how many;
 * more than PHONE_TAIL_LIMIT: there is no telling.
 */
LANES size_t find_tails(struct span text, size_t end, uint64_t digits, unsigned least,
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

#endif
