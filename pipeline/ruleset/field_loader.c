#include "ruleset/rule_loader.h"
#include "ruleset/rule_words.h"
#include "ruleset/spelling.h"

/* Every column of every file is held against each of them. */
enum { DEFAULTS_LIMIT = 1000 };

static const char *const field_keys[] = {"technique", "class",      "when", "about",
                                         "mentions",  "applies_to", NULL};

/* A default belongs to no entity, so it has no links to be about. */
static const char *const default_keys[] = {"technique", "class",      "when",
                                           "mentions",  "applies_to", NULL};

static const char *const applies_to_words[] = {"all_records", NULL};

static void load_technique_name(struct rule_loader *loader, const struct node *node,
                                struct technique_rule *technique)
{
    if (node->kind == NODE_LIST)
        node_reader_error(&loader->reader, node->place, "expected one technique, not a list");
    else
        technique->name = node_name(&loader->reader, node);
    if (technique->name.text.at != NULL && technique->name.text.size == 0)
        node_reader_error(&loader->reader, node->place, "expected a technique");
}

/* A technique's options are the latest file's alone: with those of two, it would be a third. */
static const struct node *load_options(struct rule_loader *loader, const struct node *options)
{
    struct node *latest;

    if (options->kind != NODE_MAP)
        return options;
    latest = node_reader_array(&loader->reader, 1, sizeof *latest);
    if (latest != NULL)
        *latest = loader_latest(loader, options);
    return latest;
}

static void load_technique(struct rule_loader *loader, const struct node *node,
                           struct technique_rule *technique)
{
    technique->name.place = node->place;
    if (node->kind != NODE_MAP) {
        load_technique_name(loader, node, technique);
        return;
    }
    const struct node map = loader_latest(loader, node);
    if (map.count == 1) {
        load_technique_name(loader, map.keys[0], technique);
        technique->options = load_options(loader, map.items[0]);
    } else {
        node_reader_error(&loader->reader, node->place,
                          "expected one technique with its options, not %zu keys", map.count);
    }
}

/* The first, of several links of these columns. */
static const struct link_rule *find_link(const struct entity_rule *entity,
                                         const struct name_list *columns)
{
    for (size_t i = 0; i < entity->link_count; i++)
        if (name_list_equal(&entity->links[i].columns, columns))
            return &entity->links[i];
    return NULL;
}

static void report_no_link(struct rule_loader *loader, const struct entity_rule *entity,
                           struct name column)
{
    struct spelling spelling = spelling_of(column.text);
    char hint[SPELLING_HINT_SIZE];

    for (size_t i = 0; i < entity->link_count; i++)
        spelling_consider_names(&spelling, &entity->links[i].columns);
    node_reader_error(&loader->reader, column.place, "'%.*s' has no link of '%.*s'%s",
                      SHOWN(entity->name.text), SHOWN(column.text), spelling_hint(&spelling, hint));
}

static void load_about(struct rule_loader *loader, const struct entity_rule *entity,
                       const struct node *node, struct field_rule *field)
{
    const struct name_list columns = node_name_or_names(&loader->reader, node);

    if (columns.count == 0 || columns.items[0].text.at == NULL)
        return;
    field->about = find_link(entity, &columns);
    if (field->about == NULL)
        report_no_link(loader, entity, (struct name){columns.items[0].text, node->place});
}

static void load_mentions(struct rule_loader *loader, const struct node *node,
                          struct mention_rule *mentions)
{
    struct node_reader *reader = &loader->reader;
    const struct entity_rule *subject = loader->ruleset->subject;
    struct name name;

    if (!node_expect(reader, node, NODE_SCALAR))
        return;
    loader_split_name(node_name(reader, node), &name, &mentions->column);
    if (mentions->column.text.size == 0) {
        node_reader_error(reader, node->place, "expected ENTITY.COLUMN");
        return;
    }
    mentions->entity = loader_entity(loader, name);
    if (mentions->entity != NULL && subject != NULL && mentions->entity != subject)
        node_reader_error(reader, node->place, "'%.*s' is not the subject '%.*s'", SHOWN(name.text),
                          SHOWN(subject->name.text));
}

