#include "base/quick_hash.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

uint64_t quick_hash(const struct quick_key *key, uint64_t domain, struct span value)
{
    return XXH3_64bits_withSeed(value.at, value.size, key->seed + domain);
}
