/*
 * The targets' own identifiers, as fingerprints: what must not stand in the output.
 *
 * An identifier is known by 128 bits: its quick hash and half of its SipHash, both under keys
 * drawn for the run. Of a value that is looked up, the quick hash is held against a
 * filter first, which stays in the cache; only what passes costs more. 16 bytes a slot,
 * filled to at most 7/8, and one or two of the filter. Slots are found by SipHash's half, as
 * input can be made to crowd the other.
 *
 * Look-ups share a set freely while nobody adds.
 */
#ifndef EFFACE_MATCH_IDENTIFIER_SET_H
#define EFFACE_MATCH_IDENTIFIER_SET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/bit_filter.h"
#include "base/fingerprint.h"
#include "base/key_map.h"
#include "base/span.h"
#include "base/status.h"

enum identifier_kind {
    IDENTIFIER_EMAIL,
    IDENTIFIER_PHONE,
    IDENTIFIER_NAME,
    IDENTIFIER_KEY,
    IDENTIFIER_KINDS
};

struct identifier_set {
    struct fingerprint_key key;
    struct key_map prints; /* low is the quick hash */
    struct bit_filter filter;
    bool holds[IDENTIFIER_KINDS]; /* kinds of which something was added */
};

/* An empty set with new keys; takes no memory yet. Ended with identifier_set_release. */
void identifier_set_init(struct identifier_set *set);
void identifier_set_release(struct identifier_set *set);

static inline uint64_t identifier_quick(const struct identifier_set *set, enum identifier_kind kind,
                                        struct span value)
{
    return quick_hash(&set->key.quick, kind + 1, value);
}

/*
 * The hash of eight bytes that are part of an identifier. Its steps are such as processors have for
 * several words side by side (mark_sieve_lanes.h).
 */
#define IDENTIFIER_PART_FACTOR_1 UINT64_C(0x9e3779b97f4a7c15)
#define IDENTIFIER_PART_FACTOR_2 UINT64_C(0xd6e8feb86659fd93)

static inline uint64_t identifier_part(const struct identifier_set *set, uint64_t bytes)
{
    uint64_t hash = (bytes ^ set->key.quick.seed) * IDENTIFIER_PART_FACTOR_1;

    hash ^= hash >> 32;
    return hash * IDENTIFIER_PART_FACTOR_2;
}

static inline uint64_t identifier_pair(const struct identifier_set *set, uint64_t first,
                                       uint64_t second)
{
    return identifier_part(set, identifier_part(set, first) ^ second);
}

/* False: the set doesn't have a value of this quick hash. */
static inline bool identifier_may_be(const struct identifier_set *set, uint64_t quick)
{
    return bit_filter_may_have(&set->filter, quick);
}

struct fingerprint identifier_fingerprint(const struct identifier_set *set, uint64_t quick,
                                          struct span value);

bool identifier_set_has(const struct identifier_set *set, struct fingerprint value);

/* Whether the set has this value; if so, sets *known to its fingerprint. */
static inline bool identifier_known(const struct identifier_set *set, uint64_t quick,
                                    struct span value, struct fingerprint *known)
{
    if (!identifier_may_be(set, quick))
        return false;
    *known = identifier_fingerprint(set, quick, value);
    return identifier_set_has(set, *known);
}

/* Adds a value by its fingerprint. False where memory ran out. */
MUST_USE bool identifier_set_add(struct identifier_set *set, enum identifier_kind kind,
                                 struct fingerprint value);

#endif
