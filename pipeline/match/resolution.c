#include "match/resolution.h"

#include <stdlib.h>

#include "base/array.h"

/* Rules of so many holds or entities are larger than any that is read. */
enum { HOLDER_MASK = (1 << 27) - 1 };

static bool same_columns(const struct value_set *set, const struct name *columns, size_t count)
{
    if (set->column_count != count)
        return false;
    for (size_t i = 0; i < count; i++)
        if (!span_equal(set->columns[i].text, columns[i].text))
            return false;
    return true;
}

struct value_set *resolution_set(const struct resolution *resolution,
                                 const struct entity_rule *entity, const struct name *columns,
                                 size_t count, enum match_kind match)
{
    for (size_t i = 0; i < resolution->set_count; i++) {
        struct value_set *set = &resolution->sets[i];

        if (set->entity == entity && set->match == match && same_columns(set, columns, count))
            return set;
    }
    return NULL;
}

struct value_set *resolution_link_set(const struct resolution *resolution,
                                      const struct link_rule *link)
{
    return resolution_set(resolution, link->to, link->to_columns.items, link->to_columns.count,
                          link->match);
}

struct value_set *resolution_mention_set(const struct resolution *resolution,
                                         const struct mention_rule *mentions)
{
    return resolution_set(resolution, mentions->entity, &mentions->column, 1, mentions->match);
}

struct condition_set *resolution_condition(const struct resolution *resolution,
                                           const struct test *test)
{
    for (size_t i = 0; i < resolution->condition_count; i++)
        if (resolution->conditions[i].test == test)
            return &resolution->conditions[i];
    return NULL;
}

/* What building the sets grows. */
struct building {
    struct resolution *resolution;
    size_t set_room;
    bool failed;
};

static void need_set(struct building *building, const struct entity_rule *entity,
                     const struct name *columns, size_t count, enum match_kind match)
{
    struct resolution *resolution = building->resolution;
    struct value_set *sets;

    if (building->failed || resolution_set(resolution, entity, columns, count, match))
        return;
    sets =
        array_room(resolution->sets, resolution->set_count + 1, &building->set_room, sizeof(*sets));
    building->failed = !sets;
    if (!sets)
        return;
    resolution->sets = sets;
    sets[resolution->set_count] = (struct value_set){
        .entity = entity,
        .columns = columns,
        .column_count = count,
        .match = match,
        .map = KEY_MAP_INIT,
    };
    sets[resolution->set_count].is_key =
        same_columns(&sets[resolution->set_count], entity->key.items, entity->key.count);
    resolution->set_count++;
}

static void need_condition(struct building *building, const struct condition *condition);

static void need_test(struct building *building, const struct test *test)
{
    struct resolution *resolution = building->resolution;
    struct condition_set *sets;

    if (test->kind != TEST_IN_ENTITY)
        return;
    sets = array_room(resolution->conditions, resolution->condition_count + 1,
                      &resolution->condition_room, sizeof(*sets));
    building->failed |= !sets;
    if (!sets)
        return;
    resolution->conditions = sets;
    sets[resolution->condition_count++] =
        (struct condition_set){.test = test, .map = KEY_MAP_OF(0)};
    need_condition(building, test->where);
}

static void need_condition(struct building *building, const struct condition *condition)
{
    if (!condition)
        return;
    for (size_t i = 0; i < condition->count; i++)
        for (size_t j = 0; j < condition->alternatives[i].count; j++)
            need_test(building, &condition->alternatives[i].tests[j]);
}

static void need_field(struct building *building, const struct field_rule *field)
{
    const struct mention_rule *mentions = &field->mentions;

    need_condition(building, field->when);
    if (mentions->entity)
        need_set(building, mentions->entity, &mentions->column, 1, mentions->match);
}

/* Also where nothing links to them, replaced keys must be known to the leak check. */
static bool needs_keys(const struct building *building, const struct entity_rule *entity)
{
    return entity->rekey && building->resolution->ruleset->leak_check != LEAK_OFF;
}

static void need_entity(struct building *building, const struct entity_rule *entity)
{
    if (needs_keys(building, entity))
        need_set(building, entity, entity->key.items, 1, entity->key_match);
    for (size_t i = 0; i < entity->link_count; i++) {
        const struct link_rule *link = &entity->links[i];

        need_set(building, link->to, link->to_columns.items, link->to_columns.count, link->match);
        need_condition(building, link->when);
    }
    for (size_t i = 0; i < entity->field_count; i++)
        need_field(building, &entity->fields[i]);
}

