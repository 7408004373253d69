#include <check.h>
#include <stdio.h>
#include <time.h>

#include "base/calendar.h"
#include "technique_probe.h"

/* Expected values: Python's hmac and datetime, with the probe's key. */

Suite *test_technique_shift_date_suite(void);

static struct technique_probe probe;

static void setup(void)
{
    technique_probe_open(&probe, "shift_date: {days: 30}");
    probe.subject = SPAN("SSSSSSSSSSSSSSSS"); /* 15 days back */
}

static void teardown(void)
{
    technique_probe_close(&probe);
}

START_TEST(all_dates_of_a_contact_move_alike)
{
    expect_replaced(&probe, SPAN("2024-02-28"), "2024-02-13");
    expect_replaced(&probe, SPAN("2024-03-10"), "2024-02-24");
    expect_replaced(&probe, SPAN("2000-01-01"), "1999-12-17");
    expect_blank_stays(&probe);
    expect_described(&probe, "by at most 30 days, the same for all of a contact");
    probe.subject = SPAN("TTTTTTTTTTTTTTTT"); /* 26 days back */
    expect_replaced(&probe, SPAN("2024-02-28"), "2024-02-02");
}
END_TEST

START_TEST(a_time_stays_as_it_is)
{
    expect_replaced(&probe, SPAN("2024-02-28T10:11:12.5+02:00"), "2024-02-13T10:11:12.5+02:00");
    expect_replaced(&probe, SPAN("2024-02-28 10:11"), "2024-02-13 10:11");
}
END_TEST

START_TEST(takes_nothing_else)
{
    static const char *const values[] = {"soon",       "28/02/2024",   "2024-02-30", "2024-02",
                                         "0001-01-01", "2024-02-28 x", "\xff",       NULL};

    for (size_t i = 0; values[i] != NULL; i++)
        expect_untaken(&probe, span_of(values[i]));
    expect_replaced(&probe, SPAN("0001-01-16"), "0001-01-01");
    expect_replaced(&probe, SPAN("9999-12-31"), "9999-12-16");
}
END_TEST

START_TEST(a_date_of_nobody_is_untaken)
{
    probe.subject = SPAN("");
    expect_untaken(&probe, SPAN("2024-02-28"));
}
END_TEST

START_TEST(a_day_is_at_least_one)
{
    struct technique_probe one;
    char subject[17];
    bool back = false, forth = false;

    technique_probe_open(&one, "shift_date: 1");
    for (int i = 0; i < 100; i++) {
        snprintf(subject, sizeof subject, "%016d", i);
        one.subject = span_of(subject);
        ck_assert_int_eq(technique_probe_treat(&one, SPAN("2024-02-28")), TREATMENT_REPLACED);
        back |= span_equal(buffer_span(&one.out), SPAN("2024-02-27"));
        forth |= span_equal(buffer_span(&one.out), SPAN("2024-02-29"));
    }
    ck_assert(back && forth);
    technique_probe_close(&one);
}
END_TEST

/* By the C library's calendar. */
START_TEST(days_are_those_of_the_c_library)
{
    for (int days = -693000; days < 2932000; days += 977) {
        struct date date = {1970, 1, 1};
        const time_t seconds = (time_t)days * 86400;
        struct tm expected;

        gmtime_r(&seconds, &expected);
        ck_assert(date_add_days(&date, days));
        ck_assert_int_eq(date.year, expected.tm_year + 1900);
        ck_assert_int_eq(date.month, expected.tm_mon + 1);
        ck_assert_int_eq(date.day, expected.tm_mday);
        ck_assert(date_add_days(&date, -days));
        ck_assert_int_eq(date.year * 10000 + date.month * 100 + date.day, 19700101);
    }
}
END_TEST

START_TEST(refuses_wrong_options)
{
    expect_refused("shift_date", "1:1: missing option 'days'");
    expect_refused("shift_date: 0", "1:13: expected a whole number from 1 to 36500 for 'days'");
    expect_refused("shift_date: 36501", "1:13: expected a whole number from 1 to 36500 for 'days'");
}
END_TEST

Suite *test_technique_shift_date_suite(void)
{
    Suite *suite = suite_create("technique_shift_date");
    TCase *tcase = tcase_create("shift_date");

    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_test(tcase, all_dates_of_a_contact_move_alike);
    tcase_add_test(tcase, a_time_stays_as_it_is);
    tcase_add_test(tcase, takes_nothing_else);
    tcase_add_test(tcase, a_date_of_nobody_is_untaken);
    tcase_add_test(tcase, a_day_is_at_least_one);
    tcase_add_test(tcase, days_are_those_of_the_c_library);
    tcase_add_test(tcase, refuses_wrong_options);
    suite_add_tcase(suite, tcase);
    return suite;
}
