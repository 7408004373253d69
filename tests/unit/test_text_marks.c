#include "match/text_marks.h"

#include <check.h>
#include <stdlib.h>

enum { TEXT_SIZE = 3000 };

static bool is_digit(char byte)
{
    return byte >= '0' && byte <= '9';
}

static bool is_letter(char byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z');
}

/* A digit of a run that begins behind a letter. */
static bool is_tied(const char *text, size_t at)
{
    while (at > 0 && is_digit(text[at - 1]))
        at--;
    return at > 0 && is_letter(text[at - 1]);
}

static bool is_phone_byte(const char *text, size_t at)
{
    return is_digit(text[at]) ? !is_tied(text, at) : memchr(" -./()+*", text[at], 8) != NULL;
}

static bool is_seventh(const char *text, size_t at)
{
    size_t run = 0;

    while (run <= at && is_phone_byte(text, at - run))
        run++;
    return run == 7;
}

static bool is_word_start(const char *text, size_t at)
{
    return at > 0 && text[at - 1] == ' ' && !is_digit(text[at]) && !memchr(" -./()+*", text[at], 8);
}

static void check_block(const char *text, size_t size, const struct text_marks *marks)
{
    for (size_t i = 0; i < 64 && marks->base + i < size; i++) {
        const size_t at = marks->base + i;

        ck_assert_int_eq(marks->emails >> i & 1, text[at] == '@');
        ck_assert_int_eq(marks->words >> i & 1, is_word_start(text, at));
        ck_assert_msg((marks->phones >> i & 1) == is_seventh(text, at), "phone mark at %zu", at);
    }
}

START_TEST(marks_as_a_walk_byte_by_byte_does)
{
    static const char bytes[] = "0123456789 -./()+*,;@abZ\xC3\xBC\n\"";
    char text[TEXT_SIZE];

    srand(7);
    for (int round = 0; round < 15; round++) {
        struct text_walk walk = {.text = {text, (size_t)(rand() % TEXT_SIZE)}};
        struct text_marks marks;

        for (size_t i = 0; i < walk.text.size; i++)
            text[i] = rand() % 3 ? bytes[rand() % 11] : bytes[(size_t)rand() % (sizeof bytes - 1)];
        while (text_walk_next(&walk, &marks))
            check_block(text, walk.text.size, &marks);
    }
}
END_TEST

Suite *test_text_marks_suite(void)
{
    Suite *suite = suite_create("text_marks");
    TCase *tcase = tcase_create("text_marks");

    tcase_add_test(tcase, marks_as_a_walk_byte_by_byte_does);
    suite_add_tcase(suite, tcase);
    return suite;
}
