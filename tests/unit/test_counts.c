#include "cli/counts.h"

#include <check.h>

static void expect(uint64_t count, const char *expected)
{
    char text[COUNT_SIZE];

    ck_assert_str_eq(count_of(text, count, "file", "files"), expected);
    ck_assert_str_eq(text, expected);
}

START_TEST(one_is_singular)
{
    expect(0, "0 files");
    expect(1, "1 file");
    expect(2, "2 files");
}
END_TEST

START_TEST(thousands_are_grouped)
{
    expect(12, "12 files");
    expect(999, "999 files");
    expect(1000, "1,000 files");
    expect(99999, "99,999 files");
    expect(100001, "100,001 files");
    expect(1234567, "1,234,567 files");
    expect(UINT64_MAX, "18,446,744,073,709,551,615 files");
}
END_TEST

Suite *test_counts_suite(void)
{
    Suite *suite = suite_create("counts");
    TCase *cases = tcase_create("counts");

    tcase_add_test(cases, one_is_singular);
    tcase_add_test(cases, thousands_are_grouped);
    suite_add_tcase(suite, cases);
    return suite;
}
