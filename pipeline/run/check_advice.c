#include "run/check_advice.h"

#include "base/glob.h"
#include "ruleset/node_reader.h"
#include "run/column_hint.h"

/* ---- who is reached ---- */

static bool links_to_reached(const struct ruleset *ruleset, const struct entity_rule *entity,
                             const bool *reached)
{
    for (size_t i = 0; i < entity->link_count; i++)
        if (entity->links[i].follow && reached[entity->links[i].to - ruleset->entities])
            return true;
    return false;
}

/* Which entities can have records of a contact: beside the rule set's; NULL: no memory. */
static const bool *find_reached(const struct ruleset *ruleset, struct arena *arena)
{
    bool *reached = arena_array(arena, ruleset->entity_count, sizeof(*reached));
    bool grown = reached != NULL;

    if (reached)
        reached[ruleset->subject - ruleset->entities] = true;
    while (grown) {
        grown = false;
        for (size_t i = 0; i < ruleset->entity_count; i++) {
            if (reached[i] || !links_to_reached(ruleset, &ruleset->entities[i], reached))
                continue;
            reached[i] = true;
            grown = true;
        }
    }
    return reached;
}

/* Whether one of the entity's own fields waits for a record to be somebody's. */
static bool waits_for_owner(const struct entity_rule *entity)
{
    for (size_t i = 0; i < entity->field_count; i++)
        if (!entity->fields[i].all_records && !entity->fields[i].mentions.entity)
            return true;
    return false;
}

void check_advise_on_rules(const struct ruleset *ruleset, struct diagnostics *diagnostics)
{
    struct arena arena = ARENA_INIT;
    const bool *reached = find_reached(ruleset, &arena);

    for (size_t i = 0; reached && i < ruleset->entity_count; i++) {
        const struct entity_rule *entity = &ruleset->entities[i];

        if (!reached[i] && waits_for_owner(entity))
            diagnostics_warning(diagnostics, entity->name.place,
                                "no link leads from '%.*s' to '%.*s': its records are nobody's",
                                SHOWN(entity->name.text), SHOWN(ruleset->subject->name.text));
    }
    arena_release(&arena);
}

/* ---- what has no files ---- */

static bool has_file(const struct run_plan *plan, const struct entity_rule *entity)
{
    for (size_t i = 0; i < plan->file_count; i++)
        if (plan->files[i].entity == entity)
            return true;
    return false;
}

static bool matches_some(const struct run_plan *plan, const char *pattern)
{
    for (size_t i = 0; i < plan->file_count; i++)
        if (glob_matches(pattern, plan->files[i].path))
            return true;
    return false;
}

static void advise_on_patterns(const struct run_plan *plan, const struct entity_rule *entity,
                               struct diagnostics *diagnostics)
{
    for (size_t i = 0; i < entity->files.count; i++) {
        const struct name *pattern = &entity->files.items[i];

        if (strcmp(pattern->place.path, plan->ruleset->path) == 0 &&
            !matches_some(plan, pattern->text.at))
            diagnostics_warning(diagnostics, pattern->place, "no file of '%s' matches '%.*s'",
                                plan->folder, SHOWN(pattern->text));
    }
}

/* Entities without any file that must have one are an error already. */
static void advise_on_links(const struct run_plan *plan, const struct entity_rule *entity,
                            struct diagnostics *diagnostics)
{
    for (size_t i = 0; i < entity->link_count; i++) {
        const struct link_rule *link = &entity->links[i];

        if (link->follow && link->to->optional && !has_file(plan, link->to))
            diagnostics_warning(diagnostics, link->place,
                                "'%.*s' has no file: this link makes no record anybody's",
                                SHOWN(link->to->name.text));
    }
}

static void advise_on_conditions(const struct run_plan *plan, const struct resolution *resolution,
                                 struct diagnostics *diagnostics)
{
    for (size_t i = 0; i < resolution->condition_count; i++) {
        const struct test *test = resolution->conditions[i].test;

        if (test->entity->optional && !has_file(plan, test->entity))
            diagnostics_warning(diagnostics, test->place,
                                "'%.*s' has no file: this holds of no record",
                                SHOWN(test->entity->name.text));
    }
}

