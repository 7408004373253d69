#include "match/text_marks.h"

#include <endian.h>
#ifdef __SSE2__
#include <immintrin.h>
#endif

enum { BLOCK = 64 };

/* mask_of has bit i for byte i, each of which is 0 or 1. */
#ifdef __SSE2__
static uint64_t mask_of(const unsigned char bytes[BLOCK])
{
    uint64_t mask = 0;

    for (size_t i = 0; i < BLOCK; i += 16) {
        const __m128i sixteen = _mm_loadu_si128((const __m128i *)(const void *)(bytes + i));
        const int bits = _mm_movemask_epi8(_mm_slli_epi16(sixteen, 7));

        mask |= (uint64_t)(unsigned)bits << i;
    }
    return mask;
}
#else
static uint64_t mask_of(const unsigned char bytes[BLOCK])
{
    uint64_t mask = 0;

    for (size_t i = 0; i < BLOCK; i += 8) {
        uint64_t eight;

        /* The product has bit 0 of each byte side by side in its highest byte. */
        memcpy(&eight, bytes + i, sizeof eight);
        mask |= (le64toh(eight) * 0x0102040810204080 >> 56) << i;
    }
    return mask;
}
#endif

static uint64_t find_byte(const unsigned char block[BLOCK], unsigned char byte)
{
    unsigned char found[BLOCK];

    for (size_t i = 0; i < BLOCK; i++)
        found[i] = block[i] == byte;
    return mask_of(found);
}

static uint64_t find_digits(const unsigned char block[BLOCK])
{
    unsigned char found[BLOCK];

    for (size_t i = 0; i < BLOCK; i++)
        found[i] = (unsigned char)(block[i] - '0') < 10;
    return mask_of(found);
}

/* The signs of phones, and an asterisk. */
static uint64_t find_signs(const unsigned char block[BLOCK])
{
    unsigned char found[BLOCK];

    for (size_t i = 0; i < BLOCK; i++)
        found[i] = ((unsigned char)(block[i] - '(') < 8) & (block[i] != ',');
    return mask_of(found);
}

static uint64_t find_ascii_letters(const unsigned char block[BLOCK])
{
    unsigned char found[BLOCK];

    for (size_t i = 0; i < BLOCK; i++)
        found[i] = (unsigned char)((block[i] | 0x20) - 'a') < 26;
    return mask_of(found);
}

/* The bytes by `by` places on, those of the block before coming in. */
static uint64_t shift_on(uint64_t mask, uint64_t before, unsigned by)
{
    return mask << by | before >> (BLOCK - by);
}

/* The digits of a run that begins behind a letter: an identifier's, not a phone's. */
static uint64_t tied_digits(struct text_walk *walk, uint64_t digits, uint64_t letters)
{
    const uint64_t starts = digits & (letters << 1 | walk->letter | walk->tied);
    const uint64_t tied = digits & ~(digits + starts);

    walk->letter = letters >> (BLOCK - 1);
    walk->tied = tied >> (BLOCK - 1);
    return tied;
}

/* The seventh byte of each run of `bytes`. */
static uint64_t seventh_in_row(struct text_walk *walk, uint64_t bytes)
{
    const uint64_t two = bytes & shift_on(bytes, walk->runs[0], 1);
    const uint64_t four = two & shift_on(two, walk->runs[1], 2);
    const uint64_t seven = four & shift_on(four, walk->runs[2], 3);
    const uint64_t eight = four & shift_on(four, walk->runs[2], 4);

    walk->runs[0] = bytes;
    walk->runs[1] = two;
    walk->runs[2] = four;
    return seven & ~eight;
}

static void mark(struct text_walk *walk, const unsigned char block[BLOCK], struct text_marks *marks)
{
    const uint64_t blanks = find_byte(block, ' ');
    const uint64_t digits = find_digits(block);
    const uint64_t signs = blanks | find_signs(block);
    const uint64_t letters = find_ascii_letters(block);

    marks->emails = find_byte(block, '@');
    marks->words = (blanks << 1 | walk->blank) & ~(digits | signs);
    marks->phones = seventh_in_row(walk, (digits & ~tied_digits(walk, digits, letters)) | signs);
    walk->blank = blanks >> (BLOCK - 1);
}

bool text_walk_next(struct text_walk *walk, struct text_marks *marks)
{
    const size_t left = walk->text.size - walk->at;
    unsigned char block[BLOCK];

    if (left == 0)
        return false;
    marks->base = walk->at;
    if (left >= BLOCK) {
        memcpy(block, walk->text.at + walk->at, BLOCK);
        walk->at += BLOCK;
    } else {
        memset(block, 0, BLOCK);
        memcpy(block, walk->text.at + walk->at, left);
        walk->at = walk->text.size;
    }
    mark(walk, block, marks);
    return true;
}
