#include "run/column_hint.h"

const char *column_hint_present(const struct file_columns *columns, struct span missing,
                                char hint[SPELLING_HINT_SIZE])
{
    struct spelling spelling = spelling_of(missing);

    for (size_t i = 0; i < columns->count; i++)
        spelling_consider(&spelling, columns->names[i]);
    return spelling_hint(&spelling, hint);
}

static bool has_column(const struct file_columns *columns, struct span name)
{
    for (size_t i = 0; i < columns->count; i++)
        if (span_equal(columns->names[i], name))
            return true;
    return false;
}

/* A column that the header has is no misspelling of another. */
static void consider(struct spelling *spelling, const struct file_columns *columns,
                     struct span declared)
{
    struct spelling nearer = *spelling;

    spelling_consider(&nearer, declared);
    if (nearer.distance < spelling->distance && !has_column(columns, declared))
        *spelling = nearer;
}

static void consider_all(struct spelling *spelling, const struct file_columns *columns,
                         const struct name_list *names)
{
    for (size_t i = 0; i < names->count; i++)
        consider(spelling, columns, names->items[i].text);
}

static void consider_entity(struct spelling *spelling, const struct file_columns *columns,
                            const struct entity_rule *entity)
{
    for (size_t i = 0; i < entity->field_count; i++)
        consider(spelling, columns, entity->fields[i].column.text);
    for (size_t i = 0; i < entity->identifier_count; i++)
        consider(spelling, columns, entity->identifiers[i].column.text);
    for (size_t i = 0; i < entity->link_count; i++)
        consider_all(spelling, columns, &entity->links[i].columns);
    consider_all(spelling, columns, &entity->key);
    consider_all(spelling, columns, &entity->keep);
    consider(spelling, columns, entity->marker.column.text);
}

static void consider_rules(struct spelling *spelling, const struct file_columns *columns,
                           const struct entity_rule *entity, const struct ruleset *ruleset)
{
    consider_entity(spelling, columns, entity);
    for (size_t i = 0; i < ruleset->default_count; i++)
        consider(spelling, columns, ruleset->defaults[i].column.text);
}

const char *column_hint_declared(const struct file_columns *columns,
                                 const struct entity_rule *entity, const struct ruleset *ruleset,
                                 struct span undeclared, char hint[SPELLING_HINT_SIZE])
{
    struct spelling spelling = spelling_of(undeclared);

    consider_rules(&spelling, columns, entity, ruleset);
    return spelling_hint(&spelling, hint);
}

bool column_hint_knows_none(const struct file_columns *columns, const struct entity_rule *entity,
                            const struct ruleset *ruleset)
{
    const struct file_columns nowhere = {.count = 0}; /* so that what is there is near to itself */

    for (size_t i = 0; i < columns->count; i++) {
        struct spelling spelling = spelling_of(columns->names[i]);

        consider_rules(&spelling, &nowhere, entity, ruleset);
        if (spelling.nearest.size > 0)
            return false;
    }
    return true;
}
