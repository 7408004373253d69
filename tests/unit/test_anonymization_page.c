#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "report/page_parts.h"
#include "report/reports.h"
#include "report_fixture.h"

Suite *test_anonymization_page_suite(void);

static char *written;

static void teardown(void)
{
    free(written);
    written = NULL;
}

static void write_page(const struct run_report *report)
{
    struct report_place place = report_place_open();
    struct diagnostics diagnostics = DIAGNOSTICS_INIT;
    size_t size;

    ck_assert_int_eq(anonymization_page_write(report, place.fd, "a.html", &diagnostics), STATUS_OK);
    ck_assert_uint_eq(diagnostics.count, 0);
    free(written);
    written = report_place_bytes(&place, &size);
    report_place_release(&place);
}

static size_t count_of_text(const char *text)
{
    size_t count = 0;

    for (const char *at = written; (at = strstr(at, text)) != NULL; at += strlen(text))
        count++;
    return count;
}

START_TEST(all_of_the_report_is_on_it)
{
    const struct run_report report = report_fixture();

    write_page(&report);
    ck_assert_ptr_nonnull(strstr(written, "failed, and published all the same"));
    ck_assert_ptr_nonnull(strstr(written, "0f3c9a1be0c84d2a95a1f2d37c6e8b01"));
    ck_assert_ptr_nonnull(strstr(written, "1,204,311"));
    ck_assert_ptr_nonnull(strstr(written, "about OrganizerId"));
    ck_assert_ptr_nonnull(strstr(written, "Caf\xEF\xBF\xBD\xEF\xBF\xBD"));
    ck_assert_uint_eq(count_of_text("<figure>"), 3);
    ck_assert_uint_eq(count_of_text("<table>"), 5 + (report.records.first_count > 0));
    ck_assert_uint_eq(count_of_text("<caption>"), count_of_text("<table>"));
}
END_TEST

/* The names of the elements that are open, joined; enough for what a page nests. */
static void check_tag(const char *tag, size_t size, char open[4096])
{
    char name[32] = ">";
    const size_t letters = strspn(tag, "abcdefghijklmnopqrstuvwxyz123456");

    if (tag[0] == '!' || tag[size - 1] == '/' || strncmp(tag, "meta", 4) == 0)
        return;
    if (tag[0] != '/') {
        ck_assert_uint_lt(letters, sizeof name - 1);
        strncat(name, tag, letters);
        strcat(open, name);
        return;
    }
    strncat(name, tag + 1, size - 1);
    ck_assert_uint_ge(strlen(open), strlen(name));
    char *last = open + strlen(open) - strlen(name);
    ck_assert_msg(strcmp(last, name) == 0, "</%.*s> closes %s", (int)size, tag + 1, last);
    *last = '\0';
}

START_TEST(every_element_is_closed)
{
    const struct run_report report = report_fixture();
    char open[4096] = "";

    write_page(&report);
    for (const char *at = written; (at = strchr(at, '<')) != NULL; at++) {
        const char *end = strchr(at, '>');

        ck_assert_ptr_nonnull(end);
        check_tag(at + 1, (size_t)(end - at - 1), open);
    }
    ck_assert_str_eq(open, "");
}
END_TEST

START_TEST(foreign_names_are_only_text)
{
    struct run_report report = report_fixture();
    struct entity_tally entity = report.entities[0];
    struct field_report field = report.fields[0];

    entity.name = field.entity = "<script>alert(1)</script>";
    field.column = "\"><img src=x onerror=alert(1)>";
    report.rules_name = "</title></style><script>";
    report.entities = &entity;
    report.entity_count = 1;
    report.fields = &field;
    report.field_count = 1;
    write_page(&report);
    ck_assert_ptr_null(strstr(written, "<script"));
    ck_assert_ptr_null(strstr(written, "<img"));
    ck_assert_uint_eq(count_of_text("</style>"), 1);
    ck_assert_ptr_nonnull(strstr(written, "&lt;script&gt;alert(1)&lt;/script&gt;"));
}
END_TEST

START_TEST(a_long_table_is_cut_and_says_so)
{
    struct run_report report = report_fixture();
    struct file_report *files = calloc(PAGE_ROWS + 1, sizeof(*files));

    ck_assert_ptr_nonnull(files);
    for (size_t i = 0; i <= PAGE_ROWS; i++) {
        files[i] = report.files[1];
        files[i].path = i == PAGE_ROWS ? "the-last" : "one-of-many";
    }
    report.files = files;
    report.file_count = PAGE_ROWS + 1;
    write_page(&report);
    ck_assert_uint_eq(count_of_text("one-of-many"), PAGE_ROWS);
    ck_assert_ptr_null(strstr(written, "the-last"));
    ck_assert_ptr_nonnull(strstr(written, "Only the first 1,000 of 1,001 stand here."));
    free(files);
}
END_TEST

START_TEST(an_empty_report_makes_a_page)
{
    struct run_report report = report_fixture();

    report.leak_count = report.entity_count = report.field_count = report.file_count = 0;
    report.targets.count = report.records.count = report.records.first_count = 0;
    write_page(&report);
    ck_assert_uint_eq(count_of_text("<p>None.</p>"), 6);
}
END_TEST

START_TEST(the_same_report_gives_the_same_bytes)
{
    const struct run_report report = report_fixture();
    char *first;

    write_page(&report);
    first = strdup(written);
    setenv("TZ", "Pacific/Auckland", 1);
    write_page(&report);
    ck_assert_str_eq(written, first);
    free(first);
}
END_TEST

Suite *test_anonymization_page_suite(void)
{
    Suite *suite = suite_create("anonymization_page");
    TCase *tests = tcase_create("all");

    tcase_add_checked_fixture(tests, NULL, teardown);
    tcase_add_test(tests, all_of_the_report_is_on_it);
    tcase_add_test(tests, every_element_is_closed);
    tcase_add_test(tests, foreign_names_are_only_text);
    tcase_add_test(tests, a_long_table_is_cut_and_says_so);
    tcase_add_test(tests, an_empty_report_makes_a_page);
    tcase_add_test(tests, the_same_report_gives_the_same_bytes);
    suite_add_tcase(suite, tests);
    return suite;
}
