/*
 * A hash that costs a few nanoseconds, for filters that stand before a fingerprint.
 *
 * XXH3 with 64 bits (Collet), under a seed drawn for each run. It is no fingerprint: input can be
 * made that collides, so what it finds equal must still be compared, and what it is used for
 * may lose time by collisions, but nothing else.
 */
#ifndef EFFACE_BASE_QUICK_HASH_H
#define EFFACE_BASE_QUICK_HASH_H

#include <stdint.h>

#include "base/span.h"

/* Drawn with fingerprint_key_draw. */
struct quick_key {
    uint64_t seed;
};

/* Values under different `domain`s have different hashes. */
uint64_t quick_hash(const struct quick_key *key, uint64_t domain, struct span value);

/* The same of many values, which costs less than one after another. */
void quick_hash_each(const struct quick_key *key, uint64_t domain, const struct span *values,
                     size_t count, uint64_t *hashes);

__extension__ typedef unsigned __int128 quick_wide;

/* Joins two hashes, or a hash and a number, by both halves of their product. */
static inline uint64_t quick_mix(uint64_t a, uint64_t b)
{
    const quick_wide product = (quick_wide)a * b;

    return (uint64_t)product ^ (uint64_t)(product >> 64);
}

#endif
