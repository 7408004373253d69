#include "run/text_leaks.h"

void text_leaks_release(struct text_leaks *leaks)
{
    identifier_scan_release(&leaks->scan);
    buffer_release(&leaks->window);
}

/* Counts the hits that begin before `end` and have not been counted. */
static void count_hits(const struct text_leaks *leaks, size_t end, struct column_tally *tally)
{
    for (size_t kind = 0; kind < SCANNED_KINDS; kind++) {
        const struct identifier_hits *hits = &leaks->scan.hits[kind];

        for (size_t i = 0; i < hits->count; i++)
            tally->leaks[kind] += hits->items[i].start >= leaks->counted &&
                                  hits->items[i].start < end &&
                                  hits->items[i].shape == PHONE_SHAPED;
    }
}

/* Drops what lies far enough before `counted` to belong to nothing that begins behind it. */
static void move_window(struct text_leaks *leaks, size_t counted)
{
    const size_t context = counted < IDENTIFIER_SIZE_LIMIT ? counted : IDENTIFIER_SIZE_LIMIT;
    const size_t gone = counted - context;

    memmove(leaks->window.at, leaks->window.at + gone, leaks->window.size - gone);
    leaks->window.size -= gone;
    leaks->counted = context;
}

bool text_leaks_add(struct text_leaks *leaks, struct span piece, struct column_tally *tally)
{
    const bool at_end = piece.size == 0;
    size_t end;

    if (!leaks->known)
        return true;
    if (!buffer_append(&leaks->window, piece))
        return false;
    /* what begins near the window's end may go on in the next piece */
    if (!at_end && leaks->window.size < leaks->counted + IDENTIFIER_SIZE_LIMIT)
        return true;
    end = leaks->window.size - (at_end ? 0 : IDENTIFIER_SIZE_LIMIT);
    if (!identifier_scan(&leaks->scan, leaks->known, buffer_span(&leaks->window)))
        return false;
    count_hits(leaks, end, tally);
    if (!at_end)
        move_window(leaks, end);
    return true;
}
