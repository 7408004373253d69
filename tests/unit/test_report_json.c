#include <check.h>
#include <errno.h>
#include <fcntl.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "report/reports.h"
#include "report_fixture.h"

Suite *test_report_json_suite(void);

static char *write_report(const struct run_report *report)
{
    struct report_place place = report_place_open();
    struct diagnostics diagnostics = DIAGNOSTICS_INIT;
    size_t size;

    ck_assert_int_eq(
        anonymization_json_write(report, place.fd, "anonymization-report.json", &diagnostics),
        STATUS_OK);
    ck_assert_uint_eq(diagnostics.count, 0);
    char *text = report_place_bytes(&place, &size);
    report_place_release(&place);
    return text;
}

static json_t *parse(const char *text)
{
    json_error_t error;
    json_t *root = json_loads(text, JSON_REJECT_DUPLICATES, &error);

    ck_assert_msg(root != NULL, "line %d: %s", error.line, error.text);
    return root;
}

static const char *text_of(json_t *object, const char *key)
{
    const char *text = json_string_value(json_object_get(object, key));

    ck_assert_msg(text != NULL, "no text '%s'", key);
    return text;
}

static json_int_t count_of(json_t *object, const char *key)
{
    json_t *count = json_object_get(object, key);

    ck_assert_msg(json_is_integer(count), "no count '%s'", key);
    return json_integer_value(count);
}

START_TEST(it_says_everything)
{
    const struct run_report report = report_fixture();
    char *text = write_report(&report);
    json_t *root = parse(text);
    json_t *totals = json_object_get(root, "totals");
    json_t *targets = json_object_get(root, "targets");
    json_t *leaks = json_object_get(root, "leaks");

    ck_assert_str_eq(text_of(root, "schema"), "efface anonymization report");
    ck_assert_int_eq(count_of(root, "schema_version"), 1);
    ck_assert_str_eq(text_of(root, "ended"), "2024-06-01T00:00:00Z");
    ck_assert_int_eq(count_of(json_object_get(totals, "targets"), "not_found"), 1);
    ck_assert_int_eq(count_of(json_object_get(totals, "records"), "records"), 1255050);
    ck_assert_uint_eq(json_array_size(leaks), 3);
    ck_assert_str_eq(text_of(json_array_get(leaks, 1), "kind"), "phone");
    ck_assert(json_is_true(json_object_get(json_array_get(leaks, 2), "shared")));
    ck_assert_uint_eq(json_array_size(json_object_get(root, "entities")), 4);
    ck_assert_uint_eq(json_array_size(json_object_get(root, "fields")), 10);
    ck_assert_uint_eq(json_array_size(json_object_get(root, "files")), 5);
    ck_assert_uint_eq(json_array_size(targets), 5);
    ck_assert_str_eq(text_of(json_array_get(targets, 2), "restricted_by"), "tickets");
    ck_assert_int_eq(count_of(json_array_get(targets, 3), "line"), 5);
    ck_assert_ptr_null(json_object_get(json_array_get(targets, 4), "line"));
    ck_assert_int_eq(
        count_of(json_object_get(json_array_get(targets, 0), "touched"), "participants"), 6);
    ck_assert_ptr_null(json_object_get(json_array_get(targets, 2), "touched"));
    ck_assert_int_eq(count_of(json_object_get(root, "record_list"), "records"), 12);
    json_decref(root);
    free(text);
}
END_TEST

START_TEST(names_that_are_no_text_become_text)
{
    const struct run_report report = report_fixture();
    char *text = write_report(&report);
    json_t *root = parse(text);

    ck_assert_str_eq(text_of(json_array_get(json_object_get(root, "fields"), 7), "field"),
                     "Caf\xEF\xBF\xBD\xEF\xBF\xBD");
    json_decref(root);
    free(text);
}
END_TEST

START_TEST(an_empty_run_is_valid)
{
    struct run_report report = report_fixture();
    report.targets.count = report.entity_count = report.field_count = report.file_count = 0;
    char *text = write_report(&report);
    json_t *root = parse(text);

    ck_assert_uint_eq(json_array_size(json_object_get(root, "targets")), 0);
    ck_assert_ptr_nonnull(strstr(text, "\"targets\": []\n}\n"));
    json_decref(root);
    free(text);
}
END_TEST

START_TEST(a_record_stands_in_one_line)
{
    const struct run_report report = report_fixture();
    char *text = write_report(&report);

    ck_assert_ptr_nonnull(strstr(text, "\n    {\"digest\": \"9ad41c2f7b8e4f60a1c2d3e4f5061733\", "
                                       "\"mode\": \"delete\", \"outcome\": \"held\", "
                                       "\"restricted_by\": \"tickets\", \"line\": 4},\n"));
    free(text);
}
END_TEST

START_TEST(a_full_disk_is_told)
{
    const struct run_report report = report_fixture();
    struct diagnostics diagnostics = DIAGNOSTICS_INIT;
    const int full = open("/dev/full", O_WRONLY);

    ck_assert_int_eq(anonymization_json_write(&report, full, "report.json", &diagnostics),
                     STATUS_SYSTEM);
    ck_assert_ptr_nonnull(strstr(diagnostics.items[0].text, strerror(ENOSPC)));
    ck_assert_int_eq(close(full), 0);
    ck_assert_int_eq(anonymization_json_write(&report, -1, "report.json", &diagnostics),
                     STATUS_SYSTEM);
    ck_assert_uint_eq(diagnostics.count, 2);
    diagnostics_release(&diagnostics);
}
END_TEST

Suite *test_report_json_suite(void)
{
    Suite *suite = suite_create("report_json");
    TCase *tests = tcase_create("all");

    tcase_add_test(tests, it_says_everything);
    tcase_add_test(tests, names_that_are_no_text_become_text);
    tcase_add_test(tests, an_empty_run_is_valid);
    tcase_add_test(tests, a_record_stands_in_one_line);
    tcase_add_test(tests, a_full_disk_is_told);
    suite_add_tcase(suite, tests);
    return suite;
}
