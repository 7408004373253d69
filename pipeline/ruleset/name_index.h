/*
 * Names in order, to be found by bisection, so that a large rules file stays quick.
 *
 *     name_index_init     room for a number of names
 *     index.items[i] = ...  fill all of it
 *     name_index_sort     then look up
 */
#ifndef EFFACE_RULESET_NAME_INDEX_H
#define EFFACE_RULESET_NAME_INDEX_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/span.h"
#include "base/status.h"

struct indexed_name {
    struct span name; /* borrowed */
    size_t position;  /* in whatever the index is of */
};

struct name_index {
    struct indexed_name *items;
    size_t count;
};

/* No such name. */
#define NAME_INDEX_NONE ((size_t)-1)

/* False where memory ran out; the index is then empty. */
MUST_USE bool name_index_init(struct name_index *index, size_t count, struct arena *arena);

/* By the bytes of the names, equal names by position. */
void name_index_sort(struct name_index *index);

/* The least position of the name, or NAME_INDEX_NONE. */
size_t name_index_find(const struct name_index *index, struct span name);

/* Whether item `i` of a sorted index bears the same name as the one before it. */
bool name_index_repeats(const struct name_index *index, size_t i);

#endif
