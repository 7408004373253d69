#include "match/identifier_scan.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "slow_scan.h"

static struct known_identifiers known;
static struct identifier_scan scan;

/* Short numbers, some of which are shaped like dates. */
static void know_short_numbers(struct buffer *scratch, struct found_identifiers *found)
{
    static const char *const numbers[] = {"2345-67-89", "555-0123", "5551-12-03", "1955-45-01",
                                          "1955-01-45"};

    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++)
        ck_assert(identifiers_in_cell(&known, span_of(numbers[i]), true, scratch, found));
}

static void know(bool short_numbers)
{
    struct found_identifiers found = {.items = NULL};
    struct buffer scratch = BUFFER_INIT;

    ck_assert(known_identifiers_init(&known, 10));
    ck_assert(identifiers_in_cell(&known, SPAN("Ann.Smith@Example.org"), false, &scratch, &found));
    ck_assert(identifiers_in_cell(&known, SPAN("K@e"), false, &scratch, &found));
    ck_assert(identifiers_in_cell(&known, SPAN("jo-smith@exam"), false, &scratch, &found));
    ck_assert(identifiers_in_cell(&known, SPAN("+49 170 1234567"), true, &scratch, &found));
    ck_assert(identifier_of_names(&known, SPAN("Ann Mary"), SPAN("de Ångström"), &found));
    ck_assert(identifier_of_full_name(&known, SPAN("Иван Петров"), &found));
    ck_assert(identifier_of_full_name(&known, SPAN("O'Neil, J. R."), &found));
    ck_assert(identifier_of_full_name(&known, SPAN("Eve M. van Berg"), &found));
    ck_assert(identifier_of_full_name(&known, SPAN("Ruiz P. Q."), &found));
    ck_assert(identifier_of_full_name(&known, SPAN("Ruby S. T"), &found));
    ck_assert(identifier_of_full_name(&known, SPAN("Una O Neil"), &found));
    ck_assert(identifier_of_full_name(&known, SPAN("Rui D. e Silva"), &found));
    ck_assert(identifier_of_full_name(&known, SPAN("Eve M. -Ray"), &found));
    ck_assert(identifier_of_names(&known, SPAN("Zoë F."), SPAN("Kovács"), &found));
    ck_assert(identifier_of_names(&known, SPAN("B"), SPAN("Özil"), &found));
    ck_assert(identifier_of_names(&known, SPAN("D'Arcy B."), SPAN("Li-Wu"), &found));
    ck_assert(identifier_of_names(&known, SPAN("Ἀγνή"), SPAN("van O’Neil B"), &found));
    ck_assert(identifier_of_names(&known, SPAN("Li"), SPAN("J-Mary"), &found));
    ck_assert(identifiers_in_cell(&known, SPAN("17 170 1234567"), true, &scratch, &found));
    if (short_numbers)
        know_short_numbers(&scratch, &found);
    ck_assert(known_identifiers_add(&known, &found));
    found_identifiers_release(&found);
    buffer_release(&scratch);
    scan = (struct identifier_scan){.scratch = BUFFER_INIT};
}

static void setup(void)
{
    know(true);
}

static void teardown(void)
{
    identifier_scan_release(&scan);
    known_identifiers_release(&known);
}

/* The hits in the text, by kind, each in brackets. */
static const char *hits_in(const char *text)
{
    static char hits[512];
    size_t size = 0;

    hits[0] = '\0';
    ck_assert(identifier_scan(&scan, &known, span_of(text)));
    for (size_t kind = 0; kind < SCANNED_KINDS; kind++)
        for (size_t i = 0; i < scan.hits[kind].count; i++) {
            const struct identifier_hit *hit = &scan.hits[kind].items[i];

            size += (size_t)snprintf(hits + size, sizeof hits - size, "%c[%.*s]", "epn"[kind],
                                     (int)(hit->end - hit->start), text + hit->start);
        }
    return hits;
}

