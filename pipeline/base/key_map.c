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
    *map = (struct key_map){.filter = BIT_FILTER_INIT, .lacks = map->lacks};
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

/* The array, longer, unless the map lacks the part; as it was, and *failed, where memory ran out.
 */
static void *lengthen(const struct key_map *map, uint8_t part, void *array, size_t capacity,
                      size_t size, bool *failed)
{
    if (map->lacks & part)
        return NULL;
    char *longer = reallocarray(array, capacity, size);
    if (longer == NULL) {
        *failed = true;
        return array;
    }
    memset(longer + map->capacity * size, 0, (capacity - map->capacity) * size);
    return longer;
}

/* Lengthens the arrays; the capacity stays. */
static bool make_room(struct key_map *map, size_t to)
{
    bool failed = false;

    map->keys = lengthen(map, 0, map->keys, to, sizeof *map->keys, &failed);
    map->numbers = lengthen(map, KEY_MAP_NUMBERS, map->numbers, to, sizeof *map->numbers, &failed);
    map->notes = lengthen(map, KEY_MAP_NOTES, map->notes, to, sizeof *map->notes, &failed);
    map->flags = lengthen(map, KEY_MAP_FLAGS, map->flags, to, sizeof *map->flags, &failed);
    return !failed;
}

static void *add_array(size_t capacity, size_t size, bool *failed)
{
    void *array = calloc(capacity, size);

    *failed |= array == NULL;
    return array;
}

bool key_map_add_parts(struct key_map *map, uint8_t parts)
{
    const unsigned added = map->lacks & parts;
    bool failed = false;

    map->lacks &= (uint8_t)~parts;
    if (map->capacity == 0)
        return true;
    if (added & KEY_MAP_NUMBERS)
        map->numbers = add_array(map->capacity, sizeof *map->numbers, &failed);
    if (added & KEY_MAP_NOTES)
        map->notes = add_array(map->capacity, sizeof *map->notes, &failed);
    if (added & KEY_MAP_FLAGS)
        map->flags = add_array(map->capacity, sizeof *map->flags, &failed);
    return !failed;
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
    if (map->numbers != NULL) {
        there.number = map->numbers[slot];
        map->numbers[slot] = entry->number;
    }
    if (map->notes != NULL) {
        there.note = map->notes[slot];
        map->notes[slot] = entry->note;
    }
    if (map->flags != NULL) {
        there.flags = map->flags[slot];
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

static bool grow(struct key_map *map, size_t capacity)
{
    const size_t old_capacity = map->capacity;
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

bool key_map_reserve(struct key_map *map, size_t entries)
{
    const size_t capacity = (entries / 7 + 1) * 8;

    return capacity <= map->capacity || grow(map, capacity);
}

static bool is_full(const struct key_map *map)
{
    return map->count >= map->capacity / 8 * 7;
}

size_t key_map_insert(struct key_map *map, struct fingerprint key, bool *is_new)
{
    const struct fingerprint stored = storable(key);
    size_t slot = map->capacity != 0 ? probe(map, stored) : 0;

    *is_new = map->capacity == 0 || is_free(map->keys[slot]);
    if (!*is_new)
        return slot;
    if (is_full(map)) {
        if (!grow(map, next_capacity(map->capacity)))
            return KEY_MAP_NONE;
        slot = probe(map, stored);
    }
    map->keys[slot] = stored;
    map->count++;
    return slot;
}
