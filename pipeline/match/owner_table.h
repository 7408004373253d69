/*
 * Sets of targets, as numbers.
 *
 * A record can belong to several targets at once. Who owns it is an owner: nobody
 * (0), one target (its index + 1), or a set of several, interned here, so that
 * equal sets have equal numbers and any owner is 32 bits wide.
 */
#ifndef EFFACE_MATCH_OWNER_TABLE_H
#define EFFACE_MATCH_OWNER_TABLE_H

#include <stddef.h>
#include <stdint.h>

#include "base/fingerprint.h"
#include "base/key_map.h"
#include "base/status.h"

#define OWNER_NOBODY 0u
#define OWNER_FAILED UINT32_MAX /* memory ran out */
#define OWNER_SET_BIT 0x80000000u
#define TARGET_LIMIT 0x7ffffff0u

static inline uint32_t owner_of_target(size_t target)
{
    return (uint32_t)target + 1;
}

/* The targets of an owner, in ascending order. */
struct owner_members {
    const uint32_t *targets;
    size_t count;
};

struct owner_set {
    size_t first; /* into members */
    size_t count;
};

struct owner_table {
    uint32_t *members; /* the sets' targets, one set behind the other */
    size_t member_count;
    size_t member_room;
    struct owner_set *sets;
    size_t set_count;
    size_t set_room;
    struct key_map interned; /* fingerprint of the members -> index of the set */
    struct fingerprint_key key;
};

/* `table` need not be initialized before. */
void owner_table_init(struct owner_table *table, const struct fingerprint_key *key);

void owner_table_release(struct owner_table *table);

/*
 * The targets of `owner`. `single` is room for the case of one. Borrowed until the
 * next owner_union.
 */
struct owner_members owner_members(const struct owner_table *table, uint32_t owner,
                                   uint32_t *single);

/* The owner that holds the targets of both; OWNER_FAILED where memory ran out. */
uint32_t owner_union(struct owner_table *table, uint32_t a, uint32_t b);

#endif