START_TEST(finds_addresses)
{
    ck_assert_str_eq(hits_in("x,ANN.SMITH@example.ORG,y"), "e[ANN.SMITH@example.ORG]");
    ck_assert_str_eq(hits_in("\"see \"\"ann.smith@example.org\"\"\""), "e[ann.smith@example.org]");
    ck_assert_str_eq(hits_in("?m=ann.smith@example.org."), "e[ann.smith@example.org]");
    ck_assert_str_eq(hits_in("joann.smith@example.org ann.smith@example.org.uk"), "");
}
END_TEST

START_TEST(finds_phones)
{
    ck_assert_str_eq(hits_in("call 0049/170-1234567!"), "p[0049/170-1234567]");
    ck_assert_str_eq(hits_in("x,491701234567,y"), "p[491701234567]");
    ck_assert_str_eq(hits_in("x,4917012345678,A491701234567"), "");
    ck_assert_str_eq(hits_in("5550123"), "p[5550123]");
    ck_assert_str_eq(hits_in("5550123,"), "p[5550123]");
}
END_TEST

START_TEST(finds_full_names_in_either_order)
{
    ck_assert_str_eq(hits_in("met ann mary DE ÅNGSTRÖM there"), "n[ann mary DE ÅNGSTRÖM]");
    ck_assert_str_eq(hits_in("\"De Ångström, Ann Mary\""), "n[De Ångström, Ann Mary]");
    ck_assert_str_eq(hits_in("ПЕТРОВ Иван"), "n[ПЕТРОВ Иван]");
    ck_assert_str_eq(hits_in("j.r. O'Neil"), "n[j.r. O'Neil]");
    ck_assert_str_eq(hits_in("“Иван Петров”"), "n[Иван Петров]");
    ck_assert_str_eq(hits_in("“O'Neil J. R.”"), "n[O'Neil J. R]");
}
END_TEST

/* An initial in the middle is the first name's; where nothing else is left, any split may be it. */
START_TEST(finds_full_names_of_one_cell)
{
    ck_assert_str_eq(hits_in("EVE M VAN BERG"), "n[EVE M VAN BERG]");
    ck_assert_str_eq(hits_in("Van Berg, Eve M.;Berg Eve M. van"),
                     "n[Van Berg, Eve M]n[Berg Eve M. van]");
    ck_assert_str_eq(hits_in("M. van Berg, Eve"), "");
    ck_assert_str_eq(hits_in("O Neil, Una;O. NEIL Una;Una O Neil"),
                     "n[O Neil, Una]n[O. NEIL Una]n[Una O Neil]");
    ck_assert_str_eq(hits_in("e Silva, Rui D."), "n[e Silva, Rui D]");
    ck_assert_str_eq(hits_in("S. T. Ruby"), "n[S. T. Ruby]");
    ck_assert_str_eq(hits_in("eve M. -ray"), "n[eve M. -ray]");
    ck_assert_str_eq(hits_in("P.Q. Ruiz;Ruiz P Q;Q. Ruiz P."),
                     "n[P.Q. Ruiz]n[Ruiz P Q]n[Q. Ruiz P]");
}
END_TEST

START_TEST(finds_full_names_with_initials)
{
    ck_assert_str_eq(hits_in("zoë f kovács"), "n[zoë f kovács]");
    ck_assert_str_eq(hits_in("Dr. Zoë  F. Kovács"), "n[Zoë  F. Kovács]");
    ck_assert_str_eq(hits_in("Kovács, Zoë F., Kovács"), "n[Kovács, Zoë F]");
    ck_assert_str_eq(hits_in("F. Kovács;Zoe F. Kovács;Zoë G. Kovács"), "");
    ck_assert_str_eq(hits_in("B. Özil"), "n[B. Özil]");
    ck_assert_str_eq(hits_in("Anna B. Özil, F. B. ÖZIL"), "n[B. Özil]n[B. ÖZIL]");
}
END_TEST

