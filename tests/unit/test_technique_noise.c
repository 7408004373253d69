#include <check.h>
#include <stdio.h>
#include <stdlib.h>

#include "technique_probe.h"

/* Expected values: Python's hmac, with the probe's key. */

Suite *test_technique_noise_suite(void);

#define SUBJECT SPAN("SSSSSSSSSSSSSSSS")
#define OTHER SPAN("TTTTTTTTTTTTTTTT")

static struct technique_probe probe;

static void open_for(const char *rule, struct span subject)
{
    technique_probe_open(&probe, rule);
    probe.subject = subject;
}

START_TEST(depends_on_contact_and_number)
{
    open_for("noise: {range: 100}", SUBJECT);
    expect_replaced(&probe, SPAN("1000"), "1018");
    expect_replaced(&probe, SPAN("1000"), "1018");
    expect_replaced(&probe, SPAN("01000"), "1018");
    expect_blank_stays(&probe);
    expect_described(&probe, "at most 100 more or less");
    probe.subject = SPAN("");
    expect_replaced(&probe, SPAN("1000"), "907");
    probe.subject = OTHER;
    ck_assert_int_eq(technique_probe_treat(&probe, SPAN("1000")), TREATMENT_REPLACED);
    ck_assert(!span_equal(buffer_span(&probe.out), SPAN("1018")));
    technique_probe_close(&probe);

    open_for("noise: {range: 100, domain: bonus}", SUBJECT);
    ck_assert_int_eq(technique_probe_treat(&probe, SPAN("1000")), TREATMENT_REPLACED);
    ck_assert(!span_equal(buffer_span(&probe.out), SPAN("1018")));
    technique_probe_close(&probe);
}
END_TEST

static void expect_decimals(const char *value, size_t decimals)
{
    ck_assert_int_eq(technique_probe_treat(&probe, span_of(value)), TREATMENT_REPLACED);
    const char *point = memchr(probe.out.at, '.', probe.out.size);
    const size_t found = point ? (size_t)(probe.out.at + probe.out.size - point) - 1 : 0;
    ck_assert_msg(found == decimals, "%.*s", (int)probe.out.size, probe.out.at);
}

START_TEST(decimals_are_those_of_value_or_range)
{
    open_for("noise: 1.5", SUBJECT);
    expect_replaced(&probe, SPAN("12.50"), "11.43");
    expect_decimals("12", 1);
    expect_decimals("12.000", 3);
    expect_decimals("12.12345678901234", 9);
    technique_probe_close(&probe);

    open_for("noise: {range: 1.5, decimals: 2}", SUBJECT);
    expect_decimals("12", 2);
    expect_decimals("12.3456", 2);
    technique_probe_close(&probe);
}
END_TEST

START_TEST(stays_in_its_range_and_reaches_the_ends)
{
    bool seen[7] = {false};
    char value[32];

    open_for("noise: 3", SUBJECT);
    for (int i = 1000; i < 2000; i++) {
        snprintf(value, sizeof value, "%d", i);
        const bool same = technique_probe_treat(&probe, span_of(value)) == TREATMENT_UNCHANGED;
        if (!same)
            snprintf(value, sizeof value, "%.*s", (int)probe.out.size, probe.out.at);
        const int noise = atoi(value) - i;
        ck_assert(noise >= -3 && noise <= 3);
        seen[noise + 3] = true;
    }
    for (size_t i = 0; i < 7; i++)
        ck_assert(seen[i]);
    technique_probe_close(&probe);
}
END_TEST

START_TEST(no_sum_starts_a_formula)
{
    char value[32];

    open_for("noise: 100", SUBJECT);
    for (int i = 0; i < 200; i++) {
        snprintf(value, sizeof value, "0.%03d", i);
        ck_assert_int_ne(technique_probe_treat(&probe, span_of(value)), TREATMENT_UNTAKEN);
        ck_assert_int_ne(probe.out.at[0], '-');
    }
    ck_assert_int_eq(technique_probe_treat(&probe, SPAN("-1000")), TREATMENT_REPLACED);
    ck_assert_int_eq(probe.out.at[0], '-');
    technique_probe_close(&probe);
}
END_TEST

START_TEST(takes_nothing_but_plain_decimals)
{
    static const char *const values[] = {
        "many", "1e3", "1,5", "1 000", ".5", "5.", "+5", "\xff", "５", "1000000000000000000", NULL};

    open_for("noise: 5", SUBJECT);
    for (size_t i = 0; values[i] != NULL; i++)
        expect_untaken(&probe, span_of(values[i]));
    expect_decimals("999999999999999999", 0);
    technique_probe_close(&probe);
}
END_TEST

START_TEST(refuses_wrong_options)
{
    expect_refused("noise", "1:1: missing option 'range'");
    expect_refused("noise: {decimals: 1}", "1:8: missing key 'range'");
    expect_refused("noise: much", "1:8: expected a decimal number for 'range'");
    expect_refused("noise: 0.0", "1:8: expected a number above 0 for 'range'");
    expect_refused("noise: -5", "1:8: expected a number above 0 for 'range'");
    expect_refused("noise: 1000000000", "1:8: more digits in 'range' than can be counted exactly");
    expect_refused("noise: {range: 0.5, decimals: 0}",
                   "1:31: so few decimals leave nothing of 'range'");
    expect_refused("noise: {range: 5, decimals: 10}",
                   "1:29: expected a whole number from 0 to 9 for 'decimals'");
}
END_TEST

Suite *test_technique_noise_suite(void)
{
    Suite *suite = suite_create("technique_noise");
    TCase *tcase = tcase_create("noise");

    tcase_add_test(tcase, depends_on_contact_and_number);
    tcase_add_test(tcase, decimals_are_those_of_value_or_range);
    tcase_add_test(tcase, stays_in_its_range_and_reaches_the_ends);
    tcase_add_test(tcase, no_sum_starts_a_formula);
    tcase_add_test(tcase, takes_nothing_but_plain_decimals);
    tcase_add_test(tcase, refuses_wrong_options);
    suite_add_tcase(suite, tcase);
    return suite;
}
