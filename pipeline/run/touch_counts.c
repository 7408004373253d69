#include "run/touch_counts.h"

#include <stdlib.h>

bool touch_counts_init(struct touch_counts *counts, size_t targets, size_t entities,
                       const struct fingerprint_key *key)
{
    *counts = (struct touch_counts){.target_count = targets,
                                    .entity_count = entities,
                                    .large = KEY_MAP_OF(KEY_MAP_NUMBERS),
                                    .key = *key};
    counts->small = calloc(targets + 1, entities + 1);
    return counts->small;
}

void touch_counts_release(struct touch_counts *counts)
{
    free(counts->small);
    key_map_release(&counts->large);
    *counts = (struct touch_counts){.large = KEY_MAP_OF(KEY_MAP_NUMBERS)};
}

static struct fingerprint place_of(const struct touch_counts *counts, size_t at)
{
    const uint64_t place = at;

    return fingerprint_of(&counts->key, (struct span){(const char *)&place, sizeof(place)});
}

static bool add_large(struct touch_counts *counts, size_t at)
{
    bool is_new;
    const size_t slot = key_map_insert(&counts->large, place_of(counts, at), &is_new);

    if (slot == KEY_MAP_NONE)
        return false;
    counts->large.numbers[slot] += counts->large.numbers[slot] < UINT32_MAX;
    return true;
}

bool touch_counts_add(struct touch_counts *counts, size_t entity, const uint32_t *targets,
                      size_t target_count)
{
    for (size_t i = 0; i < target_count; i++) {
        const size_t at = targets[i] * counts->entity_count + entity;

        if (counts->small[at] < UINT8_MAX)
            counts->small[at]++;
        else if (!add_large(counts, at))
            return false;
    }
    return true;
}

uint64_t touch_counts_get(const struct touch_counts *counts, size_t target, size_t entity)
{
    const size_t at = target * counts->entity_count + entity;
    size_t slot;

    if (counts->small[at] < UINT8_MAX)
        return counts->small[at];
    slot = key_map_find(&counts->large, place_of(counts, at));
    return UINT8_MAX + (slot == KEY_MAP_NONE ? 0u : (uint64_t)counts->large.numbers[slot]);
}