/* Apostrophes and hyphens are the same in both forms, and what ends a word has many. */
START_TEST(finds_full_names_among_wide_marks)
{
    ck_assert_str_eq(hits_in("D’Arcy B. Li-Wu"), "n[D’Arcy B. Li-Wu]");
    ck_assert_str_eq(hits_in("d'ARCY B Li‐Wu"), "n[d'ARCY B Li‐Wu]");
    ck_assert_str_eq(hits_in("\xEF\xBB\xBFZoë F. Kovács、"), "n[Zoë F. Kovács]");
    ck_assert_str_eq(hits_in("「Zoë F. Kovács」"), "n[Zoë F. Kovács]");
    ck_assert_str_eq(hits_in("÷Иван Петров، Иван Петров，"), "n[Иван Петров]n[Иван Петров]");
    ck_assert_str_eq(hits_in("B\xE2 Zoë F. Kovács"), "n[Zoë F. Kovács]");
    ck_assert_str_eq(hits_in("Li J-Mary,Li J‐Mary,Li J., Mary,Li J"), "n[Li J-Mary]n[Li J‐Mary]");
    ck_assert_str_eq(hits_in("ἀγνή van O'Neil B"), "n[ἀγνή van O'Neil B]");
    ck_assert_str_eq(hits_in("VAN O'NEIL B, ἈΓΝΉ"), "n[VAN O'NEIL B, ἈΓΝΉ]");
}
END_TEST

/* Dates are no numbers, but not all that is shaped like one is a date. */
START_TEST(finds_numbers_shaped_like_dates)
{
    ck_assert_str_eq(hits_in("2345-67-89"), "p[2345-67-89]");
    ck_assert_str_eq(hits_in("2345-67-89,x"), "p[2345-67-89]");
    ck_assert_str_eq(hits_in("x,2345-67-89,x"), "p[2345-67-89]");
    ck_assert_str_eq(hits_in("x,2345-67-89"), "p[2345-67-89]");
    ck_assert_str_eq(hits_in("x,5551-12-03,x"), "p[5551-12-03]");
    ck_assert_str_eq(hits_in("x,1955-45-01,x"), "p[1955-45-01]");
    ck_assert_str_eq(hits_in("x,1955-01-45,x"), "p[1955-01-45]");
    ck_assert_str_eq(hits_in("x,1955-01-05,x"), "");
}
END_TEST

START_TEST(passes_over_a_name_that_is_only_shared_in_part)
{
    ck_assert_str_eq(hits_in("Ann de Ångström"), "");
    ck_assert_str_eq(hits_in("Иван Петрова"), "");
    ck_assert_str_eq(hits_in("Иван\nПетров"), "");
}
END_TEST

START_TEST(finds_the_same_wherever_it_stands)
{
    char text[2500];

    for (int at = 0; at < 2300; at++) {
        snprintf(text, sizeof text, "%*s;ann.smith@example.org;+49 170 1234567;Иван Петров", at,
                 "");
        ck_assert_str_eq(hits_in(text), "e[ann.smith@example.org]p[49 170 1234567]n[Иван Петров]");
    }
}
END_TEST

