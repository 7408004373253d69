/*
 * A set of hashes that may err on one side: what was added is found, and some of what was
 * not as well. It is small enough to stay in the cache, and so answers most questions
 * before a table is looked at.
 *
 * A Bloom filter whose three bits of a hash stand in one word, so that a question costs one
 * look. With 16 bits for each hash that was added it errs on about one other in a hundred.
 */
#ifndef EFFACE_BASE_BIT_FILTER_H
#define EFFACE_BASE_BIT_FILTER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/status.h"

struct bit_filter {
    uint64_t *words; /* NULL: holds nothing */
    unsigned shift;  /* a hash's highest bits say in which word its bits are */
};

#define BIT_FILTER_INIT                                                                            \
    {                                                                                              \
        NULL, 63                                                                                   \
    }

/* An empty filter with at least `bits` bits. False where memory ran out. */
MUST_USE bool bit_filter_init(struct bit_filter *filter, size_t bits);
void bit_filter_release(struct bit_filter *filter);

static inline uint64_t bit_filter_bits(uint64_t hash)
{
    return (uint64_t)1 << (hash & 63) | (uint64_t)1 << (hash >> 6 & 63) |
           (uint64_t)1 << (hash >> 12 & 63);
}

/* Adds all that is in another. False: it has another size. */
MUST_USE bool bit_filter_join(struct bit_filter *filter, const struct bit_filter *other);

static inline void bit_filter_add(struct bit_filter *filter, uint64_t hash)
{
    filter->words[hash >> filter->shift] |= bit_filter_bits(hash);
}

/* Has the memory that a question takes come near, while something else is done. */
static inline void bit_filter_prefetch(const struct bit_filter *filter, uint64_t hash)
{
    if (filter->words != NULL)
        __builtin_prefetch(&filter->words[hash >> filter->shift]);
}

static inline bool bit_filter_may_have(const struct bit_filter *filter, uint64_t hash)
{
    return filter->words != NULL &&
           (bit_filter_bits(hash) & ~filter->words[hash >> filter->shift]) == 0;
}

#endif
