#include "base/array.h"

#include <stdint.h>
#include <stdlib.h>

enum { FIRST_ROOM = 16 };

void *array_room(void *items, size_t count, size_t *room, size_t size)
{
    size_t larger = *room + *room / 2;
    void *grown;

    if (items && count <= *room)
        return items;
    if (larger < FIRST_ROOM)
        larger = FIRST_ROOM;
    if (larger < count)
        larger = count;
    if (larger > SIZE_MAX / size)
        return NULL;
    grown = realloc(items, larger * size);
    if (grown)
        *room = larger;
    return grown;
}
