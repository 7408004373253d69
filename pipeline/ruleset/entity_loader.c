#include "ruleset/rule_keys.h"
#include "ruleset/rule_loader.h"
#include "ruleset/rule_words.h"
#include "ruleset/spelling.h"

/* No dot, so that `entity.column` has one meaning. */
static bool is_entity_name(struct span name)
{
    static const char allowed[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-";

    return name.size > 0 && strspn(name.at, allowed) == name.size;
}

void entities_load_names(struct rule_loader *loader, const struct node *bodies)
{
    struct ruleset *ruleset = loader->ruleset;
    struct name_index *index = &loader->entity_names;

    loader->bodies = bodies;
    ruleset->entities =
        node_reader_array(&loader->reader, bodies->count, sizeof *ruleset->entities);
    if (ruleset->entities == NULL || !name_index_init(index, bodies->count, &ruleset->arena)) {
        loader->reader.no_memory = true;
        return;
    }
    ruleset->entity_count = bodies->count;
    for (size_t i = 0; i < bodies->count; i++) {
        struct name *name = &ruleset->entities[i].name;
        *name = node_name(&loader->reader, bodies->keys[i]);
        index->items[i] = (struct indexed_name){name->text, i};
        if (!is_entity_name(name->text))
            node_reader_error(&loader->reader, name->place,
                              "an entity's name is of letters, digits, '_' and '-', not '%.*s'",
                              SHOWN(name->text));
    }
    name_index_sort(index);
}

static void load_identifiers(struct rule_loader *loader, struct entity_rule *entity,
                             const struct node *map)
{
    struct node_reader *reader = &loader->reader;

    if (loader->ruleset->subject != NULL && entity != loader->ruleset->subject)
        node_reader_error(reader, map->place, "only the subject '%.*s' has identifiers",
                          SHOWN(loader->ruleset->subject->name.text));
    entity->identifiers = node_reader_array(reader, map->count, sizeof *entity->identifiers);
    for (size_t i = 0; i < map->count && entity->identifiers != NULL; i++) {
        struct identifier_rule *identifier = &entity->identifiers[entity->identifier_count++];
        identifier->column = node_name(reader, map->keys[i]);
        identifier->match = (enum match_kind)node_word(reader, map->items[i], "match",
                                                       match_kind_words, MATCH_EXACT);
        if (name_list_has(&entity->key, identifier->column.text))
            node_reader_error(reader, identifier->column.place,
                              "'%.*s' is the key, which names a target anyway",
                              SHOWN(identifier->column.text));
    }
}

static void load_key(struct rule_loader *loader, struct entity_rule *entity,
                     const struct node *body)
{
    struct node_reader *reader = &loader->reader;
    const struct node *key = node_get(body, "key");
    const struct node *rekey = node_get(body, "rekey");

    if (key != NULL)
        entity->key = node_name_or_names(reader, key);
    if (entity->key.count > KEY_COLUMNS_LIMIT)
        node_reader_error(reader, key->place, "a key of more than %d columns", KEY_COLUMNS_LIMIT);
    entity->rekey = node_flag(reader, body, "rekey", false);
    if (!entity->rekey)
        return;
    loader_require_key(loader, entity, rekey->place);
    if (entity->key.count > 1)
        node_reader_error(reader, rekey->place, "'rekey' needs a key of one column");
}

static void load_head(struct rule_loader *loader, struct entity_rule *entity,
                      const struct node *body)
{
    load_key(loader, entity, body);
    const struct node *identifiers = node_part(&loader->reader, body, "identifiers", NODE_MAP);
    if (identifiers != NULL)
        load_identifiers(loader, entity, identifiers);
}

void entities_load_heads(struct rule_loader *loader)
{
    for (size_t i = 0; i < loader->ruleset->entity_count; i++) {
        const struct node *body = loader->bodies->items[i];
        if (node_expect(&loader->reader, body, NODE_MAP))
            load_head(loader, &loader->ruleset->entities[i], body);
    }
}

/* A path below the folder of exports, its names neither empty nor '.' nor '..'. */
static bool is_inner_path(const char *pattern)
{
    for (;;) {
        const size_t size = strcspn(pattern, "/");
        const bool dots = size <= 2 && strspn(pattern, ".") == size;
        if (dots) /* "" among them */
            return false;
        if (pattern[size] == '\0')
            return true;
        pattern += size + 1;
    }
}

/* An entity without files is often one of a pack, misspelt. */
static void report_no_files(struct rule_loader *loader, const struct entity_rule *entity,
                            struct place place)
{
    const struct ruleset *ruleset = loader->ruleset;
    struct spelling spelling = spelling_of(entity->name.text);
    char hint[SPELLING_HINT_SIZE];

    /* nobody reads a hint behind so many messages, and each costs a walk over all entities */
    if (loader->reader.diagnostics->errors < DIAGNOSTICS_LIMIT)
        for (size_t i = 0; i < ruleset->entity_count; i++)
            if (&ruleset->entities[i] != entity)
                spelling_consider(&spelling, ruleset->entities[i].name.text);
    if (spelling.nearest.size > 0)
        node_reader_error(&loader->reader, entity->name.place,
                          "a new entity '%.*s' without 'files'%s", SHOWN(entity->name.text),
                          spelling_hint(&spelling, hint));
    else
        node_reader_error(&loader->reader, place, "missing key 'files'");
}

static void load_files(struct rule_loader *loader, struct entity_rule *entity,
                       const struct node *body)
{
    struct node_reader *reader = &loader->reader;
    const struct node *files = node_get(body, "files");

    if (files == NULL) {
        report_no_files(loader, entity, body->place);
        return;
    }
    entity->files = node_names(reader, files);
    if (files->kind == NODE_LIST && files->count == 0)
        node_reader_error(reader, files->place, "the list is empty");
    for (size_t i = 0; i < entity->files.count; i++) {
        const struct name *pattern = &entity->files.items[i];
        if (!is_inner_path(pattern->text.at))
            node_reader_error(reader, pattern->place,
                              "'%.*s' is no relative path without '.' and '..'",
                              SHOWN(pattern->text));
    }
}

static void load_marker(struct rule_loader *loader, struct entity_rule *entity,
                        const struct node *map)
{
    struct node_reader *reader = &loader->reader;
    const struct node *column = node_require(reader, map, "column");
    const struct node *value = node_part(reader, map, "value", NODE_SCALAR);

    node_check_keys(reader, map, marker_keys);
    if (column != NULL && node_expect(reader, column, NODE_SCALAR)) {
        entity->marker.column = node_name(reader, column);
        if (column->text.size == 0)
            node_reader_error(reader, column->place, "the marker's column has no name");
    }
    entity->marker.value = value != NULL ? value->text : SPAN("run_date");
    entity->marker.run_date = span_equal(entity->marker.value, SPAN("run_date"));
    if (entity->marker.value.size == 0)
        node_reader_error(reader, value->place, "an empty value marks nothing");
}

static const struct link_rule *find_list_link(const struct entity_rule *entity, struct span column)
{
    for (size_t i = 0; i < entity->link_count; i++) {
        const struct link_rule *link = &entity->links[i];
        if (link->separator.size > 0 && name_list_has(&link->columns, column))
            return link;
    }
    return NULL;
}

static void report_no_list(struct rule_loader *loader, const struct entity_rule *entity,
                           const struct node *column)
{
    struct spelling spelling = spelling_of(column->text);
    char hint[SPELLING_HINT_SIZE];

    for (size_t i = 0; i < entity->link_count; i++)
        if (entity->links[i].separator.size > 0)
            spelling_consider_names(&spelling, &entity->links[i].columns);
    node_reader_error(&loader->reader, column->place, "'%.*s' has no list-valued link of '%.*s'%s",
                      SHOWN(entity->name.text), SHOWN(column->text),
                      spelling_hint(&spelling, hint));
}

static void load_drop_when_empty(struct rule_loader *loader, struct entity_rule *entity,
                                 const struct node *node)
{
    if (!node_expect(&loader->reader, node, NODE_SCALAR))
        return;
    entity->drop_when_empty = find_list_link(entity, node->text);
    if (entity->drop_when_empty == NULL)
        report_no_list(loader, entity, node);
}

/* Links before fields and drop_when_empty, which refer to them. */
static void load_lists(struct rule_loader *loader, struct entity_rule *entity,
                       const struct node *body)
{
    struct node_reader *reader = &loader->reader;
    const struct node *links = node_part(reader, body, "links", NODE_LIST);
    const struct node *fields = node_part(reader, body, "fields", NODE_MAP);
    const struct node *keep = node_get(body, "keep");
    const struct node *drop_when_empty = node_get(body, "drop_when_empty");

    if (links != NULL)
        links_load(loader, entity, links);
    if (fields != NULL)
        fields_load(loader, entity, fields);
    if (keep != NULL)
        entity->keep = node_names(reader, keep);
    if (drop_when_empty != NULL)
        load_drop_when_empty(loader, entity, drop_when_empty);
}

static void load_body(struct rule_loader *loader, struct entity_rule *entity,
                      const struct node *body)
{
    struct node_reader *reader = &loader->reader;
    const struct node *marker = node_part(reader, body, "marker", NODE_MAP);

    node_check_keys(reader, body, entity_keys);
    entity->scope = (enum scope)node_choice(reader, body, "scope", scope_words, SCOPE_NONE);
    load_files(loader, entity, body);
    entity->optional = node_flag(reader, body, "optional", false);
    if (marker != NULL)
        load_marker(loader, entity, marker);
    load_lists(loader, entity, body);
    if (entity == loader->ruleset->subject && node_get(body, "on_delete") != NULL)
        node_reader_error(
            reader, node_get(body, "on_delete")->place,
            "the subject's own records are always dropped: 'on_delete' is for others");
    entity->on_delete =
        (enum on_delete)node_choice(reader, body, "on_delete", on_delete_words, ON_DELETE_DROP);
    entity->undeclared = (enum undeclared)node_choice(reader, body, "undeclared_columns",
                                                      undeclared_words, loader->undeclared);
}

void entities_load_bodies(struct rule_loader *loader)
{
    for (size_t i = 0; i < loader->ruleset->entity_count; i++) {
        const struct node *body = loader->bodies->items[i];
        if (body->kind == NODE_MAP)
            load_body(loader, &loader->ruleset->entities[i], body);
    }
}
