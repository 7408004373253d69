#include "ledger/ledger_line.h"

#include <check.h>

#include "rules_fixture.h"

#define ZEROS "0000000000000000000000000000000000000000000000000000000000000000"
#define DIGEST "000102030405060708090a0b0c0d0e0f"

static struct buffer text;
static struct ledger_run run;

static void setup(void)
{
    text = (struct buffer)BUFFER_INIT;
    run = (struct ledger_run){.names = BUFFER_INIT};
}

static void teardown(void)
{
    buffer_release(&text);
    ledger_run_release(&run);
}

static void assert_text(const char *expected)
{
    ck_assert_msg(span_equal(buffer_span(&text), span_of(expected)), "%.*s", (int)text.size,
                  text.at);
}

/* Writes the run line of these rules, with column names that need care. */
static void write_run(const char *rules)
{
    static const unsigned char digest[CHECKSUM_SIZE] = {0};
    struct rules_fixture fixture;
    struct ruleset ruleset;

    rules_fixture_enter(&fixture);
    rules_fixture_load_valid(&fixture, rules, &ruleset);
    ck_assert(ledger_run_write(&text, SPAN("2024-05-31"), digest, ruleset.subject));
    ruleset_release(&ruleset);
    rules_fixture_leave(&fixture);
}

START_TEST(a_run_line_comes_back)
{
    write_run("version: 1\nsubject: c\nentities:\n"
              "  c: {key: [Tenant, Id], files: [c.csv], identifiers: {\"E, \\\"%\\u00e9\": email,\n"
              "      Phone: phone}}\n");
    assert_text("run,2024-05-31," ZEROS ",key,Tenant,key,Id,email,E%2c%20%22%25%c3%a9,phone,Phone");
    ck_assert_int_eq(ledger_run_read(buffer_span(&text), &run), STATUS_OK);
    ck_assert(span_equal(run.date, SPAN("2024-05-31")));
    ck_assert(span_equal(run.rules, SPAN(ZEROS)));
    ck_assert_uint_eq(run.column_count, 4);
    ck_assert_uint_eq(run.slot_count, 3);
    ck_assert(run.columns[0].is_key && run.columns[1].is_key && !run.columns[2].is_key);
    ck_assert(span_equal(run.columns[2].name, SPAN("E, \"%\u00e9")));
    ck_assert_int_eq(run.columns[2].match, MATCH_EMAIL);
    ck_assert_int_eq(run.columns[3].match, MATCH_PHONE);
}
END_TEST

static void refuse_run(const char *line)
{
    ck_assert_msg(ledger_run_read(span_of(line), &run) == STATUS_INPUT, "%s", line);
}

START_TEST(malformed_run_lines_are_refused)
{
    ck_assert_int_eq(ledger_run_read(SPAN("run,2024-05-31," ZEROS ",key,Id"), &run), STATUS_OK);
    refuse_run("");
    refuse_run("run");
    refuse_run("ran,2024-05-31," ZEROS ",key,Id");
    refuse_run("run,2024-5-31," ZEROS ",key,Id");
    refuse_run("run,2024-05-31," DIGEST ",key,Id");
    refuse_run("run,2024-05-31," ZEROS);
    refuse_run("run,2024-05-31," ZEROS ",key");
    refuse_run("run,2024-05-31," ZEROS ",key,");
    refuse_run("run,2024-05-31," ZEROS ",key,%4");
    refuse_run("run,2024-05-31," ZEROS ",key,%zz");
    refuse_run("run,2024-05-31," ZEROS ",email,Email");
    refuse_run("run,2024-05-31," ZEROS ",key,Id,name,Name");
    refuse_run("run,2024-05-31," ZEROS ",key,Id,email,Email,key,More");
}
END_TEST

START_TEST(there_is_a_limit_to_columns)
{
    ck_assert(buffer_append(&text, SPAN("run,2024-05-31," ZEROS)));
    for (size_t i = 0; i < KEY_COLUMNS_LIMIT; i++)
        ck_assert(buffer_append(&text, SPAN(",key,K")));
    for (size_t i = 0; i < LEDGER_SLOT_LIMIT - 1; i++)
        ck_assert(buffer_append(&text, SPAN(",exact,I")));
    ck_assert_int_eq(ledger_run_read(buffer_span(&text), &run), STATUS_OK);
    ck_assert_uint_eq(run.slot_count, LEDGER_SLOT_LIMIT);
    ck_assert(buffer_append(&text, SPAN(",exact,I")));
    ck_assert_int_eq(ledger_run_read(buffer_span(&text), &run), STATUS_INPUT);
}
END_TEST

