/*
 * Leaves of the marks in a text (text_marks.h) those that may be a target's identifier.
 *
 * Some bytes around each mark, which are the same in all forms of an identifier, are held against
 * a filter: of many marks at once, with as few jumps as can be. What little passes is looked at one
 * by one (identifier_scan.h).
 *
 * As with the masks (text_masks.h) instruction sets differ here: mark_sieve_NAME.c exports one
 * const struct, all of them leave the same marks, and mark_sieve_best chooses when the program
 * runs.
 */
#ifndef EFFACE_MATCH_MARK_SIEVE_H
#define EFFACE_MATCH_MARK_SIEVE_H

#include "base/span.h"
#include "match/known_identifiers.h"
#include "match/text_marks.h"

enum { GAPS_BEHIND = 8 };

struct mark_sieve {
    const char *name;
    bool (*is_available)(void); /* on the processor that runs this */
    void (*sift)(const struct known_identifiers *known, struct span text, struct text_marks *marks);
    /*
     * Leaves of the words that this left, by where they begin in the text, those before which there
     * may be the gap of a known name. Returns how many; GAPS_BEHIND more may be written over.
     */
    size_t (*sift_gaps)(const struct known_identifiers *known, struct span text, uint32_t *words,
                        size_t count);
};

/* Those this program was compiled with, the fastest first; NULL behind the last. */
extern const struct mark_sieve *const mark_sieves[];

/* The fastest that is available; there always is one. */
const struct mark_sieve *mark_sieve_best(void);

extern const struct mark_sieve mark_sieve_portable;

#if defined(__x86_64__)
extern const struct mark_sieve mark_sieve_avx2;
extern const struct mark_sieve mark_sieve_avx512;
#endif

#endif
