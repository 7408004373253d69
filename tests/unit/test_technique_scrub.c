#include <check.h>
#include <stdlib.h>

#include "technique_probe.h"

Suite *test_technique_scrub_suite(void);

static struct technique_probe probe;

static void setup(void)
{
    technique_probe_open(&probe, "scrub");
}

static void teardown(void)
{
    technique_probe_close(&probe);
}

START_TEST(finds_emails)
{
    expect_replaced(&probe, SPAN("write to jana.novak+x@mail.example.org."), "write to ***.");
    expect_replaced(&probe, SPAN("jana@example.org"), "***");
    expect_replaced(&probe, SPAN("<jana@example.org>,<petr@example.com>"), "<***>,<***>");
    expect_replaced(&probe, SPAN("žofie@příklad.cz, ano"), "***, ano");
    expect_replaced(&probe, SPAN("a/jana@example.org"), "***");
    expect_unchanged(&probe, SPAN("meet @ 10, jana@localhost"));
    expect_blank_stays(&probe);
    expect_described(&probe, "email, phone, iban, ip, url, credit_card");
}
END_TEST

START_TEST(finds_phones)
{
    expect_replaced(&probe, SPAN("call +420 601 234 567 now"), "call *** now");
    expect_replaced(&probe, SPAN("call (0601) 234-567, please"), "call ***, please");
    expect_replaced(&probe, SPAN("00420601234567"), "***");
    expect_replaced(&probe, SPAN("+420601234567"), "***");
    expect_replaced(&probe, SPAN("tel601234567x"), "tel***x");
    expect_replaced(&probe, SPAN("22 33 44 55"), "***");
    expect_replaced(&probe,
                    SPAN("601\xc2\xa0"
                         "234\xe2\x80\xaf"
                         "567"),
                    "***");
    expect_unchanged(&probe, SPAN("room 1234567, 12 of 2024"));
}
END_TEST

START_TEST(dates_and_amounts_are_no_phones)
{
    expect_unchanged(&probe, SPAN("2024-01-31 10:15:00, 31.01.2024 10:15, 1/2/2024 1000"));
    expect_unchanged(&probe, SPAN("1 234 567 CZK"));
    expect_replaced(&probe, SPAN("2024-01-31 601234567"), "2024-01-31 ***");
}
END_TEST

START_TEST(finds_ibans_that_are_right)
{
    struct technique_probe iban;

    technique_probe_open(&iban, "scrub: {patterns: [iban]}");
    expect_replaced(&iban, SPAN("to CZ65 0800 0000 1920 0014 5399 please"), "to *** please");
    expect_replaced(&iban, SPAN("gb82west12345698765432."), "***.");
    expect_unchanged(&iban, SPAN("to CZ66 0800 0000 1920 0014 5399 please"));
    technique_probe_close(&iban);
}
END_TEST

START_TEST(finds_cards_that_are_right)
{
    struct technique_probe card;

    technique_probe_open(&card, "scrub: {patterns: [credit_card]}");
    expect_replaced(&card, SPAN("4111 1111 1111 1111 12/27"), "*** 12/27");
    expect_replaced(&card, SPAN("12 4111-1111-1111-1111"), "12 ***");
    expect_unchanged(&card, SPAN("4111 1111 1111 1112"));
    expect_unchanged(&card, SPAN("0000"));
    technique_probe_close(&card);
}
END_TEST

START_TEST(finds_addresses_of_hosts)
{
    static const struct {
        const char *value, *expected;
    } cases[] = {
        {"from 192.0.2.17.", "from ***."},
        {"[2001:db8::1]:443", "[***]:443"},
        {"2001:db8:0:0:0:0:0:1: up", "***: up"},
        {"::1 ::ffff:192.0.2.1", "*** ***"},
        {"fe80::", "***"},
    };
    static const char *const others[] = {"std::string", "10:30:45",  "::",   "1.2.3",
                                         "1.2.3.4.5",   "300.1.1.1", "x::y", NULL};
    struct technique_probe ip;

    technique_probe_open(&ip, "scrub: {patterns: [ip]}");
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        expect_replaced(&ip, span_of(cases[i].value), cases[i].expected);
    for (size_t i = 0; others[i] != NULL; i++)
        expect_unchanged(&ip, span_of(others[i]));
    technique_probe_close(&ip);
}
END_TEST

START_TEST(finds_urls)
{
    expect_replaced(&probe, SPAN("see https://x.example.org/a?b=c#d, (www.example.com/jana)."),
                    "see ***, (***).");
    expect_replaced(&probe, SPAN("\"ftp://user@host/x\""), "\"***\"");
    expect_unchanged(&probe, SPAN("and/or: a://"));
}
END_TEST

