#include "match/identifier_scan.h"

#include <check.h>
#include <stdio.h>

static struct known_identifiers known;
static struct identifier_scan scan;

static void setup(void)
{
    struct found_identifiers found = {.items = NULL};
    struct buffer scratch = BUFFER_INIT;

    ck_assert(known_identifiers_init(&known, 10));
    ck_assert(identifiers_in_cell(&known, SPAN("Ann.Smith@Example.org"), false, &scratch, &found));
    ck_assert(identifiers_in_cell(&known, SPAN("+49 170 1234567"), true, &scratch, &found));
    ck_assert(identifier_of_names(&known, SPAN("Ann Mary"), SPAN("de Ångström"), &found));
    ck_assert(identifier_of_full_name(&known, SPAN("Иван Петров"), &found));
    ck_assert(identifier_of_full_name(&known, SPAN("O'Neil, J. R."), &found));
    ck_assert(known_identifiers_add(&known, &found));
    found_identifiers_release(&found);
    buffer_release(&scratch);
    scan = (struct identifier_scan){.scratch = BUFFER_INIT};
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
}
END_TEST

START_TEST(finds_full_names_in_either_order)
{
    ck_assert_str_eq(hits_in("met ann mary DE ÅNGSTRÖM there"), "n[ann mary DE ÅNGSTRÖM]");
    ck_assert_str_eq(hits_in("\"De Ångström, Ann Mary\""), "n[De Ångström, Ann Mary]");
    ck_assert_str_eq(hits_in("ПЕТРОВ Иван"), "n[ПЕТРОВ Иван]");
    ck_assert_str_eq(hits_in("j.r. O'Neil"), "n[j.r. O'Neil]");
    ck_assert_str_eq(hits_in("“Иван Петров”"), "n[Иван Петров]");
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
    char text[300];

    for (int at = 0; at < 200; at++) {
        snprintf(text, sizeof text, "%*s;ann.smith@example.org;+49 170 1234567;Иван Петров", at,
                 "");
        ck_assert_str_eq(hits_in(text), "e[ann.smith@example.org]p[49 170 1234567]n[Иван Петров]");
    }
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
    tcase_add_test(tcase, passes_over_a_name_that_is_only_shared_in_part);
    tcase_add_test(tcase, finds_the_same_wherever_it_stands);
    suite_add_tcase(suite, tcase);
    return suite;
}
