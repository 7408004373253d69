#include "match/target_matches.h"

#include <stdlib.h>

#include "base/array.h"

#define NO_NAME UINT32_MAX

void target_matches_release(struct target_matches *matches)
{
    free(matches->items);
    *matches = (struct target_matches){NULL, 0, 0};
}

/* A record's values, each as the first name that has it; NO_NAME where none has. */
struct borne_values {
    const struct contact_values *contact;
    uint32_t first[SLOT_LIMIT];
};

/* The first name with the value that `name` has in the slot. */
static uint32_t first_of(const struct target_slot *slot, uint32_t name)
{
    size_t low = 0, high = slot->repeat_count;

    while (low < high) {
        const size_t middle = low + (high - low) / 2;

        if (slot->repeats[middle].name < name)
            low = middle + 1;
        else
            high = middle;
    }
    return low < slot->repeat_count && slot->repeats[low].name == name ? slot->repeats[low].first
                                                                       : name;
}

static bool has_cell(const struct target_name *name, size_t slot)
{
    return name->slots >> slot & 1;
}

static bool bears_cell(const struct target_list *list, const struct borne_values *borne,
                       uint32_t name, size_t slot)
{
    return borne->first[slot] != NO_NAME &&
           borne->first[slot] == first_of(&list->slots[slot], name);
}

/* The key decides if it is borne; else no identifier may differ. */
static bool erased_agrees(const struct target_list *list, const struct borne_values *borne,
                          uint32_t name)
{
    const struct target_name *erased = &list->names[name];
    bool agrees = false;

    if (has_cell(erased, 0) && bears_cell(list, borne, name, 0))
        return true;
    for (size_t slot = 1; slot < list->slot_count; slot++) {
        if (!has_cell(erased, slot) || !borne->contact->named[slot])
            continue;
        if (!bears_cell(list, borne, name, slot))
            return false;
        agrees = true;
    }
    return agrees;
}

/* Whether a record that bears a cell of the name is whom it names. */
static bool name_agrees(const struct target_list *list, const struct borne_values *borne,
                        uint32_t index)
{
    const struct target_name *name = &list->names[index];

    if (name->erased)
        return erased_agrees(list, borne, index);
    if (name->blind || name->any)
        return name->any;
    for (size_t slot = 0; slot < list->slot_count; slot++)
        if (has_cell(name, slot) && !bears_cell(list, borne, index, slot))
            return false;
    return true;
}

static bool add_match(const struct target_list *list, const struct borne_values *borne,
                      uint32_t name, size_t slot, struct target_matches *matches)
{
    struct target_match *items =
        array_room(matches->items, matches->count + 1, &matches->capacity, sizeof(*items));

    if (!items)
        return false;
    matches->items = items;
    items[matches->count++] = (struct target_match){
        .name = name, .slot = (uint8_t)slot, .agrees = name_agrees(list, borne, name)};
    return true;
}

static void find_values(const struct target_list *list, const struct contact_values *contact,
                        struct borne_values *borne, uint32_t newest[SLOT_LIMIT])
{
    borne->contact = contact;
    for (size_t slot = 0; slot < list->slot_count; slot++) {
        const struct target_slot *values = &list->slots[slot];
        const size_t at = list->slot_used[slot] && contact->named[slot]
                              ? key_map_find(&values->names, contact->values[slot])
                              : KEY_MAP_NONE;

        borne->first[slot] = newest[slot] = NO_NAME;
        if (at == KEY_MAP_NONE)
            continue;
        newest[slot] = borne->first[slot] = values->names.numbers[at];
        if (newest[slot] & TARGET_REPEAT_BIT)
            borne->first[slot] = values->repeats[newest[slot] & ~TARGET_REPEAT_BIT].first;
    }
}

bool target_matches_find(const struct target_list *list, const struct contact_values *contact,
                         struct target_matches *matches)
{
    uint32_t newest[SLOT_LIMIT];
    struct borne_values borne;

    find_values(list, contact, &borne, newest);
    for (size_t slot = 0; slot < list->slot_count; slot++) {
        const struct target_repeat *repeats = list->slots[slot].repeats;

        if (newest[slot] == NO_NAME)
            continue;
        if (!add_match(list, &borne, borne.first[slot], slot, matches))
            return false;
        for (uint32_t i = newest[slot] & TARGET_REPEAT_BIT ? newest[slot] & ~TARGET_REPEAT_BIT
                                                           : TARGET_NO_REPEAT;
             i != TARGET_NO_REPEAT; i = repeats[i].next)
            if (!add_match(list, &borne, repeats[i].name, slot, matches))
                return false;
    }
    return true;
}

bool target_match_note(struct target_list *list, struct target_match match)
{
    struct target_name *name = &list->names[match.name];

    if (match.agrees)
        name->found = true;
    if (name->found || name->erased)
        return true;
    if (!list->seen)
        list->seen = calloc(list->name_count, sizeof(*list->seen));
    if (list->seen)
        list->seen[match.name] |= (uint16_t)(1u << match.slot);
    return list->seen;
}
