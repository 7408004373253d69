#include "base/key_map.h"

#include <stdlib.h>

enum { FIRST_CAPACITY = 64 };

/* A filter of 8 KiB to 8 MiB: what stays in a cache. */
enum { FILTER_BITS = 16, LEAST_FILTER = 1 << 12, MOST_FILTER = 1 << 22 };

__extension__ typedef unsigned __int128 wide;

void key_map_release(struct key_map *map)
{
    free(map->keys);
    free(map->numbers);
    free(map->notes);
    free(map->flags);
    bit_filter_release(&map->filter);
    *map = (struct key_map)KEY_MAP_INIT;
}

static bool is_free(struct fingerprint key)
{
    return (key.high | key.low) == 0;
}

/* The fingerprint that marks free slots stands for another one, of the same home. */
static struct fingerprint storable(struct fingerprint key)
{
    return is_free(key) ? (struct fingerprint){0, 1} : key;
}

/* The slot that holds the key, or the free one where it belongs. There always is a free one. */
static size_t probe(const struct key_map *map, struct fingerprint key)
{
    size_t slot = (size_t)(((wide)key.high * map->capacity) >> 64);

    while (!is_free(map->keys[slot]) && !fingerprint_equal(map->keys[slot], key)) {
        if (++slot == map->capacity)
            slot = 0;
    }
    return slot;
}

size_t key_map_find(const struct key_map *map, struct fingerprint key)
{
    if (map->capacity == 0)
        return KEY_MAP_NONE;
    const size_t slot = probe(map, storable(key));
    return is_free(map->keys[slot]) ? KEY_MAP_NONE : slot;
}

bool key_map_expect(struct key_map *map, size_t entries)
{
    const size_t least = entries > LEAST_FILTER ? entries : LEAST_FILTER;

    bit_filter_release(&map->filter);
    return bit_filter_init(&map->filter, FILTER_BITS * (least < MOST_FILTER ? least : MOST_FILTER));
}

void key_map_forgo_filter(struct key_map *map)
{
    bit_filter_release(&map->filter);
}

void key_map_admit_all(struct key_map *map, const struct key_map *other)
{
    if (!bit_filter_join(&map->filter, &other->filter))
        key_map_forgo_filter(map);
}

size_t key_map_find_value(const struct key_map *map, const struct fingerprint_key *key,
                          struct span value)
{
    if (map->filter.words != NULL &&
        !bit_filter_may_have(&map->filter, quick_hash(&key->quick, 0, value)))
        return KEY_MAP_NONE;
    return key_map_find(map, fingerprint_of(key, value));
}

static bool make(struct key_map *map, size_t capacity)
{
    *map = (struct key_map){
        .keys = calloc(capacity, sizeof *map->keys),
        .numbers = calloc(capacity, sizeof *map->numbers),
        .notes = calloc(capacity, sizeof *map->notes),
        .flags = calloc(capacity, sizeof *map->flags),
        .capacity = capacity,
        .filter = BIT_FILTER_INIT,
    };
    if (map->keys != NULL && map->numbers != NULL && map->notes != NULL && map->flags != NULL)
        return true;
    key_map_release(map);
    return false;
}

/*
 * Slots follow the order of the fingerprints, in the old map as in the new, so both are walked
 * from one end to the other, and entries spread out as they move.
 */
static bool grow(struct key_map *map)
{
    const size_t capacity =
        map->capacity != 0 ? map->capacity + map->capacity / 2 : (size_t)FIRST_CAPACITY;
    struct key_map larger;

    if (!make(&larger, capacity))
        return false;
    for (size_t old = 0; old < map->capacity; old++) {
        if (is_free(map->keys[old]))
            continue;
        const size_t slot = probe(&larger, map->keys[old]);
        larger.keys[slot] = map->keys[old];
        larger.numbers[slot] = map->numbers[old];
        larger.notes[slot] = map->notes[old];
        larger.flags[slot] = map->flags[old];
    }
    larger.count = map->count;
    larger.filter = map->filter;
    map->filter = (struct bit_filter)BIT_FILTER_INIT;
    key_map_release(map);
    *map = larger;
    return true;
}

static bool is_full(const struct key_map *map)
{
    return map->count >= map->capacity / 8 * 7;
}

size_t key_map_insert(struct key_map *map, struct fingerprint key, bool *is_new)
{
    const size_t known = key_map_find(map, key);

    *is_new = known == KEY_MAP_NONE;
    if (!*is_new)
        return known;
    if (is_full(map) && !grow(map))
        return KEY_MAP_NONE;
    const size_t slot = probe(map, storable(key));
    map->keys[slot] = storable(key);
    map->count++;
    return slot;
}
