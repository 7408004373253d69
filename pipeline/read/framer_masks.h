/*
 * Where the bytes that mean something to CSV stand, 64 bytes at a time.
 *
 * This is the one part of the framer that instruction sets differ in, so each has a file
 * of its own, framer_masks_NAME.c, which exports a const struct or two. All of them give the
 * same masks. mask_finder_best chooses when the program runs, by what the processor has.
 */
#ifndef EFFACE_READ_FRAMER_MASKS_H
#define EFFACE_READ_FRAMER_MASKS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { MASK_BLOCK = 64 }; /* bytes that a mask has a bit for */

/* Bit i stands for byte i of a block. */
struct block_masks {
    uint64_t quotes;
    uint64_t quote_parity; /* whether the quotes up to and with this byte are odd in number */
    uint64_t delimiters;
    uint64_t newlines;
    uint64_t returns;
};

struct mask_finder {
    const char *name;
    bool (*is_available)(void); /* on the processor that runs this */
    /* Fills the masks of the first `count` blocks at `bytes`. The parity starts with each block. */
    void (*find)(const char *bytes, size_t count, char delimiter, struct block_masks *masks);
    /*
     * Lists the bits of the masks of `count` blocks: `base` and the bit's number for the first
     * block, MASK_BLOCK more for the next. Returns how many there are; up to MASK_BLOCK entries
     * behind these are written over.
     */
    size_t (*list)(const uint64_t *masks, size_t count, size_t base, uint32_t *places);
};

/* Lists them where the processor has nothing better. */
size_t mask_list_portable(const uint64_t *masks, size_t count, size_t base, uint32_t *places);

/* Those this program was compiled with, the fastest first; NULL behind the last. */
extern const struct mask_finder *const mask_finders[];

/* The fastest that is available; there always is one. */
const struct mask_finder *mask_finder_best(void);

extern const struct mask_finder mask_finder_portable;

#if defined(__x86_64__)
extern const struct mask_finder mask_finder_vbmi2;
extern const struct mask_finder mask_finder_avx512;
extern const struct mask_finder mask_finder_avx2;
#elif defined(__aarch64__)
extern const struct mask_finder mask_finder_neon;
#endif

#endif
