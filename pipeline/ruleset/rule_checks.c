#include "ruleset/rule_loader.h"

static bool is_technique(const struct field_rule *field, struct span technique)
{
    return span_equal(field->technique.name.text, technique);
}

/* Whether the entity's rules give the column other values. */
static bool changes_values(const struct ruleset *ruleset, const struct entity_rule *entity,
                           struct span column)
{
    const struct field_rule *field = entity_field(entity, column);

    if (field != NULL)
        return !is_technique(field, SPAN("keep"));
    if (name_list_has(&entity->keep, column))
        return false;
    const int position = ruleset_default_for(ruleset, column);
    return position >= 0 && !is_technique(&ruleset->defaults[position], SPAN("keep"));
}

/* ---- a column that is both a field and kept: the file read last decides ---- */

/* Empties the column's name in the one that loses. */
static void settle_contradiction(struct rule_loader *loader, struct name *field, struct name *kept)
{
    const size_t field_rank = rule_source_rank(loader->source, field->place.path);
    const size_t kept_rank = rule_source_rank(loader->source, kept->place.path);

    if (field_rank == kept_rank)
        node_reader_error(&loader->reader, kept->place, "'%.*s' is a field and kept",
                          SHOWN(kept->text));
    if (field_rank < kept_rank)
        field->text.at = NULL;
    else
        kept->text.at = NULL;
}

static void remove_losers(struct entity_rule *entity)
{
    size_t left = 0;

    for (size_t i = 0; i < entity->field_count; i++)
        if (entity->fields[i].column.text.at != NULL)
            entity->fields[left++] = entity->fields[i];
    entity->field_count = left;
    left = 0;
    for (size_t i = 0; i < entity->keep.count; i++)
        if (entity->keep.items[i].text.at != NULL)
            entity->keep.items[left++] = entity->keep.items[i];
    entity->keep.count = left;
}

static void settle_fields_and_keep(struct rule_loader *loader, struct entity_rule *entity)
{
    struct name_index index;

    if (!name_index_init(&index, entity->keep.count, loader->reader.arena)) {
        loader->reader.no_memory = true;
        return;
    }
    for (size_t i = 0; i < entity->keep.count; i++)
        index.items[i] = (struct indexed_name){entity->keep.items[i].text, i};
    name_index_sort(&index);
    for (size_t i = 0; i < entity->field_count; i++) {
        struct name *column = &entity->fields[i].column;
        const size_t kept = name_index_find(&index, column->text);
        if (kept != NAME_INDEX_NONE)
            settle_contradiction(loader, column, &entity->keep.items[kept]);
    }
    remove_losers(entity);
}

/* ---- columns that can't be two things at once ---- */

static void check_key(struct rule_loader *loader, const struct entity_rule *entity)
{
    for (size_t i = 0; i < entity->key.count; i++) {
        const struct name *column = &entity->key.items[i];
        const struct field_rule *field = entity_field(entity, column->text);
        if (field != NULL)
            node_reader_error(&loader->reader, field->column.place,
                              "'%.*s' is the key: use 'rekey'", SHOWN(column->text));
        else if (!entity->rekey && changes_values(loader->ruleset, entity, column->text))
            node_reader_error(&loader->reader, column->place,
                              "key '%.*s' is a default field: use 'rekey' or 'keep'",
                              SHOWN(column->text));
    }
}

static bool is_link_column(const struct entity_rule *entity, struct span column)
{
    for (size_t i = 0; i < entity->link_count; i++)
        if (name_list_has(&entity->links[i].columns, column))
            return true;
    return false;
}

static void check_marker(struct rule_loader *loader, const struct entity_rule *entity)
{
    const struct name *column = &entity->marker.column;
    const char *also = NULL;

    if (column->text.size == 0)
        return;
    if (entity_field(entity, column->text) != NULL)
        also = "a field";
    else if (name_list_has(&entity->key, column->text))
        also = "the key";
    else if (is_link_column(entity, column->text))
        also = "a link";
    if (also != NULL)
        node_reader_error(&loader->reader, column->place, "the marker '%.*s' is also %s",
                          SHOWN(column->text), also);
}

/* ---- links ---- */

/* The surrogate of a key is made of one normal form, so all links to it must agree on one. */
static void settle_key_match(struct rule_loader *loader, const struct link_rule *link)
{
    struct entity_rule *to = &loader->ruleset->entities[link->to - loader->ruleset->entities];

    if (link->match == MATCH_EXACT || link->match == to->key_match)
        return;
    if (to->key_match == MATCH_EXACT)
        to->key_match = link->match;
    else if (to->rekey)
        node_reader_error(
            &loader->reader, link->place,
            "link by %s to the rekeyed key of '%.*s', which another link compares by %s",
            match_kind_name(link->match), SHOWN(to->name.text), match_kind_name(to->key_match));
}

/* Where the column linked to gets other values, the old ones left here would point at nobody. */
static void check_value_link(struct rule_loader *loader, const struct entity_rule *entity,
                             const struct link_rule *link)
{
    const struct span column = link->columns.items[0].text;
    const struct span to_column = link->to_columns.items[0].text;

    if (changes_values(loader->ruleset, link->to, to_column) &&
        !changes_values(loader->ruleset, entity, column))
        node_reader_error(&loader->reader, link->place,
                          "'%.*s.%.*s' keeps its values while '%.*s.%.*s', which it links to, "
                          "does not: declare a field",
                          SHOWN(entity->name.text), SHOWN(column), SHOWN(link->to->name.text),
                          SHOWN(to_column));
}

static void check_links(struct rule_loader *loader, const struct entity_rule *entity)
{
    for (size_t i = 0; i < entity->link_count; i++) {
        const struct link_rule *link = &entity->links[i];
        if (link->to == NULL || link->columns.count == 0)
            continue; /* faulty, and reported */
        if (link->to_key)
            settle_key_match(loader, link);
        else if (link->to_columns.count == 1)
            check_value_link(loader, entity, link);
    }
}

/* ---- mentions ---- */

/* A cell that mentions a target compares as a targets file does. */
static void settle_mentions(struct field_rule *fields, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct mention_rule *mentions = &fields[i].mentions;
        const struct entity_rule *entity = mentions->entity;
        if (entity == NULL)
            continue;
        for (size_t j = 0; j < entity->identifier_count; j++)
            if (span_equal(entity->identifiers[j].column.text, mentions->column.text))
                mentions->match = entity->identifiers[j].match;
    }
}

void rules_check(struct rule_loader *loader)
{
    struct ruleset *ruleset = loader->ruleset;

    for (size_t i = 0; i < ruleset->entity_count; i++)
        settle_fields_and_keep(loader, &ruleset->entities[i]);
    for (size_t i = 0; i < ruleset->entity_count; i++) {
        check_key(loader, &ruleset->entities[i]);
        check_marker(loader, &ruleset->entities[i]);
        check_links(loader, &ruleset->entities[i]);
    }
    for (size_t i = 0; i < ruleset->entity_count; i++)
        settle_mentions(ruleset->entities[i].fields, ruleset->entities[i].field_count);
    settle_mentions(ruleset->defaults, ruleset->default_count);
}
