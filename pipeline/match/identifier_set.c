#include "match/identifier_set.h"

#include <stdlib.h>

enum { FIRST_CAPACITY = 256, FILTER_BITS_PER_SLOT = 16, FILTER_BITS_LIMIT = 1 << 28 };

__extension__ typedef unsigned __int128 wide;

void identifier_set_init(struct identifier_set *set)
{
    *set = (struct identifier_set){.filter = BIT_FILTER_INIT};
    fingerprint_key_draw(&set->key);
}

void identifier_set_release(struct identifier_set *set)
{
    free(set->slots);
    bit_filter_release(&set->filter);
    set->slots = NULL;
    set->capacity = set->count = 0;
}

static bool is_free(struct fingerprint slot)
{
    return (slot.high | slot.low) == 0;
}

struct fingerprint identifier_fingerprint(const struct identifier_set *set, uint64_t quick,
                                          struct span value)
{
    /* never both 0, which marks a free slot */
    return (struct fingerprint){quick, fingerprint_of(&set->key, value).low | 1};
}

/* The slot that holds the value, or the free one where it belongs. There always is a free one. */
static size_t probe(const struct fingerprint *slots, size_t capacity, struct fingerprint value)
{
    size_t slot = (size_t)(((wide)value.low * capacity) >> 64);

    while (!is_free(slots[slot]) && !fingerprint_equal(slots[slot], value))
        if (++slot == capacity)
            slot = 0;
    return slot;
}

bool identifier_set_has(const struct identifier_set *set, struct fingerprint value)
{
    return set->count != 0 && !is_free(set->slots[probe(set->slots, set->capacity, value)]);
}

static size_t filter_bits(size_t capacity)
{
    return capacity < FILTER_BITS_LIMIT / FILTER_BITS_PER_SLOT ? capacity * FILTER_BITS_PER_SLOT
                                                               : FILTER_BITS_LIMIT;
}

/* Slots follow the order of the SipHashes, in the old table as in the new. */
static bool grow(struct identifier_set *set)
{
    const size_t capacity = set->capacity ? set->capacity + set->capacity / 2 : FIRST_CAPACITY;
    struct fingerprint *slots = calloc(capacity, sizeof *slots);
    struct bit_filter filter = BIT_FILTER_INIT;

    if (slots == NULL || !bit_filter_init(&filter, filter_bits(capacity))) {
        free(slots);
        return false;
    }
    for (size_t old = 0; old < set->capacity; old++) {
        if (is_free(set->slots[old]))
            continue;
        slots[probe(slots, capacity, set->slots[old])] = set->slots[old];
        bit_filter_add(&filter, set->slots[old].high);
    }
    free(set->slots);
    bit_filter_release(&set->filter);
    set->slots = slots;
    set->capacity = capacity;
    set->filter = filter;
    return true;
}

bool identifier_set_add(struct identifier_set *set, enum identifier_kind kind,
                        struct fingerprint value)
{
    size_t slot;

    if (set->count >= set->capacity / 8 * 7 && !grow(set))
        return false;
    slot = probe(set->slots, set->capacity, value);
    set->holds[kind] = true;
    if (!is_free(set->slots[slot]))
        return true;
    set->slots[slot] = value;
    set->count++;
    bit_filter_add(&set->filter, value.high);
    return true;
}
