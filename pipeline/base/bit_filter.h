/*
 * A set of hashes that may err on one side: what was added is found, and some of what was
 * not as well. It is small enough to stay in the cache, and so answers most questions
 * before a table is looked at.
 */
#ifndef EFFACE_BASE_BIT_FILTER_H
#define EFFACE_BASE_BIT_FILTER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/status.h"

struct bit_filter {
    uint64_t *words; /* NULL: holds nothing */
    unsigned shift;  /* a hash's highest bits are its place */
};

#define BIT_FILTER_INIT                                                                            \
    {                                                                                              \
        NULL, 63                                                                                   \
    }

/* An empty filter with at least `bits` bits, a power of two. False where memory ran out. */
MUST_USE bool bit_filter_init(struct bit_filter *filter, size_t bits);
void bit_filter_release(struct bit_filter *filter);

static inline void bit_filter_add(struct bit_filter *filter, uint64_t hash)
{
    const uint64_t place = hash >> filter->shift;

    filter->words[place / 64] |= (uint64_t)1 << (place % 64);
}

static inline bool bit_filter_may_have(const struct bit_filter *filter, uint64_t hash)
{
    const uint64_t place = hash >> filter->shift;

    return filter->words != NULL && (filter->words[place / 64] >> (place % 64) & 1) != 0;
}

#endif
