/* Selections and holds: named conditions. */
#include "ruleset/rule_keys.h"
#include "ruleset/rule_loader.h"

static struct name load_name(struct rule_loader *loader, const struct node *key)
{
    const struct name name = node_name(&loader->reader, key);

    if (name.text.size == 0)
        node_reader_error(&loader->reader, name.place, "the name is empty");
    return name;
}

void selections_load(struct rule_loader *loader, const struct node *map)
{
    struct ruleset *ruleset = loader->ruleset;

    ruleset->selections =
        node_reader_array(&loader->reader, map->count, sizeof *ruleset->selections);
    for (size_t i = 0; i < map->count && ruleset->selections != NULL; i++)
        ruleset->selections[ruleset->selection_count++] = (struct selection_rule){
            .name = load_name(loader, map->keys[i]),
            .where = condition_load(loader, map->items[i]),
        };
}

static void load_hold(struct rule_loader *loader, const struct node *map, struct hold_rule *hold)
{
    struct node_reader *reader = &loader->reader;

    if (!node_expect(reader, map, NODE_MAP))
        return;
    const struct node *entity = node_require(reader, map, "entity");
    const struct node *where = node_get(map, "where");
    node_check_keys(reader, map, hold_keys);
    if (entity != NULL && node_expect(reader, entity, NODE_SCALAR))
        hold->entity = loader_entity(loader, node_name(reader, entity));
    if (where != NULL)
        hold->where = condition_load(loader, where);
}

void holds_load(struct rule_loader *loader, const struct node *map)
{
    struct ruleset *ruleset = loader->ruleset;

    ruleset->holds = node_reader_array(&loader->reader, map->count, sizeof *ruleset->holds);
    for (size_t i = 0; i < map->count && ruleset->holds != NULL; i++) {
        struct hold_rule *hold = &ruleset->holds[ruleset->hold_count++];
        hold->name = load_name(loader, map->keys[i]);
        load_hold(loader, map->items[i], hold);
    }
}
