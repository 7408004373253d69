#include "run/known_ranges.h"

#include <stdlib.h>

#include "base/array.h"
#include "match/phone_text.h"

void known_ranges_release(struct known_ranges *ranges)
{
    identifier_scan_release(&ranges->scan);
    free(ranges->items);
    *ranges = (struct known_ranges){.known = NULL};
}

static int compare_starts(const void *a, const void *b)
{
    const struct text_range *left = a;
    const struct text_range *right = b;

    return (left->start > right->start) - (left->start < right->start);
}

static bool add_hits(struct known_ranges *ranges, enum identifier_kind kind, struct span text)
{
    const struct identifier_hits *hits = &ranges->scan.hits[kind];
    struct text_range *items =
        array_room(ranges->items, ranges->count + hits->count, &ranges->room, sizeof(*items));

    if (!items)
        return false;
    ranges->items = items;
    for (size_t i = 0; i < hits->count; i++) {
        struct text_range range = {hits->items[i].start, hits->items[i].end};

        if (kind == IDENTIFIER_PHONE)
            phone_widen(text, &range.start, &range.end);
        items[ranges->count++] = range;
    }
    return true;
}

bool known_ranges_find(struct known_ranges *ranges, struct span text)
{
    ranges->count = 0;
    if (!ranges->known)
        return true;
    if (!identifier_scan(&ranges->scan, ranges->known, text))
        return false;
    for (size_t kind = 0; kind < SCANNED_KINDS; kind++)
        if (!add_hits(ranges, (enum identifier_kind)kind, text))
            return false;
    qsort(ranges->items, ranges->count, sizeof(*ranges->items), compare_starts);
    return true;
}
