/*
 * The values of one column that belong to targets: what a link or a mention looks
 * its cells up in.
 *
 * There is one set for every column (or composite key) that something refers to, and
 * for each way its values compare. Resolution fills the sets; the apply pass only
 * reads them.
 */
#ifndef EFFACE_MATCH_VALUE_SET_H
#define EFFACE_MATCH_VALUE_SET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/key_map.h"
#include "base/status.h"
#include "match/owner_table.h"
#include "ruleset/ruleset.h"

enum value_flag {
    VALUE_DROPPED = 1,  /* a record that bears it is dropped, because its list ran empty */
    VALUE_UNMARKED = 2, /* a record that bears it has no marker set */
    VALUE_ORPHAN = 4,   /* names a target that no subject record has */
    VALUE_TOKEN = 8,    /* has the form of the surrogates that replace keys */
};

struct value_set {
    const struct entity_rule *entity;
    const struct name *columns;
    size_t column_count; /* several: a composite key */
    enum match_kind match;
    bool is_key;         /* the columns are the entity's key */
    struct key_map map;  /* fingerprint -> owner; the route it was first reached by; flags */
    uint64_t generation; /* grows whenever an owner or a flag is added */
};

/*
 * Adds `owner` and `flags` to a value, and `route` (route_table.h) where it is new and the set
 * keeps routes. False where memory ran out.
 */
MUST_USE bool value_set_add(struct value_set *set, struct owner_table *owners,
                            struct fingerprint value, uint32_t owner, uint8_t flags,
                            uint16_t route);

#endif
