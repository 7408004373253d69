#include "match/word_look.h"

#include <check.h>
#include <stdlib.h>

static uint64_t end_look(const char *text)
{
    return word_end_look(span_of(text), strlen(text));
}

static uint64_t start_look(const char *text)
{
    return word_start_look(span_of(text), 0);
}

START_TEST(looks_at_one_word_only)
{
    ck_assert(end_look("Ann") == end_look("\"Ann"));
    ck_assert(end_look("Ann") == end_look("Dr. Ann"));
    ck_assert(end_look("Ann") != end_look("Joann"));
    ck_assert(start_look("Smith") == start_look("Smith, who"));
    ck_assert(start_look("Smith") != start_look("Smithson"));
    ck_assert(end_look("") == 0);
    ck_assert(start_look(" Ann") == 0);
    ck_assert(end_look("Ann ") == 0);
}
END_TEST

START_TEST(looks_at_eight_bytes_at_most)
{
    ck_assert(end_look("Bartholomew") == end_look("tholomew"));
    ck_assert(end_look("tholomew") == end_look("x tholomew"));
    ck_assert(start_look("Bartholomew") == start_look("Bartholo"));
}
END_TEST

START_TEST(is_the_same_in_any_case)
{
    static const char *const pairs[][2] = {
        {"O'Brien-X", "o'brIEN-x"}, {"ÜBER", "über"},     {"ŁUKASZ", "Łukasz"},
        {"ŽIŽEK", "Žižek"},         {"ЁЛКИН", "Ёлкин"},   {"РЯБОВ", "рябов"},
        {"ΣΑΜΙΟΣ", "Σαμιος"},       {"NGUYỄN", "Nguyễn"}, {"佐藤", "佐藤"},
        {"ΛΆΜΠΡΟΥ", "Λάμπρου"},     {"ΈΛΛΗ", "έλλη"},     {"ΌΎΉΊΏΪΫ", "όύήίώϊϋ"},
        {"MƏMMƏD", "Məmməd"},
    };

    for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++) {
        ck_assert_msg(start_look(pairs[i][0]) == start_look(pairs[i][1]), "%s", pairs[i][0]);
        ck_assert_msg(end_look(pairs[i][0]) == end_look(pairs[i][1]), "%s", pairs[i][0]);
    }
}
END_TEST

START_TEST(passes_over_quotation_marks)
{
    ck_assert(end_look("Ann") == end_look("“Ann"));
    ck_assert(end_look("Annika") == end_look("“Annika")); /* eight bytes cut the mark in two */
    ck_assert(start_look("Ann") == start_look("Ann”"));
    ck_assert(start_look("Ann") == start_look("Ann»"));
}
END_TEST

Suite *test_word_look_suite(void)
{
    Suite *suite = suite_create("word_look");
    TCase *tcase = tcase_create("word_look");

    tcase_add_test(tcase, looks_at_one_word_only);
    tcase_add_test(tcase, looks_at_eight_bytes_at_most);
    tcase_add_test(tcase, is_the_same_in_any_case);
    tcase_add_test(tcase, passes_over_quotation_marks);
    suite_add_tcase(suite, tcase);
    return suite;
}
