#include "match/value_set.h"

bool value_set_add(struct value_set *set, struct owner_table *owners, struct fingerprint value,
                   uint32_t owner, uint8_t flags, uint16_t route)
{
    bool is_new;
    size_t slot = key_map_insert(&set->map, value, &is_new);
    uint32_t joined;

    if (slot == KEY_MAP_NONE)
        return false;
    joined = owner_union(owners, set->map.numbers[slot], owner);
    if (joined == OWNER_FAILED)
        return false;
    if (is_new && set->map.notes)
        set->map.notes[slot] = route;
    if (is_new || joined != set->map.numbers[slot] || (flags & ~set->map.flags[slot])) {
        set->map.numbers[slot] = joined;
        set->map.flags[slot] |= flags;
        set->generation++;
    }
    return true;
}
