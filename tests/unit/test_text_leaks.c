#include "run/text_leaks.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>

enum { TEXT_SIZE = 20000 };

static struct known_identifiers known;

static void setup(void)
{
    struct found_identifiers found = {.items = NULL};
    struct buffer scratch = BUFFER_INIT;

    ck_assert(known_identifiers_init(&known, 1));
    ck_assert(identifiers_in_cell(&known, SPAN("ann@example.org"), false, &scratch, &found));
    ck_assert(known_identifiers_add(&known, &found));
    found_identifiers_release(&found);
    buffer_release(&scratch);
}

static void teardown(void)
{
    known_identifiers_release(&known);
}

/* How many addresses are counted if the text comes in pieces of this size. */
static uint64_t count_in(struct span text, size_t piece)
{
    struct text_leaks leaks = {.known = &known};
    struct file_tally tally;
    uint64_t count;

    ck_assert(file_tally_init(&tally, 1));
    for (size_t at = 0; at < text.size; at += piece) {
        const size_t left = text.size - at;

        ck_assert(text_leaks_add(&leaks, (struct span){text.at + at, left < piece ? left : piece},
                                 &tally));
    }
    ck_assert(text_leaks_add(&leaks, SPAN(""), &tally));
    count = tally.columns[0].leaks[IDENTIFIER_EMAIL];
    ck_assert_uint_eq(tally.left_count, count);
    text_leaks_release(&leaks);
    file_tally_release(&tally);
    return count;
}

START_TEST(counts_each_once_wherever_the_text_is_cut)
{
    static char text[TEXT_SIZE];
    size_t size = 0;
    uint64_t count = 0;

    srand(3);
    while (size + 200 < TEXT_SIZE) {
        size += (size_t)sprintf(text + size, "%*s ann@example.org", rand() % 100, "");
        count++;
    }
    for (size_t piece = 50; piece < 6000; piece += 1 + piece / 2)
        ck_assert_uint_eq(count_in((struct span){text, size}, piece), count);
}
END_TEST

START_TEST(looks_for_nothing_where_there_is_no_check)
{
    struct text_leaks leaks = {.known = NULL};
    struct file_tally tally = {.records = 0};

    ck_assert(text_leaks_add(&leaks, SPAN("ann@example.org"), &tally));
    ck_assert(text_leaks_add(&leaks, SPAN(""), &tally));
}
END_TEST

Suite *test_text_leaks_suite(void)
{
    Suite *suite = suite_create("text_leaks");
    TCase *tcase = tcase_create("text_leaks");

    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_test(tcase, counts_each_once_wherever_the_text_is_cut);
    tcase_add_test(tcase, looks_for_nothing_where_there_is_no_check);
    suite_add_tcase(suite, tcase);
    return suite;
}
