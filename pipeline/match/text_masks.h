/*
 * What kind of byte stands where in a text, 64 bytes at a time.
 *
 * As with the framer's masks (read/framer_masks.h) this is the one part of looking for identifiers
 * that instruction sets differ in: text_masks_NAME.c exports one const struct, all of them give
 * the same masks, and text_masker_best chooses when the program runs. Where there is no file for a
 * processor, compilers make vectors of the portable one.
 */
#ifndef EFFACE_MATCH_TEXT_MASKS_H
#define EFFACE_MATCH_TEXT_MASKS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { TEXT_BLOCK = 64 }; /* bytes that a mask has a bit for */

/* Bit i stands for byte i of a block. */
struct text_masks {
    uint64_t blanks;
    uint64_t ats; /* @ */
    uint64_t digits;
    uint64_t signs;   /* ( ) + - . / */
    uint64_t letters; /* ASCII's */
};

struct text_masker {
    const char *name;
    bool (*is_available)(void); /* on the processor that runs this */
    /* Fills the masks of the first `count` blocks at `bytes`. */
    void (*find)(const char *bytes, size_t count, struct text_masks *masks);
};

/* Those this program was compiled with, the fastest first; NULL behind the last. */
extern const struct text_masker *const text_maskers[];

/* The fastest that is available; there always is one. */
const struct text_masker *text_masker_best(void);

extern const struct text_masker text_masker_portable;

#if defined(__x86_64__)
extern const struct text_masker text_masker_avx2;
#endif

#endif
