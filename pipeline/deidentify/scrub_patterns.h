/*
 * What `scrub` finds in free text. The patterns are eager: where it is not certain whether a run
 * of digits is a phone, it is one.
 *
 * They work on bytes. Bytes beyond ASCII count as letters of an address; the blanks beyond
 * ASCII are blanks between digits.
 */
#ifndef EFFACE_DEIDENTIFY_SCRUB_PATTERNS_H
#define EFFACE_DEIDENTIFY_SCRUB_PATTERNS_H

#include <stddef.h>

#include "base/span.h"

enum { SCRUB_PATTERN_COUNT = 6 };

struct scrub_pattern {
    const char *name;
    const char *expression;

    /* What every match has, so that most texts need no search: so many digits, and, unless this is
     * "", one of these signs. */
    size_t digits;
    const char *signs;

    /* How many bytes of a match are one, 0: none of them. NULL: all are. */
    size_t (*accept)(struct span found);
};

extern const struct scrub_pattern scrub_patterns[SCRUB_PATTERN_COUNT];

#endif
