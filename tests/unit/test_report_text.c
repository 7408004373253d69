#include <check.h>

#include "report/report_text.h"

Suite *test_report_text_suite(void);

#define GONE "\xEF\xBF\xBD"

static void assert_clean(const char *text, size_t limit, const char *expected)
{
    struct buffer clean = BUFFER_INIT;

    ck_assert(report_text_clean(&clean, text, limit));
    ck_assert_str_eq(clean.at, expected);
    buffer_release(&clean);
}

START_TEST(valid_text_stays)
{
    const char *text = "plain \xC3\xA9 \xE2\x82\xAC \xF0\x9F\x90\x8C";

    assert_clean("", 100, "");
    assert_clean(text, 100, text);
    ck_assert(report_text_is_clean(text));
}
END_TEST

START_TEST(ill_formed_sequences_are_replaced)
{
    static const char *const bad[][2] = {
        {"\xE9", GONE},
        {"a\xE9z", "a" GONE "z"},
        {"\x80\xBF", GONE GONE},
        {"\xC0\xAF", GONE GONE},                   /* overlong */
        {"\xE0\x80\xAF", GONE GONE GONE},          /* overlong */
        {"\xED\xA0\x80", GONE GONE GONE},          /* a surrogate */
        {"\xF4\x90\x80\x80", GONE GONE GONE GONE}, /* behind U+10FFFF */
        {"\xF0\x9F\x90", GONE},                    /* ends early: one subpart */
        {"\xE2\x82z", GONE "z"},
        {"\xEF\xBF\xBE", GONE}, /* U+FFFE, no character */
    };

    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        assert_clean(bad[i][0], 100, bad[i][1]);
        ck_assert(!report_text_is_clean(bad[i][0]));
    }
}
END_TEST

START_TEST(control_characters_are_replaced)
{
    assert_clean("a\tb\x1B[1m\x7F\xC2\x85", 100, "a" GONE "b" GONE "[1m" GONE GONE);
}
END_TEST

START_TEST(long_text_is_cut_at_the_limit)
{
    assert_clean("abcd", 4, "abcd");
    assert_clean("abcde", 4, "abc\xE2\x80\xA6");
    assert_clean("abcd\xC3\xA9", 4, "abc\xE2\x80\xA6");
    assert_clean("abc\xC3\xA9", 4, "abc\xC3\xA9");
    assert_clean("abc\xC3\xA9x", 4, "abc\xE2\x80\xA6");
    /* Two units of UTF-16 each. */
    assert_clean("\xF0\x9F\x90\x8C\xF0\x9F\x90\x8C", 4, "\xF0\x9F\x90\x8C\xF0\x9F\x90\x8C");
    assert_clean("\xF0\x9F\x90\x8C\xF0\x9F\x90\x8Cx", 4, "\xF0\x9F\x90\x8C\xE2\x80\xA6");
}
END_TEST

START_TEST(times_are_in_utc)
{
    char text[REPORT_TIME_SIZE];

    report_time_text(0, text);
    ck_assert_str_eq(text, "1970-01-01T00:00:00Z");
}
END_TEST

Suite *test_report_text_suite(void)
{
    Suite *suite = suite_create("report_text");
    TCase *tests = tcase_create("all");

    tcase_add_test(tests, valid_text_stays);
    tcase_add_test(tests, ill_formed_sequences_are_replaced);
    tcase_add_test(tests, control_characters_are_replaced);
    tcase_add_test(tests, long_text_is_cut_at_the_limit);
    tcase_add_test(tests, times_are_in_utc);
    suite_add_tcase(suite, tests);
    return suite;
}
