/*
 * Output as it is put together: stretches of an input buffer and new cells, in order.
 */
#ifndef EFFACE_WRITE_PIECES_H
#define EFFACE_WRITE_PIECES_H

#include <stdbool.h>
#include <stddef.h>

#include "base/span.h"
#include "base/status.h"

/* What the items point at is borrowed until they are written. */
struct pieces {
    struct span *items;
    size_t count;
    size_t capacity;
};

#define PIECES_INIT                                                                                \
    {                                                                                              \
        NULL, 0, 0                                                                                 \
    }

/*
 * Adds a piece; one that continues the last in memory lengthens it; an empty one is dropped.
 * False where memory ran out: the pieces are then as they were.
 */
MUST_USE bool pieces_add(struct pieces *pieces, struct span piece);

/* Empties the list and keeps its memory. */
void pieces_clear(struct pieces *pieces);

void pieces_release(struct pieces *pieces);

#endif
