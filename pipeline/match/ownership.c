#include "match/ownership.h"

#include <stdlib.h>

#include "base/array.h"

void ownership_release(struct ownership *ownership)
{
    free(ownership->claims);
    *ownership = (struct ownership){.claims = NULL};
}

/* Adds the claim of what a link, or the key, found in a map. */
static bool add_claim(struct ownership *ownership, uint32_t link, const struct key_map *map,
                      size_t slot)
{
    struct claim *claims =
        array_room(ownership->claims, ownership->count + 1, &ownership->room, sizeof(*claims));

    if (!claims)
        return false;
    ownership->claims = claims;
    claims[ownership->count++] = (struct claim){link, map->numbers[slot], key_map_note(map, slot)};
    return true;
}

enum naming record_fingerprint(const struct file_binding *binding, struct record_view *view,
                               struct fingerprint *fingerprint, bool *has_key)
{
    enum naming naming = view_fingerprint(view, binding->key_columns, binding->entity->key.count,
                                          MATCH_EXACT, fingerprint);

    *has_key = naming == NAMES_VALUE;
    if (naming != NAMES_NOTHING)
        return naming;
    *fingerprint = fingerprint_of(view->key, view_whole(view));
    return NAMES_VALUE;
}

bool contact_find(const struct file_binding *binding, const struct resolution *resolution,
                  struct record_view *view, const struct key_map **map, size_t *slot)
{
    for (size_t i = 0; i < binding->entity->key.count; i++) {
        if (!view_is_blank(view, binding->key_columns[i]))
            continue;
        *map = &resolution->keyless;
        *slot = key_map_find(*map, fingerprint_of(view->key, view_whole(view)));
        return true;
    }
    *map = &resolution->contacts->map;
    return view_find(view, binding->key_columns, binding->entity->key.count, MATCH_EXACT, *map,
                     slot);
}

bool contact_identifiers_read(const struct file_binding *binding, struct record_view *view,
                              const bool *wanted, struct contact_values *values)
{
    const struct entity_rule *entity = binding->entity;

    for (size_t i = 0; i < entity->identifier_count; i++) {
        const size_t slot = i + 1;
        enum naming naming;

        if (wanted && !wanted[slot])
            continue;
        naming = view_fingerprint(view, &binding->identifier_columns[i], 1,
                                  entity->identifiers[i].match, &values->values[slot]);
        if (naming == NAMING_FAILED)
            return false;
        values->named[slot] = naming == NAMES_VALUE;
    }
    return true;
}

static bool claim_by_key(const struct file_binding *binding, const struct resolution *resolution,
                         struct record_view *view, struct ownership *ownership)
{
    const struct key_map *map;
    size_t slot;

    if (!contact_find(binding, resolution, view, &map, &slot))
        return false;
    if (slot == KEY_MAP_NONE || map->numbers[slot] == OWNER_NOBODY)
        return true;
    return add_claim(ownership, CLAIM_BY_KEY, map, slot);
}

/* What the link found at `slot` of its set; KEY_MAP_NONE: nothing. */
static bool claim_by_value(const struct bound_link *link, uint32_t index, size_t slot,
                           struct ownership *ownership)
{
    const struct key_map *map = &link->set->map;

    if (slot == KEY_MAP_NONE)
        return true;
    ownership->orphans += (map->flags[slot] & VALUE_ORPHAN) != 0;
    if (map->numbers[slot] == OWNER_NOBODY && !(map->flags[slot] & VALUE_DROPPED))
        return true;
    return add_claim(ownership, index, map, slot);
}

static bool claim_by_list(const struct bound_link *link, uint32_t index, struct record_view *view,
                          struct ownership *ownership)
{
    struct span rest = view_value(view, link->columns[0]);
    struct span element;
    bool begun = false;

    while (list_next(&rest, &begun, link->rule->separator, &element)) {
        size_t slot;

        if (!view_find_value(view, element, link->rule->match, &link->set->map, &slot) ||
            !claim_by_value(link, index, slot, ownership))
            return false;
    }
    return true;
}

static bool claim_by_link(const struct bound_link *link, uint32_t index, struct record_view *view,
                          struct ownership *ownership)
{
    enum truth truth;
    size_t slot;

    if (link->set->map.count == 0 || view_is_blank(view, link->columns[0]))
        return true;
    truth = condition_holds(link->when, view);
    if (truth != TRUTH_YES)
        return truth == TRUTH_NO;
    if (link->rule->separator.size)
        return claim_by_list(link, index, view, ownership);
    return view_find(view, link->columns, link->rule->columns.count, link->rule->match,
                     &link->set->map, &slot) &&
           claim_by_value(link, index, slot, ownership);
}

bool ownership_find(const struct file_binding *binding, const struct resolution *resolution,
                    struct record_view *view, struct ownership *ownership)
{
    bool found = true;

    ownership->count = 0;
    ownership->orphans = 0;
    if (binding->entity == resolution->ruleset->subject)
        found = claim_by_key(binding, resolution, view, ownership);
    for (size_t i = 0; found && i < binding->link_count; i++)
        found = claim_by_link(&binding->links[i], (uint32_t)i, view, ownership);
    return found;
}
