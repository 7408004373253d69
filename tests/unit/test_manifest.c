#include <check.h>
#include <jansson.h>
#include <stdlib.h>

#include "report/reports.h"
#include "report_fixture.h"

Suite *test_manifest_suite(void);

static const struct file_report reports[] = {
    {.path = "efface-report/field-summary.xlsx", .size_out = 9000, .checksum_out = {0xFE, 0xDC}},
    {.path = "efface-report/anonymization-report.json", .size_out = 4000},
};

static json_t *write_manifest(const struct run_report *report)
{
    struct report_place place = report_place_open();
    struct diagnostics diagnostics = DIAGNOSTICS_INIT;
    size_t size;

    ck_assert_int_eq(manifest_write(report, reports, 2, place.fd, "manifest.json", &diagnostics),
                     STATUS_OK);
    ck_assert_uint_eq(diagnostics.count, 0);
    char *text = report_place_bytes(&place, &size);
    json_t *root = json_loads(text, JSON_REJECT_DUPLICATES, NULL);
    ck_assert_ptr_nonnull(root);
    free(text);
    report_place_release(&place);
    return root;
}

static const char *text_of(json_t *object, const char *key)
{
    const char *text = json_string_value(json_object_get(object, key));

    ck_assert_msg(text != NULL, "no text '%s'", key);
    return text;
}

START_TEST(every_file_stands_there)
{
    const struct run_report report = report_fixture();
    json_t *root = write_manifest(&report);
    json_t *files = json_object_get(root, "files");
    json_t *file = json_array_get(files, 0);

    ck_assert_str_eq(text_of(root, "schema"), "efface manifest");
    ck_assert_int_eq(json_integer_value(json_object_get(root, "schema_version")), 2);
    ck_assert_str_eq(text_of(root, "efface_version"), "1.0.0");
    ck_assert_str_eq(text_of(root, "created"), "2024-06-01T00:00:00Z");
    ck_assert_uint_eq(json_array_size(files), 5);
    ck_assert_str_eq(text_of(file, "path"), "audience/contacts-1.csv.gz");
    ck_assert(json_is_true(json_object_get(file, "gzip")));
    ck_assert_int_eq(json_integer_value(json_object_get(file, "records_out")), 699999);
    ck_assert_str_eq(text_of(file, "sha256_out"),
                     "0200000000000000000000000000000000000000000000000000000000000000");
    ck_assert_ptr_null(json_object_get(file, "path_hex"));
    ck_assert_str_eq(text_of(file, "delimiter"), ",");
    ck_assert_str_eq(text_of(file, "quoting"), "strict");
    json_decref(root);
}
END_TEST

START_TEST(what_compressed_is_named)
{
    const struct run_report report = report_fixture();
    json_t *root = write_manifest(&report);
    json_t *gzip = json_object_get(root, "gzip");

    ck_assert_str_eq(text_of(gzip, "library"), "zlib 1.2.13");
    ck_assert_int_eq(json_integer_value(json_object_get(gzip, "level")), 6);
    json_decref(root);
}
END_TEST

START_TEST(a_path_that_is_no_text_can_be_found_again)
{
    const struct run_report report = report_fixture();
    json_t *root = write_manifest(&report);
    json_t *file = json_array_get(json_object_get(root, "files"), 4);

    ck_assert_str_eq(text_of(file, "path"), "events/caf\xEF\xBF\xBD/participants.csv");
    ck_assert_str_eq(text_of(file, "path_hex"),
                     "6576656e74732f636166e92f7061727469636970616e74732e637376");
    json_decref(root);
}
END_TEST

START_TEST(reports_have_size_and_checksum)
{
    const struct run_report report = report_fixture();
    json_t *root = write_manifest(&report);
    json_t *written = json_object_get(root, "reports");

    ck_assert_uint_eq(json_array_size(written), 3);
    ck_assert_str_eq(text_of(json_array_get(written, 0), "path"), "efface-report/records.csv.gz");
    ck_assert_uint_eq(json_object_size(json_array_get(written, 1)), 3);
    ck_assert_int_eq(json_integer_value(json_object_get(json_array_get(written, 1), "size_out")),
                     9000);
    ck_assert_str_eq(text_of(json_array_get(written, 1), "sha256_out"),
                     "fedc000000000000000000000000000000000000000000000000000000000000");
    json_decref(root);
}
END_TEST

Suite *test_manifest_suite(void)
{
    Suite *suite = suite_create("manifest");
    TCase *tests = tcase_create("all");

    tcase_add_test(tests, every_file_stands_there);
    tcase_add_test(tests, what_compressed_is_named);
    tcase_add_test(tests, a_path_that_is_no_text_can_be_found_again);
    tcase_add_test(tests, reports_have_size_and_checksum);
    suite_add_tcase(suite, tests);
    return suite;
}
