#include "match/bound_condition.h"

struct bound_test {
    const struct test *rule;
    size_t column;
    const struct condition_set *set; /* of TEST_IN_ENTITY */
};

struct bound_alternative {
    struct bound_test *tests;
    size_t count;
};

struct bound_condition {
    struct bound_alternative *alternatives;
    size_t count;
};

static void add_fault(struct column_faults *faults, struct name name, bool repeated)
{
    struct column_fault **link = &faults->first;

    for (; *link; link = &(*link)->next)
        if (span_equal((*link)->name.text, name.text))
            return;
    *link = arena_alloc(faults->arena, sizeof(**link));
    if (*link)
        **link = (struct column_fault){name, repeated, NULL};
    else
        faults->no_memory = true;
}

size_t file_column(const struct file_columns *columns, struct name name)
{
    size_t found = SIZE_MAX;
    size_t count = 0;

    for (size_t i = 0; i < columns->count; i++) {
        if (!span_equal(columns->names[i], name.text))
            continue;
        found = i;
        count++;
    }
    if (count == 1)
        return found;
    add_fault(columns->faults, name, count > 1);
    return SIZE_MAX;
}

static enum status bind_alternative(const struct alternative *rule,
                                    const struct file_columns *columns,
                                    const struct resolution *resolution, struct arena *arena,
                                    struct bound_alternative *bound,
                                    struct diagnostics *diagnostics)
{
    enum status status = STATUS_OK;

    bound->tests = arena_array(arena, rule->count, sizeof(*bound->tests));
    if (!bound->tests)
        return diagnostics_no_memory(diagnostics);
    bound->count = rule->count;
    for (size_t i = 0; i < rule->count; i++) {
        const struct test *test = &rule->tests[i];

        bound->tests[i] = (struct bound_test){
            .rule = test,
            .column = file_column(columns, (struct name){test->column, test->place}),
            .set = resolution_condition(resolution, test),
        };
        if (bound->tests[i].column == SIZE_MAX)
            status = STATUS_INPUT;
    }
    return status;
}

enum status condition_bind(const struct condition *condition, const struct file_columns *columns,
                           const struct resolution *resolution, struct arena *arena,
                           const struct bound_condition **bound, struct diagnostics *diagnostics)
{
    struct bound_condition *made;
    enum status status = STATUS_OK;

    *bound = NULL;
    if (!condition)
        return STATUS_OK;
    made = arena_alloc(arena, sizeof(*made));
    if (made)
        made->alternatives = arena_array(arena, condition->count, sizeof(*made->alternatives));
    if (!made || !made->alternatives)
        return diagnostics_no_memory(diagnostics);
    made->count = condition->count;
    for (size_t i = 0; i < condition->count; i++) {
        enum status one = bind_alternative(&condition->alternatives[i], columns, resolution, arena,
                                           &made->alternatives[i], diagnostics);

        status = one == STATUS_OK ? status : one;
    }
    *bound = made;
    return status;
}

static enum truth in_entity(const struct condition_set *set, struct record_view *view,
                            size_t column)
{
    struct fingerprint key;

    switch (view_fingerprint(view, &column, 1, MATCH_EXACT, &key)) {
    case NAMES_NOTHING:
        return TRUTH_NO;
    case NAMING_FAILED:
        return TRUTH_FAILED;
    case NAMES_VALUE:
        break;
    }
    return key_map_find(&set->map, key) == KEY_MAP_NONE ? TRUTH_NO : TRUTH_YES;
}

static bool one_of(const struct test *rule, struct span value)
{
    for (size_t i = 0; i < rule->text_count; i++)
        if (span_equal(rule->text[i], value))
            return true;
    return false;
}

static enum truth test_holds(const struct bound_test *test, struct record_view *view)
{
    const struct test *rule = test->rule;
    bool holds = false;

    switch (rule->kind) {
    case TEST_EQUALS:
    case TEST_IN:
        holds = one_of(rule, view_value(view, test->column));
        break;
    case TEST_NOT:
        holds = !one_of(rule, view_value(view, test->column));
        break;
    case TEST_EMPTY:
        holds = view_is_blank(view, test->column) == rule->wanted;
        break;
    case TEST_IN_ENTITY:
        return in_entity(test->set, view, test->column);
    }
    return holds ? TRUTH_YES : TRUTH_NO;
}

static enum truth alternative_holds(const struct bound_alternative *alternative,
                                    struct record_view *view)
{
    for (size_t i = 0; i < alternative->count; i++) {
        enum truth truth = test_holds(&alternative->tests[i], view);

        if (truth != TRUTH_YES)
            return truth;
    }
    return TRUTH_YES;
}

enum truth condition_holds(const struct bound_condition *bound, struct record_view *view)
{
    if (!bound)
        return TRUTH_YES;
    for (size_t i = 0; i < bound->count; i++) {
        enum truth truth = alternative_holds(&bound->alternatives[i], view);

        if (truth != TRUTH_NO)
            return truth;
    }
    return TRUTH_NO;
}
