#include <check.h>
#include <stdio.h>
#include <time.h>

#include "technique_probe.h"

Suite *test_technique_date_suite(void);

START_TEST(coarsens_a_date)
{
    static const struct {
        const char *rule, *expected, *description;
    } cases[] = {
        {"date: year", "2024", "year"},
        {"date: month", "2024-01", "month"},
        {"date: quarter", "2024-Q1", "quarter"},
        {"date: {to: week}", "2024-W05", "week"},
    };

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct technique_probe probe;
        technique_probe_open(&probe, cases[i].rule);
        expect_replaced(&probe, SPAN("2024-01-31"), cases[i].expected);
        expect_blank_stays(&probe);
        expect_described(&probe, cases[i].description);
        technique_probe_close(&probe);
    }
}
END_TEST

START_TEST(drops_a_time)
{
    static const char *const values[] = {
        "2024-01-31T10:11",          "2024-01-31 10:11",          "2024-01-31T10:11:12",
        "2024-01-31T10:11:12Z",      "2024-01-31 10:11:12.5",     "2024-01-31 10:11:12.123456+00",
        "2024-01-31T10:11:12+02:00", "2024-01-31T10:11:12-0530",  "2024-01-31T10:11Z",
        "2024-01-31T00:00:00+14:00", "2024-01-31T23:59:60.9999Z", NULL};
    struct technique_probe probe;

    technique_probe_open(&probe, "date: day");
    for (size_t i = 0; values[i] != NULL; i++)
        expect_replaced(&probe, span_of(values[i]), "2024-01-31");
    technique_probe_close(&probe);
}
END_TEST

START_TEST(takes_nothing_else)
{
    static const char *const values[] = {
        "unknown",
        "31.01.2024",
        "2024/01/31",
        "20240131",
        "2024-1-31",
        "+2024-01-31",
        "-2024-01-31",
        "02024-01-31",
        " 2024-01-31",
        "2024-01-31 ",
        "2024-01-31T",
        "2024-01-31 10",
        "2024-01-31T10:",
        "2024-01-31T10:1",
        "2024-01-31T24:00",
        "2024-01-31T10:60",
        "2024-01-31T10:11:61",
        "2024-01-31T10:11:",
        "2024-01-31T10:11:12.",
        "2024-01-31T10:11:12,5",
        "2024-01-31T10:11:12+",
        "2024-01-31T10:11:12+1",
        "2024-01-31T10:11:12+01:",
        "2024-01-31T10:11:12+01:0",
        "2024-01-31T10:11:12+24",
        "2024-01-31T10:11:12ZZ",
        "2024-01-31t10:11",
        "2024-01-31  10:11",
        "2024-00-10",
        "2024-13-10",
        "2024-01-00",
        "2024-01-32",
        "2024-04-31",
        "2023-02-29",
        "1900-02-29",
        "0000-01-01",
        "\xef\xbc\x92\xef\xbc\x90\xef\xbc\x92\xef\xbc\x94", /* full-width digits */
        NULL};
    struct technique_probe probe;

    technique_probe_open(&probe, "date: year");
    for (size_t i = 0; values[i] != NULL; i++)
        expect_untaken(&probe, span_of(values[i]));
    expect_untaken(&probe, SPAN("2024-01-31\0"));
    technique_probe_close(&probe);
}
END_TEST

START_TEST(knows_leap_years)
{
    struct technique_probe probe;

    technique_probe_open(&probe, "date: month");
    expect_replaced(&probe, SPAN("2024-02-29"), "2024-02");
    expect_replaced(&probe, SPAN("2000-02-29"), "2000-02");
    expect_untaken(&probe, SPAN("2100-02-29"));
    technique_probe_close(&probe);
}
END_TEST

START_TEST(keeps_the_ends_of_time)
{
    struct technique_probe probe;

    technique_probe_open(&probe, "date: week");
    expect_replaced(&probe, SPAN("0001-01-01"), "0001-W01");
    expect_replaced(&probe, SPAN("9999-12-31"), "9999-W52");
    technique_probe_close(&probe);
}
END_TEST

START_TEST(weeks_are_those_of_the_c_library)
{
    struct technique_probe probe;
    struct tm day = {.tm_year = 1895 - 1900, .tm_mday = 1};

    technique_probe_open(&probe, "date: week");
    for (timegm(&day); day.tm_year < 2110 - 1900; day.tm_mday++, timegm(&day)) {
        char value[64], expected[64];
        strftime(value, sizeof value, "%Y-%m-%d", &day);
        strftime(expected, sizeof expected, "%G-W%V", &day);
        expect_replaced(&probe, span_of(value), expected);
    }
    technique_probe_close(&probe);
}
END_TEST

START_TEST(own_output_and_coarser_stay)
{
    struct technique_probe probe;

    technique_probe_open(&probe, "date: year");
    expect_unchanged(&probe, SPAN("2024"));
    expect_untaken(&probe, SPAN("2024-01"));
    expect_untaken(&probe, SPAN("2024-W05"));
    expect_untaken(&probe, SPAN("0000"));
    technique_probe_close(&probe);

    technique_probe_open(&probe, "date: month");
    expect_unchanged(&probe, SPAN("2024"));
    expect_unchanged(&probe, SPAN("2024-12"));
    expect_untaken(&probe, SPAN("2024-13"));
    expect_untaken(&probe, SPAN("2024-W05"));
    technique_probe_close(&probe);

    technique_probe_open(&probe, "date: week");
    expect_unchanged(&probe, SPAN("2024"));
    expect_unchanged(&probe, SPAN("2024-01"));
    expect_unchanged(&probe, SPAN("2020-W53"));
    expect_untaken(&probe, SPAN("2024-W53")); /* of 52 weeks */
    expect_untaken(&probe, SPAN("2024-W00"));
    expect_untaken(&probe, SPAN("2024-W5"));
    technique_probe_close(&probe);

    technique_probe_open(&probe, "date: day");
    expect_unchanged(&probe, SPAN("2024"));
    expect_unchanged(&probe, SPAN("2024-01"));
    expect_unchanged(&probe, SPAN("2024-W05"));
    expect_unchanged(&probe, SPAN("2024-01-31"));
    technique_probe_close(&probe);
}
END_TEST

