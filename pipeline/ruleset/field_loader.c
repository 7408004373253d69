#include "ruleset/rule_keys.h"
#include "ruleset/rule_loader.h"
#include "ruleset/rule_words.h"
#include "ruleset/spelling.h"

/* Every column of every file is held against each of them. */
enum { DEFAULTS_LIMIT = 1000 };

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

/* What stands behind `technique`, of which `name` is the technique's; NULL: that can't be told. */
static void load_technique(struct rule_loader *loader, const struct node *node,
                           const struct node *name, struct technique_rule *technique)
{
    technique->name.place = node->place;
    if (node->kind != NODE_MAP) {
        load_technique_name(loader, node, technique);
    } else if (name != NULL) {
        load_technique_name(loader, name, technique);
        technique->options = load_options(loader, node_get(node, name->text.at));
    } else {
        node_reader_error(&loader->reader, node->place,
                          "expected one technique with its options, not %zu keys", node->count);
    }
}

/* NULL where that is no technique's name, or nobody knows. */
static const char *const *options_of(const struct rule_loader *loader, const struct node *name)
{
    return loader->option_names != NULL ? loader->option_names(name->text) : NULL;
}

/* The first key that names a technique, or NULL. */
static const struct node *find_technique(const struct rule_loader *loader, const struct node *map)
{
    for (size_t i = 0; i < map->count; i++)
        if (options_of(loader, map->keys[i]) != NULL)
            return map->keys[i];
    return NULL;
}

/* In what stands behind `technique`. NULL where it can't be told, or nothing does. */
static const struct node *find_name(const struct rule_loader *loader, const struct node *technique)
{
    if (technique->kind != NODE_MAP)
        return technique->text.size > 0 ? technique : NULL;
    return technique->count == 1 ? technique->keys[0] : find_technique(loader, technique);
}

static void report_option(struct rule_loader *loader, const struct node *key,
                          const struct node *name)
{
    node_reader_error(&loader->reader, key->place,
                      "'%.*s' is an option of '%.*s' (write 'technique: {%.*s: {%.*s: ...}}')",
                      SHOWN(key->text), SHOWN(name->text), SHOWN(name->text), SHOWN(key->text));
}

static void report_technique(struct rule_loader *loader, const struct node *key,
                             const struct node *name, bool has_options)
{
    if (key != name)
        node_reader_error(&loader->reader, key->place, "'%.*s' is a second technique",
                          SHOWN(key->text));
    else
        node_reader_error(&loader->reader, key->place,
                          "'%.*s' is a technique (write 'technique: %s%.*s%s')", SHOWN(key->text),
                          has_options ? "{" : "", SHOWN(key->text), has_options ? ": ...}" : "");
}

/* The key itself, or where it is an invented word for options, the first of these. */
static const struct node *find_option(const struct node *key, const struct node *item,
                                      const char *const *options)
{
    if (node_is_one_of(key, options))
        return key;
    return item->kind == NODE_MAP && item->count > 0 && node_is_one_of(item->keys[0], options)
               ? item->keys[0]
               : NULL;
}

/*
 * Reports what a field has beside `words` on one of its levels: its own keys, or those of what
 * stands behind `technique`. False where the technique called `name`, or none, can't be judged,
 * as some of it stands there.
 */
static bool check_level(struct rule_loader *loader, const struct node *map,
                        const char *const *words, const struct node *name)
{
    const char *const *options = name != NULL ? options_of(loader, name) : NULL;
    bool is_whole = true;

    for (size_t i = 0; i < map->count; i++) {
        const struct node *key = map->keys[i], *option = NULL;
        const char *const *own = options_of(loader, key); /* where the key is a technique */

        if (node_is_one_of(key, words))
            continue;
        if (own == NULL && options != NULL)
            option = find_option(key, map->items[i], options);
        if (own != NULL)
            report_technique(loader, key, name, own[0] != NULL);
        else if (option != NULL)
            report_option(loader, option, name);
        else
            node_unknown_key(&loader->reader, key, words);
        is_whole = is_whole && own == NULL && option == NULL;
    }
    return is_whole;
}

/* The technique of a field that is a map with these keys. */
static void load_own_technique(struct rule_loader *loader, const struct node *map,
                               const char *const *keys, struct technique_rule *technique)
{
    const struct node *written = node_get(map, "technique");
    struct node behind = {.kind = NODE_SCALAR};
    bool is_whole = true;

    if (written != NULL)
        behind = written->kind == NODE_MAP ? loader_latest(loader, written) : *written;
    const struct node *name = find_name(loader, &behind);
    if (behind.kind == NODE_MAP && name != NULL)
        is_whole = check_level(loader, &behind, (const char *const[]){name->text.at, NULL}, name);
    if (!check_level(loader, map, keys, name != NULL ? name : find_technique(loader, map)) ||
        !is_whole)
        return;
    if (written == NULL)
        (void)node_require(&loader->reader, map, "technique");
    else
        load_technique(loader, &behind, name, technique);
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

    /* it takes no options: any that are given are reported, and `applies_to` may be one */
    if (span_equal(technique->text, SPAN("drop_column")) && !field->all_records &&
        field->technique.options == NULL)
        node_reader_error(&loader->reader, technique->place,
                          "'drop_column' needs 'applies_to: all_records'");
}

static void load_details(struct rule_loader *loader, const struct entity_rule *entity,
                         const struct node *map, struct field_rule *field)
{
    struct node_reader *reader = &loader->reader;
    const struct node *about = entity != NULL ? node_get(map, "about") : NULL;
    const struct node *mentions = node_get(map, "mentions");
    const struct node *when = node_get(map, "when");

    load_own_technique(loader, map, entity != NULL ? field_keys : default_keys, &field->technique);
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
        load_technique(loader, node, NULL, &field->technique);
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
