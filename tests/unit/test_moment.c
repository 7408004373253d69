#include "base/moment.h"

#include <check.h>

Suite *test_moment_suite(void);

static int order(const char *a, const char *b)
{
    struct moment left, right;

    ck_assert_msg(moment_parse(span_of(a), &left), "%s", a);
    ck_assert_msg(moment_parse(span_of(b), &right), "%s", b);
    return moment_compare(&left, &right);
}

/* Asserts it both ways round. */
static void assert_order(const char *a, const char *b, int expected)
{
    ck_assert_msg(order(a, b) == expected, "%s and %s", a, b);
    ck_assert_msg(order(b, a) == -expected, "%s and %s", b, a);
}

START_TEST(dates_are_in_order)
{
    static const char *const dates[] = {
        "0001-01-01", "0999-12-31", "1900-02-28", "1900-03-01", "1999-12-31", "2000-02-28",
        "2000-02-29", "2000-03-01", "2022-01-01", "2022-01-31", "2022-02-01", "9999-12-31",
    };
    const size_t count = sizeof dates / sizeof dates[0];

    for (size_t i = 0; i < count; i++)
        for (size_t j = 0; j < count; j++)
            ck_assert_int_eq(order(dates[i], dates[j]), (i > j) - (i < j));
}
END_TEST

START_TEST(a_date_alone_compares_by_the_day)
{
    assert_order("2022-01-01", "2022-01-01T23:59:59", 0);
    assert_order("2022-01-01", "2022-01-01T00:00+14:00", 0);
    assert_order("2022-01-01", "2022-01-02T00:00+14:00", -1);
}
END_TEST

START_TEST(times_compare_to_the_last_digit)
{
    assert_order("2022-01-01T10:00", "2022-01-01 10:01", -1);
    assert_order("2022-01-01T10:00", "2022-01-01 10:00:00.000", 0);
    assert_order("2022-01-01T10:00:59", "2022-01-01T10:00:60", -1);
    assert_order("2022-01-01T10:00:60", "2022-01-01T10:01", -1);
    assert_order("2022-01-01T10:00:01.5", "2022-01-01T10:00:01.50", 0);
    assert_order("2022-01-01T10:00:01.09", "2022-01-01T10:00:01.1", -1);
    assert_order("2022-01-01T10:00:01.1", "2022-01-01T10:00:01.10000000000000000001", -1);
}
END_TEST

START_TEST(offsets_count_where_both_state_one)
{
    assert_order("2022-01-01T00:30+02:00", "2021-12-31T22:30Z", 0);
    assert_order("2022-01-01T00:30+0200", "2021-12-31T22:31+00", -1);
    assert_order("2022-01-01T00:00-0130", "2022-01-01T01:30Z", 0);
    assert_order("2022-03-01T00:00+05:30", "2022-02-28T18:30Z", 0);
    assert_order("2024-03-01T00:00+05:30", "2024-02-29T18:30Z", 0);
    assert_order("2022-01-01T00:30+02:00", "2021-12-31T22:30", 1);
}
END_TEST

START_TEST(what_is_no_date_is_refused)
{
    static const char *const texts[] = {
        "",
        "2022",
        "2022-01",
        "2022-1-1",
        "2022-02-29",
        "2022-01-01T",
        "noon",
        "2022-01-01T10",
        "2022-01-01T24:00",
        "2022-01-01T10:00:61",
        "2022-01-01T10:00 Z",
        "2022-01-01T10:00+2",
        "2022-01-01T10:00:00.",
        " 2022-01-01",
    };
    struct moment moment;

    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        ck_assert_msg(!moment_parse(span_of(texts[i]), &moment), "%s", texts[i]);
}
END_TEST

Suite *test_moment_suite(void)
{
    Suite *suite = suite_create("moment");
    TCase *tcase = tcase_create("moment");

    tcase_add_test(tcase, dates_are_in_order);
    tcase_add_test(tcase, a_date_alone_compares_by_the_day);
    tcase_add_test(tcase, times_compare_to_the_last_digit);
    tcase_add_test(tcase, offsets_count_where_both_state_one);
    tcase_add_test(tcase, what_is_no_date_is_refused);
    suite_add_tcase(suite, tcase);
    return suite;
}
