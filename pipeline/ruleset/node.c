#include "ruleset/node.h"

#include "ruleset/name_index.h"

const struct node *node_get(const struct node *map, const char *key)
{
    if (map->kind != NODE_MAP)
        return NULL;
    for (size_t i = 0; i < map->count; i++)
        if (node_is(map->keys[i], key))
            return map->items[i];
    return NULL;
}

bool node_is(const struct node *node, const char *word)
{
    return node->kind == NODE_SCALAR && span_equal(node->text, span_of(word));
}

bool node_is_one_of(const struct node *node, const char *const *words)
{
    while (*words != NULL && !node_is(node, *words))
        words++;
    return *words != NULL;
}

const char *node_kind_name(enum node_kind kind)
{
    switch (kind) {
    case NODE_MAP:
        return "a mapping";
    case NODE_LIST:
        return "a list";
    case NODE_SCALAR:
        break;
    }
    return "a scalar";
}

static bool index_keys(const struct node *map, struct name_index *index, struct arena *arena)
{
    if (!name_index_init(index, map->count, arena))
        return false;
    for (size_t i = 0; i < map->count; i++)
        index->items[i] = (struct indexed_name){map->keys[i]->text, i};
    name_index_sort(index);
    return true;
}

/* A map that holds the pairs of `under` and has room for `extra` more. */
static struct node *widened_map(const struct node *under, size_t extra, struct arena *arena)
{
    struct node *map = arena_alloc(arena, sizeof *map);
    struct node **keys = arena_array(arena, under->count + extra, sizeof *keys);
    struct node **items = arena_array(arena, under->count + extra, sizeof *items);

    if (map == NULL || keys == NULL || items == NULL)
        return NULL;
    for (size_t i = 0; i < under->count; i++) {
        keys[i] = under->keys[i];
        items[i] = under->items[i];
    }
    *map = *under;
    map->keys = keys;
    map->items = items;
    return map;
}

static struct node *merge_maps(const struct node *under, const struct node *over,
                               struct arena *arena)
{
    struct node *map = widened_map(under, over->count, arena);
    struct name_index index;

    if (map == NULL || !index_keys(under, &index, arena))
        return NULL;
    map->place = over->place;
    for (size_t i = 0; i < over->count; i++) {
        struct node *item = over->items[i];
        size_t position = name_index_find(&index, over->keys[i]->text);
        if (position == NAME_INDEX_NONE)
            position = map->count++;
        else
            item = node_merge(under->items[position], item, arena);
        if (item == NULL)
            return NULL;
        map->keys[position] = over->keys[i];
        map->items[position] = item;
    }
    return map;
}

struct node *node_merge(const struct node *under, const struct node *over, struct arena *arena)
{
    if (under->kind == NODE_MAP && over->kind == NODE_MAP)
        return merge_maps(under, over, arena);

    struct node *copy = arena_alloc(arena, sizeof *copy);
    if (copy != NULL)
        *copy = *over;
    return copy;
}
