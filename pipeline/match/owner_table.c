#include "match/owner_table.h"

#include <stdlib.h>
#include <string.h>

#include "base/array.h"

void owner_table_init(struct owner_table *table, const struct fingerprint_key *key)
{
    *table = (struct owner_table){.interned = KEY_MAP_OF(KEY_MAP_NUMBERS), .key = *key};
}

void owner_table_release(struct owner_table *table)
{
    free(table->members);
    free(table->sets);
    key_map_release(&table->interned);
    *table = (struct owner_table){.interned = KEY_MAP_OF(KEY_MAP_NUMBERS)};
}

struct owner_members owner_members(const struct owner_table *table, uint32_t owner,
                                   uint32_t *single)
{
    const struct owner_set *set;

    if (owner == OWNER_NOBODY)
        return (struct owner_members){NULL, 0};
    if (!(owner & OWNER_SET_BIT)) {
        *single = owner - 1;
        return (struct owner_members){single, 1};
    }
    set = &table->sets[owner & ~OWNER_SET_BIT];
    return (struct owner_members){table->members + set->first, set->count};
}

static size_t merge_sorted(struct owner_members a, struct owner_members b, uint32_t *out)
{
    size_t i = 0, j = 0, count = 0;

    while (i < a.count && j < b.count) {
        uint32_t next = a.targets[i] < b.targets[j] ? a.targets[i] : b.targets[j];

        i += a.targets[i] == next;
        j += b.targets[j] == next;
        out[count++] = next;
    }
    while (i < a.count)
        out[count++] = a.targets[i++];
    while (j < b.count)
        out[count++] = b.targets[j++];
    return count;
}

static bool reserve_members(struct owner_table *table, size_t extra)
{
    uint32_t *members = array_room(table->members, table->member_count + extra, &table->member_room,
                                   sizeof(*members));

    if (members)
        table->members = members;
    return members;
}

static bool reserve_set(struct owner_table *table)
{
    struct owner_set *sets =
        array_room(table->sets, table->set_count + 1, &table->set_room, sizeof(*sets));

    if (sets)
        table->sets = sets;
    return sets;
}

/* Interns the `count` targets that stand, not yet counted, behind the members. */
static uint32_t intern_tail(struct owner_table *table, size_t count)
{
    const uint32_t *tail = table->members + table->member_count;
    struct span bytes = {(const char *)tail, count * sizeof(*tail)};
    bool is_new;
    size_t slot;

    if (!reserve_set(table))
        return OWNER_FAILED;
    slot = key_map_insert(&table->interned, fingerprint_of(&table->key, bytes), &is_new);
    if (slot == KEY_MAP_NONE)
        return OWNER_FAILED;
    if (is_new) {
        table->interned.numbers[slot] = (uint32_t)table->set_count;
        table->sets[table->set_count++] = (struct owner_set){table->member_count, count};
        table->member_count += count;
    }
    return table->interned.numbers[slot] | OWNER_SET_BIT;
}

uint32_t owner_union(struct owner_table *table, uint32_t a, uint32_t b)
{
    uint32_t single_a, single_b;
    struct owner_members members_a, members_b;
    size_t count;

    if (a == b || b == OWNER_NOBODY)
        return a;
    if (a == OWNER_NOBODY)
        return b;
    members_a = owner_members(table, a, &single_a);
    members_b = owner_members(table, b, &single_b);
    if (!reserve_members(table, members_a.count + members_b.count))
        return OWNER_FAILED;
    members_a = owner_members(table, a, &single_a);
    members_b = owner_members(table, b, &single_b);
    count = merge_sorted(members_a, members_b, table->members + table->member_count);
    if (count == members_a.count)
        return a;
    if (count == members_b.count)
        return b;
    return intern_tail(table, count);
}
