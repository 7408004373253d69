#include "base/key_map.h"

#include <stdlib.h>
#include <string.h>

enum { FIRST_CAPACITY = 64, LARGE_CAPACITY = 1 << 16 };

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

static size_t home(const struct key_map *map, struct fingerprint key)
{
    return (size_t)(((wide)key.high * map->capacity) >> 64);
}

static size_t next_slot(const struct key_map *map, size_t slot)
{
    return slot + 1 < map->capacity ? slot + 1 : 0;
}

/* The slot that holds the key, or the free one where it belongs. There always is a free one. */
static size_t probe(const struct key_map *map, struct fingerprint key)
{
    size_t slot = home(map, key);

    while (!is_free(map->keys[slot]) && !fingerprint_equal(map->keys[slot], key))
        slot = next_slot(map, slot);
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

/* NULL where memory ran out, and then the array is as it was. */
static void *lengthen(void *array, size_t from, size_t to, size_t size)
{
    char *longer = reallocarray(array, to, size);

    if (longer != NULL)
        memset(longer + from * size, 0, (to - from) * size);
    return longer;
}

/* Lengthens the arrays; the capacity stays. */
static bool make_room(struct key_map *map, size_t capacity)
{
    void *longer = lengthen(map->keys, map->capacity, capacity, sizeof *map->keys);

    if (longer == NULL)
        return false;
    map->keys = longer;
    if (map->keys_only)
        return true;
    if ((longer = lengthen(map->numbers, map->capacity, capacity, sizeof *map->numbers)) == NULL)
        return false;
    map->numbers = longer;
    if ((longer = lengthen(map->notes, map->capacity, capacity, sizeof *map->notes)) == NULL)
        return false;
    map->notes = longer;
    if ((longer = lengthen(map->flags, map->capacity, capacity, sizeof *map->flags)) == NULL)
        return false;
    map->flags = longer;
    return true;
}

/* What a slot holds. */
struct entry {
    struct fingerprint key;
    uint32_t number;
    uint16_t note;
    uint8_t flags;
};

static void swap_entry(struct key_map *map, size_t slot, struct entry *entry)
{
    struct entry there = {.key = map->keys[slot]};

    map->keys[slot] = entry->key;
    if (!map->keys_only) {
        there.number = map->numbers[slot];
        there.note = map->notes[slot];
        there.flags = map->flags[slot];
        map->numbers[slot] = entry->number;
        map->notes[slot] = entry->note;
        map->flags[slot] = entry->flags;
    }
    *entry = there;
}

static bool has_bit(const uint64_t *bits, size_t at)
{
    return bits[at / 64] >> at % 64 & 1;
}

static void turn_bit(uint64_t *bits, size_t at)
{
    bits[at / 64] ^= (uint64_t)1 << at % 64;
}

/*
 * Moves all entries to where they belong in the lengthened arrays, so that no second map is needed.
 * One that has not moved yet gives way to one that moves, and moves next: from an entry's
 * home to where it stands there are only entries that have moved, and so stay. The last go first,
 * as they lead into the new room, and make room for those before them.
 */
static void move_entries(struct key_map *map, size_t old_capacity, uint64_t *unmoved)
{
    for (size_t slot = old_capacity; slot-- > 0;) {
        struct entry entry = {.key = {0, 0}};

        if (!has_bit(unmoved, slot))
            continue;
        turn_bit(unmoved, slot);
        swap_entry(map, slot, &entry);
        while (!is_free(entry.key)) {
            size_t to = home(map, entry.key);

            while (!is_free(map->keys[to]) && !has_bit(unmoved, to))
                to = next_slot(map, to);
            if (has_bit(unmoved, to))
                turn_bit(unmoved, to);
            swap_entry(map, to, &entry);
        }
    }
}

/* Small maps grow by half, large ones by an eighth: moving costs less there than memory. */
static size_t next_capacity(size_t capacity)
{
    if (capacity == 0)
        return FIRST_CAPACITY;
    return capacity + capacity / (capacity < LARGE_CAPACITY ? 2 : 8);
}

static bool grow(struct key_map *map)
{
    const size_t old_capacity = map->capacity;
    const size_t capacity = next_capacity(old_capacity);
    uint64_t *unmoved = calloc(capacity / 64 + 1, sizeof *unmoved);

    if (unmoved == NULL || !make_room(map, capacity)) {
        free(unmoved);
        return false;
    }
    for (size_t slot = 0; slot < old_capacity; slot++)
        if (!is_free(map->keys[slot]))
            turn_bit(unmoved, slot);
    map->capacity = capacity;
    move_entries(map, old_capacity, unmoved);
    free(unmoved);
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
