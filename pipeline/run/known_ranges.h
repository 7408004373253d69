/*
 * Where the targets' own identifiers stand in a text, for techniques that take them out.
 */
#ifndef EFFACE_RUN_KNOWN_RANGES_H
#define EFFACE_RUN_KNOWN_RANGES_H

#include <stddef.h>

#include "base/span.h"
#include "base/status.h"
#include "deidentify/technique.h"
#include "match/identifier_scan.h"
#include "match/known_identifiers.h"

/* What a thread needs; kept from text to text. */
struct known_ranges {
    const struct known_identifiers *known; /* NULL: nobody's are known */
    struct identifier_scan scan;
    struct text_range *items; /* those of the latest text, by their starts */
    size_t count;
    size_t room;
};

/* Sets the ranges to those of `text`. False where memory ran out. */
MUST_USE bool known_ranges_find(struct known_ranges *ranges, struct span text);
void known_ranges_release(struct known_ranges *ranges);

#endif
