/*
 * A map from fingerprints to a 32-bit number, a 16-bit note and 8 bits of flags, or to some of
 * them.
 *
 * Open addressing with linear probing over parallel arrays: 16 bytes a slot, and 4, 2 and 1 for
 * each part that it has, filled to at most 7/8. The home slot is the high product of the
 * fingerprint and the capacity, so any capacity serves, and growth is by half, or by an eighth in a
 * large map. The arrays grow where they are, without a second map beside. Entries are never
 * removed. Look-ups share a map freely while nobody inserts.
 *
 * Before a map a filter of quick hashes may stand, so that a value that the map doesn't have
 * costs a few nanoseconds, and no fingerprint. Whoever asks for one by key_map_expect
 * admits every value that is inserted.
 *
 * Never insert in the order of the fingerprints or of another map's slots: the keys
 * so far would crowd at the beginning, and time would grow with the square.
 */
#ifndef EFFACE_BASE_KEY_MAP_H
#define EFFACE_BASE_KEY_MAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/bit_filter.h"
#include "base/fingerprint.h"
#include "base/status.h"

/* What a slot holds beside its key. */
enum key_map_part { KEY_MAP_NUMBERS = 1, KEY_MAP_NOTES = 2, KEY_MAP_FLAGS = 4, KEY_MAP_PARTS = 7 };

struct key_map {
    struct fingerprint *keys; /* high and low both 0: free */
    uint32_t *numbers;
    uint16_t *notes;
    uint8_t *flags;
    size_t capacity;
    size_t count;
    struct bit_filter filter; /* without words: there is none */
    uint8_t lacks;            /* enum key_map_part, summed: the arrays that it does without, NULL */
};

/* A map with these parts, summed: 0 is a set of fingerprints alone. */
#define KEY_MAP_OF(parts)                                                                          \
    {                                                                                              \
        NULL, NULL, NULL, NULL, 0, 0, BIT_FILTER_INIT, KEY_MAP_PARTS & ~(unsigned)(parts)          \
    }

#define KEY_MAP_INIT KEY_MAP_OF(KEY_MAP_PARTS)

/* No such entry. */
#define KEY_MAP_NONE SIZE_MAX

/* Empty, with the same parts. */
void key_map_release(struct key_map *map);

/* Makes room for so many entries at once, so that it need not grow. False where memory ran out. */
MUST_USE bool key_map_reserve(struct key_map *map, size_t entries);

/* Adds parts that it lacks; they are 0 in all entries. False where memory ran out. */
MUST_USE bool key_map_add_parts(struct key_map *map, uint8_t parts);

static inline bool key_map_is_free(const struct key_map *map, size_t slot)
{
    return (map->keys[slot].high | map->keys[slot].low) == 0;
}

/* The note of a slot; 0 where the map has none. */
static inline uint16_t key_map_note(const struct key_map *map, size_t slot)
{
    return map->notes != NULL ? map->notes[slot] : 0;
}

/* The slot that holds `key`, or KEY_MAP_NONE. Good until the next insertion. */
size_t key_map_find(const struct key_map *map, struct fingerprint key);

/*
 * Puts a filter before an empty map. It lets nearly all values pass once there are many more
 * than `entries` in it. False where memory ran out.
 */
MUST_USE bool key_map_expect(struct key_map *map, size_t entries);

static inline void key_map_admit(struct key_map *map, uint64_t quick)
{
    if (map->filter.words != NULL)
        bit_filter_add(&map->filter, quick);
}

/* Admits all that another map's filter lets pass; where there is no telling, the filter goes. */
void key_map_admit_all(struct key_map *map, const struct key_map *other);

/* Takes the filter away, before something is inserted whose value nobody knows. */
void key_map_forgo_filter(struct key_map *map);

/* The slot of a value, by its fingerprint under `key`; or KEY_MAP_NONE. */
size_t key_map_find_value(const struct key_map *map, const struct fingerprint_key *key,
                          struct span value);

/*
 * The slot that holds `key`, which is added with number, note and flags 0 if it is
 * new (*is_new says so). KEY_MAP_NONE where memory ran out.
 */
MUST_USE size_t key_map_insert(struct key_map *map, struct fingerprint key, bool *is_new);

#endif
