#include "run/column_plan.h"

#include "ruleset/node_reader.h"
#include "ruleset/ruleset.h"
#include "run/column_hint.h"

/* What every step of planning needs. */
struct planner {
    const struct file_columns *columns;
    const struct file_binding *binding;
    const struct resolution *resolution;
    const struct technique_book *book;
    struct arena *arena;
    struct diagnostics *diagnostics;
    enum status status; /* the worst so far */
};

static struct place header_place(const struct planner *planner)
{
    return (struct place){planner->columns->path, 1, 0};
}

static void refuse(struct planner *planner)
{
    if (planner->status == STATUS_OK)
        planner->status = STATUS_INPUT;
}

static bool is_referred_to(const struct planner *planner, struct span name)
{
    const struct file_binding *binding = planner->binding;

    for (size_t i = 0; i < binding->set_count; i++)
        for (size_t j = 0; j < binding->sets[i].set->column_count; j++)
            if (span_equal(binding->sets[i].set->columns[j].text, name))
                return true;
    return false;
}

static bool is_linking(const struct entity_rule *entity, struct span name)
{
    for (size_t i = 0; i < entity->link_count; i++)
        if (name_list_has(&entity->links[i].columns, name))
            return true;
    return false;
}

/* Without a marker its name is empty, and so may a column's be that nobody has declared. */
static bool is_marker(const struct entity_rule *entity, struct span name)
{
    return entity->marker.column.text.size > 0 && span_equal(entity->marker.column.text, name);
}

/* Whether the rules know the column as something else than a field. */
static bool has_other_role(const struct planner *planner, struct span name)
{
    const struct entity_rule *entity = planner->binding->entity;

    for (size_t i = 0; i < entity->identifier_count; i++)
        if (span_equal(entity->identifiers[i].column.text, name))
            return true;
    return name_list_has(&entity->key, name) || is_linking(entity, name) ||
           is_marker(entity, name) || is_referred_to(planner, name) ||
           ruleset_asks(planner->resolution->ruleset, entity, name);
}

static void plan_undeclared(struct planner *planner, struct column_plan *column)
{
    char hint[SPELLING_HINT_SIZE];

    column->origin = ORIGIN_UNDECLARED;
    switch (planner->binding->entity->undeclared) {
    case UNDECLARED_FAIL:
        diagnostics_error(planner->diagnostics, header_place(planner),
                          "column '%.*s' of entity '%s' is not declared%s", SHOWN(column->name),
                          planner->binding->entity->name.text.at,
                          column_hint_declared(planner->columns, planner->binding->entity,
                                               planner->resolution->ruleset, column->name, hint));
        refuse(planner);
        break;
    case UNDECLARED_CLEAR:
        column->is_cleared = true;
        break;
    case UNDECLARED_KEEP:
        break;
    }
}

static bool keeps(const struct field_rule *field)
{
    return span_equal(field->technique.name.text, SPAN("keep"));
}

/* The entity's own field for the column, or the default personal field that it is. */
static void plan_origin(struct planner *planner, struct column_plan *column)
{
    const struct ruleset *ruleset = planner->resolution->ruleset;
    const struct entity_rule *entity = planner->binding->entity;
    int standard = ruleset_default_for(ruleset, column->name);
    bool at_key = name_list_has(&entity->key, column->name);

    column->field = entity_field(entity, column->name);
    column->origin = ORIGIN_CHOSEN;
    if (column->field)
        return;
    column->origin = ORIGIN_KEPT;
    if (name_list_has(&entity->keep, column->name)) {
        column->origin = standard >= 0 ? ORIGIN_EXEMPTED : ORIGIN_KEPT;
    } else if (standard >= 0 && !(at_key && entity->rekey)) {
        column->origin = ORIGIN_DEFAULT;
        column->field = &ruleset->defaults[standard];
        if (!at_key || keeps(column->field))
            return;
        diagnostics_error(planner->diagnostics, header_place(planner),
                          "the key '%.*s' of '%s' is a default personal field: rekey or keep it",
                          SHOWN(column->name), entity->name.text.at);
        refuse(planner);
    } else if (!has_other_role(planner, column->name)) {
        plan_undeclared(planner, column);
    }
}

static void plan_links(struct planner *planner, struct column_plan *column, size_t index)
{
    const struct file_binding *binding = planner->binding;
    size_t *links = arena_array(planner->arena, binding->link_count, sizeof(*links));

    if (!links) {
        planner->status = diagnostics_no_memory(planner->diagnostics);
        return;
    }
    for (size_t i = 0; i < binding->link_count; i++) {
        const struct bound_link *link = &binding->links[i];

        for (size_t j = 0; j < link->rule->columns.count; j++)
            if (link->columns[j] == index)
                links[column->link_count++] = i;
    }
    column->links = links;
}

/* Whose keys stand in the column and are replaced; NULL: nobody's. */
static const struct entity_rule *rekeyed_entity(const struct file_binding *binding,
                                                const struct column_plan *column)
{
    if (column->is_rekeyed_key)
        return binding->entity;
    for (size_t i = 0; i < column->link_count; i++) {
        const struct link_rule *link = binding->links[column->links[i]].rule;

        if (link->to_key && link->to->rekey)
            return link->to;
    }
    return NULL;
}

