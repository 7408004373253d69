#include "cli/value_shape.h"

#include <check.h>
#include <string.h>

Suite *test_value_shape_suite(void);

static struct buffer out = BUFFER_INIT;

static void teardown(void)
{
    buffer_release(&out);
}

static void assert_shape(const char *value, const char *shape)
{
    ck_assert(value_shape(&out, span_of(value)));
    ck_assert_str_eq(out.at, shape);
}

START_TEST(runs_become_one_sign)
{
    assert_shape("", "");
    assert_shape("ann@example.org", "a@a.a");
    assert_shape("Zolt\xC3\xA1n Szab\xC3\xB3-Kiss", "A A-A");
    assert_shape("\xC3\x89va", "a");
    assert_shape("+36 30 123-4567", "+9 9 9-9");
    assert_shape("1983-05-19", "9-9-9");
    assert_shape("C000012", "A9");
    assert_shape("iPhone", "a");
}
END_TEST

START_TEST(values_of_one_kind_can_not_be_told_apart)
{
    static const char *const names[] = {"Ann", "Bartholomew", "O", "X\xC3\xB6"};

    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
        assert_shape(names[i], "A");
}
END_TEST

START_TEST(no_control_character_comes_through)
{
    assert_shape("a\x1b[2Jb\tc\x7f", "a?[9A?a?");
    ck_assert(value_shape(&out, (struct span){"a\0b", 3}));
    ck_assert_str_eq(out.at, "a?a");
}
END_TEST

START_TEST(a_long_shape_is_cut)
{
    assert_shape("1.2.3.4.5.6.7.8.9.0.1.2.3.4.5.6.7.8.9.0", "9.9.9.9.9.9.9.9.9.9.9.9.9.9.9...");
    ck_assert_uint_eq(strlen(out.at), SHAPE_LIMIT);
}
END_TEST

START_TEST(a_value_is_shown_without_control_characters)
{
    ck_assert(value_text(&out, (struct span){"a\x1b[2J\0b", 7}));
    ck_assert_str_eq(out.at, "a\xEF\xBF\xBD[2J\xEF\xBF\xBD"
                             "b");
    ck_assert(value_text(&out, SPAN("Zolt\xC3\xA1n")));
    ck_assert_str_eq(out.at, "Zolt\xC3\xA1n");
}
END_TEST

Suite *test_value_shape_suite(void)
{
    Suite *suite = suite_create("value_shape");
    TCase *tests = tcase_create("all");

    tcase_add_checked_fixture(tests, NULL, teardown);
    tcase_add_test(tests, runs_become_one_sign);
    tcase_add_test(tests, values_of_one_kind_can_not_be_told_apart);
    tcase_add_test(tests, no_control_character_comes_through);
    tcase_add_test(tests, a_long_shape_is_cut);
    tcase_add_test(tests, a_value_is_shown_without_control_characters);
    suite_add_tcase(suite, tests);
    return suite;
}
