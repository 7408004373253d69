#include "match/text_marks.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

enum { TEXT_SIZE = 7000 };

static bool is_digit(char byte)
{
    return byte >= '0' && byte <= '9';
}

static bool is_letter(char byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z');
}

/* Of a text: blanks, signs, and digits but those of a run that begins behind a letter. */
static bool phone_bytes[TEXT_SIZE];

static void find_phone_bytes(struct span text)
{
    bool is_tied = false;

    for (size_t i = 0; i < text.size; i++) {
        is_tied = is_digit(text.at[i]) && (is_tied || (i > 0 && is_letter(text.at[i - 1])));
        phone_bytes[i] = is_digit(text.at[i]) ? !is_tied : memchr(" -./()+", text.at[i], 7) != NULL;
    }
}

static bool is_behind_run(size_t size, size_t at, unsigned least)
{
    size_t run = 0;

    while (run < at && run < least && phone_bytes[at - run - 1])
        run++;
    return run == least && (at == size || !phone_bytes[at]);
}

static bool is_word_start(const char *text, size_t at)
{
    return at > 0 && text[at - 1] == ' ' &&
           (is_letter(text[at]) || (unsigned char)text[at] >= 0x80 || text[at] == '\'' ||
            text[at] == '-');
}

/* Whether the next of the marks is at this place, which it then is behind. */
static bool take(const uint16_t *places, size_t count, size_t *next, size_t place)
{
    const bool is_next = *next < count && places[*next] == place;

    *next += is_next;
    return is_next;
}

static void check_stretch(const struct text_walk *walk)
{
    const char *text = walk->text.at;
    const size_t size = walk->text.size;
    const struct text_marks *marks = &walk->marks;
    size_t emails = 0, phones = 0, words = 0;

    for (size_t i = 0; i < STRETCH && marks->base + i <= size; i++) {
        const size_t at = marks->base + i;
        const bool is_end = at == size;

        ck_assert_int_eq(take(marks->emails, marks->email_count, &emails, i),
                         !is_end && text[at] == '@');
        ck_assert_int_eq(take(marks->words, marks->word_count, &words, i),
                         !is_end && is_word_start(text, at));
        ck_assert_msg(take(marks->phones, marks->phone_count, &phones, i) ==
                          is_behind_run(size, at, walk->least_digits),
                      "phone mark at %zu", at);
    }
    ck_assert_uint_eq(emails, marks->email_count);
    ck_assert_uint_eq(phones, marks->phone_count);
    ck_assert_uint_eq(words, marks->word_count);
}

/* All that there can be. */
static unsigned draw_least_digits(void)
{
    return PHONE_LEAST_DIGITS + (unsigned)rand() % (PHONE_MOST_DIGITS - PHONE_LEAST_DIGITS + 1);
}

START_TEST(marks_as_a_walk_byte_by_byte_does)
{
    static const char bytes[] = "0123456789 -./()+*,;@abZ_'\xC3\xBC\n\"";
    const struct text_masker *masker = text_maskers[_i];
    char text[TEXT_SIZE];

    srand(7);
    for (int round = 0; round < 20 && masker->is_available(); round++) {
        struct text_walk walk;

        text_walk_begin(&walk, (struct span){text, (size_t)(rand() % TEXT_SIZE)},
                        draw_least_digits());
        walk.masker = masker;
        for (size_t i = 0; i < walk.text.size; i++)
            text[i] = rand() % 3 ? bytes[rand() % 11] : bytes[(size_t)rand() % (sizeof bytes - 1)];
        find_phone_bytes(walk.text);
        while (text_walk_next(&walk))
            check_stretch(&walk);
    }
}
END_TEST

/* Digits and blanks, such that runs of digits take up whole blocks, and stretches, or just not. */
static struct span draw_long_runs(char *text, size_t size)
{
    static const size_t lengths[] = {1, 7, TEXT_BLOCK, STRETCH};
    size_t at = 0;

    while (at < size) {
        const size_t length = lengths[rand() % 4] + (size_t)(rand() % 3);

        for (size_t i = 0; i < length && at < size; i++)
            text[at++] = (char)('0' + rand() % 10);
        for (int i = rand() % 3; i >= 0 && at < size; i--)
            text[at++] = "a, "[rand() % 3];
    }
    return (struct span){text, size};
}

START_TEST(marks_long_runs_likewise)
{
    const struct text_masker *masker = text_maskers[_i];
    char text[TEXT_SIZE];

    srand(9);
    for (int round = 0; round < 30 && masker->is_available(); round++) {
        struct text_walk walk;
        const struct span drawn = draw_long_runs(text, (size_t)(rand() % TEXT_SIZE));

        text_walk_begin(&walk, drawn, draw_least_digits());
        walk.masker = masker;
        find_phone_bytes(walk.text);
        while (text_walk_next(&walk))
            check_stretch(&walk);
    }
}
END_TEST

START_TEST(every_byte_has_the_same_masks_by_all)
{
    const struct text_masker *masker = text_maskers[_i];
    char bytes[4 * TEXT_BLOCK];
    struct text_masks masks = {.ats = {0}}, portable = {.ats = {0}};

    if (!masker->is_available())
        return;
    for (size_t i = 0; i < sizeof bytes; i++)
        bytes[i] = (char)i;
    masker->find(bytes, 4, &masks, 1);
    text_masker_portable.find(bytes, 4, &portable, 1);
    ck_assert_mem_eq(&masks, &portable, sizeof masks);
}
END_TEST

Suite *test_text_marks_suite(void)
{
    Suite *suite = suite_create("text_marks");
    TCase *tcase = tcase_create("text_marks");

    int count = 0;

    while (text_maskers[count])
        count++;
    tcase_add_loop_test(tcase, marks_as_a_walk_byte_by_byte_does, 0, count);
    tcase_add_loop_test(tcase, marks_long_runs_likewise, 0, count);
    tcase_add_loop_test(tcase, every_byte_has_the_same_masks_by_all, 0, count);
    suite_add_tcase(suite, tcase);
    return suite;
}
