#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "report/reports.h"
#include "report_fixture.h"

Suite *test_anonymization_workbook_suite(void);

START_TEST(a_workbook_with_all_sheets_comes_out)
{
    const struct run_report report = report_fixture();
    size_t size;
    char *bytes = report_workbook_bytes(anonymization_workbook_start, &report, &size);

    ck_assert_uint_gt(size, 8000);
    ck_assert_mem_eq(bytes, "PK\3\4", 4);
    ck_assert_ptr_nonnull(memmem(bytes, size, "xl/worksheets/sheet7.xml", 24));
    ck_assert_ptr_null(memmem(bytes, size, "xl/worksheets/sheet8.xml", 24));
    free(bytes);
}
END_TEST

START_TEST(the_same_report_gives_the_same_bytes)
{
    const struct run_report report = report_fixture();
    size_t size, again_size;
    char *bytes = report_workbook_bytes(anonymization_workbook_start, &report, &size);
    setenv("TZ", "America/St_Johns", 1);
    char *again = report_workbook_bytes(anonymization_workbook_start, &report, &again_size);

    ck_assert_uint_eq(size, again_size);
    ck_assert_mem_eq(bytes, again, size);
    free(bytes);
    free(again);
}
END_TEST

START_TEST(a_text_longer_than_a_cell_is_cut)
{
    struct run_report report = report_fixture();
    struct file_report file = report.files[0];
    char *path = malloc(70001);
    size_t size;

    ck_assert_ptr_nonnull(path);
    memset(path, 'x', 70000);
    path[70000] = '\0';
    file.path = path;
    report.files = &file;
    report.file_count = 1;
    char *bytes = report_workbook_bytes(anonymization_workbook_start, &report, &size);
    ck_assert_mem_eq(bytes, "PK\3\4", 4);
    free(bytes);
    free(path);
}
END_TEST

START_TEST(an_empty_run_is_fine)
{
    struct run_report report = report_fixture();
    size_t size;
    report.targets.count = report.entity_count = report.field_count = report.file_count = 0;
    char *bytes = report_workbook_bytes(anonymization_workbook_start, &report, &size);

    ck_assert_mem_eq(bytes, "PK\3\4", 4);
    free(bytes);
}
END_TEST

Suite *test_anonymization_workbook_suite(void)
{
    Suite *suite = suite_create("anonymization_workbook");
    TCase *tests = tcase_create("all");

    tcase_add_test(tests, a_workbook_with_all_sheets_comes_out);
    tcase_add_test(tests, the_same_report_gives_the_same_bytes);
    tcase_add_test(tests, a_text_longer_than_a_cell_is_cut);
    tcase_add_test(tests, an_empty_run_is_fine);
    suite_add_tcase(suite, tests);
    return suite;
}
