#include "ruleset/rule_loader.h"

#include "ruleset/spelling.h"

static void report_unknown_entity(struct rule_loader *loader, struct name name)
{
    const struct ruleset *ruleset = loader->ruleset;
    struct spelling spelling = spelling_of(name.text);
    char hint[SPELLING_HINT_SIZE];

    /* nobody reads a hint behind so many messages, and each costs a walk over all entities */
    if (loader->reader.diagnostics->errors < DIAGNOSTICS_LIMIT)
        for (size_t i = 0; i < ruleset->entity_count; i++)
            spelling_consider(&spelling, ruleset->entities[i].name.text);
    node_reader_error(&loader->reader, name.place, "unknown entity '%.*s'%s", SHOWN(name.text),
                      spelling_hint(&spelling, hint));
}

struct entity_rule *loader_entity(struct rule_loader *loader, struct name name)
{
    const size_t position = name_index_find(&loader->entity_names, name.text);

    if (position != NAME_INDEX_NONE)
        return &loader->ruleset->entities[position];
    report_unknown_entity(loader, name);
    return NULL;
}

void loader_split_name(struct name whole, struct name *entity, struct name *column)
{
    const char *dot = memchr(whole.text.at, '.', whole.text.size);

    *entity = whole;
    *column = (struct name){{NULL, 0}, whole.place};
    if (dot == NULL)
        return;
    entity->text.size = (size_t)(dot - whole.text.at);
    column->text = (struct span){dot + 1, whole.text.size - entity->text.size - 1};
}

void loader_require_key(struct rule_loader *loader, const struct entity_rule *entity,
                        struct place place)
{
    const size_t position = (size_t)(entity - loader->ruleset->entities);

    /* a key that is written but faulty has been reported already */
    if (node_get(loader->bodies->items[position], "key") == NULL)
        node_reader_error(&loader->reader, place, "'%.*s' has no key", SHOWN(entity->name.text));
}

struct node loader_latest(struct rule_loader *loader, const struct node *map)
{
    struct node latest = *map;
    size_t highest = 0;

    latest.count = 0;
    latest.keys = node_reader_array(&loader->reader, map->count, sizeof *latest.keys);
    latest.items = node_reader_array(&loader->reader, map->count, sizeof *latest.items);
    if (latest.keys == NULL || latest.items == NULL)
        return latest;
    for (size_t i = 0; i < map->count; i++) {
        const size_t rank = rule_source_rank(loader->source, map->keys[i]->place.path);
        if (rank > highest)
            latest.count = 0;
        if (rank < highest)
            continue;
        highest = rank;
        latest.keys[latest.count] = map->keys[i];
        latest.items[latest.count++] = map->items[i];
    }
    return latest;
}