/* Pieces of what is known, of what is like it, and of what stands around it. */
static size_t draw_text(char *text, size_t room)
{
    static const char *const pieces[] = {"ann.smith@example.org",
                                         "Ann.Smith@",
                                         "example.org",
                                         "ANN",
                                         ".smith",
                                         "smith@exam",
                                         "@",
                                         "jo",
                                         "=",
                                         "?",
                                         "-",
                                         ".",
                                         ",",
                                         " ",
                                         " ",
                                         " ",
                                         "\"",
                                         "\n",
                                         "\xC3\xBC",
                                         "\xE2\x80\x9C",
                                         "K",
                                         "\xE2\x84\xAA",
                                         "+49 170 1234567",
                                         "+49",
                                         "0049",
                                         "49",
                                         "(0)",
                                         "170",
                                         "1234567",
                                         "123",
                                         "4567",
                                         "(0",
                                         ")",
                                         "/",
                                         "2024-01-31",
                                         "2345-67-89",
                                         "D'Arcy B.",
                                         "D\xE2\x80\x99"
                                         "ARCY",
                                         "Li-Wu",
                                         "LI\xE2\x80\x90wu",
                                         "\xE2\x80\x99",
                                         "\xE3\x80\x8C",
                                         "\xEF\xBC\x8C",
                                         "\xD8\x8C",
                                         "\xC3\xB7",
                                         "\xE2",
                                         "\xE1\xBC\x88\xCE\xB3\xCE\xBD\xCE\xAE",
                                         "\xE1\xBC\x80\xCE\x93\xCE\x9D\xCE\x89",
                                         "van O'Neil",
                                         "1234567890123456789",
                                         "1 7 0 1 2 3 4 5 6 7",
                                         "A17",
                                         "Ann Mary",
                                         "Eve M.",
                                         "-Ray",
                                         "van Berg",
                                         "RUIZ",
                                         "de \xC3\x85ngstr\xC3\xB6m",
                                         "DE",
                                         "\xC3\xA5NGSTR\xC3\x96M",
                                         "Mary",
                                         "O'Neil",
                                         "J. R.",
                                         "j.r.",
                                         "J",
                                         "F",
                                         "B.",
                                         "\xC3\x96zil",
                                         "Zo\xC3\xAB F.",
                                         "Kov\xC3\xA1"
                                         "cs",
                                         "R.",
                                         "\xD0\x98\xD0\xB2\xD0\xB0\xD0\xBD",
                                         "\xD0\x9F\xD0\xB5\xD1\x82\xD1\x80\xD0\xBE\xD0\xB2"};
    size_t size = 0;

    for (int i = rand() % (rand() % 16 ? 60 : 2000); i > 0; i--) {
        const char *piece = pieces[(size_t)rand() % (sizeof pieces / sizeof pieces[0])];

        if (size + strlen(piece) + 1 > room)
            break;
        size += (size_t)snprintf(text + size, room - size, "%s", piece);
    }
    return size;
}

static void forget_short_numbers(void)
{
    known_identifiers_release(&known);
    know(false);
}

/* Its digits may be further from each other than those of most numbers are. */
START_TEST(finds_a_number_however_its_digits_are_spread)
{
    if (_i)
        forget_short_numbers();
    ck_assert_str_eq(hits_in("behind a text that is longer than all that is looked at before it: "
                             "17 170 - 1 - 2 - 3 - 4 - 5 - 6 - 7 "),
                     "p[17 170 - 1 - 2 - 3 - 4 - 5 - 6 - 7]");
}
END_TEST

/* With all that is known, and without short numbers: nearly all that is no number can be told then.
 */
START_TEST(finds_what_a_slow_search_finds)
{
    struct identifier_hit items[2000];
    char text[9000]; /* several of what is looked at together */
    size_t found = 0;

    if (_i)
        forget_short_numbers();
    srand(11);
    for (int round = 0; round < 20000; round++) {
        const struct span span = {text, draw_text(text, sizeof text)};

        ck_assert(identifier_scan(&scan, &known, span));
        for (size_t kind = 0; kind < SCANNED_KINDS; kind++) {
            struct identifier_hits slow = {items, 0, sizeof items / sizeof items[0]};

            scan_slowly((enum identifier_kind)kind, &known, span, &slow);
            assert_same_hits(&scan.hits[kind], &slow, text);
            found += slow.count;
        }
    }
    ck_assert_uint_gt(found, 5000);
}
END_TEST

Suite *test_identifier_scan_suite(void)
{
    Suite *suite = suite_create("identifier_scan");
    TCase *tcase = tcase_create("identifier_scan");

    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_test(tcase, finds_addresses);
    tcase_add_test(tcase, finds_phones);
    tcase_add_test(tcase, finds_full_names_in_either_order);
    tcase_add_test(tcase, finds_full_names_of_one_cell);
    tcase_add_test(tcase, finds_full_names_with_initials);
    tcase_add_test(tcase, finds_full_names_among_wide_marks);
    tcase_add_test(tcase, finds_numbers_shaped_like_dates);
    tcase_add_test(tcase, passes_over_a_name_that_is_only_shared_in_part);
    tcase_add_test(tcase, finds_the_same_wherever_it_stands);
    tcase_add_loop_test(tcase, finds_a_number_however_its_digits_are_spread, 0, 2);
    tcase_add_loop_test(tcase, finds_what_a_slow_search_finds, 0, 2);
    suite_add_tcase(suite, tcase);
    return suite;
}
