#include "match/word_look.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "match/letter_table.h"

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
        {"MƏMMƏD", "Məmməd"},       {"ἈΓΝΉ", "ἀγνή"},
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

/* Of at most three bytes. Returns how many. */
static size_t put_character(uint32_t character, char bytes[3])
{
    if (character < 0x800) {
        bytes[0] = (char)(0xC0 | character >> 6);
        bytes[1] = (char)(0x80 | (character & 0x3F));
        return 2;
    }
    bytes[0] = (char)(0xE0 | character >> 12);
    bytes[1] = (char)(0x80 | (character >> 6 & 0x3F));
    bytes[2] = (char)(0x80 | (character & 0x3F));
    return 3;
}

/* Holds the looks of a word that a character stands beside against those of the word alone. */
static void assert_ends_words(uint32_t character)
{
    static const char word[] = "Annikar\xC3\xA9s";
    char mark[3], text[sizeof mark + sizeof word];
    const size_t size = put_character(character, mark);

    for (size_t length = 1; length < sizeof word; length++) {
        const struct span alone = {word, length}, both = {text, size + length};

        memcpy(text, mark, size);
        memcpy(text + size, word, length);
        ck_assert_msg(word_end_look(both, both.size) == word_end_look(alone, length), "U+%04X",
                      character);
        memcpy(text, word, length);
        memcpy(text + length, mark, size);
        ck_assert_msg(word_start_look(both, 0) == word_start_look(alone, 0), "U+%04X", character);
    }
}

START_TEST(ends_at_all_that_is_no_letter)
{
    struct letter_table table;
    int count = 0;

    ck_assert(letter_table_init(&table));
    for (uint32_t character = 0x80; character < 0x10000; character++) {
        if (table.folded[character] != NO_LETTER)
            continue;
        assert_ends_words(character);
        count++;
    }
    letter_table_release(&table);
    ck_assert_int_gt(count, 200);
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
    tcase_add_test(tcase, ends_at_all_that_is_no_letter);
    suite_add_tcase(suite, tcase);
    return suite;
}
