#include "match/bound_condition.h"

#include <check.h>

#include "match_fixture.h"

static struct match_fixture fixture;
static struct match_file file;

/* Rules in which records of `t` link to contacts under this condition. */
static void open_rules(const char *when)
{
    char rules[1024];

    snprintf(rules, sizeof rules,
             "version: 1\nsubject: c\nentities:\n"
             "  c: {key: Id, files: [c.csv]}\n"
             "  q: {key: Id, files: [q.csv]}\n"
             "  t:\n"
             "    files: [t.csv]\n"
             "    links: [{column: C, to: c, when: %s}]\n",
             when);
    match_fixture_open(&fixture, rules);
}

static void open_condition(const char *when, struct span text)
{
    open_rules(when);
    match_file_open(&fixture, &file, "t", text);
}

static void close_condition(void)
{
    match_file_close(&file);
    match_fixture_close(&fixture);
}

static void assert_truth(size_t record, enum truth expected)
{
    ck_assert_int_eq(
        condition_holds(file.binding.links[0].when, match_fixture_view(&fixture, &file, record)),
        expected);
}

/* Asserts of each record in turn whether the condition holds: '1' or '0'. */
static void assert_truths(const char *expected)
{
    ck_assert_uint_eq(file.csv.batch.record_count, strlen(expected));
    for (size_t i = 0; expected[i] != '\0'; i++)
        assert_truth(i, expected[i] == '1' ? TRUTH_YES : TRUTH_NO);
}

START_TEST(no_condition_always_holds)
{
    const struct bound_condition *bound;
    open_condition("{A: {equals: x}}", SPAN("C,A\nc1,y\n"));
    const struct file_columns columns = csv_text_columns(&file.csv);
    ck_assert_int_eq(condition_bind(NULL, &columns, &fixture.resolution, &fixture.arena, &bound,
                                    &fixture.diagnostics),
                     STATUS_OK);
    ck_assert_ptr_null(bound);
    ck_assert_int_eq(condition_holds(NULL, match_fixture_view(&fixture, &file, 0)), TRUTH_YES);
    close_condition();
}
END_TEST

START_TEST(equals_compares_values_exactly)
{
    open_condition("{A: {equals: x}}", SPAN("C,A\n1,x\n1,\"x\"\n1,X\n1,x \n1,\n"));
    assert_truths("11000");
    close_condition();
}
END_TEST

START_TEST(equals_nothing_is_the_empty_value)
{
    open_condition("{A: {equals: ''}}", SPAN("C,A\n1,\n1,\"\"\n1,x\n"));
    assert_truths("110");
    close_condition();
}
END_TEST

START_TEST(not_is_the_opposite_of_equals)
{
    open_condition("{A: {not: x}}", SPAN("C,A\n1,x\n1,\"x\"\n1,X\n1,\n"));
    assert_truths("0011");
    close_condition();
}
END_TEST

START_TEST(in_is_any_of_the_values)
{
    open_condition("{A: {in: [x, y, '']}}", SPAN("C,A\n1,x\n1,y\n1,z\n1,\n"));
    assert_truths("1101");
    close_condition();
}
END_TEST

START_TEST(null_counts_as_empty)
{
    open_condition("{A: {empty: \"true\"}}", SPAN("C,A\n1,\n1,\"\"\n1,NULL\n1,\"NULL\"\n1,x\n"));
    assert_truths("11000");
    file.csv.dialect.null = SPAN("NULL");
    assert_truths("11100");
    close_condition();
}
END_TEST

START_TEST(not_empty_holds_of_the_others)
{
    open_condition("{A: {empty: \"false\"}}", SPAN("C,A\n1,\n1,NULL\n1,x\n"));
    file.csv.dialect.null = SPAN("NULL");
    assert_truths("001");
    close_condition();
}
END_TEST

START_TEST(all_tests_of_an_alternative_must_hold)
{
    open_condition("{A: {equals: x}, B: {not: y}}", SPAN("C,A,B\n1,x,z\n1,x,y\n1,z,z\n"));
    assert_truths("100");
    close_condition();
}
END_TEST

