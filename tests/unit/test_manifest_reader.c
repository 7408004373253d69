#include "report/manifest_reader.h"

#include <check.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "read_fixture.h"
#include "report/reports.h"
#include "report_fixture.h"

Suite *test_manifest_reader_suite(void);

static const struct file_report written[] = {
    {.path = "efface-report/field-summary.xlsx", .size_out = 9000, .checksum_out = {0xFE, 0xDC}},
};

static struct arena arena;
static struct diagnostics diagnostics;
static struct manifest manifest;
static char *text; /* a sound manifest */
static size_t size;

static void setup(void)
{
    const struct run_report report = report_fixture();
    struct report_place place = report_place_open();

    ck_assert_int_eq(manifest_write(&report, written, 1, place.fd, "manifest.json", &diagnostics),
                     STATUS_OK);
    text = report_place_bytes(&place, &size);
    report_place_release(&place);
}

static void teardown(void)
{
    free(text);
    arena_release(&arena);
    diagnostics_release(&diagnostics);
}

static enum status read_back(const char *bytes, size_t count)
{
    const int fd = open("/tmp", O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    enum status status;

    ck_assert_int_ge(fd, 0);
    ck_assert_int_eq(write(fd, bytes, count), (ssize_t)count);
    status = manifest_read(fd, "manifest.json", &arena, &manifest, &diagnostics);
    close(fd);
    return status;
}

static void refuse(const char *bytes, size_t count, const char *message)
{
    ck_assert_int_eq(read_back(bytes, count), STATUS_INPUT);
    assert_message(&diagnostics, message);
    diagnostics_release(&diagnostics);
    arena_clear(&arena);
}

/* A document that ends with the checksum it should have. */
static void refuse_sealed(const char *document, const char *message)
{
    struct buffer sealed = report_fixture_sealed(span_of(document));

    refuse(sealed.at, sealed.size, message);
    buffer_release(&sealed);
}

START_TEST(what_was_written_is_read)
{
    ck_assert_int_eq(read_back(text, size), STATUS_OK);
    ck_assert_uint_eq(manifest.count, 7);

    const struct manifest_file *file = &manifest.files[0];
    ck_assert_str_eq(file->path, "audience/contacts-1.csv.gz");
    ck_assert_uint_eq(file->size, 81233990);
    ck_assert_uint_eq(file->checksum[0], 2);
    ck_assert(file->has_records);
    ck_assert_uint_eq(file->records, 699999);
    ck_assert_int_eq(file->dialect.delimiter, ',');
    ck_assert_int_eq(manifest.files[1].dialect.delimiter, '\t');
    ck_assert_int_eq(manifest.files[2].dialect.quoting, QUOTING_LENIENT);
    ck_assert_str_eq(manifest.files[3].path, "currencies.csv");
    ck_assert(!manifest.files[3].has_records && !manifest.files[3].is_report);
    ck_assert_str_eq(manifest.files[4].path, "efface-report/field-summary.xlsx");
    ck_assert(!manifest.files[4].has_records && manifest.files[4].is_report);
    ck_assert_uint_eq(manifest.files[4].checksum[1], 0xDC);
    ck_assert_str_eq(manifest.files[5].path, "efface-report/records.csv.gz");
    ck_assert(!manifest.files[5].has_records && manifest.files[5].is_report);
    ck_assert_str_eq(manifest.files[6].path, "events/caf\xE9/participants.csv");
}
END_TEST

START_TEST(cut_anywhere_it_is_refused)
{
    for (size_t length = 0; length < size; length++)
        refuse(text, length,
               "manifest.json: error: does not end with its own checksum: it was cut or edited");
}
END_TEST

START_TEST(with_any_byte_changed_it_is_refused)
{
    for (size_t i = 0; i < size; i++) {
        text[i] ^= 1;
        ck_assert_int_eq(read_back(text, size), STATUS_INPUT);
        ck_assert_uint_eq(diagnostics.count, 1);
        text[i] ^= 1;
        diagnostics_release(&diagnostics);
        arena_clear(&arena);
    }
}
END_TEST

START_TEST(what_is_no_manifest_is_refused_though_its_checksum_fits)
{
    static const char stranger[] = "manifest.json: error: is no manifest of efface";

    refuse_sealed("not json", "manifest.json: error: is no JSON");
    refuse_sealed("[1", "manifest.json: error: is no JSON");
    refuse_sealed("{\"a\": 1", stranger);
    refuse_sealed("{\"schema\": \"another\", \"schema_version\": 2, \"files\": [], \"reports\": []",
                  stranger);
    refuse_sealed("{\"schema\": \"efface manifest\", \"schema_version\": 2, \"files\": []",
                  stranger);
    refuse_sealed(
        "{\"schema\": \"efface manifest\", \"schema_version\": 1, \"files\": [], \"reports\": []",
        "manifest.json: error: was written by another version of efface, which must verify it");
}
END_TEST

#define SUM "\"0000000000000000000000000000000000000000000000000000000000000000\""
#define HEAD                                                                                       \
    "{\"schema\": \"efface manifest\", \"schema_version\": 2, \"reports\": [], \"files\": ["
#define REPORT(path) "{\"path\": \"" path "\", \"size_out\": 1, \"sha256_out\": " SUM "}"
#define TABLE(members)                                                                             \
    HEAD "{\"path\": \"a\", \"entity\": \"e\", \"size_out\": 1, \"sha256_out\": " SUM members "}]"

START_TEST(an_entry_that_says_too_little_is_refused)
{
    static const char poor[] =
        "manifest.json: error: an entry lacks a member, or has a value that can't be";

    refuse_sealed(HEAD "7]", poor);
    refuse_sealed(HEAD "{}]", poor);
    refuse_sealed(HEAD "{\"path\": \"a\", \"size_out\": -1, \"sha256_out\": " SUM "}]", poor);
    refuse_sealed(HEAD "{\"path\": \"a\", \"size_out\": 1, \"sha256_out\": \"00\"}]", poor);
    refuse_sealed(HEAD "{\"path_hex\": \"610062\", \"size_out\": 1, \"sha256_out\": " SUM "}]",
                  poor);
    refuse_sealed(
        HEAD "{\"path\": \"a\", \"path_hex\": \"6\", \"size_out\": 1, \"sha256_out\": " SUM "}]",
        poor);
    refuse_sealed(TABLE(""), poor);
    refuse_sealed(TABLE(", \"records_out\": 1, \"delimiter\": \"x\", \"quoting\": \"strict\""),
                  poor);
    refuse_sealed(TABLE(", \"records_out\": 1, \"delimiter\": \",\", \"quoting\": \"odd\""), poor);
    refuse_sealed(HEAD REPORT("a") "," REPORT("a") "]", "manifest.json: error: names a path twice");
}
END_TEST

Suite *test_manifest_reader_suite(void)
{
    Suite *suite = suite_create("manifest_reader");
    TCase *tests = tcase_create("all");

    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, what_was_written_is_read);
    tcase_add_test(tests, cut_anywhere_it_is_refused);
    tcase_add_test(tests, with_any_byte_changed_it_is_refused);
    tcase_add_test(tests, what_is_no_manifest_is_refused_though_its_checksum_fits);
    tcase_add_test(tests, an_entry_that_says_too_little_is_refused);
    suite_add_tcase(suite, tests);
    return suite;
}
