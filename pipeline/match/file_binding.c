#include "match/file_binding.h"

/* What every step of binding needs. */
struct binder {
    const struct file_columns *columns;
    const struct resolution *resolution;
    struct arena *arena;
    struct diagnostics *diagnostics;
    enum status status; /* the worst so far */
};

static void *binder_array(struct binder *binder, size_t count, size_t size)
{
    void *items = arena_array(binder->arena, count, size);

    if (!items)
        binder->status = diagnostics_no_memory(binder->diagnostics);
    return items;
}

static size_t bind_column(struct binder *binder, struct name name)
{
    size_t column = file_column(binder->columns, name);

    if (column == NO_COLUMN && binder->status == STATUS_OK)
        binder->status = STATUS_INPUT;
    return column;
}

static const size_t *bind_columns(struct binder *binder, const struct name *names, size_t count)
{
    size_t *columns = binder_array(binder, count, sizeof(*columns));

    for (size_t i = 0; columns && i < count; i++)
        columns[i] = bind_column(binder, names[i]);
    return columns;
}

static const struct bound_condition *bind_condition(struct binder *binder,
                                                    const struct condition *condition)
{
    const struct bound_condition *bound;
    enum status status = condition_bind(condition, binder->columns, binder->resolution,
                                        binder->arena, &bound, binder->diagnostics);

    binder->status = status == STATUS_OK ? binder->status : status;
    return bound;
}

static size_t first_link(const struct entity_rule *entity, const struct link_rule *link)
{
    size_t first = 0;

    while (!name_list_equal(&entity->links[first].columns, &link->columns))
        first++;
    return first;
}

static void bind_links(struct binder *binder, struct file_binding *binding)
{
    const struct entity_rule *entity = binding->entity;

    binding->links = binder_array(binder, entity->link_count, sizeof(*binding->links));
    binding->link_count = binding->links ? entity->link_count : 0;
    for (size_t i = 0; i < binding->link_count; i++) {
        const struct link_rule *rule = &entity->links[i];

        binding->links[i] = (struct bound_link){
            .rule = rule,
            .columns = bind_columns(binder, rule->columns.items, rule->columns.count),
            .set = resolution_link_set(binder->resolution, rule),
            .when = bind_condition(binder, rule->when),
            .first = first_link(entity, rule),
        };
    }
}

static void bind_sets(struct binder *binder, struct file_binding *binding)
{
    const struct resolution *resolution = binder->resolution;

    binding->sets = binder_array(binder, resolution->set_count, sizeof(*binding->sets));
    for (size_t i = 0; binding->sets && i < resolution->set_count; i++) {
        struct value_set *set = &resolution->sets[i];

        if (set->entity == binding->entity)
            binding->sets[binding->set_count++] =
                (struct bound_set){set, bind_columns(binder, set->columns, set->column_count)};
    }
}

static void bind_wheres(struct binder *binder, struct file_binding *binding)
{
    const struct resolution *resolution = binder->resolution;

    binding->wheres = binder_array(binder, resolution->condition_count, sizeof(*binding->wheres));
    for (size_t i = 0; binding->wheres && i < resolution->condition_count; i++) {
        struct condition_set *set = &resolution->conditions[i];

        if (set->test->entity == binding->entity)
            binding->wheres[binding->where_count++] =
                (struct bound_where){set, bind_condition(binder, set->test->where),
                                     bind_column(binder, binding->entity->key.items[0])};
    }
}

static void bind_holds(struct binder *binder, struct file_binding *binding)
{
    const struct ruleset *ruleset = binder->resolution->ruleset;

    binding->holds = binder_array(binder, ruleset->hold_count, sizeof(*binding->holds));
    for (size_t i = 0; binding->holds && i < ruleset->hold_count; i++) {
        const struct hold_rule *hold = &ruleset->holds[i];

        if (hold->entity == binding->entity)
            binding->holds[binding->hold_count++] =
                (struct bound_hold){hold, bind_condition(binder, hold->where)};
    }
}

static void bind_identifiers(struct binder *binder, struct file_binding *binding)
{
    const struct entity_rule *entity = binding->entity;

    binding->identifier_columns =
        binder_array(binder, entity->identifier_count, sizeof(*binding->identifier_columns));
    for (size_t i = 0; binding->identifier_columns && i < entity->identifier_count; i++)
        binding->identifier_columns[i] = bind_column(binder, entity->identifiers[i].column);
}

enum status file_binding_make(const struct file_columns *columns, const struct entity_rule *entity,
                              const struct resolution *resolution, struct arena *arena,
                              struct file_binding *binding, struct diagnostics *diagnostics)
{
    struct binder binder = {columns, resolution, arena, diagnostics, STATUS_OK};

    *binding = (struct file_binding){.entity = entity, .marker_column = NO_COLUMN};
    binding->key_columns = bind_columns(&binder, entity->key.items, entity->key.count);
    bind_identifiers(&binder, binding);
    if (entity->marker.column.text.size)
        binding->marker_column = bind_column(&binder, entity->marker.column);
    bind_links(&binder, binding);
    bind_sets(&binder, binding);
    bind_wheres(&binder, binding);
    bind_holds(&binder, binding);
    if (entity == resolution->ruleset->subject)
        binding->of_whom = bind_condition(&binder, resolution->list.of_whom);
    return binder.status;
}

bool record_is_marked(const struct file_binding *binding, const struct record_view *view)
{
    return binding->marker_column != NO_COLUMN && !view_is_blank(view, binding->marker_column);
}
