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
    claims[ownership->count++] = (struct claim){link, map->numbers[slot], map->notes[slot]};
    return true;
}

enum naming contact_fingerprint(const struct file_binding *binding, struct record_view *view,
                                struct fingerprint *contact, bool *has_key)
{
    enum naming naming = view_fingerprint(view, binding->key_columns, binding->entity->key.count,
                                          MATCH_EXACT, contact);

    *has_key = naming == NAMES_VALUE;
    if (naming != NAMES_NOTHING)
        return naming;
    *contact = fingerprint_of(view->key, view_whole(view));
    return NAMES_VALUE;
}

static bool claim_by_key(const struct file_binding *binding, const struct resolution *resolution,
                         struct record_view *view, struct ownership *ownership)
{
    struct fingerprint contact;
    bool has_key;
    const struct key_map *map;
    size_t slot;

    if (contact_fingerprint(binding, view, &contact, &has_key) == NAMING_FAILED)
        return false;
    map = has_key ? &resolution->contacts->map : &resolution->keyless;
    slot = key_map_find(map, contact);
    if (slot == KEY_MAP_NONE || map->numbers[slot] == OWNER_NOBODY)
        return true;
    return add_claim(ownership, CLAIM_BY_KEY, map, slot);
}

static bool claim_by_value(const struct bound_link *link, uint32_t index, struct fingerprint value,
                           struct ownership *ownership)
{
    const struct key_map *map = &link->set->map;
    size_t slot = key_map_find(map, value);

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
        struct fingerprint value;
        enum naming naming = view_fingerprint_value(view, element, link->rule->match, &value);

        if (naming == NAMING_FAILED)
            return false;
        if (naming == NAMES_VALUE && !claim_by_value(link, index, value, ownership))
            return false;
    }
    return true;
}

static bool claim_by_link(const struct bound_link *link, uint32_t index, struct record_view *view,
                          struct ownership *ownership)
{
    struct fingerprint value;
    enum truth truth;

    if (link->set->map.count == 0 || view_is_blank(view, link->columns[0]))
        return true;
    truth = condition_holds(link->when, view);
    if (truth != TRUTH_YES)
        return truth == TRUTH_NO;
    if (link->rule->separator.size)
        return claim_by_list(link, index, view, ownership);
    switch (view_fingerprint(view, link->columns, link->rule->columns.count, link->rule->match,
                             &value)) {
    case NAMES_NOTHING:
        return true;
    case NAMING_FAILED:
        return false;
    case NAMES_VALUE:
        break;
    }
    return claim_by_value(link, index, value, ownership);
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