START_TEST(what_overlaps_is_replaced_once)
{
    expect_replaced(&probe, SPAN("https://example.org/?m=jana@example.org&t=601234567 x"), "*** x");
    expect_replaced(&probe, SPAN("601234567/jana@example.org"), "***");
    expect_replaced(&probe, SPAN("a@example.org b@example.org"), "*** ***");
}
END_TEST

START_TEST(bytes_of_no_character_do_no_harm)
{
    expect_replaced(&probe, SPAN("\xff\xfe jana@example.org \x80"), "\xff\xfe *** \x80");
    expect_replaced(&probe, SPAN("Ž 601234567 Ž"), "Ž *** Ž");
}
END_TEST

START_TEST(with_another_text)
{
    struct technique_probe other;

    technique_probe_open(&other, "scrub: {patterns: [email, url], with: \"[gone]\"}");
    expect_replaced(&other, SPAN("jana@example.org, 601234567"), "[gone], 601234567");
    expect_described(&other, "email, url");
    technique_probe_close(&other);
}
END_TEST

/* Texts that make patterns try long and in vain end all the same: unchanged, or untaken. */
START_TEST(a_monstrous_text_ends)
{
    static const char *const pieces[] = {"a",    "a.", "1 ", "12-", "a:",   "\xc3\xa1", "@",
                                         "a@a.", "ab", "1.", "::",  "AB12", NULL};
    enum { SIZE = 1 << 17 };
    char *text = malloc(SIZE);

    ck_assert_ptr_nonnull(text);
    for (size_t i = 0; pieces[i] != NULL; i++) {
        const size_t size = strlen(pieces[i]);
        for (size_t at = 0; at < SIZE; at++)
            text[at] = pieces[i][at % size];
        ck_assert_int_ne(technique_probe_treat(&probe, (struct span){text, SIZE}),
                         TREATMENT_FAILED);
    }
    free(text);
}
END_TEST

/* More than a pattern may step back. */
START_TEST(a_url_loses_any_number_of_signs_behind_it)
{
    enum { SIZE = 8 << 20 };
    static const char url[] = "see http://example.org/";
    char *text = malloc(SIZE);

    ck_assert_ptr_nonnull(text);
    memset(text, '.', SIZE);
    memcpy(text, url, sizeof url - 1);
    ck_assert_int_eq(technique_probe_treat(&probe, (struct span){text, SIZE}), TREATMENT_REPLACED);
    ck_assert_uint_eq(probe.out.size, SIZE - strlen("http://example.org/") + strlen("***"));
    ck_assert_mem_eq(probe.out.at, "see ***...", 10);
    free(text);
}
END_TEST

START_TEST(what_is_no_more_than_a_scheme_is_no_url)
{
    expect_unchanged(&probe, SPAN("http://"));
    expect_unchanged(&probe, SPAN("http://..., www.... or www.,"));
    expect_replaced(&probe, SPAN("www.a, www.x://. http://a!?"), "***, ***. ***!?");
}
END_TEST

START_TEST(refuses_wrong_options)
{
    expect_refused("scrub: email", "1:8: expected options, as in {patterns: ...}, not a scalar");
    expect_refused("scrub: {patterns: []}", "1:19: expected at least one pattern");
    expect_refused("scrub: {patterns: [emial]}",
                   "1:20: unknown pattern 'emial' (did you mean 'email'?)");
    expect_refused("scrub: {with: =}", "1:15: text that would start a spreadsheet formula");
    expect_refused("scrub: {known: maybe}", "1:16: expected true or false");
}
END_TEST

Suite *test_technique_scrub_suite(void)
{
    Suite *suite = suite_create("technique_scrub");
    TCase *tcase = tcase_create("scrub");

    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_set_timeout(tcase, 60);
    tcase_add_test(tcase, finds_emails);
    tcase_add_test(tcase, finds_phones);
    tcase_add_test(tcase, dates_and_amounts_are_no_phones);
    tcase_add_test(tcase, finds_ibans_that_are_right);
    tcase_add_test(tcase, finds_cards_that_are_right);
    tcase_add_test(tcase, finds_addresses_of_hosts);
    tcase_add_test(tcase, finds_urls);
    tcase_add_test(tcase, what_overlaps_is_replaced_once);
    tcase_add_test(tcase, bytes_of_no_character_do_no_harm);
    tcase_add_test(tcase, with_another_text);
    tcase_add_test(tcase, a_monstrous_text_ends);
    tcase_add_test(tcase, a_url_loses_any_number_of_signs_behind_it);
    tcase_add_test(tcase, what_is_no_more_than_a_scheme_is_no_url);
    tcase_add_test(tcase, refuses_wrong_options);
    suite_add_tcase(suite, tcase);
    return suite;
}