static void check_drop_column(struct rule_loader *loader, const struct field_rule *field)
{
    const struct name *technique = &field->technique.name;

    if (span_equal(technique->text, SPAN("drop_column")) && !field->all_records)
        node_reader_error(&loader->reader, technique->place,
                          "'drop_column' needs 'applies_to: all_records'");
}

static void load_details(struct rule_loader *loader, const struct entity_rule *entity,
                         const struct node *written, struct field_rule *field)
{
    struct node_reader *reader = &loader->reader;
    const char *const *const keys = entity != NULL ? field_keys : default_keys;
    const struct node straight = field_straighten(loader, written, keys);
    const struct node *map = &straight;
    const struct node *technique = node_get(map, "technique");
    const struct node *about = entity != NULL ? node_get(map, "about") : NULL;
    const struct node *mentions = node_get(map, "mentions");
    const struct node *when = node_get(map, "when");

    if (technique == NULL && map->count == 1 && map->items[0]->kind == NODE_MAP) {
        node_reader_error(reader, map->keys[0]->place,
                          "missing key 'technique' (write 'technique: {%.*s: ...}')",
                          SHOWN(map->keys[0]->text));
        return;
    }
    node_check_keys(reader, map, keys);
    if (technique == NULL)
        node_require(reader, map, "technique");
    else
        load_technique(loader, technique, &field->technique);
    field->class =
        (enum field_class)node_choice(reader, map, "class", field_class_words, CLASS_DIRECT);
    field->all_records = node_choice(reader, map, "applies_to", applies_to_words, -1) == 0;
    if (about != NULL)
        load_about(loader, entity, about, field);
    if (mentions != NULL)
        load_mentions(loader, mentions, &field->mentions);
    if (when != NULL)
        field->when = condition_load(loader, when);
}

/* `entity` is NULL for a default. */
static void load_field(struct rule_loader *loader, const struct entity_rule *entity,
                       const struct node *column, const struct node *node, struct field_rule *field)
{
    field->column = node_name(&loader->reader, column);
    field->class = CLASS_DIRECT;
    if (node->kind == NODE_MAP)
        load_details(loader, entity, node, field);
    else
        load_technique(loader, node, &field->technique);
    check_drop_column(loader, field);
}

void fields_load(struct rule_loader *loader, struct entity_rule *entity, const struct node *map)
{
    entity->fields = node_reader_array(&loader->reader, map->count, sizeof *entity->fields);
    for (size_t i = 0; i < map->count && entity->fields != NULL; i++)
        load_field(loader, entity, map->keys[i], map->items[i],
                   &entity->fields[entity->field_count++]);
}

static void add_default(struct rule_loader *loader, const struct node *column,
                        const struct node *node)
{
    struct ruleset *ruleset = loader->ruleset;
    const int same = ruleset_default_for(ruleset, column->text);

    if (same >= 0)
        node_reader_error(&loader->reader, column->place, "'%.*s' is the same as '%.*s'",
                          SHOWN(column->text), SHOWN(ruleset->defaults[same].column.text));
    if (column->text.size == strspn(column->text.at, " \t_-"))
        node_reader_error(&loader->reader, column->place, "'%.*s' matches no name",
                          SHOWN(column->text));
    load_field(loader, NULL, column, node, &ruleset->defaults[ruleset->default_count]);
    ruleset->default_count++;
}

void fields_load_defaults(struct rule_loader *loader, const struct node *map)
{
    struct ruleset *ruleset = loader->ruleset;

    if (map->count > DEFAULTS_LIMIT) {
        node_reader_error(&loader->reader, map->place, "more than %d default fields",
                          DEFAULTS_LIMIT);
        return;
    }
    ruleset->defaults = node_reader_array(&loader->reader, map->count, sizeof *ruleset->defaults);
    for (size_t i = 0; i < map->count && ruleset->defaults != NULL; i++)
        add_default(loader, map->keys[i], map->items[i]);
}
