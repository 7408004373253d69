#include "match/bound_condition.h"

#include <inttypes.h>

#include "ruleset/pattern.h"

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
    size_t slot;

    if (!view_find(view, &column, 1, MATCH_EXACT, &set->map, &slot))
        return TRUTH_FAILED;
    return slot == KEY_MAP_NONE ? TRUTH_NO : TRUTH_YES;
}

/* Empty also where the cell is null. */
static struct span cell_value(struct record_view *view, size_t column)
{
    return view_is_blank(view, column) ? SPAN("") : view_value(view, column);
}

static bool lists(const struct name_index *values, struct span value)
{
    return name_index_find(values, value) != NAME_INDEX_NONE;
}

/* False of what is no date. */
static bool is_beyond_moment(const struct test *rule, struct span value)
{
    struct moment moment;

    if (!moment_parse(value, &moment))
        return false;
    const int order = moment_compare(&moment, &rule->moment);
    return rule->kind == TEST_BEFORE ? order < 0 : order > 0;
}

/* False of what is no number. */
static bool is_beyond_number(const struct test *rule, struct span value)
{
    struct decimal_text number;

    if (!decimal_split(value, &number))
        return false;
    const int order = decimal_compare(&number, &rule->number);
    return rule->kind == TEST_LESS ? order < 0 : order > 0;
}

static enum truth matches(const struct test *rule, struct span value, struct record_view *view)
{
    if (!view->patterns)
        view->patterns = pattern_scratch_new();
    if (!view->patterns)
        return TRUTH_FAILED;
    switch (pattern_search(rule->pattern, value, view->patterns)) {
    case PATTERN_MISSES:
        return TRUTH_NO;
    case PATTERN_MATCHES:
        return TRUTH_YES;
    case PATTERN_OVERRUN:
        view->overrun = rule;
        break;
    case PATTERN_FAILED:
        break;
    }
    return TRUTH_FAILED;
}

static enum truth test_holds(const struct bound_test *test, struct record_view *view)
{
    const struct test *rule = test->rule;
    const struct span value = cell_value(view, test->column);
    bool holds = false;

    switch (rule->kind) {
    case TEST_EQUALS:
        holds = span_equal(value, rule->text);
        break;
    case TEST_NOT:
        holds = !span_equal(value, rule->text);
        break;
    case TEST_IN:
    case TEST_IN_FILE:
        holds = lists(&rule->values, value);
        break;
    case TEST_EMPTY:
        holds = view_is_blank(view, test->column) == rule->wanted;
        break;
    case TEST_BEFORE:
    case TEST_AFTER:
        holds = is_beyond_moment(rule, value);
        break;
    case TEST_LESS:
    case TEST_GREATER:
        holds = is_beyond_number(rule, value);
        break;
    case TEST_MATCHES:
        return matches(rule, value, view);
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

bool condition_may_fail(const struct bound_condition *bound)
{
    for (size_t i = 0; bound && i < bound->count; i++)
        for (size_t j = 0; j < bound->alternatives[i].count; j++)
            if (bound->alternatives[i].tests[j].rule->kind == TEST_MATCHES)
                return true;
    return false;
}

enum status condition_report_failure(const struct record_view *view, const char *path,
                                     struct diagnostics *diagnostics)
{
    const struct test *test = view->overrun;

    if (!test)
        return diagnostics_no_memory(diagnostics);
    diagnostics_error(diagnostics, (struct place){path, batch_line(view->batch, view->record), 0},
                      "field '%s' takes the pattern at %s:%" PRIu64 ":%" PRIu64
                      " beyond its limits",
                      test->column.at, test->place.path, test->place.line, test->place.column);
    return STATUS_INPUT;
}
