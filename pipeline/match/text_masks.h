/*
 * What kind of byte stands where in a text, 64 bytes at a time.
 *
 * As with the framer's masks (read/framer_masks.h) instruction sets differ here: text_masks_NAME.c
 * exports one const struct, all of them give the same masks, and text_masker_best chooses when the
 * program runs. Where there is no file for a processor, compilers make vectors of the portable one.
 */
#ifndef EFFACE_MATCH_TEXT_MASKS_H
#define EFFACE_MATCH_TEXT_MASKS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { TEXT_BLOCK = 64 }; /* bytes that a word of a mask has a bit for */

/* So many blocks are looked at together, with one before them and one behind. */
enum { STRETCH_BLOCKS = 32, MASK_WORDS = STRETCH_BLOCKS + 2 };

/* Bit i of word j stands for byte i of block j. */
struct text_masks {
    uint64_t blanks[MASK_WORDS];
    uint64_t ats[MASK_WORDS]; /* @ */
    uint64_t digits[MASK_WORDS];
    uint64_t signs[MASK_WORDS];    /* ( ) + - . / */
    uint64_t letters[MASK_WORDS];  /* ASCII's */
    uint64_t initials[MASK_WORDS]; /* what may begin a name: letters, ', -, bytes outside ASCII */
    /* what these say together, but for the first block */
    uint64_t phones[MASK_WORDS];      /* blanks, signs and digits, but of no word such as C0017 */
    uint64_t phone_ends[MASK_WORDS];  /* what stands behind so many of these */
    uint64_t word_starts[MASK_WORDS]; /* what stands behind a blank, and may begin a name */
};

/* How a stretch begins, in the middle of runs. All zeros where a text does. */
struct text_run {
    uint64_t phones; /* of the block before */
    bool is_tied;    /* its last byte is a digit that belongs to a word */
};

enum { PLACES_BEHIND = TEXT_BLOCK };

struct text_masker {
    const char *name;
    bool (*is_available)(void); /* on the processor that runs this */
    /* Fills the words from `first` on of the masks of bytes, for `count` blocks at `bytes`. */
    void (*find)(const char *bytes, size_t count, struct text_masks *masks, size_t first);
    /*
     * Fills the other masks for the `count` blocks behind the first, and the first of `phones`.
     * `least` bytes, 5 to 16, are enough for a phone; the run becomes that of the next stretch.
     */
    void (*join)(struct text_masks *masks, size_t count, unsigned least, struct text_run *run);
    /*
     * Lists the bits of a mask's `count` words, ascending, the first of them 0. Returns how many;
     * PLACES_BEHIND more may be written over.
     */
    size_t (*list)(const uint64_t *mask, size_t count, uint16_t *places);
};

/* Those this program was compiled with, the fastest first; NULL behind the last. */
extern const struct text_masker *const text_maskers[];

/* The fastest that is available; there always is one. */
const struct text_masker *text_masker_best(void);

extern const struct text_masker text_masker_portable;

#if defined(__x86_64__)
extern const struct text_masker text_masker_avx2;
extern const struct text_masker text_masker_avx512;
#endif

#endif
