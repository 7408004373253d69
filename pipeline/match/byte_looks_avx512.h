/*
 * The looks of single bytes (word_look.h) by AVX-512, of which two tables tell what bytes outside
 * ASCII are: part of look_lanes.h.
 */
#ifndef EFFACE_MATCH_BYTE_LOOKS_AVX512_H
#define EFFACE_MATCH_BYTE_LOOKS_AVX512_H

#include <immintrin.h>

/*
 * What byte_looks_lanes.h says of a byte outside ASCII and the one before it, by bits: each stands
 * for some first bytes and for those that mean something behind them.
 */
enum {
    MARK_C3 = 1,   /* 0x97 and 0xB7 are no letters */
    MARK_D8 = 2,   /* 0x80 to 0x9F */
    MARK_E3 = 4,   /* 0x80 */
    BREATHED = 8,  /* behind 0xE1 0xBC to 0xBF */
    ACCENTED = 16, /* behind 0xCE 0x80 to 0x8F and 0xAC to 0xAF */
    RARE = 32,     /* behind 0xCF 0x8C to 0x8F */
    LATIN = 64,    /* behind 0xC4 to 0xCB anything */
    MARKS = 128,   /* all that 0xC2, 0xE2 and 0xEF begin: of first bytes alone */
    SOME_MARKS = MARK_C3 | MARK_D8 | MARK_E3,
    UNSURE = BREATHED | ACCENTED | RARE | LATIN
};

#define TIMES_4(x) (x), (x), (x), (x)
#define TIMES_7(x) TIMES_4(x), (x), (x), (x)

/* Of 0x80 to 0xBF. */
#define LATER_BYTES                                                                                \
    MARK_D8 | MARK_E3 | ACCENTED | LATIN, TIMES_7(MARK_D8 | ACCENTED | LATIN),                     \
        TIMES_4(MARK_D8 | ACCENTED | LATIN), TIMES_4(MARK_D8 | ACCENTED | RARE | LATIN),           \
        TIMES_7(MARK_D8 | LATIN), MARK_C3 | MARK_D8 | LATIN, TIMES_4(MARK_D8 | LATIN),             \
        TIMES_4(MARK_D8 | LATIN), TIMES_4(LATIN), TIMES_4(LATIN), TIMES_4(LATIN),                  \
        TIMES_4(ACCENTED | LATIN), TIMES_7(LATIN), MARK_C3 | LATIN, TIMES_4(LATIN),                \
        TIMES_4(BREATHED | LATIN)

/* Of 0xC0 to 0xFF. */
#define FIRST_BYTES                                                                                \
    0, 0, MARKS, MARK_C3, TIMES_4(LATIN), TIMES_4(LATIN), 0, 0, ACCENTED, RARE, TIMES_4(0),        \
        TIMES_4(0), MARK_D8, TIMES_7(0), 0, BREATHED, MARKS, MARK_E3, TIMES_4(0), TIMES_7(0),      \
        MARKS, TIMES_4(0), TIMES_4(0), TIMES_4(0), TIMES_4(0)

/* The bytes behind those of a mask, in the same words. */
LANES uint64_t mask_behind(uint64_t mask)
{
    return mask << 1 & UINT64_C(0xFEFEFEFEFEFEFEFE);
}

/* Bytes outside ASCII, a bit for each byte. */
struct wide_bytes {
    uint64_t all, first, later; /* of sequences */
    uint64_t marks;             /* at which a look ends */
    uint64_t unsure;            /* of later ones those that case changes in too many ways */
};

LANES struct wide_bytes wide_bytes_of(__m512i bytes)
{
    static const uint8_t later_bits[64] = {LATER_BYTES}, first_bits[64] = {FIRST_BYTES};
    const __m512i bits = _mm512_permutex2var_epi8(_mm512_loadu_si512(later_bits), bytes,
                                                  _mm512_loadu_si512(first_bits));
    const uint64_t all = _mm512_movepi8_mask(bytes);
    const uint64_t first = all & _mm512_test_epi8_mask(bytes, _mm512_set1_epi8(0x40));
    const uint64_t later = all & ~first;
    const __m512i before = _mm512_slli_epi64(_mm512_maskz_mov_epi8(first, bits), 8);
    const __m512i pairs = _mm512_and_si512(before, bits);
    const uint64_t breathed = _mm512_mask_test_epi8_mask(later, pairs, _mm512_set1_epi8(BREATHED));
    const uint64_t unsure = _mm512_mask_test_epi8_mask(later, pairs, _mm512_set1_epi8(UNSURE));
    const uint64_t second = _mm512_mask_test_epi8_mask(later, pairs, _mm512_set1_epi8(SOME_MARKS));
    const uint64_t torn = _mm512_mask_test_epi8_mask(first & UINT64_C(0x8080808080808080), bits,
                                                     _mm512_set1_epi8(SOME_MARKS));
    const uint64_t begin =
        _mm512_mask_test_epi8_mask(first, bits, _mm512_set1_epi8((char)MARKS)) | second >> 1 | torn;
    const uint64_t next = mask_behind(begin) & later;

    return (struct wide_bytes){all, first, later, begin | next | (mask_behind(next) & later),
                               unsure | mask_behind(breathed)};
}

LANES byte_lanes look_at(byte_lanes lanes, byte_lanes *others)
{
    const __m512i bytes = (__m512i)lanes;
    const __m512i small = _mm512_or_si512(bytes, _mm512_set1_epi8(0x20));
    const __m512i kept = _mm512_and_si512(bytes, _mm512_set1_epi8(0x0E));
    const __m512i later = _mm512_set1_epi8((char)0x80);
    const struct wide_bytes wide = wide_bytes_of(bytes);
    const uint64_t letters =
        _mm512_cmplt_epu8_mask(_mm512_sub_epi8(small, _mm512_set1_epi8('a')), _mm512_set1_epi8(26));
    __m512i looks = _mm512_maskz_mov_epi8(letters, small);

    looks = _mm512_mask_mov_epi8(looks, wide.first, _mm512_set1_epi8((char)0xC0));
    looks = _mm512_mask_mov_epi8(looks, wide.later, later);
    looks = _mm512_mask_mov_epi8(looks, wide.later & ~wide.unsure, _mm512_or_si512(kept, later));
    *others = (byte_lanes)_mm512_movm_epi8(~letters & (~wide.all | wide.marks));
    return (byte_lanes)looks;
}

#endif
