#include "report/field_walk.h"

#include <check.h>

#include "report_fixture.h"

Suite *test_field_walk_suite(void);

static struct run_report report;

static void setup(void)
{
    report = report_fixture();
}

static void assert_fields(struct field_walk walk, const char *const *columns)
{
    for (; *columns != NULL; columns++) {
        const struct field_report *field = field_walk_next(&walk);

        ck_assert_ptr_nonnull(field);
        ck_assert_str_eq(field->column, *columns);
    }
    ck_assert_ptr_null(field_walk_next(&walk));
}

START_TEST(personal_fields_go_by_scope)
{
    assert_fields(personal_fields(&report, &report_scopes[SCOPE_AUDIENCE]),
                  (const char *[]){"Email", "BirthDate", "LoyaltyNumber", NULL});
    assert_fields(personal_fields(&report, &report_scopes[SCOPE_SITES]), (const char *[]){NULL});
    assert_fields(personal_fields(&report, &report_scopes[SCOPE_NONE]),
                  (const char *[]){"ModifiedBy", NULL});
    ck_assert_uint_eq(field_walk_count(personal_fields(&report, NULL)), 7);
}
END_TEST

START_TEST(what_deserves_a_look_comes_first)
{
    assert_fields(other_columns(&report),
                  (const char *[]){"Caf\xE9\x01", "Position", "Country", NULL});
}
END_TEST

START_TEST(a_walk_is_counted_without_being_taken)
{
    struct field_walk walk = other_columns(&report);

    field_walk_next(&walk);
    ck_assert_uint_eq(field_walk_count(walk), 2);
    ck_assert_str_eq(field_walk_next(&walk)->column, "Position");
    ck_assert_uint_eq(origin_count(&report, ORIGIN_DEFAULT), 3);
}
END_TEST

START_TEST(classes_are_counted_by_scope)
{
    struct class_matrix classes;

    class_matrix_make(&report, &classes);
    ck_assert_uint_eq(classes.counts[SCOPE_AUDIENCE][CLASS_DIRECT], 2);
    ck_assert_uint_eq(classes.counts[SCOPE_AUDIENCE][CLASS_QUASI], 1);
    ck_assert_uint_eq(classes.counts[SCOPE_EVENTS][CLASS_FREE_TEXT], 1);
    ck_assert_uint_eq(classes.counts[SCOPE_NONE][CLASS_QUASI], 1);
    ck_assert_uint_eq(classes.matrix.row_count, SCOPE_COUNT);
    ck_assert_uint_eq(classes.matrix.counts[SCOPE_EVENTS * CLASS_COUNT + CLASS_FREE_TEXT], 1);
    ck_assert_str_eq(classes.matrix.rows[SCOPE_EVENTS], "Events");
}
END_TEST

START_TEST(no_field_without_a_scope_no_row_for_them)
{
    struct class_matrix classes;

    report.field_count--;
    class_matrix_make(&report, &classes);
    ck_assert_uint_eq(classes.matrix.row_count, SCOPE_COUNT - 1);
}
END_TEST

Suite *test_field_walk_suite(void)
{
    Suite *suite = suite_create("field_walk");
    TCase *tests = tcase_create("all");

    tcase_add_checked_fixture(tests, setup, NULL);
    tcase_add_test(tests, personal_fields_go_by_scope);
    tcase_add_test(tests, what_deserves_a_look_comes_first);
    tcase_add_test(tests, a_walk_is_counted_without_being_taken);
    tcase_add_test(tests, classes_are_counted_by_scope);
    tcase_add_test(tests, no_field_without_a_scope_no_row_for_them);
    suite_add_tcase(suite, tests);
    return suite;
}
