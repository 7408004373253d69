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

/* Bytes that looks tell apart, in and out of order. */
static struct span draw_words(char *text, size_t room)
{
    static const unsigned char firsts[] = {0xC0, 0xC2, 0xC3, 0xC4, 0xC7, 0xC8, 0xCB, 0xCC,
                                           0xCE, 0xCF, 0xD0, 0xD7, 0xD8, 0xD9, 0xE0, 0xE1,
                                           0xE2, 0xE3, 0xE4, 0xEE, 0xEF, 0xF0, 0xFF};

    text[0] = ' ';
    for (size_t i = 1; i < room; i++) {
        const int kind = rand() % 16;

        text[i] = (char)(kind < 2    ? ' '
                         : kind < 4  ? "aZ'-.,"[rand() % 6]
                         : kind < 8  ? firsts[(size_t)rand() % sizeof firsts]
                         : kind < 14 ? 0x80 + rand() % 0x40
                                     : rand() % 0x100);
    }
    return (struct span){text, room};
}

/* Half of the words, as word_look.h says, and some initials. */
static void know_words(struct span text, const struct text_marks *marks)
{
    for (size_t i = 0; i < marks->word_count; i++) {
        const uint64_t look = word_start_look(text, marks->base + marks->words[i]);

        if (rand() % 2)
            bit_filter_add(&known.parts, identifier_part(&known.set, look));
    }
    known.initials = (uint64_t)rand() << 32 | (uint64_t)rand();
}

START_TEST(all_look_at_words_alike)
{
    const struct mark_sieve *sieve = mark_sieves[_i];
    char text[3000];
    struct text_walk walk;
    size_t left = 0, marked = 0;

    srand(4);
    for (int round = 0; round < 2000 && sieve->is_available(); round++) {
        const struct span drawn = draw_words(text, 50 + (size_t)rand() % (sizeof text - 50));

        ck_assert(known_identifiers_init(&known, 10));
        known.set.holds[IDENTIFIER_NAME] = true;
        text_walk_begin(&walk, drawn, known.least_digits);
        while (text_walk_next(&walk)) {
            struct text_marks marks = walk.marks;

            know_words(drawn, &marks);
            marked += marks.word_count;
            sieve->sift(&known, drawn, &marks);
            mark_sieve_portable.sift(&known, drawn, &walk.marks);
            assert_same(marks.words, marks.word_count, walk.marks.words, walk.marks.word_count);
            left += marks.word_count;
        }
        known_identifiers_release(&known);
    }
    ck_assert(!sieve->is_available() || (left > 10000 && left + 10000 < marked));
}
END_TEST

/* Letters alone and in words, and what may part them, also more of it than is looked at at once. */
static struct span draw_gaps(char *text, size_t room)
{
    static const char *const parts[] = {
        "a", "B",  "\xC3\xA9", "\xE2\x80\x99", "\xE2\x80\x90", "-",           "'", ".", ",",
        " ", "Li", "5",        "Smith",        "Nakamura",     "\xE2\x80\x9C"};
    const size_t count = sizeof parts / sizeof parts[0];
    size_t size = 0;

    while (size + 100 < room) {
        const char *part = parts[(size_t)rand() % count];

        for (int i = rand() % 8 ? 1 : rand() % 10; i > 0; i--)
            size += (size_t)snprintf(text + size, room - size, "%s", part);
        if (rand() % 2)
            text[size++] = ' ';
    }
    return (struct span){text, size};
}

/* What all words of a text are, if they may follow a gap. */
static size_t list_words(struct span text, uint32_t *words)
{
    struct text_walk walk;
    size_t count = 0;

    text_walk_begin(&walk, text, known.least_digits);
    while (text_walk_next(&walk))
        for (size_t i = 0; i < walk.marks.word_count; i++)
            words[count++] = (uint32_t)(walk.marks.base + walk.marks.words[i]);
    return count;
}

/* What a gap's sides look like in a name that has all that stands there, or ends with the words. */
static struct gap_look draw_look(struct span text, const struct name_gap *gap)
{
    struct gap_look look =
        name_cells_look((struct span){text.at, gap->left_end},
                        (struct span){text.at + gap->right_start, text.size - gap->right_start});

    if (rand() % 2)
        look.left = word_end_look(text, gap->left_end);
    if (rand() % 2)
        look.right = word_start_look(text, gap->right_start);
    return look;
}

/* Makes a third of the gaps known; returns the words behind them. */
static size_t know_gaps(struct span text, const uint32_t *words, size_t count, uint32_t *behind)
{
    size_t known_count = 0;

    for (size_t i = 0; i < count; i++) {
        struct name_gap gap;
        struct gap_look look;

        if (rand() % 3 || !name_gap_at(text, words[i], &gap))
            continue;
        look = draw_look(text, &gap);
        bit_filter_add(&known.parts, identifier_pair(&known.set, look.right, look.left));
        behind[known_count++] = words[i];
    }
    return known_count;
}

static bool has_all(const uint32_t *words, size_t count, const uint32_t *wanted,
                    size_t wanted_count)
{
    for (size_t i = 0; i < count && wanted_count > 0; i++)
        if (words[i] == *wanted) {
            wanted++;
            wanted_count--;
        }
    return wanted_count == 0;
}

START_TEST(all_leave_the_same_gaps)
{
    const struct mark_sieve *sieve = mark_sieves[_i];
    char text[3000];
    uint32_t words[1500 + GAPS_BEHIND], others[1500 + GAPS_BEHIND], behind[1500];
    size_t left = 0, marked = 0;

    srand(5);
    for (int round = 0; round < 2000 && sieve->is_available(); round++) {
        const struct span drawn =
            (round % 2 ? draw_gaps : draw_words)(text, 150 + (size_t)rand() % (sizeof text - 150));
        size_t count, known_count, kept;

        ck_assert(known_identifiers_init(&known, 10));
        count = list_words(drawn, words);
        memcpy(others, words, count * sizeof *words);
        known_count = know_gaps(drawn, words, count, behind);
        kept = sieve->sift_gaps(&known, drawn, words, count);
        ck_assert_uint_eq(kept, mark_sieve_portable.sift_gaps(&known, drawn, others, count));
        ck_assert_mem_eq(words, others, kept * sizeof *words);
        ck_assert(has_all(words, kept, behind, known_count));
        marked += count;
        left += kept;
        known_identifiers_release(&known);
    }
    ck_assert(!sieve->is_available() || (left > 10000 && left + 10000 < marked));
}
END_TEST

Suite *test_mark_sieve_suite(void)
{
    Suite *suite = suite_create("mark_sieve");
    TCase *tcase = tcase_create("mark_sieve"), *words = tcase_create("words");
    int count = 0;

    while (mark_sieves[count])
        count++;
    tcase_add_checked_fixture(tcase, NULL, teardown);
    tcase_add_loop_test(tcase, all_leave_the_same_marks, 0, 2 * count);
    suite_add_tcase(suite, tcase);
    tcase_add_loop_test(words, all_look_at_words_alike, 0, count);
    tcase_add_loop_test(words, all_leave_the_same_gaps, 0, count);
    suite_add_tcase(suite, words);
    return suite;
}
