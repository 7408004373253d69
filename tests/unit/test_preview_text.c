#include "cli/preview_text.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "report_fixture.h"

Suite *test_preview_text_suite(void);

static char *printed(const struct run_report *report)
{
    const struct preview_time time = {61000, 600000};
    char *text = NULL;
    size_t size;
    FILE *stream = open_memstream(&text, &size);

    ck_assert_ptr_nonnull(stream);
    preview_text_print(report, "export", &time, stream);
    ck_assert_int_eq(fclose(stream), 0);
    return text;
}

START_TEST(no_line_is_longer_than_80_columns)
{
    const struct run_report report = report_fixture();
    char *text = printed(&report);

    for (char *line = strtok(text, "\n"); line; line = strtok(NULL, "\n"))
        ck_assert_msg(strlen(line) <= 80, "%s", line);
    free(text);
}
END_TEST

static void assert_says(const char *text, const char *what)
{
    ck_assert_msg(strstr(text, what) != NULL, "'%s' is not in:\n%s", what, text);
}

START_TEST(everything_is_told)
{
    struct run_report report = report_fixture();
    char *text;

    report.reproducible = false;
    text = printed(&report);
    assert_says(text, "export: 5 files; nothing was written\n");
    assert_says(text, "  1 contact would be anonymized\n");
    assert_says(text, "  1 contact is held back\n");
    assert_says(text, "  1 target was found nowhere\n");
    assert_says(text, "  contacts                1,204,311          1          -          1");
    assert_says(text, "of these cleared, as not to be understood: 1\n");
    assert_says(text, "scrub (email, phone, known identifiers)");
    assert_says(text, "of participants: would be kept\n");
    assert_says(text, "  40 names in FirstName of members, which others bear too\n");
    assert_says(text, "\nthis preview took 61 s; a run would take about 10 min\n");
    free(text);
}
END_TEST

START_TEST(of_what_is_to_be_reproduced_no_time_is_told)
{
    const struct run_report report = report_fixture();
    char *text = printed(&report);

    ck_assert(report.reproducible);
    ck_assert_ptr_null(strstr(text, "took"));
    free(text);
}
END_TEST

START_TEST(more_threads_compress_sooner)
{
    const struct file_report files[] = {{.gzip = true, .size_in = 600000000},
                                        {.size_in = 400000000}};
    const struct run_report report = {.files = files, .file_count = 2};
    const uint64_t alone = preview_estimate(&report, 5000, 1);

    ck_assert_uint_gt(alone, 5000);
    ck_assert_uint_lt(preview_estimate(&report, 5000, 8), alone);
}
END_TEST

Suite *test_preview_text_suite(void)
{
    Suite *suite = suite_create("preview_text");
    TCase *tests = tcase_create("all");

    tcase_add_test(tests, no_line_is_longer_than_80_columns);
    tcase_add_test(tests, everything_is_told);
    tcase_add_test(tests, of_what_is_to_be_reproduced_no_time_is_told);
    tcase_add_test(tests, more_threads_compress_sooner);
    suite_add_tcase(suite, tests);
    return suite;
}
