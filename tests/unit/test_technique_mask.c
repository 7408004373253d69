#include <check.h>
#include <string.h>

#include "technique_probe.h"

Suite *test_technique_mask_suite(void);

START_TEST(hides_everything_by_default)
{
    struct technique_probe probe;

    technique_probe_open(&probe, "mask");
    expect_replaced(&probe, SPAN("jana"), "***");
    expect_replaced(&probe, SPAN("j"), "***");
    expect_replaced(&probe, SPAN("****"), "***");
    expect_unchanged(&probe, SPAN("***"));
    expect_blank_stays(&probe);
    expect_described(&probe, "keep nothing");
    technique_probe_close(&probe);
}
END_TEST

START_TEST(keeps_the_ends_and_hides_the_length)
{
    struct technique_probe probe;

    technique_probe_open(&probe, "mask: {keep_first: 1}");
    expect_replaced(&probe, SPAN("jana"), "j***");
    expect_replaced(&probe, SPAN("johannes"), "j***");
    expect_described(&probe, "keep the first 1");
    technique_probe_close(&probe);

    technique_probe_open(&probe, "mask: {keep_last: 4}");
    expect_replaced(&probe, SPAN("4111111111111111"), "***1111");
    expect_described(&probe, "keep the last 4");
    technique_probe_close(&probe);

    technique_probe_open(&probe, "mask: {keep_first: 2, keep_last: 1, with: x}");
    expect_replaced(&probe, SPAN("jana"), "jaxxxa");
    expect_described(&probe, "keep the first 2 and the last 1");
    technique_probe_close(&probe);
}
END_TEST

START_TEST(a_value_too_short_is_masked_whole)
{
    struct technique_probe probe;

    technique_probe_open(&probe, "mask: {keep_first: 2, keep_last: 2}");
    expect_replaced(&probe, SPAN("jana"), "***");
    expect_replaced(&probe, SPAN("ja"), "***");
    expect_replaced(&probe, SPAN("janas"), "ja***as");
    technique_probe_close(&probe);
}
END_TEST

START_TEST(counts_code_points)
{
    struct technique_probe probe;

    technique_probe_open(&probe, "mask: {keep_first: 1, keep_last: 1, with: •}");
    expect_replaced(&probe, SPAN("čeněk"), "č•••k");
    expect_replaced(&probe, SPAN("😀😁😂"), "😀•••😂");
    expect_replaced(&probe, SPAN("řř"), "•••");
    expect_unchanged(&probe, SPAN("č•••k"));
    expect_unchanged(&probe, SPAN("•••"));
    technique_probe_close(&probe);
}
END_TEST

START_TEST(a_byte_of_no_code_point_counts_as_one)
{
    struct technique_probe probe;

    technique_probe_open(&probe, "mask: {keep_first: 1, keep_last: 1}");
    expect_replaced(&probe,
                    SPAN("\xff"
                         "ana\xc3"),
                    "\xff***\xc3");
    expect_replaced(&probe, SPAN("\xe2\x82"), "***");
    technique_probe_close(&probe);
}
END_TEST

START_TEST(own_output_stays)
{
    struct technique_probe probe;

    technique_probe_open(&probe, "mask: {keep_first: 1, keep_last: 1}");
    expect_unchanged(&probe, SPAN("j***a"));
    expect_unchanged(&probe, SPAN("***"));
    expect_replaced(&probe, SPAN("j****a"), "j***a");
    technique_probe_close(&probe);
}
END_TEST

START_TEST(a_kept_start_of_a_formula_is_the_values_own)
{
    struct technique_probe probe;

    technique_probe_open(&probe, "mask: {keep_first: 1}");
    expect_replaced(&probe, SPAN("+420123456"), "+***");
    technique_probe_close(&probe);
}
END_TEST

START_TEST(a_kept_end_never_starts_a_formula)
{
    struct technique_probe probe;
    char overlong[4096];

    memset(overlong, '=', sizeof overlong);
    overlong[0] = 'x';
    technique_probe_open(&probe, "mask: {keep_last: 2}");
    expect_replaced(&probe, (struct span){overlong, sizeof overlong}, "***==");
    technique_probe_close(&probe);
}
END_TEST