START_TEST(quarters_have_three_months)
{
    struct technique_probe probe;

    technique_probe_open(&probe, "date: quarter");
    expect_replaced(&probe, SPAN("2024-03-31"), "2024-Q1");
    expect_replaced(&probe, SPAN("2024-04-01"), "2024-Q2");
    expect_replaced(&probe, SPAN("2024-09-30T10:00:00Z"), "2024-Q3");
    expect_replaced(&probe, SPAN("2024-12-31"), "2024-Q4");
    expect_unchanged(&probe, SPAN("2024-Q4"));
    expect_unchanged(&probe, SPAN("2024"));
    expect_untaken(&probe, SPAN("2024-Q5"));
    expect_untaken(&probe, SPAN("2024-Q0"));
    expect_untaken(&probe, SPAN("2024-05"));
    technique_probe_close(&probe);

    technique_probe_open(&probe, "date: year");
    expect_untaken(&probe, SPAN("2024-Q1"));
    technique_probe_close(&probe);
}
END_TEST

START_TEST(reads_as_the_format_says)
{
    static const struct {
        const char *rule, *value, *expected;
    } cases[] = {
        {"date: {to: month, format: \"%d/%m/%Y\"}", "31/01/2024", "2024-01"},
        {"date: {to: day, format: \"%d/%m/%Y\"}", "1/2/2024", "2024-02-01"},
        {"date: {to: day, format: \"%m/%d/%Y %H:%M\"}", "12/31/2024 23:59", "2024-12-31"},
        {"date: {to: week, format: \"%Y%m%d\"}", "20240131", "2024-W05"},
        {"date: {to: day, format: \"%d-%b-%Y\"}", "07-jAN-1990", "1990-01-07"},
        {"date: {to: year, format: \"%%%d.%m.%Y %H:%M:%S\"}", "%1.1.2024 1:2:60", "2024"},
    };

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct technique_probe probe;
        technique_probe_open(&probe, cases[i].rule);
        expect_replaced(&probe, span_of(cases[i].value), cases[i].expected);
        expect_unchanged(&probe, span_of(cases[i].expected));
        technique_probe_close(&probe);
    }
}
END_TEST

START_TEST(a_format_takes_nothing_else)
{
    static const char *const values[] = {"2024-01-31", "31/13/2024",  "30/02/2024",  "0/1/2024",
                                         "31/01/24",   "31/01/2024 ", " 31/01/2024", "31/01/0000",
                                         "31-01-2024", "31//2024",    "031/01/2024", "31/01",
                                         NULL};
    struct technique_probe probe;

    technique_probe_open(&probe, "date: {to: month, format: \"%d/%m/%Y\"}");
    for (size_t i = 0; values[i] != NULL; i++)
        expect_untaken(&probe, span_of(values[i]));
    expect_described(&probe, "month, read as %d/%m/%Y");
    technique_probe_close(&probe);
}
END_TEST

START_TEST(refuses_wrong_options)
{
    expect_refused("date", "1:1: missing option 'to'");
    expect_refused("date: yaer", "1:7: unknown precision 'yaer' (did you mean 'year'?)");
    expect_refused("date: century",
                   "1:7: unknown precision 'century' (expected day, week, month, quarter or year)");
    expect_refused("date: {to: [year]}", "1:12: expected a scalar, not a list");
    expect_refused("date: {too: year, to: year}", "1:8: unknown key 'too' (did you mean 'to'?)");
    expect_refused("date: {to: day, format: \"%d/%m\"}",
                   "1:25: expected %Y, %m or %b, and %d in 'format'");
    expect_refused("date: {to: day, format: \"%d/%m/%Y %d\"}",
                   "1:25: a directive stands twice in 'format'");
    expect_refused("date: {to: day, format: \"%d/%m/%y\"}",
                   "1:25: expected %Y, %m, %b, %d, %H, %M, %S or %% in 'format'");
    expect_refused("date: {to: day, format: \"%d/%m/%Y%\"}",
                   "1:25: expected %Y, %m, %b, %d, %H, %M, %S or %% in 'format'");
    expect_refused("date: {to: day, format: \"%Y-%d-%m\"}",
                   "1:25: 'format' reads days as they are written here as other days");
}
END_TEST

Suite *test_technique_date_suite(void)
{
    Suite *suite = suite_create("technique_date");
    TCase *tcase = tcase_create("date");

    tcase_add_test(tcase, coarsens_a_date);
    tcase_add_test(tcase, drops_a_time);
    tcase_add_test(tcase, takes_nothing_else);
    tcase_add_test(tcase, knows_leap_years);
    tcase_add_test(tcase, keeps_the_ends_of_time);
    tcase_add_test(tcase, weeks_are_those_of_the_c_library);
    tcase_add_test(tcase, own_output_and_coarser_stay);
    tcase_add_test(tcase, quarters_have_three_months);
    tcase_add_test(tcase, reads_as_the_format_says);
    tcase_add_test(tcase, a_format_takes_nothing_else);
    tcase_add_test(tcase, refuses_wrong_options);
    suite_add_tcase(suite, tcase);
    return suite;
}
