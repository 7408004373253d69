#include "match/word_look.h"

/*
 * Two words of eight bytes, the text's first lowest, as the compiler's vectors: they cost as much
 * as one. A mask has all bits of the bytes that it is about.
 */
enum { LANES = 2 };
typedef uint8_t bytes_lanes __attribute__((vector_size(LANES * WORD_BYTES)));
typedef uint64_t word_lanes __attribute__((vector_size(LANES * WORD_BYTES)));

#define EQUAL(bytes, byte) ((bytes_lanes)((bytes) == (uint8_t)(byte)))

/* The bytes `count` places behind those of the mask. */
static inline bytes_lanes behind(bytes_lanes mask, unsigned count)
{
    return (bytes_lanes)((word_lanes)mask << 8 * count);
}

static inline bytes_lanes ascii_letters(bytes_lanes bytes)
{
    const bytes_lanes place = (bytes | 0x20) - (uint8_t)'a';

    return (bytes_lanes)(place < 26) | EQUAL(bytes, '-') | EQUAL(bytes, '\'');
}

/* The sequences that begin with 0xC2 and 0xE2: signs, blanks, quotation marks. */
static inline bytes_lanes wide_punctuation(bytes_lanes bytes)
{
    const bytes_lanes two = EQUAL(bytes, 0xC2), three = EQUAL(bytes, 0xE2);

    return two | behind(two, 1) | three | behind(three, 1) | behind(three, 2);
}

/*
 * Bytes that case changes in too many ways: behind 0xC4 to 0xCB (Latin letters that few languages
 * have), and of Greek those of accented vowels, whose capitals stand before the alphabet.
 */
static inline bytes_lanes unsure_bytes(bytes_lanes bytes)
{
    const bytes_lanes quarter = bytes & 0xFC;
    const bytes_lanes latin = EQUAL(quarter, 0xC4) | EQUAL(quarter, 0xC8);
    const bytes_lanes accented = EQUAL(bytes & 0xF0, 0x80) | EQUAL(quarter, 0xAC);

    return behind(latin, 1) | (behind(EQUAL(bytes, 0xCE), 1) & accented) |
           (behind(EQUAL(bytes, 0xCF), 1) & EQUAL(quarter, 0x8C));
}

/*
 * Case changes a sequence's first byte, and of the last, unless it is unsure, the lowest bit or all
 * above the lowest four.
 */
static inline bytes_lanes wide_looks(bytes_lanes bytes)
{
    const bytes_lanes first = EQUAL(bytes & 0xC0, 0xC0), later = EQUAL(bytes & 0xC0, 0x80);

    return (first & 0xC0) | (later & (0x80 | (bytes & 0x0E & ~unsure_bytes(bytes))));
}

/* The looks of the bytes; *others are those that are no letters. */
static inline bytes_lanes look_at(bytes_lanes bytes, bytes_lanes *others)
{
    const bytes_lanes letters = ascii_letters(bytes);

    *others = ~letters & (EQUAL(bytes & 0x80, 0) | wide_punctuation(bytes));
    return (letters & (bytes | 0x20)) | wide_looks(bytes);
}

static inline word_lanes start_looks(word_lanes words)
{
    bytes_lanes others;
    const word_lanes looks = (word_lanes)look_at((bytes_lanes)words, &others);

    /* what stands before the first byte that is no letter */
    return looks & ((word_lanes)others - 1) & ~(word_lanes)others;
}

/* Bytes whose sequence began before them are none to be judged, as it may be punctuation. */
static inline bytes_lanes without_torn(bytes_lanes bytes)
{
    const bytes_lanes later = EQUAL(bytes & 0xC0, 0x80);
    const bytes_lanes one = later & (bytes_lanes)(word_lanes){0xFF, 0xFF};
    const bytes_lanes two = later & behind(one, 1), three = later & behind(two, 1);

    return bytes & ~(one | two | three);
}

static inline word_lanes end_looks(word_lanes words)
{
    bytes_lanes others;
    const word_lanes looks = (word_lanes)look_at(without_torn((bytes_lanes)words), &others);
    word_lanes up_to_last = (word_lanes)others;

    for (unsigned bits = 8; bits < 64; bits *= 2)
        up_to_last |= up_to_last >> bits;
    return looks & ~up_to_last;
}

uint64_t word_start_look(struct span text, size_t start)
{
    return start_looks((word_lanes){word_first_bytes(text, start)})[0];
}

uint64_t word_end_look(struct span text, size_t end)
{
    const size_t size = end < WORD_BYTES ? end : WORD_BYTES;
    const uint64_t bytes = byte_word(text.at + end - size, size);

    return size ? end_looks((word_lanes){bytes << 8 * (WORD_BYTES - size)})[0] : 0;
}

void word_start_looks(uint64_t *words, size_t count)
{
    for (size_t i = 0; i < count; i += LANES) {
        const word_lanes looks = start_looks((word_lanes){words[i], words[i + 1]});

        words[i] = looks[0];
        words[i + 1] = looks[1];
    }
}
