/*
 * The leak check of a file that is copied: a text without columns, in pieces.
 *
 * A copied file has one tally, of its only column. Numbers that could be anything are passed
 * over, as no column's name says more of them.
 */
#ifndef EFFACE_RUN_TEXT_LEAKS_H
#define EFFACE_RUN_TEXT_LEAKS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buffer.h"
#include "base/status.h"
#include "match/identifier_scan.h"
#include "run/file_tally.h"

struct text_leaks {
    const struct known_identifiers *known; /* NULL: nothing is looked for */
    struct identifier_scan scan;
    struct buffer window; /* the end of what was looked at, and what came since */
    size_t counted;       /* bytes of the window before which hits have been counted */
};

void text_leaks_release(struct text_leaks *leaks);

/* Looks at the next piece of the text; an empty one is its end. False where memory ran out. */
MUST_USE bool text_leaks_add(struct text_leaks *leaks, struct span piece, struct file_tally *tally);

#endif
