/*
 * The tests of conditions, held against one cell at a time.
 */
#include "match/bound_condition.h"

#include <check.h>

#include "rules_fixture.h"

Suite *test_bound_tests_suite(void);

static struct rules_fixture fixture;
static struct ruleset ruleset;
static struct resolution resolution;
static struct arena arena;
static struct diagnostics diagnostics;
static const struct bound_condition *bound;

/* Binds {V: TEST} to a file whose only column is V. */
static void open_test(const char *test)
{
    static const struct span name = {"V", 1};
    struct column_faults faults = {.arena = &arena};
    const struct file_columns columns = {"in/t.csv", &name, 1, &faults};
    char rules[512];

    snprintf(rules, sizeof rules,
             "version: 1\nsubject: c\ndialect: {'null': NULL}\n"
             "entities: {c: {key: Id, files: [c.csv]}}\nselections: {s: {V: %s}}\n",
             test);
    arena = (struct arena)ARENA_INIT;
    diagnostics = (struct diagnostics)DIAGNOSTICS_INIT;
    rules_fixture_load_valid(&fixture, rules, &ruleset);
    ck_assert_int_eq(resolution_init(&resolution, &ruleset, &diagnostics), STATUS_OK);
    ck_assert_int_eq(condition_bind(ruleset.selections[0].where, &columns, &resolution, &arena,
                                    &bound, &diagnostics),
                     STATUS_OK);
}

static void close_test(void)
{
    resolution_release(&resolution);
    ruleset_release(&ruleset);
    arena_release(&arena);
    diagnostics_release(&diagnostics);
}

/* A batch of one record, which is one cell of these raw bytes. Its line is the fourth. */
static void fill_batch(struct batch *batch, struct span raw)
{
    ck_assert(buffer_append(&batch->bytes, raw));
    ck_assert(batch_reserve(batch, 1, 1));
    batch->record_count = batch->field_count = 1;
    batch->record_start[0] = 0;
    batch->record_start[1] = (uint32_t)raw.size;
    batch->field_end[0] = (uint32_t)raw.size;
    batch->first_line = 4;
}

static enum truth truth_of(struct span raw)
{
    struct batch batch = BATCH_INIT;
    struct record_view view = RECORD_VIEW_INIT;

    fill_batch(&batch, raw);
    record_view_open(&view, &batch, &ruleset.dialect, &resolution.key);
    ck_assert(record_view_at(&view, 0));
    const enum truth truth = condition_holds(bound, &view);
    if (truth == TRUTH_FAILED)
        ck_assert_int_eq(condition_report_failure(&view, "in/t.csv", &diagnostics), STATUS_INPUT);
    record_view_release(&view);
    batch_release(&batch);
    return truth;
}

/* Of which cells the test holds, and of which not; both end with NULL. */
static void assert_test(const char *test, const char *const *yes, const char *const *no)
{
    open_test(test);
    for (; *yes != NULL; yes++)
        ck_assert_msg(truth_of(span_of(*yes)) == TRUTH_YES, "%s of %s", test, *yes);
    for (; *no != NULL; no++)
        ck_assert_msg(truth_of(span_of(*no)) == TRUTH_NO, "%s of %s", test, *no);
    close_test();
}

#define CELLS(...) ((const char *const[]){__VA_ARGS__, NULL})

START_TEST(values_compare_by_their_bytes)
{
    assert_test("{equals: a}", CELLS("a", "\"a\""), CELLS("A", "a ", "", "NULL"));
    assert_test("{not: a}", CELLS("A", "", "NULL", "\"\""), CELLS("a", "\"a\""));
    assert_test("{in: [b, a, 'x\"y']}", CELLS("a", "b", "\"x\"\"y\""), CELLS("c", "", "ab"));
}
END_TEST

START_TEST(null_has_the_empty_value)
{
    assert_test("{equals: ''}", CELLS("", "\"\"", "NULL"), CELLS("\"NULL\"", "null"));
    assert_test("{equals: 'NULL'}", CELLS("\"NULL\""), CELLS("NULL", ""));
    assert_test("{matches: '^$'}", CELLS("", "NULL"), CELLS("\"NULL\""));
    assert_test("{empty: true}", CELLS("", "\"\"", "NULL"), CELLS("\"NULL\"", "a"));
}
END_TEST

START_TEST(dates_and_numbers_are_in_order)
{
    assert_test("{before: 2022-01-01}", CELLS("2021-12-31", "\"2021-12-31T23:59\""),
                CELLS("2022-01-01", "2022-01-01T00:00", "2023-01-01", "", "NULL", "2021"));
    assert_test("{after: 2022-01-01T12:00Z}", CELLS("2022-01-01T12:00:01Z", "2022-01-02"),
                CELLS("2022-01-01T12:00Z", "2022-01-01", "2022-01-01T13:00+02:00", "x"));
    assert_test("{less: 1.5}", CELLS("1.49", "-2", "\"0\""), CELLS("1.5", "01.50", "2", "", "1e0"));
    assert_test("{greater: -1}", CELLS("-0.9", "0"), CELLS("-1", "-1.0", "-2", "", "NULL"));
    assert_test("{greater: 1, less: 3, not: \"2\"}", CELLS("2.0", "1.1"), CELLS("1", "2", "3"));
}
END_TEST

START_TEST(files_list_values)
{
    rules_fixture_write("v.txt", "\xEF\xBB\xBF"
                                 "b\r\n\r\na\n"
                                 "c d\r");
    assert_test("{in_file: v.txt}", CELLS("a", "b", "c d", "\"a\""), CELLS("", "c", "NULL", "A"));
}
END_TEST

START_TEST(patterns_are_found_in_values)
{
    assert_test("{matches: 'b+'}",
                CELLS("abba", "b", "\"b\"",
                      "\xFF"
                      "b"),
                CELLS("", "a", "B"));
    assert_test("{matches: '^\"$'}", CELLS("\"\"\"\""), CELLS("\"x\"", ""));
}
END_TEST

START_TEST(a_pattern_that_meets_its_limits_fails_with_the_record)
{
    open_test("{matches: '^(a|aa)+$'}");
    ck_assert_int_eq(truth_of(SPAN("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!")),
                     TRUTH_FAILED);
    ck_assert_uint_eq(diagnostics.count, 1);
    ck_assert_str_eq(diagnostics.items[0].path, "in/t.csv");
    ck_assert_uint_eq(diagnostics.items[0].line, 4);
    ck_assert_str_eq(diagnostics.items[0].text,
                     "field 'V' takes the pattern at rules.yaml:5:31 beyond its limits");
    close_test();
}
END_TEST

static void enter(void)
{
    rules_fixture_enter(&fixture);
}

static void leave(void)
{
    rules_fixture_leave(&fixture);
}

Suite *test_bound_tests_suite(void)
{
    Suite *suite = suite_create("bound_tests");
    TCase *tcase = tcase_create("bound_tests");

    tcase_add_checked_fixture(tcase, enter, leave);
    tcase_add_test(tcase, values_compare_by_their_bytes);
    tcase_add_test(tcase, null_has_the_empty_value);
    tcase_add_test(tcase, dates_and_numbers_are_in_order);
    tcase_add_test(tcase, files_list_values);
    tcase_add_test(tcase, patterns_are_found_in_values);
    tcase_add_test(tcase, a_pattern_that_meets_its_limits_fails_with_the_record);
    suite_add_tcase(suite, tcase);
    return suite;
}
