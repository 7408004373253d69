#include "match/identifier_set.h"

enum { FILTER_BITS_PER_SLOT = 8, FILTER_BITS_LIMIT = 1 << 27 };

void identifier_set_init(struct identifier_set *set)
{
    *set = (struct identifier_set){.prints = KEY_MAP_OF(0), .filter = BIT_FILTER_INIT};
    fingerprint_key_draw(&set->key);
}

void identifier_set_release(struct identifier_set *set)
{
    key_map_release(&set->prints);
    bit_filter_release(&set->filter);
}

struct fingerprint identifier_fingerprint(const struct identifier_set *set, uint64_t quick,
                                          struct span value)
{
    return (struct fingerprint){fingerprint_of(&set->key, value).low, quick};
}

bool identifier_set_has(const struct identifier_set *set, struct fingerprint value)
{
    return key_map_find(&set->prints, value) != KEY_MAP_NONE;
}

static size_t filter_bits(size_t capacity)
{
    return capacity < FILTER_BITS_LIMIT / FILTER_BITS_PER_SLOT ? capacity * FILTER_BITS_PER_SLOT
                                                               : FILTER_BITS_LIMIT;
}

/* A filter for a table that has grown. */
static bool renew_filter(struct identifier_set *set)
{
    struct bit_filter filter = BIT_FILTER_INIT;

    if (!bit_filter_init(&filter, filter_bits(set->prints.capacity)))
        return false;
    for (size_t slot = 0; slot < set->prints.capacity; slot++)
        if (!key_map_is_free(&set->prints, slot))
            bit_filter_add(&filter, set->prints.keys[slot].low);
    bit_filter_release(&set->filter);
    set->filter = filter;
    return true;
}

bool identifier_set_add(struct identifier_set *set, enum identifier_kind kind,
                        struct fingerprint value)
{
    const size_t capacity = set->prints.capacity;
    bool is_new;

    if (key_map_insert(&set->prints, value, &is_new) == KEY_MAP_NONE)
        return false;
    set->holds[kind] = true;
    if (set->prints.capacity != capacity)
        return renew_filter(set);
    bit_filter_add(&set->filter, value.low);
    return true;
}
