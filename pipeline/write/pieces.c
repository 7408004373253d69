#include "write/pieces.h"

#include <stdlib.h>

#include "base/array.h"

bool pieces_add(struct pieces *pieces, struct span piece)
{
    if (piece.size == 0)
        return true;

    struct span *last = pieces->count > 0 ? &pieces->items[pieces->count - 1] : NULL;
    if (last != NULL && last->at + last->size == piece.at) {
        last->size += piece.size;
        return true;
    }

    struct span *items =
        array_room(pieces->items, pieces->count + 1, &pieces->capacity, sizeof *items);
    if (items == NULL)
        return false;
    pieces->items = items;
    items[pieces->count++] = piece;
    return true;
}

void pieces_clear(struct pieces *pieces)
{
    pieces->count = 0;
}

void pieces_release(struct pieces *pieces)
{
    free(pieces->items);
    *pieces = (struct pieces)PIECES_INIT;
}
