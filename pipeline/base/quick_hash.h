/*
 * A hash that costs a few nanoseconds, for filters that stand before a fingerprint.
 *
 * Eight bytes at a time are folded in by a product of 64 by 64 bits, whose halves are
 * joined. It is keyed, so that no input can be made to collide at will, but it is no
 * fingerprint: what it finds equal must still be compared.
 */
#ifndef EFFACE_BASE_QUICK_HASH_H
#define EFFACE_BASE_QUICK_HASH_H

#include <stdint.h>
#include <string.h>

#include "base/span.h"

struct quick_key {
    uint64_t start;
    uint64_t step; /* odd */
};

/* A new random key. */
void quick_key_draw(struct quick_key *key);

__extension__ typedef unsigned __int128 quick_wide;

static inline uint64_t quick_mix(uint64_t a, uint64_t b)
{
    const quick_wide product = (quick_wide)a * b;

    return (uint64_t)product ^ (uint64_t)(product >> 64);
}

/* Values under different `domain`s have different hashes. */
static inline uint64_t quick_hash(const struct quick_key *key, uint64_t domain, struct span value)
{
    uint64_t hash = key->start ^ (domain << 32 | value.size);
    uint64_t part = 0;

    for (; value.size >= sizeof part; value.at += sizeof part, value.size -= sizeof part) {
        memcpy(&part, value.at, sizeof part);
        hash = quick_mix(hash ^ part, key->step);
    }
    part = 0;
    if (value.size)
        memcpy(&part, value.at, value.size);
    return quick_mix(hash ^ part, key->step ^ 0x9e3779b97f4a7c14);
}

#endif
