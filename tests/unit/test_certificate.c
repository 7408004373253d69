#include "report/certificate.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "report_fixture.h"

Suite *test_certificate_suite(void);

static struct run_report report;
static struct certificate certificate;
static char *written;

static const struct file_report reports[] = {
    {.path = "efface-report/anonymization-report.json", .checksum_out = {9}},
};

static void setup(void)
{
    report = report_fixture();
    written = NULL;
}

static void teardown(void)
{
    free(written);
}

static void make(void)
{
    struct diagnostics diagnostics = DIAGNOSTICS_INIT;

    ck_assert_int_eq(certificate_make(&report, reports, 1, &certificate, &diagnostics), STATUS_OK);
}

static void assert_digest(const unsigned char *digest, struct span text)
{
    struct checksum checksum = CHECKSUM_INIT;
    unsigned char expected[CHECKSUM_SIZE];

    ck_assert(checksum_start(&checksum) && checksum_add(&checksum, text) &&
              checksum_finish(&checksum, expected));
    checksum_release(&checksum);
    ck_assert_mem_eq(digest, expected, CHECKSUM_SIZE);
}

static void write_json(void)
{
    struct report_place place = report_place_open();
    struct diagnostics diagnostics = DIAGNOSTICS_INIT;
    size_t size;

    make();
    ck_assert_int_eq(certificate_json_write(&certificate, place.fd, "c.json", &diagnostics),
                     STATUS_OK);
    written = report_place_bytes(&place, &size);
    report_place_release(&place);
}

static void write_page(void)
{
    const struct file_report json = {.path = "c.json", .checksum_out = {0xFE, 0xDC}};
    struct report_place place = report_place_open();
    struct diagnostics diagnostics = DIAGNOSTICS_INIT;
    size_t size;

    make();
    ck_assert_int_eq(certificate_page_write(&certificate, &json, place.fd, "c.html", &diagnostics),
                     STATUS_OK);
    written = report_place_bytes(&place, &size);
    report_place_release(&place);
}

static void assert_has(const char *text)
{
    ck_assert_msg(strstr(written, text) != NULL, "no '%s'", text);
}

START_TEST(the_lists_are_summed_line_by_line)
{
    report.targets.count = 2;
    report.file_count = 1;
    make();
    assert_digest(certificate.contact_list,
                  SPAN("0f3c9a1be0c84d2a95a1f2d37c6e8b01 anonymize anonymized\n"
                       "5be2d7704e1146b0b3a0c9d8e7f61522 delete deleted\n"));
    assert_digest(certificate.file_list,
                  SPAN("0200000000000000000000000000000000000000000000000000000000000000"
                       "  audience/contacts-1.csv.gz\n"));
}
END_TEST

/* Whoever is asked for, the one target that `source` is. */
static struct reported_target describe_one(void *source, size_t index)
{
    (void)index;
    return *(const struct reported_target *)source;
}

START_TEST(a_long_list_is_summed_like_a_short_one)
{
    struct reported_target first = report_target(&report, 0);
    struct buffer lines = BUFFER_INIT;

    report.targets.source = &first;
    report.targets.describe = describe_one;
    report.targets.count = 3000;
    for (size_t i = 0; i < report.targets.count; i++)
        ck_assert(
            buffer_append(&lines, SPAN("0f3c9a1be0c84d2a95a1f2d37c6e8b01 anonymize anonymized\n")));
    make();
    assert_digest(certificate.contact_list, buffer_span(&lines));
    buffer_release(&lines);
}
END_TEST

START_TEST(the_json_says_what_was_done)
{
    write_json();
    assert_has("\"schema\": \"efface certificate\"");
    assert_has("\"verdict\": \"failed\"");
    assert_has("{\"digest\": \"9ad41c2f7b8e4f60a1c2d3e4f5061733\", \"mode\": \"delete\", "
               "\"outcome\": \"held\", \"line\": 4}");
    assert_has("{\"entity\": \"participants\", \"records\": 50000, \"anonymized\": 6, "
               "\"unlinked\": 1, \"dropped\": 3, \"already_anonymized\": 0}");
    assert_has("\"field\": \"BirthDate\", \"technique\": \"date\"");
    ck_assert_ptr_null(strstr(written, "\"field\": \"Country\""));
    assert_has("\"path\": \"efface-report/anonymization-report.json\"");
}
END_TEST

START_TEST(the_ledger_is_told_where_one_is_kept)
{
    write_json();
    ck_assert_ptr_null(strstr(written, "\"ledger\""));
    free(written);
    report.ledger = (struct ledger_report){true, 7, {0xAB}, 2};
    write_json();
    assert_has("\"lines_before\": 7");
    assert_has("\"head_before\": \"ab000000000000000000000000000000\"");
    assert_has("\"entered\": 2");
    assert_has("\"outcome\": \"anonymized\", \"resurrected\": true");
    free(written);
    write_page();
    assert_has("ab000000000000000000000000000000");
    assert_has("<td>yes</td>");
}
END_TEST

START_TEST(cells_without_a_technique_were_unlinked)
{
    struct field_report link = report.fields[3];

    ck_assert_str_eq(link.technique, "");
    link.treated = 4;
    report.fields = &link;
    report.field_count = 1;
    write_json();
    assert_has("\"technique\": \"unlink\", \"label\": \"removed\", \"treated\": 4");
}
END_TEST

START_TEST(the_page_bears_the_checksum_of_the_json)
{
    write_page();
    assert_has("<h1>Certificate of erasure</h1>");
    assert_has("fedc000000000000000000000000000000000000000000000000000000000000");
    assert_has("9ad41c2f7b8e4f60a1c2d3e4f5061733");
    assert_has("What it does not attest");
}
END_TEST

static const char *last_sentence_but_one(const char *const *sentences)
{
    size_t count = 0;

    while (sentences[count] != NULL)
        count++;
    return sentences[count - 2];
}

START_TEST(a_kept_key_is_told)
{
    ck_assert_ptr_nonnull(
        strstr(last_sentence_but_one(certificate_leaves_open(&report)), "died with the run"));
    report.key_is_kept = true;
    ck_assert_ptr_nonnull(
        strstr(last_sentence_but_one(certificate_leaves_open(&report)), "Their key was kept"));
}
END_TEST

START_TEST(no_search_is_claimed_where_none_was)
{
    report.leak_verdict = LEAKS_UNCHECKED;
    write_json();
    assert_has("\"verdict\": \"off\"");
    ck_assert_ptr_null(strstr(written, "was searched for"));
}
END_TEST

Suite *test_certificate_suite(void)
{
    Suite *suite = suite_create("certificate");
    TCase *tests = tcase_create("all");

    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, the_lists_are_summed_line_by_line);
    tcase_add_test(tests, a_long_list_is_summed_like_a_short_one);
    tcase_add_test(tests, the_json_says_what_was_done);
    tcase_add_test(tests, the_ledger_is_told_where_one_is_kept);
    tcase_add_test(tests, cells_without_a_technique_were_unlinked);
    tcase_add_test(tests, the_page_bears_the_checksum_of_the_json);
    tcase_add_test(tests, a_kept_key_is_told);
    tcase_add_test(tests, no_search_is_claimed_where_none_was);
    suite_add_tcase(suite, tests);
    return suite;
}
