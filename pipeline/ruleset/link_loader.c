#include "ruleset/rule_keys.h"
#include "ruleset/rule_loader.h"
#include "ruleset/rule_words.h"

static void load_columns(struct rule_loader *loader, const struct node *map, struct link_rule *link)
{
    const struct node *node = node_require(&loader->reader, map, "column");

    if (node != NULL)
        link->columns = node_name_or_names(&loader->reader, node);
}

/* To the one column that was named. */
static void point_at_column(struct rule_loader *loader, struct link_rule *link,
                            const struct entity_rule *entity, struct name column)
{
    struct name *columns = node_reader_array(&loader->reader, 1, sizeof *columns);

    if (columns == NULL)
        return;
    columns[0] = column;
    link->to_columns = (struct name_list){columns, 1};
    link->to_key = name_list_equal(&link->to_columns, &entity->key);
    if (column.text.size == 0)
        node_reader_error(&loader->reader, column.place, "no column behind the dot");
}

static void check_column_counts(struct rule_loader *loader, const struct link_rule *link)
{
    const size_t count = link->columns.count;
    const size_t wanted = link->to_columns.count;

    if (count != wanted && count > 0 && wanted > 0)
        node_reader_error(&loader->reader, link->columns.items[0].place,
                          "%zu %s linked to the %zu of '%.*s'", count,
                          count == 1 ? "column" : "columns", wanted, SHOWN(link->to->name.text));
}

static void load_target(struct rule_loader *loader, const struct node *map, struct link_rule *link)
{
    const struct node *node = node_require(&loader->reader, map, "to");
    struct name name;
    struct name column;

    if (node == NULL || !node_expect(&loader->reader, node, NODE_SCALAR))
        return;
    loader_split_name(node_name(&loader->reader, node), &name, &column);
    const struct entity_rule *entity = loader_entity(loader, name);
    if (entity == NULL)
        return;
    link->to = entity;
    if (column.text.at != NULL) {
        point_at_column(loader, link, entity, column);
    } else {
        loader_require_key(loader, entity, node->place);
        link->to_columns = entity->key;
        link->to_key = true;
    }
    check_column_counts(loader, link);
}

static void load_separator(struct rule_loader *loader, const struct node *map,
                           struct link_rule *link)
{
    const struct node *node = node_part(&loader->reader, map, "separator", NODE_SCALAR);

    link->separator = SPAN("");
    if (node == NULL)
        return;
    link->separator = node->text;
    if (node->text.size == 0)
        node_reader_error(&loader->reader, node->place, "empty separator");
    if (link->columns.count > 1)
        node_reader_error(&loader->reader, node->place, "a separator needs a link of one column");
}

static void load_link(struct rule_loader *loader, const struct entity_rule *entity,
                      const struct node *map, struct link_rule *link)
{
    struct node_reader *reader = &loader->reader;

    node_check_keys(reader, map, link_keys);
    link->place = map->place;
    load_columns(loader, map, link);
    load_target(loader, map, link);
    link->match = (enum match_kind)node_choice(reader, map, "match", match_kind_words, MATCH_EXACT);
    load_separator(loader, map, link);
    /* a person is a target only by being named, never by what another person's record says */
    link->follow = node_flag(reader, map, "follow", true) && entity != loader->ruleset->subject;
    const struct node *when = node_get(map, "when");
    if (when != NULL)
        link->when = condition_load(loader, when);
}

void links_load(struct rule_loader *loader, struct entity_rule *entity, const struct node *list)
{
    entity->links = node_reader_array(&loader->reader, list->count, sizeof *entity->links);
    for (size_t i = 0; i < list->count && entity->links != NULL; i++)
        if (node_expect(&loader->reader, list->items[i], NODE_MAP))
            load_link(loader, entity, list->items[i], &entity->links[entity->link_count++]);
}