/* A pseudonym is made of the form that the column's values compare by. */
static void plan_normal_form(const struct planner *planner, struct column_plan *column)
{
    const struct entity_rule *entity = planner->binding->entity;

    column->normal = MATCH_EXACT;
    if (column->is_rekeyed_key)
        column->normal = entity->key_match;
    for (size_t i = 0; i < column->link_count && column->normal == MATCH_EXACT; i++)
        column->normal = entity->links[column->links[i]].match;
    for (size_t i = 0; i < entity->identifier_count; i++)
        if (span_equal(entity->identifiers[i].column.text, column->name))
            column->normal = entity->identifiers[i].match;
}

static void plan_field(struct planner *planner, struct column_plan *column)
{
    const struct field_rule *field = column->field;
    const struct entity_rule *entity = planner->binding->entity;
    enum status status;

    column->technique = technique_book_find(planner->book, entity, field);
    column->is_dropped = column->technique->technique->whole_column;
    column->wants_known = technique_wants_known(column->technique);
    column->about =
        field->about ? planner->binding->links[field->about - entity->links].first : NO_LINK;
    if (field->mentions.entity)
        column->mentions = resolution_mention_set(planner->resolution, &field->mentions);
    status = condition_bind(field->when, planner->columns, planner->resolution, planner->arena,
                            &column->when, planner->diagnostics);
    planner->status = status == STATUS_OK ? planner->status : status;
}

static void plan_column(struct planner *planner, struct column_plan *column, size_t index)
{
    const struct file_binding *binding = planner->binding;
    const struct entity_rule *entity = binding->entity;

    column->name = planner->columns->names[index];
    column->about = NO_LINK;
    plan_origin(planner, column);
    plan_links(planner, column, index);
    column->is_rekeyed_key = entity->rekey && binding->key_columns[0] == index;
    column->rekeyed = rekeyed_entity(binding, column);
    column->is_marker = binding->marker_column == index;
    plan_normal_form(planner, column);
    if (column->field)
        plan_field(planner, column);
    column->in_every_record = column->is_dropped || column->is_cleared || column->mentions ||
                              (column->field && column->field->all_records);
    column->in_owned_records = column->in_every_record || column->field || column->link_count ||
                               column->is_rekeyed_key || column->is_marker;
}

static bool has_column(const struct file_columns *columns, struct span name)
{
    for (size_t i = 0; i < columns->count; i++)
        if (span_equal(columns->names[i], name))
            return true;
    return false;
}

/* Every declared field must be there, and once; but a column that is to be dropped may be gone. */
static void check_fields(struct planner *planner)
{
    const struct entity_rule *entity = planner->binding->entity;

    for (size_t i = 0; i < entity->field_count; i++) {
        const struct field_rule *field = &entity->fields[i];

        if (technique_book_find(planner->book, entity, field)->technique->whole_column &&
            !has_column(planner->columns, field->column.text))
            continue;
        if (file_column(planner->columns, field->column) == NO_COLUMN)
            refuse(planner);
    }
}

static void list_columns(struct planner *planner, struct file_columns_plan *plan)
{
    size_t *active = arena_array(planner->arena, plan->count, sizeof(*active));
    size_t *everywhere = arena_array(planner->arena, plan->count, sizeof(*everywhere));
    size_t *counted = arena_array(planner->arena, plan->count, sizeof(*counted));
    size_t kept = 0;

    if (!active || !everywhere || !counted) {
        planner->status = diagnostics_no_memory(planner->diagnostics);
        return;
    }
    plan->first_kept = NO_COLUMN;
    for (size_t i = 0; i < plan->count; i++) {
        if (!plan->columns[i].is_dropped && kept++ == 0)
            plan->first_kept = i;
    }
    plan->any_dropped = kept < plan->count;
    plan->one_left = kept == 1;
    for (size_t i = 0; i < plan->count; i++) {
        struct column_plan *column = &plan->columns[i];

        if (plan->one_left && plan->any_dropped)
            column->in_every_record = column->in_owned_records = true;
        if (column->in_owned_records)
            active[plan->active_count++] = i;
        if (column->in_every_record)
            everywhere[plan->everywhere_count++] = i;
        if (column->origin != ORIGIN_KEPT || column->rekeyed)
            counted[plan->counted_count++] = i;
    }
    plan->active = active;
    plan->everywhere = everywhere;
    plan->counted = counted;
    if (kept)
        return;
    diagnostics_error(planner->diagnostics, header_place(planner),
                      "the rules drop every column of the file");
    refuse(planner);
}

enum status column_plan_make(const struct file_columns *columns, const struct file_binding *binding,
                             const struct resolution *resolution, const struct technique_book *book,
                             struct arena *arena, struct file_columns_plan *plan,
                             struct diagnostics *diagnostics)
{
    struct planner planner = {columns, binding, resolution, book, arena, diagnostics, STATUS_OK};

    *plan = (struct file_columns_plan){.count = columns->count};
    plan->columns = arena_array(arena, columns->count, sizeof(*plan->columns));
    if (!plan->columns)
        return diagnostics_no_memory(diagnostics);
    check_fields(&planner);
    for (size_t i = 0; i < columns->count; i++)
        plan_column(&planner, &plan->columns[i], i);
    if (planner.status == STATUS_OK)
        list_columns(&planner, plan);
    return planner.status;
}