START_TEST(an_erasure_comes_back)
{
    struct ledger_erasure erasure = {
        .deletes = true, .slot_count = 3, .named = {true, false, true}};
    struct ledger_erasure back;

    for (unsigned char i = 0; i < sizeof(erasure.digests[0]); i++)
        ((unsigned char *)&erasure.digests[0])[i] = i;
    ck_assert(ledger_erasure_write(&text, &erasure));
    assert_text("erased,delete," DIGEST ",,00000000000000000000000000000000");
    ck_assert(ledger_erasure_read(buffer_span(&text), &back));
    ck_assert(back.deletes);
    ck_assert_uint_eq(back.slot_count, 3);
    ck_assert(back.named[0] && !back.named[1] && back.named[2]);
    ck_assert(fingerprint_equal(back.digests[0], erasure.digests[0]));
    ck_assert(ledger_erasure_read(SPAN("erased,anonymize,"), &back));
    ck_assert(!back.deletes);
}
END_TEST

START_TEST(malformed_erasures_are_refused)
{
    struct ledger_erasure erasure;

    ck_assert(!ledger_erasure_read(SPAN("erased,anonymize"), &erasure));
    ck_assert(!ledger_erasure_read(SPAN("erased,clear," DIGEST), &erasure));
    ck_assert(!ledger_erasure_read(SPAN("erased,delete," DIGEST "0"), &erasure));
    ck_assert(!ledger_erasure_read(SPAN("forgotten,delete," DIGEST), &erasure));
    ck_assert(!ledger_erasure_read(SPAN("erased,delete,,,,,,,,,,,,,,,,,"), &erasure));
}
END_TEST

START_TEST(a_forgotten_line_comes_back)
{
    static const unsigned char link[LINK_SIZE] = {0, 1, 2,  3,  4,  5,  6,  7,
                                                  8, 9, 10, 11, 12, 13, 14, 15};
    unsigned char back[LINK_SIZE];
    struct span date;

    ck_assert(ledger_forgotten_write(&text, SPAN("2024-05-31"), link));
    assert_text("forgotten,2024-05-31," DIGEST);
    ck_assert(ledger_forgotten_read(buffer_span(&text), &date, back));
    ck_assert(span_equal(date, SPAN("2024-05-31")));
    ck_assert_mem_eq(back, link, LINK_SIZE);
    ck_assert(!ledger_forgotten_read(SPAN("forgotten,2024-05-31," DIGEST ","), &date, back));
    ck_assert(!ledger_forgotten_read(SPAN("forgotten,31," DIGEST), &date, back));
}
END_TEST

START_TEST(a_header_comes_back)
{
    unsigned char id[LEDGER_ID_SIZE] = {1}, key[WRAPPED_KEY_SIZE] = {2};
    unsigned char id_back[LEDGER_ID_SIZE], key_back[WRAPPED_KEY_SIZE];

    ck_assert(ledger_header_write(&text, id, key));
    ck_assert(ledger_header_read(buffer_span(&text), id_back, key_back));
    ck_assert_mem_eq(id, id_back, LEDGER_ID_SIZE);
    ck_assert_mem_eq(key, key_back, WRAPPED_KEY_SIZE);
    text.at[sizeof("efface-ledger,") - 1] = '2';
    ck_assert(!ledger_header_read(buffer_span(&text), id_back, key_back));
}
END_TEST

Suite *test_ledger_line_suite(void)
{
    Suite *suite = suite_create("ledger_line");
    TCase *cases = tcase_create("ledger_line");

    tcase_add_checked_fixture(cases, setup, teardown);
    tcase_add_test(cases, a_run_line_comes_back);
    tcase_add_test(cases, malformed_run_lines_are_refused);
    tcase_add_test(cases, there_is_a_limit_to_columns);
    tcase_add_test(cases, an_erasure_comes_back);
    tcase_add_test(cases, malformed_erasures_are_refused);
    tcase_add_test(cases, a_forgotten_line_comes_back);
    tcase_add_test(cases, a_header_comes_back);
    suite_add_tcase(suite, cases);
    return suite;
}
