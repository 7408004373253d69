#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "report/reports.h"
#include "report_fixture.h"

Suite *test_field_summary_suite(void);

START_TEST(a_workbook_with_all_sheets_comes_out)
{
    const struct run_report report = report_fixture();
    size_t size;
    char *bytes = report_workbook_bytes(field_summary_start, &report, &size);

    ck_assert_uint_gt(size, 8000);
    ck_assert_mem_eq(bytes, "PK\3\4", 4);
    /* Overview, five scopes, the columns that aren't personal. */
    ck_assert_ptr_nonnull(memmem(bytes, size, "xl/worksheets/sheet7.xml", 24));
    ck_assert_ptr_null(memmem(bytes, size, "xl/worksheets/sheet8.xml", 24));
    ck_assert_ptr_nonnull(memmem(bytes, size, "xl/charts/chart1.xml", 20));
    free(bytes);
}
END_TEST

START_TEST(the_sheet_of_fields_without_scope_needs_one)
{
    struct run_report report = report_fixture();
    size_t size;
    report.field_count--;
    char *bytes = report_workbook_bytes(field_summary_start, &report, &size);

    ck_assert_ptr_nonnull(memmem(bytes, size, "xl/worksheets/sheet6.xml", 24));
    ck_assert_ptr_null(memmem(bytes, size, "xl/worksheets/sheet7.xml", 24));
    free(bytes);
}
END_TEST

START_TEST(no_field_at_all_is_fine)
{
    struct run_report report = report_fixture();
    size_t size;
    report.field_count = 0;
    char *bytes = report_workbook_bytes(field_summary_start, &report, &size);

    ck_assert_mem_eq(bytes, "PK\3\4", 4);
    free(bytes);
}
END_TEST

START_TEST(the_same_report_gives_the_same_bytes)
{
    const struct run_report report = report_fixture();
    size_t size, again_size;
    char *bytes = report_workbook_bytes(field_summary_start, &report, &size);
    setenv("TZ", "Pacific/Auckland", 1);
    char *again = report_workbook_bytes(field_summary_start, &report, &again_size);

    ck_assert_uint_eq(size, again_size);
    ck_assert_mem_eq(bytes, again, size);
    free(bytes);
    free(again);
}
END_TEST

Suite *test_field_summary_suite(void)
{
    Suite *suite = suite_create("field_summary");
    TCase *tests = tcase_create("all");

    tcase_add_test(tests, a_workbook_with_all_sheets_comes_out);
    tcase_add_test(tests, the_sheet_of_fields_without_scope_needs_one);
    tcase_add_test(tests, no_field_at_all_is_fine);
    tcase_add_test(tests, the_same_report_gives_the_same_bytes);
    suite_add_tcase(suite, tests);
    return suite;
}
