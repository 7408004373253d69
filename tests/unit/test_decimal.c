#include "base/decimal.h"

#include <check.h>

Suite *test_decimal_suite(void);

static int order(const char *a, const char *b)
{
    struct decimal_text left, right;

    ck_assert_msg(decimal_split(span_of(a), &left), "%s", a);
    ck_assert_msg(decimal_split(span_of(b), &right), "%s", b);
    return decimal_compare(&left, &right);
}

/* Asserts it both ways round; the sign is what counts. */
static void assert_order(const char *a, const char *b, int expected)
{
    const int forth = order(a, b), back = order(b, a);

    ck_assert_msg((forth > 0) - (forth < 0) == expected, "%s and %s", a, b);
    ck_assert_msg((back > 0) - (back < 0) == -expected, "%s and %s", b, a);
}

START_TEST(numbers_compare_exactly)
{
    assert_order("0", "-0.00", 0);
    assert_order("007", "7.0", 0);
    assert_order("9", "10", -1);
    assert_order("-9", "-10", 1);
    assert_order("-1", "1", -1);
    assert_order("-0.1", "0", -1);
    assert_order("1.5", "1.49", 1);
    assert_order("1.5", "1.500", 0);
    assert_order("-1.5", "-1.49", -1);
    assert_order("9007199254740993", "9007199254740992.9", 1);
    assert_order("0.10000000000000000000000000000001", "0.1", 1);
    assert_order("100000000000000000000000000000000", "99999999999999999999999999999999.9", 1);
}
END_TEST

START_TEST(what_is_no_number_is_refused)
{
    static const char *const texts[] = {"",   "-",  ".",   "5.",    ".5",  "+5",  "1e3",     "1,5",
                                        " 5", "5 ", "0x1", "1.2.3", "--1", "nan", "\xD9\xA1"};
    struct decimal_text number;

    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        ck_assert_msg(!decimal_split(span_of(texts[i]), &number), "%s", texts[i]);
}
END_TEST

Suite *test_decimal_suite(void)
{
    Suite *suite = suite_create("decimal");
    TCase *tcase = tcase_create("decimal");

    tcase_add_test(tcase, numbers_compare_exactly);
    tcase_add_test(tcase, what_is_no_number_is_refused);
    suite_add_tcase(suite, tcase);
    return suite;
}
