#include "ruleset/name_index.h"

#include <stdlib.h>

bool name_index_init(struct name_index *index, size_t count, struct arena *arena)
{
    index->items = arena_array(arena, count, sizeof *index->items);
    index->count = index->items != NULL ? count : 0;
    return index->items != NULL;
}

static int compare_items(const void *left, const void *right)
{
    const struct indexed_name *a = left;
    const struct indexed_name *b = right;
    const int order = span_compare(a->name, b->name);

    return order ? order : (a->position > b->position) - (a->position < b->position);
}

void name_index_sort(struct name_index *index)
{
    if (index->count > 1)
        qsort(index->items, index->count, sizeof *index->items, compare_items);
}

size_t name_index_find(const struct name_index *index, struct span name)
{
    size_t low = 0;
    size_t high = index->count;

    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (span_compare(index->items[middle].name, name) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == index->count || !span_equal(index->items[low].name, name))
        return NAME_INDEX_NONE;
    return index->items[low].position;
}

bool name_index_repeats(const struct name_index *index, size_t i)
{
    return i > 0 && span_equal(index->items[i - 1].name, index->items[i].name);
}
