#include "match/letter_table.h"

#include <check.h>

static struct letter_table table;

static void setup(void)
{
    ck_assert(letter_table_init(&table));
}

static void teardown(void)
{
    letter_table_release(&table);
}

static uint16_t letter_of(const char *text)
{
    size_t at = 0;
    const uint16_t letter = letter_next(&table, span_of(text), &at);

    ck_assert_uint_eq(at, strlen(text));
    ck_assert_uint_eq(letter_before(&table, span_of(text), &at), letter);
    ck_assert_uint_eq(at, 0);
    return letter;
}

START_TEST(folds_letters)
{
    ck_assert_uint_eq(letter_of("A"), 'a');
    ck_assert_uint_eq(letter_of("z"), 'z');
    ck_assert_uint_eq(letter_of("Å"), letter_of("å"));
    ck_assert_uint_eq(letter_of("Ł"), letter_of("ł"));
    ck_assert_uint_eq(letter_of("ς"), letter_of("Σ"));
    ck_assert_uint_eq(letter_of("Ё"), letter_of("ё"));
    ck_assert_uint_eq(letter_of("Ễ"), letter_of("ễ"));
    ck_assert_uint_eq(letter_of("藤"), 0x85E4);
    ck_assert_uint_ne(letter_of("a"), letter_of("á"));
}
END_TEST

START_TEST(knows_what_is_no_letter)
{
    static const char *const marks[] = {" ",        "0", ".", ",", "@", "\n",
                                        "\xC2\xA0", "“", "”", "«", "、"};

    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++)
        ck_assert_msg(letter_of(marks[i]) == NO_LETTER, "%s", marks[i]);
    ck_assert_uint_eq(letter_of("-"), '-');
    ck_assert_uint_eq(letter_of("’"), '\'');
}
END_TEST

START_TEST(steps_over_bytes_that_are_no_text)
{
    const struct span text = SPAN("\xFF\xC3\xE4\xB8\x80\x80");
    size_t at = 0, steps = 0;

    while (at < text.size) {
        ck_assert_uint_ne(letter_next(&table, text, &at), NO_LETTER);
        steps++;
    }
    ck_assert_uint_eq(steps, 4);
    for (at = text.size; at > 0; steps--)
        ck_assert_uint_ne(letter_before(&table, text, &at), NO_LETTER);
    ck_assert_uint_eq(steps, 0);
}
END_TEST

Suite *test_letter_table_suite(void)
{
    Suite *suite = suite_create("letter_table");
    TCase *tcase = tcase_create("letter_table");

    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_test(tcase, folds_letters);
    tcase_add_test(tcase, knows_what_is_no_letter);
    tcase_add_test(tcase, steps_over_bytes_that_are_no_text);
    suite_add_tcase(suite, tcase);
    return suite;
}
