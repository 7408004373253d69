#include "base/array.h"
#include "match/findings.h"

#include <string.h>

/* Keeps the key of the target that is added next. */
static bool add_key_text(const struct findings *findings, const struct found_contact *contact,
                         struct resolution *resolution)
{
    const struct span key = buffer_span(&findings->key_text);
    size_t *starts = array_room(resolution->key_starts, resolution->target_count + 1,
                                &resolution->key_room, sizeof(*starts));
    bool kept = starts != NULL;

    if (!kept)
        return false;
    resolution->key_starts = starts;
    starts[resolution->target_count] = resolution->key_text.size;
    for (size_t i = contact->key_at; i < contact->key_at + contact->key_size && kept; i++)
        kept = key.at[i] ? buffer_append_byte(&resolution->key_text, key.at[i])
                         : buffer_append(&resolution->key_text, SPAN(", "));
    return kept && buffer_append_byte(&resolution->key_text, '\0');
}

/* Adds a target for a contact seen for the first time. OWNER_FAILED where it can't be had. */
static uint32_t add_target(const struct findings *findings, struct resolution *resolution,
                           const struct found_contact *contact)
{
    struct target *targets = array_room(resolution->targets, resolution->target_count + 1,
                                        &resolution->target_room, sizeof(*targets));
    struct target *target;

    if (!targets)
        return OWNER_FAILED;
    resolution->targets = targets;
    if (resolution->target_count >= TARGET_LIMIT ||
        (resolution->keeps_keys && !add_key_text(findings, contact, resolution)))
        return OWNER_FAILED;
    target = &targets[resolution->target_count];
    *target = (struct target){.name = contact->name, .to_delete = contact->mode == MODE_DELETE};
    memcpy(target->digest, contact->digest, sizeof(target->digest));
    return owner_of_target(resolution->target_count++);
}

static uint32_t keyless_owner(const struct findings *findings, struct resolution *resolution,
                              const struct found_contact *contact)
{
    bool is_new;
    size_t slot = key_map_insert(&resolution->keyless, contact->contact, &is_new);

    if (slot == KEY_MAP_NONE)
        return OWNER_FAILED;
    if (is_new)
        resolution->keyless.numbers[slot] = add_target(findings, resolution, contact);
    return resolution->keyless.numbers[slot];
}

static uint32_t keyed_owner(const struct findings *findings, struct resolution *resolution,
                            const struct found_contact *contact)
{
    struct value_set *contacts = resolution->contacts;
    size_t slot = key_map_find(&contacts->map, contact->contact);
    uint32_t owner = slot == KEY_MAP_NONE ? add_target(findings, resolution, contact)
                                          : contacts->map.numbers[slot];

    if (owner == OWNER_FAILED ||
        !value_set_add(contacts, &resolution->owners, contact->contact, owner,
                       contact->unmarked ? VALUE_UNMARKED : 0, ROUTE_SUBJECT))
        return OWNER_FAILED;
    key_map_admit(&contacts->map, contact->quick);
    return owner;
}

static bool merge_value(const struct found_value *found, uint32_t owner,
                        struct resolution *resolution)
{
    uint16_t route;

    key_map_admit(&found->set->map, found->quick);
    return route_table_add(&resolution->routes, found->step, &route) &&
           value_set_add(found->set, &resolution->owners, found->value, owner, found->flags, route);
}

static bool merge_contact(const struct findings *findings, const struct found_contact *contact,
                          struct resolution *resolution)
{
    uint32_t owner = contact->has_key ? keyed_owner(findings, resolution, contact)
                                      : keyless_owner(findings, resolution, contact);
    struct target *target;

    if (owner == OWNER_FAILED)
        return false;
    target = &resolution->targets[owner - 1];
    target->unmarked |= contact->unmarked;
    if (contact->named && contact->mode == MODE_DELETE)
        target->to_delete = true;
    if (contact->name < target->name)
        target->name = contact->name;
    if (contact->hold)
        target_hold(resolution, target, &(struct holder){.hold = contact->hold});
    for (size_t i = 0; i < contact->value_count; i++) {
        const struct found_value *found = &findings->values[contact->first_value + i];

        if (!merge_value(found, owner, resolution))
            return false;
    }
    return true;
}

static void merge_holding(const struct found_holding *holding, struct resolution *resolution)
{
    uint32_t single;
    struct owner_members members = owner_members(&resolution->owners, holding->owner, &single);

    for (size_t i = 0; i < members.count; i++)
        target_hold(resolution, &resolution->targets[members.targets[i]], &holding->holder);
}

static bool merge_keys(const struct findings *findings)
{
    for (size_t i = 0; i < findings->key_count; i++) {
        bool is_new;

        if (key_map_insert(&findings->keys[i].set->map, findings->keys[i].key, &is_new) ==
            KEY_MAP_NONE)
            return false;
    }
    return true;
}

static bool merge_values(const struct findings *findings, struct resolution *resolution)
{
    /* a contact's values are merged with the contact: targets and owned are never searched at once
     */
    for (size_t i = 0; i < findings->value_count && findings->contact_count == 0; i++) {
        const struct found_value *found = &findings->values[i];

        if (!merge_value(found, found->owner, resolution))
            return false;
    }
    return true;
}

enum status findings_merge(const struct findings *findings, struct resolution *resolution,
                           struct diagnostics *diagnostics)
{
    bool merged = merge_keys(findings) && merge_values(findings, resolution);

    for (size_t i = 0; merged && i < findings->matches.count; i++)
        merged = target_match_note(&resolution->list, findings->matches.items[i]);
    for (size_t i = 0; merged && i < findings->contact_count; i++)
        merged = merge_contact(findings, &findings->contacts[i], resolution);
    for (size_t i = 0; i < findings->holding_count; i++)
        merge_holding(&findings->holdings[i], resolution);
    return merged ? STATUS_OK : diagnostics_no_memory(diagnostics);
}