START_TEST(one_alternative_is_enough)
{
    open_condition("[{A: {equals: x}}, {B: {equals: y}}]",
                   SPAN("C,A,B\n1,x,z\n1,z,y\n1,x,y\n1,z,z\n"));
    assert_truths("1110");
    close_condition();
}
END_TEST

START_TEST(in_entity_asks_for_its_keys)
{
    struct match_file questions;

    open_condition("{Q: {in_entity: q, where: {P: {equals: \"true\"}}}}",
                   SPAN("C,Q\n1,q1\n1,q2\n1,q3\n1,\n1,Q1\n"));
    match_file_open(&fixture, &questions, "q", SPAN("Id,P\nq1,true\nq2,false\n,true\n"));
    match_fixture_resolve(&fixture, (struct match_file *[]){&file, &questions, NULL});
    assert_truths("10000");
    match_file_close(&questions);
    close_condition();
}
END_TEST

START_TEST(in_entity_without_where_takes_every_key)
{
    struct match_file questions;

    open_condition("{Q: {in_entity: q}}", SPAN("C,Q\n1,q1\n1,q2\n1,q3\n"));
    match_file_open(&fixture, &questions, "q", SPAN("Id,P\nq1,true\nq2,false\n"));
    match_fixture_resolve(&fixture, (struct match_file *[]){&file, &questions, NULL});
    assert_truths("110");
    match_file_close(&questions);
    close_condition();
}
END_TEST

START_TEST(columns_that_a_condition_misses_are_all_reported)
{
    const struct bound_condition *bound;
    struct csv_text csv;

    open_rules("[{A: {equals: x}, B: {equals: x}}, {D: {equals: x}, A: {equals: y}}]");
    csv_text_open(&csv, SPAN("C,B\n"));
    const struct file_columns columns = csv_text_columns(&csv);
    ck_assert_int_eq(condition_bind(entity_named(&fixture.ruleset, "t")->links[0].when, &columns,
                                    &fixture.resolution, &fixture.arena, &bound,
                                    &fixture.diagnostics),
                     STATUS_INPUT);
    csv_text_expect_faults(&csv, "A\nD\n");
    csv_text_close(&csv);
    match_fixture_close(&fixture);
}
END_TEST

static size_t column_named(struct csv_text *csv, struct span name)
{
    const struct file_columns columns = csv_text_columns(csv);

    return file_column(&columns, (struct name){.text = name});
}

START_TEST(a_column_is_found_by_its_exact_name)
{
    struct csv_text csv;

    csv_text_open(&csv, SPAN("a,A,B,B,A \n"));
    ck_assert_uint_eq(column_named(&csv, SPAN("A")), 1);
    ck_assert_uint_eq(column_named(&csv, SPAN("A ")), 4);
    csv_text_expect_faults(&csv, "");
    ck_assert_uint_eq(column_named(&csv, SPAN("B")), SIZE_MAX);
    ck_assert_uint_eq(column_named(&csv, SPAN("C")), SIZE_MAX);
    ck_assert_uint_eq(column_named(&csv, SPAN("B")), SIZE_MAX);
    csv_text_expect_faults(&csv, "B twice\nC\n");
    csv_text_close(&csv);
}
END_TEST

Suite *test_bound_condition_suite(void)
{
    Suite *suite = suite_create("bound_condition");
    TCase *cases = tcase_create("bound_condition");

    tcase_add_test(cases, no_condition_always_holds);
    tcase_add_test(cases, equals_compares_values_exactly);
    tcase_add_test(cases, equals_nothing_is_the_empty_value);
    tcase_add_test(cases, not_is_the_opposite_of_equals);
    tcase_add_test(cases, in_is_any_of_the_values);
    tcase_add_test(cases, null_counts_as_empty);
    tcase_add_test(cases, not_empty_holds_of_the_others);
    tcase_add_test(cases, all_tests_of_an_alternative_must_hold);
    tcase_add_test(cases, one_alternative_is_enough);
    tcase_add_test(cases, in_entity_asks_for_its_keys);
    tcase_add_test(cases, in_entity_without_where_takes_every_key);
    tcase_add_test(cases, columns_that_a_condition_misses_are_all_reported);
    tcase_add_test(cases, a_column_is_found_by_its_exact_name);
    suite_add_tcase(suite, cases);
    return suite;
}
