#include "run/text_leaks.h"

void text_leaks_release(struct text_leaks *leaks)
{
    identifier_scan_release(&leaks->scan);
    buffer_release(&leaks->window);
}

static bool count_hit(enum identifier_kind kind, const struct identifier_hit *hit,
                      struct file_tally *tally)
{
    const struct left_identifier left = {hit->value, 0, (uint8_t)kind, false};

    if (kind != IDENTIFIER_NAME)
        return file_tally_leave(tally, &left);
    tally->columns[0].leaks[kind]++;
    return true;
}

/* Counts the hits that begin before `end` and have not been counted. */
static bool count_hits(const struct text_leaks *leaks, size_t end, struct file_tally *tally)
{
    for (size_t kind = 0; kind < SCANNED_KINDS; kind++) {
        const struct identifier_hits *hits = &leaks->scan.hits[kind];

        for (size_t i = 0; i < hits->count; i++) {
            const struct identifier_hit *hit = &hits->items[i];

            if (hit->start < leaks->counted || hit->start >= end || hit->shape != PHONE_SHAPED)
                continue;
            if (!count_hit((enum identifier_kind)kind, hit, tally))
                return false;
        }
    }
    return true;
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

bool text_leaks_add(struct text_leaks *leaks, struct span piece, struct file_tally *tally)
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
    if (!identifier_scan(&leaks->scan, leaks->known, buffer_span(&leaks->window)) ||
        !count_hits(leaks, end, tally))
        return false;
    if (!at_end)
        move_window(leaks, end);
    return true;
}