enum status resolution_init(struct resolution *resolution, const struct ruleset *ruleset,
                            struct diagnostics *diagnostics)
{
    struct building building = {.resolution = resolution};
    const struct entity_rule *subject = ruleset->subject;

    *resolution = (struct resolution){.ruleset = ruleset, .keyless = KEY_MAP_OF(KEY_MAP_NUMBERS)};
    fingerprint_key_draw(&resolution->key);
    owner_table_init(&resolution->owners, &resolution->key);
    need_set(&building, subject, subject->key.items, subject->key.count, MATCH_EXACT);
    for (size_t i = 0; i < ruleset->default_count; i++)
        need_field(&building, &ruleset->defaults[i]);
    for (size_t i = 0; i < ruleset->entity_count; i++)
        need_entity(&building, &ruleset->entities[i]);
    for (size_t i = 0; i < ruleset->hold_count; i++)
        need_condition(&building, ruleset->holds[i].where);
    if (building.failed)
        return diagnostics_no_memory(diagnostics);
    resolution->contacts =
        resolution_set(resolution, subject, subject->key.items, subject->key.count, MATCH_EXACT);
    /* the route to a contact's key is ROUTE_SUBJECT, which needs no note */
    resolution->contacts->map = (struct key_map)KEY_MAP_OF(KEY_MAP_NUMBERS | KEY_MAP_FLAGS);
    return target_list_init(&resolution->list, subject, diagnostics);
}

void resolution_use_key(struct resolution *resolution, const struct fingerprint_key *key)
{
    resolution->key = *key;
    resolution->owners.key = *key;
}

enum status resolution_select(struct resolution *resolution, const struct selection_rule *selection,
                              enum mode mode, struct diagnostics *diagnostics)
{
    struct building building = {.resolution = resolution};

    need_condition(&building, selection->where);
    target_list_add_selected(&resolution->list, selection->where, mode);
    return building.failed ? diagnostics_no_memory(diagnostics) : STATUS_OK;
}

bool resolution_expect(struct resolution *resolution, size_t contacts)
{
    const struct target_list *list = &resolution->list;
    const size_t found = list->name_count < contacts ? list->name_count : contacts;

    if (list->everybody && list->of_whom == NULL)
        return true;
    for (size_t i = 0; i < resolution->set_count; i++) {
        struct value_set *set = &resolution->sets[i];

        /* the keys of the list come into the set of contacts in the end, found or not */
        if (!key_map_expect(&set->map, set == resolution->contacts ? list->name_count : found))
            return false;
    }
    return true;
}

/* Nobody's, all of them. */
static void make_orphans(struct key_map *keys)
{
    for (size_t slot = 0; slot < keys->capacity; slot++) {
        if (key_map_is_free(keys, slot))
            continue;
        keys->numbers[slot] = OWNER_NOBODY;
        keys->flags[slot] = VALUE_ORPHAN;
    }
}

/* Room before all else: the keys come in the order of their slots, which a map can't grow by. */
static bool reserve_for(struct key_map *keys, const struct key_map *found)
{
    size_t more = 0;

    for (size_t slot = 0; slot < found->capacity; slot++)
        more +=
            !key_map_is_free(found, slot) && key_map_find(keys, found->keys[slot]) == KEY_MAP_NONE;
    return key_map_reserve(keys, keys->count + more);
}

static bool take_found(struct key_map *keys, const struct key_map *found)
{
    for (size_t slot = 0; slot < found->capacity; slot++) {
        bool is_new;
        size_t at;

        if (key_map_is_free(found, slot))
            continue;
        at = key_map_insert(keys, found->keys[slot], &is_new);
        if (at == KEY_MAP_NONE)
            return false;
        keys->numbers[at] = found->numbers[slot];
        keys->flags[at] = found->flags[slot];
    }
    return true;
}

bool resolution_take_keys(struct resolution *resolution)
{
    struct key_map *keys = &resolution->list.slots[0].names;
    struct key_map *found = &resolution->contacts->map;

    if (keys->count) {
        if (!key_map_add_parts(keys, KEY_MAP_FLAGS) || !reserve_for(keys, found))
            return false;
        make_orphans(keys);
        if (!take_found(keys, found))
            return false;
        key_map_admit_all(keys, found);
        key_map_release(found);
        *found = *keys;
        *keys = (struct key_map)KEY_MAP_OF(KEY_MAP_NUMBERS);
    }
    target_list_forget(&resolution->list);
    return true;
}

void resolution_forget_values(struct resolution *resolution)
{
    for (size_t i = 0; i < resolution->set_count; i++)
        key_map_release(&resolution->sets[i].map);
    for (size_t i = 0; i < resolution->condition_count; i++)
        key_map_release(&resolution->conditions[i].map);
    key_map_release(&resolution->keyless);
}

