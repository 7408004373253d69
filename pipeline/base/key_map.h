/*
 * A map from fingerprints to a 32-bit number, a 16-bit note and 8 bits of flags.
 *
 * Open addressing with linear probing over parallel arrays: 23 bytes a slot, filled
 * to at most 7/8. The home slot is the high product of the fingerprint and the
 * capacity, so any capacity serves and growth is by half, not by two. Entries are
 * never removed. Look-ups share a map freely while nobody inserts.
 *
 * Never insert in the order of the fingerprints or of another map's slots: the keys
 * so far would crowd at the beginning, and time would grow with the square.
 */
#ifndef EFFACE_BASE_KEY_MAP_H
#define EFFACE_BASE_KEY_MAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/fingerprint.h"
#include "base/status.h"

struct key_map {
    struct fingerprint *keys; /* high and low both 0: free */
    uint32_t *numbers;
    uint16_t *notes;
    uint8_t *flags;
    size_t capacity;
    size_t count;
};

#define KEY_MAP_INIT                                                                               \
    {                                                                                              \
        NULL, NULL, NULL, NULL, 0, 0                                                               \
    }

/* No such entry. */
#define KEY_MAP_NONE SIZE_MAX

void key_map_release(struct key_map *map);

/* The slot that holds `key`, or KEY_MAP_NONE. Good until the next insertion. */
size_t key_map_find(const struct key_map *map, struct fingerprint key);

/*
 * The slot that holds `key`, which is added with number, note and flags 0 if it is
 * new (*is_new says so). KEY_MAP_NONE where memory ran out.
 */
MUST_USE size_t key_map_insert(struct key_map *map, struct fingerprint key, bool *is_new);

#endif
