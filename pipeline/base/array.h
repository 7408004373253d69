/*
 * Room in growing arrays.
 */
#ifndef EFFACE_BASE_ARRAY_H
#define EFFACE_BASE_ARRAY_H

#include <stddef.h>

/*
 * `items`, moved where need be, with room for at least `count` elements of `size`
 * bytes. *room is the room it has, 0 for a NULL array, and grows by half so that
 * appending costs amortized constant time. NULL where memory ran out: `items` and
 * *room are then as they were. Freed with free().
 */
void *array_room(void *items, size_t count, size_t *room, size_t size);

#endif