void resolution_release(struct resolution *resolution)
{
    resolution_forget_values(resolution);
    free(resolution->sets);
    free(resolution->conditions);
    free(resolution->targets);
    free(resolution->key_starts);
    buffer_release(&resolution->key_text);
    free(resolution->set_fates);
    owner_table_release(&resolution->owners);
    route_table_release(&resolution->routes);
    target_list_release(&resolution->list);
    *resolution = (struct resolution){.ruleset = NULL};
}

const char *resolution_key_text(const struct resolution *resolution, size_t target)
{
    const char *key;

    if (!resolution->keeps_keys)
        return NULL;
    key = resolution->key_text.at + resolution->key_starts[target];
    return *key ? key : NULL;
}

struct holder target_holder(const struct resolution *resolution, const struct target *target)
{
    const struct ruleset *ruleset = resolution->ruleset;

    if (!target_is_held(target))
        return (struct holder){NULL, NULL};
    if (target->restricted)
        return (struct holder){.restricting = &ruleset->entities[target->holder - 1]};
    return (struct holder){.hold = &ruleset->holds[target->holder - 1]};
}

void target_hold(struct resolution *resolution, struct target *target, const struct holder *holder)
{
    const struct ruleset *ruleset = resolution->ruleset;

    if (holder->hold) {
        const uint32_t number = (uint32_t)(holder->hold - ruleset->holds + 1);

        if (!target_is_held(target) || target->restricted || number < target->holder)
            target->holder = number & HOLDER_MASK;
        target->restricted = false;
    } else if (target->to_delete && !target_is_held(target)) {
        target->holder = (uint32_t)(holder->restricting - ruleset->entities + 1) & HOLDER_MASK;
        target->restricted = true;
    }
}

uint8_t target_fate(const struct target *target)
{
    if (target_is_held(target))
        return 0;
    return (uint8_t)((target->to_delete ? FATE_DELETE : FATE_ANONYMIZE) |
                     (target->unmarked ? FATE_UNMARKED : 0));
}

enum status resolution_seal(struct resolution *resolution, struct diagnostics *diagnostics)
{
    const struct owner_table *owners = &resolution->owners;

    free(resolution->set_fates);
    resolution->set_fates = calloc(owners->set_count + 1, 1);
    if (!resolution->set_fates)
        return diagnostics_no_memory(diagnostics);
    for (size_t i = 0; i < owners->set_count; i++)
        for (size_t j = 0; j < owners->sets[i].count; j++)
            resolution->set_fates[i] |=
                target_fate(&resolution->targets[owners->members[owners->sets[i].first + j]]);
    resolution->deletes = false;
    for (size_t i = 0; i < resolution->target_count; i++)
        resolution->deletes |= (target_fate(&resolution->targets[i]) & FATE_DELETE) != 0;
    resolution->sealed = true;
    return STATUS_OK;
}

uint8_t resolution_fate(const struct resolution *resolution, uint32_t owner)
{
    if (owner == OWNER_NOBODY)
        return 0;
    if (owner & OWNER_SET_BIT)
        return resolution->set_fates[owner & ~OWNER_SET_BIT];
    return target_fate(&resolution->targets[owner - 1]);
}

const struct target *resolution_first_target(const struct resolution *resolution, uint32_t owner)
{
    uint32_t single;
    const struct owner_members members = owner_members(&resolution->owners, owner, &single);

    for (size_t i = 0; i < members.count; i++) {
        const struct target *target = &resolution->targets[members.targets[i]];
        if (target_fate(target))
            return target;
    }
    return NULL;
}

bool resolution_value_dropped(const struct resolution *resolution, const struct value_set *set,
                              size_t slot)
{
    const struct entity_rule *entity = set->entity;

    if (set->map.flags[slot] & VALUE_DROPPED)
        return true;
    if (entity != resolution->ruleset->subject && entity->on_delete != ON_DELETE_DROP)
        return false;
    return resolution_fate(resolution, set->map.numbers[slot]) & FATE_DELETE;
}

bool resolution_value_rekeyed(const struct resolution *resolution, const struct value_set *set,
                              size_t slot)
{
    uint8_t fate;

    if (!set->entity->rekey || !set->is_key || !(set->map.flags[slot] & VALUE_UNMARKED))
        return false;
    fate = resolution_fate(resolution, set->map.numbers[slot]);
    if (!(fate & FATE_UNMARKED) && (set->map.flags[slot] & VALUE_TOKEN))
        return false;
    return (fate & FATE_ANONYMIZE) && !(fate & FATE_DELETE);
}
