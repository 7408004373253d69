#include "match/mark_sieve.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct known_identifiers known;

static void know(bool short_numbers)
{
    struct found_identifiers found = {.items = NULL};
    struct buffer scratch = BUFFER_INIT;

    ck_assert(known_identifiers_init(&known, 10));
    ck_assert(identifiers_in_cell(&known, SPAN("Ann.Smith@example.org"), false, &scratch, &found));
    ck_assert(identifiers_in_cell(&known, SPAN("+49 170 1234567"), true, &scratch, &found));
    ck_assert(!short_numbers ||
              identifiers_in_cell(&known, SPAN("123-4567"), true, &scratch, &found));
    ck_assert(identifier_of_names(&known, SPAN("J. Ann"), SPAN("\xC3\x85ngstr\xC3\xB6m"), &found));
    ck_assert(known_identifiers_add(&known, &found));
    found_identifiers_release(&found);
    buffer_release(&scratch);
}

static void teardown(void)
{
    known_identifiers_release(&known);
}

/* Pieces of what is known, and of what is like it. */
static struct span draw_text(char *text, size_t room)
{
    static const char *const pieces[] = {"Ann.Smith@example.org",
                                         "ann.smith@exam",
                                         "smith@",
                                         "@",
                                         "+",
                                         "x",
                                         "Ann",
                                         "J. ",
                                         "j",
                                         ".",
                                         " ",
                                         " ",
                                         " ",
                                         ",",
                                         "\xC3\x85ngstr\xC3\xB6m",
                                         "\xC3\xA5NGSTR",
                                         "\xE2\x80\x9C",
                                         "49 170 1234567",
                                         "0049/170-1234567",
                                         "1234567",
                                         "(0)",
                                         "0",
                                         "2024-01-31",
                                         "170"};
    size_t size = 0;

    for (int i = rand() % 400; i > 0; i--) {
        const char *piece = pieces[(size_t)rand() % (sizeof pieces / sizeof pieces[0])];

        if (size + strlen(piece) + 1 > room)
            break;
        size += (size_t)snprintf(text + size, room - size, "%s", piece);
    }
    return (struct span){text, size};
}

static void assert_same(const uint16_t *places, size_t count, const uint16_t *other,
                        size_t other_count)
{
    ck_assert_uint_eq(count, other_count);
    ck_assert_mem_eq(places, other, count * sizeof *places);
}

/* Of the best, the next ... each with long numbers alone, and with short ones too. */
START_TEST(all_leave_the_same_marks)
{
    const struct mark_sieve *sieve = mark_sieves[_i / 2];
    char text[5000];
    struct text_walk walk;
    size_t left = 0, marked = 0;

    know(_i % 2);
    srand(3);
    for (int round = 0; round < 5000 && sieve->is_available(); round++) {
        const struct span drawn = draw_text(text, sizeof text);

        text_walk_begin(&walk, drawn, known.least_digits);
        while (text_walk_next(&walk)) {
            struct text_marks marks = walk.marks, *portable = &walk.marks;

            marked += marks.email_count + marks.phone_count + marks.word_count;
            sieve->sift(&known, drawn, &marks);
            mark_sieve_portable.sift(&known, drawn, portable);
            assert_same(marks.emails, marks.email_count, portable->emails, portable->email_count);
            assert_same(marks.phones, marks.phone_count, portable->phones, portable->phone_count);
            assert_same(marks.words, marks.word_count, portable->words, portable->word_count);
            left += marks.email_count + marks.phone_count + marks.word_count;
        }
    }
    ck_assert(!sieve->is_available() || (left > 1000 && left + 1000 < marked));
}
END_TEST

Suite *test_mark_sieve_suite(void)
{
    Suite *suite = suite_create("mark_sieve");
    TCase *tcase = tcase_create("mark_sieve");
    int count = 0;

    while (mark_sieves[count])
        count++;
    tcase_add_checked_fixture(tcase, NULL, teardown);
    tcase_add_loop_test(tcase, all_leave_the_same_marks, 0, 2 * count);
    suite_add_tcase(suite, tcase);
    return suite;
}
