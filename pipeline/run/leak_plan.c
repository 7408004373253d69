#include "run/leak_plan.h"

#include "deidentify/technique.h"

/* A longer name says something else. */
enum { TOPIC_SIZE_LIMIT = 64 };

/* The letters of a column's name, lower case, without blanks and punctuation, NUL-terminated. */
static void fold_name(struct span name, char folded[TOPIC_SIZE_LIMIT])
{
    size_t size = 0;

    for (size_t i = 0; i < name.size && size + 1 < TOPIC_SIZE_LIMIT; i++) {
        const char lower = (char)(name.at[i] | 0x20);

        if (lower >= 'a' && lower <= 'z')
            folded[size++] = lower;
    }
    folded[size] = '\0';
}

static bool is_one_of(const char *name, const char *const *words)
{
    for (; *words; words++)
        if (strcmp(name, *words) == 0)
            return true;
    return false;
}

static bool ends_with(const char *name, const char *end)
{
    const size_t size = strlen(name), end_size = strlen(end);

    return size >= end_size && strcmp(name + size - end_size, end) == 0;
}

/* Not the hotel. */
static bool names_phone(const char *name)
{
    return strstr(name, "phone") || strstr(name, "mobile") || strstr(name, "fax") ||
           strncmp(name, "tel", 3) == 0 || (ends_with(name, "tel") && !ends_with(name, "hotel"));
}

enum column_topic column_topic_of(struct span name)
{
    static const char *const first_names[] = {"firstname", "givenname", "forename", NULL};
    static const char *const last_names[] = {"lastname", "familyname", "surname", NULL};
    static const char *const full_names[] = {"name", "fullname", NULL};
    char folded[TOPIC_SIZE_LIMIT];

    fold_name(name, folded);
    if (is_one_of(folded, first_names))
        return TOPIC_FIRST_NAME;
    if (is_one_of(folded, last_names))
        return TOPIC_LAST_NAME;
    if (is_one_of(folded, full_names))
        return TOPIC_FULL_NAME;
    return names_phone(folded) ? TOPIC_PHONE : TOPIC_OTHER;
}

static bool is_kept(const struct column_plan *column)
{
    return column->technique && column->technique->technique->label == LABEL_KEPT;
}

static bool links_to_replaced_key(const struct file_binding *binding,
                                  const struct column_plan *column)
{
    for (size_t i = 0; i < column->link_count; i++) {
        const struct link_rule *link = binding->links[column->links[i]].rule;

        if (link->to_key && link->to->rekey)
            return true;
    }
    return false;
}

static struct leak_column plan_column(const struct file_binding *binding,
                                      const struct column_plan *column)
{
    const enum column_topic topic = column_topic_of(column->name);

    return (struct leak_column){
        .topic = topic == TOPIC_OTHER && column->normal == MATCH_PHONE ? TOPIC_PHONE : topic,
        .is_exempt = is_kept(column) || column->is_dropped,
        .gives = column->field && column->field->class == CLASS_DIRECT && !is_kept(column),
        .is_key = column->is_rekeyed_key,
        .links_key = links_to_replaced_key(binding, column),
        .is_unknown = column->origin == ORIGIN_UNDECLARED && !column->is_cleared,
    };
}

/* Whether records of `entity` can belong to a contact, as far as links say. */
static bool is_personal(const struct ruleset *ruleset, const struct entity_rule *entity,
                        bool *visited)
{
    if (entity == ruleset->subject)
        return true;
    if (visited[entity - ruleset->entities])
        return false;
    visited[entity - ruleset->entities] = true;
    for (size_t i = 0; i < entity->link_count; i++)
        if (entity->links[i].follow && is_personal(ruleset, entity->links[i].to, visited))
            return true;
    return false;
}

static bool plan_links(const struct file_binding *binding, const struct ruleset *ruleset,
                       struct arena *arena, struct leak_plan *plan)
{
    bool *personal = arena_array(arena, binding->link_count, sizeof(*personal));
    bool *visited = arena_array(arena, ruleset->entity_count, sizeof(*visited));

    if (!personal || !visited)
        return false;
    for (size_t i = 0; i < binding->link_count; i++) {
        memset(visited, 0, ruleset->entity_count * sizeof(*visited));
        personal[i] = is_personal(ruleset, binding->links[i].rule->to, visited);
    }
    plan->personal_links = personal;
    memset(visited, 0, ruleset->entity_count * sizeof(*visited));
    plan->gives = plan->gives && is_personal(ruleset, binding->entity, visited);
    return true;
}

bool leak_link_counts(const struct file_binding *binding, size_t link, size_t about)
{
    return about == NO_LINK ? binding->links[link].rule->follow
                            : binding->links[link].first == about;
}

static bool plan_giving_links(const struct file_binding *binding,
                              const struct file_columns_plan *columns, struct arena *arena,
                              struct leak_plan *plan)
{
    bool *gives = arena_array(arena, binding->link_count, sizeof(*gives));

    if (!gives)
        return false;
    for (size_t i = 0; i < binding->link_count; i++) {
        gives[i] = binding->links[i].when;
        for (size_t j = 0; j < columns->count; j++)
            gives[i] |=
                plan->columns[j].gives && leak_link_counts(binding, i, columns->columns[j].about);
    }
    plan->giving_links = gives;
    return true;
}

static void note_column(struct leak_plan *plan, size_t *key_columns, size_t index)
{
    const struct leak_column *column = &plan->columns[index];

    plan->gives |= column->gives;
    if (!column->is_exempt && (column->is_key || column->links_key || column->is_unknown))
        key_columns[plan->key_column_count++] = index;
    if (column->topic == TOPIC_FIRST_NAME && plan->first_name == NO_COLUMN)
        plan->first_name = index;
    if (column->topic == TOPIC_LAST_NAME && plan->last_name == NO_COLUMN)
        plan->last_name = index;
}

static void plan_keys(const struct file_binding *binding, const struct ruleset *ruleset,
                      struct leak_plan *plan)
{
    for (size_t i = 0; i < binding->set_count; i++)
        if (binding->sets[i].set->is_key && binding->sets[i].set->column_count == 1 &&
            binding->sets[i].set->match == binding->entity->key_match)
            plan->keys = binding->sets[i].set;
    plan->keys_are_claimed =
        binding->entity == ruleset->subject && binding->entity->key_match == MATCH_EXACT;
}

bool leak_plan_make(const struct file_binding *binding, const struct file_columns_plan *columns,
                    const struct ruleset *ruleset, struct arena *arena, struct leak_plan *plan)
{
    size_t *key_columns = arena_array(arena, columns->count, sizeof(*key_columns));

    *plan =
        (struct leak_plan){.columns = arena_array(arena, columns->count, sizeof(*plan->columns)),
                           .key_columns = key_columns,
                           .first_name = NO_COLUMN,
                           .last_name = NO_COLUMN};
    if (!plan->columns || !key_columns)
        return false;
    for (size_t i = 0; i < columns->count; i++) {
        plan->columns[i] = plan_column(binding, &columns->columns[i]);
        note_column(plan, key_columns, i);
    }
    if (plan->first_name == NO_COLUMN || plan->last_name == NO_COLUMN)
        plan->first_name = plan->last_name = NO_COLUMN;
    plan_keys(binding, ruleset, plan);
    return plan_links(binding, ruleset, arena, plan) &&
           plan_giving_links(binding, columns, arena, plan);
}