START_TEST(an_email_keeps_its_form)
{
    static const struct {
        const char *value, *expected;
    } cases[] = {
        {"jana@example.org", "j***@e***.org"},
        {"j@e.cz", "j***@e***.cz"},
        {"Jana.Novak+x@mail.example.co.uk", "J***@m***.uk"},
        {"žofie@příklad.čz", "ž***@p***.čz"},
        {"\"a@b\"@example.org", "\"***@e***.org"},
        {" jana@example.org\t", "j***@e***.org"},
        {"=jana@example.org", "=***@e***.org"},
    };
    struct technique_probe probe;

    technique_probe_open(&probe, "mask: email");
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        expect_replaced(&probe, span_of(cases[i].value), cases[i].expected);
    expect_unchanged(&probe, SPAN("j***@e***.org"));
    expect_blank_stays(&probe);
    expect_described(&probe, "email: keep the first of name and host, and the last label");
    technique_probe_close(&probe);

    technique_probe_open(&probe, "mask: {as: email, with: •}");
    expect_replaced(&probe, SPAN("jana@example.org"), "j•••@e•••.org");
    technique_probe_close(&probe);
}
END_TEST

START_TEST(what_is_no_email_is_untaken)
{
    static const char *const values[] = {"Jana",
                                         "@example.org",
                                         "jana@",
                                         "jana@localhost",
                                         "jana@.org",
                                         "jana@org.",
                                         "jana@x.o rg",
                                         "jana@x.org>",
                                         " ",
                                         "a@b.c (Jana Novak)",
                                         "\xff",
                                         " =a@example.org",
                                         "jana@x.org;b",
                                         NULL};
    struct technique_probe probe;

    technique_probe_open(&probe, "mask: email");
    for (size_t i = 0; values[i] != NULL; i++)
        expect_untaken(&probe, span_of(values[i]));
    technique_probe_close(&probe);
}
END_TEST

START_TEST(refuses_wrong_options)
{
    expect_refused("mask: all", "1:7: unknown form 'all' (expected email)");
    expect_refused("mask: {with: ''}", "1:14: empty 'with'");
    expect_refused("mask: {with: ab}", "1:14: expected one character for 'with'");
    expect_refused("mask: {with: =}", "1:14: mask that would start a spreadsheet formula");
    expect_refused("mask: {with: '-'}", "1:14: mask that would start a spreadsheet formula");
    expect_refused("mask: {keep_first: 1001}",
                   "1:20: expected a whole number from 0 to 1000 for 'keep_first'");
    expect_refused("mask: {keep_first: [1]}", "1:20: expected a scalar, not a list");
    expect_refused("mask: {keepfirst: 1}",
                   "1:8: unknown key 'keepfirst' (did you mean 'keep_first'?)");
    expect_refused("mask: {as: email, keep_first: 2}",
                   "1:12: an email keeps neither 'keep_first' nor 'keep_last'");
}
END_TEST

Suite *test_technique_mask_suite(void)
{
    Suite *suite = suite_create("technique_mask");
    TCase *tcase = tcase_create("mask");

    tcase_add_test(tcase, hides_everything_by_default);
    tcase_add_test(tcase, keeps_the_ends_and_hides_the_length);
    tcase_add_test(tcase, a_value_too_short_is_masked_whole);
    tcase_add_test(tcase, counts_code_points);
    tcase_add_test(tcase, a_byte_of_no_code_point_counts_as_one);
    tcase_add_test(tcase, own_output_stays);
    tcase_add_test(tcase, a_kept_start_of_a_formula_is_the_values_own);
    tcase_add_test(tcase, a_kept_end_never_starts_a_formula);
    tcase_add_test(tcase, an_email_keeps_its_form);
    tcase_add_test(tcase, what_is_no_email_is_untaken);
    tcase_add_test(tcase, refuses_wrong_options);
    suite_add_tcase(suite, tcase);
    return suite;
}