/* ---- selections, of which a run asks one, or none ---- */

struct selection_advice {
    const struct run_plan *plan;
    const struct selection_rule *selection;
    struct diagnostics *diagnostics;
};

static bool has_column(const struct file_plan *file, struct span column)
{
    for (size_t i = 0; i < file->column_count; i++)
        if (span_equal(file->names[i], column))
            return true;
    return false;
}

/* What a test asks of an entity's records must stand in all its files. */
static void advise_on_test(const struct selection_advice *advice, const struct entity_rule *entity,
                           const struct test *test)
{
    for (size_t i = 0; i < advice->plan->file_count; i++) {
        const struct file_plan *file = &advice->plan->files[i];
        const struct file_columns columns = {
            .path = file->name, .names = file->names, .count = file->column_count};
        char hint[SPELLING_HINT_SIZE];

        if (file->entity != entity || !file->names || has_column(file, test->column))
            continue;
        diagnostics_warning(advice->diagnostics, test->place,
                            "selection '%.*s' can't be used: '%s' has no column '%.*s'%s",
                            SHOWN(advice->selection->name.text), file->name, SHOWN(test->column),
                            column_hint_present(&columns, test->column, hint));
        return;
    }
}

static void advise_on_where(const struct selection_advice *advice, const struct entity_rule *entity,
                            const struct condition *where)
{
    for (size_t i = 0; where && i < where->count; i++)
        for (size_t j = 0; j < where->alternatives[i].count; j++) {
            const struct test *test = &where->alternatives[i].tests[j];

            advise_on_test(advice, entity, test);
            if (test->entity)
                advise_on_where(advice, test->entity, test->where);
        }
}

/* Those of packs are meant for any export. */
static void advise_on_selections(const struct run_plan *plan, struct diagnostics *diagnostics)
{
    const struct ruleset *ruleset = plan->ruleset;

    for (size_t i = 0; i < ruleset->selection_count; i++) {
        const struct selection_rule *selection = &ruleset->selections[i];
        const struct selection_advice advice = {plan, selection, diagnostics};

        if (strcmp(selection->name.place.path, ruleset->path) == 0)
            advise_on_where(&advice, ruleset->subject, selection->where);
    }
}

/* ---- columns ---- */

static bool is_fault(const struct file_plan *file, struct span column)
{
    const struct column_fault *fault = file->faults.first;

    while (fault && !span_equal(fault->name.text, column))
        fault = fault->next;
    return fault != NULL;
}

static size_t count_before(const struct file_plan *file, size_t column)
{
    size_t count = 0;

    for (size_t i = 0; i < column; i++)
        count += span_equal(file->names[i], file->names[column]);
    return count;
}

/* A column that the rules name is an error already if it is repeated. */
static void advise_on_header(const struct file_plan *file, struct diagnostics *diagnostics)
{
    for (size_t i = 0; i < file->column_count; i++)
        if (count_before(file, i) == 1 && !is_fault(file, file->names[i]))
            diagnostics_warning(diagnostics, (struct place){file->name, 1, 0},
                                "column '%.*s' stands in the header twice", SHOWN(file->names[i]));
}

void check_advise(const struct run_plan *plan, const struct resolution *resolution,
                  struct diagnostics *diagnostics)
{
    for (size_t i = 0; i < plan->ruleset->entity_count; i++) {
        const struct entity_rule *entity = &plan->ruleset->entities[i];

        if (!has_file(plan, entity))
            continue;
        advise_on_patterns(plan, entity, diagnostics);
        advise_on_links(plan, entity, diagnostics);
    }
    advise_on_conditions(plan, resolution, diagnostics);
    advise_on_selections(plan, diagnostics);
    for (size_t i = 0; i < plan->file_count; i++)
        if (plan->files[i].names)
            advise_on_header(&plan->files[i], diagnostics);
}
