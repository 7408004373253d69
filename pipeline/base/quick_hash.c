#include "base/quick_hash.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

uint64_t quick_hash(const struct quick_key *key, uint64_t domain, struct span value)
{
    return XXH3_64bits_withSeed(value.at, value.size, key->seed + domain);
}

void quick_hash_each(const struct quick_key *key, uint64_t domain, const struct span *values,
                     size_t count, uint64_t *hashes)
{
    for (size_t i = 0; i < count; i++)
        hashes[i] = XXH3_64bits_withSeed(values[i].at, values[i].size, key->seed + domain);
}
