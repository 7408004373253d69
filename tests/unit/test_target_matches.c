#include "match/target_matches.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "list_fixture.h"
#include "match/record_view.h"
#include "read_fixture.h"
#include "rules_fixture.h"

static const struct fingerprint_key key = {"fifteen letters", {1}};

static struct rules_fixture fixture;
static struct ruleset ruleset;
static struct target_list list;
static struct target_matches matches;
static struct arena arena;
static struct diagnostics diagnostics;

static void setup(void)
{
    rules_fixture_enter(&fixture);
    arena = (struct arena)ARENA_INIT;
    diagnostics = (struct diagnostics)DIAGNOSTICS_INIT;
    matches = (struct target_matches){NULL, 0, 0};
    rules_fixture_load_valid(
        &fixture,
        "version: 1\nsubject: c\nentities:\n"
        "  c: {key: Id, files: [c.csv], identifiers: {Email: exact, Phone: exact}}\n",
        &ruleset);
    ck_assert_int_eq(target_list_init(&list, ruleset.subject, &diagnostics), STATUS_OK);
}

static void teardown(void)
{
    target_matches_release(&matches);
    target_list_release(&list);
    ruleset_release(&ruleset);
    arena_release(&arena);
    diagnostics_release(&diagnostics);
    rules_fixture_leave(&fixture);
}

static void take(const char *text)
{
    ck_assert_int_eq(list_fixture_add_rows(&list, &key, text, &arena, &diagnostics), STATUS_OK);
}

static void set_slot(struct contact_values *contact, size_t slot, const char *value)
{
    contact->named[slot] = *value;
    contact->values[slot] = fingerprint_of(&key, span_of(value));
}

/* Holds a contact against the list and notes what matched; "" names nothing. */
static void meet(const char *id, const char *email, const char *phone)
{
    struct contact_values contact = {.named = {false}};

    set_slot(&contact, 0, id);
    set_slot(&contact, 1, email);
    set_slot(&contact, 2, phone);
    list_fixture_match(&list, &contact, &matches);
}

START_TEST(one_value_may_stand_in_several_rows)
{
    take("Id,Email,mode\nc1,,\nc1,a@example.com,delete\nc1,,\n");
    meet("c1", "a@example.com", "");
    ck_assert_uint_eq(matches.count, 4);
    ck_assert_uint_eq(list_fixture_agreeing(&matches), 4);
    for (size_t i = 0; i < 3; i++)
        ck_assert(list.names[i].found);
    ck_assert_int_eq(target_list_judge(&list, &diagnostics), STATUS_OK);
}
END_TEST

START_TEST(a_repeated_value_agrees_in_rows_whose_other_cells_do)
{
    take("Id,Email\nc1,a\nc2,a\n,a\nc1,b\n");
    meet("c1", "a", "");
    ck_assert_uint_eq(matches.count, 5);
    ck_assert_uint_eq(list_fixture_agreeing(&matches), 3);
    ck_assert(list.names[0].found);
    ck_assert(!list.names[1].found);
    ck_assert(list.names[2].found);
    ck_assert(!list.names[3].found);
}
END_TEST

enum { RANDOM_ROWS = 60, RANDOM_VALUES = 4, RANDOM_COLUMNS = 3 };

/* Rows of a few values each, 0 for none, never nothing but that. */
static void draw_rows(unsigned short seed[3], int rows[RANDOM_ROWS][RANDOM_COLUMNS])
{
    struct buffer text = BUFFER_INIT;

    ck_assert(buffer_append(&text, SPAN("Id,Email,Phone\n")));
    for (size_t i = 0; i < RANDOM_ROWS; i++) {
        for (size_t j = 0; j < RANDOM_COLUMNS; j++) {
            rows[i][j] = (int)(nrand48(seed) % (RANDOM_VALUES + 1));
            if (j + 1 == RANDOM_COLUMNS && rows[i][0] + rows[i][1] == 0)
                rows[i][j] = 1;
            ck_assert(rows[i][j] == 0 || buffer_append_format(&text, "%d", rows[i][j]));
            ck_assert(buffer_append_byte(&text, j + 1 < RANDOM_COLUMNS ? ',' : '\n'));
        }
    }
    ck_assert(buffer_append_byte(&text, '\0'));
    take(text.at);
    buffer_release(&text);
}

/* Whether a record of these values bears a cell of the row, and whether it agrees with all. */
static bool bears(const int *row, const int *values, size_t column)
{
    return row[column] && row[column] == values[column];
}

static bool agrees(const int *row, const int *values)
{
    for (size_t j = 0; j < RANDOM_COLUMNS; j++)
        if (row[j] && !bears(row, values, j))
            return false;
    return true;
}

static void assert_matches(int rows[RANDOM_ROWS][RANDOM_COLUMNS], const int *values)
{
    size_t cells = 0;

    for (size_t i = 0; i < RANDOM_ROWS; i++)
        for (size_t j = 0; j < RANDOM_COLUMNS; j++)
            cells += bears(rows[i], values, j);
    ck_assert_uint_eq(matches.count, cells);
    for (size_t i = 0; i < matches.count; i++) {
        const struct target_match *match = &matches.items[i];

        ck_assert(bears(rows[match->name], values, match->slot));
        ck_assert_int_eq(match->agrees, agrees(rows[match->name], values));
    }
}

/* Against a search of all rows, by records of every combination of values. */
START_TEST(random_rows_match_as_one_by_one)
{
    unsigned short seed[3] = {(unsigned short)_i, 3, 5};
    int rows[RANDOM_ROWS][RANDOM_COLUMNS];

    draw_rows(seed, rows);
    for (int i = 0; i < (RANDOM_VALUES + 1) * (RANDOM_VALUES + 1) * (RANDOM_VALUES + 1); i++) {
        const int values[] = {i % (RANDOM_VALUES + 1),
                              i / (RANDOM_VALUES + 1) % (RANDOM_VALUES + 1),
                              i / (RANDOM_VALUES + 1) / (RANDOM_VALUES + 1)};
        char texts[RANDOM_COLUMNS][16];

        for (size_t j = 0; j < RANDOM_COLUMNS; j++)
            snprintf(texts[j], sizeof texts[j], values[j] ? "%d" : "", values[j]);
        meet(texts[0], texts[1], texts[2]);
        assert_matches(rows, values);
    }
}
END_TEST

START_TEST(matching_notes_nothing)
{
    struct contact_values contact = {.named = {false}};

    take("Id\nc1\n");
    set_slot(&contact, 0, "c1");
    ck_assert(target_matches_find(&list, &contact, &matches));
    ck_assert_uint_eq(matches.count, 1);
    ck_assert(!list.names[0].found);
    ck_assert_ptr_null(list.seen);
    ck_assert(target_matches_find(&list, &contact, &matches)); /* appends */
    ck_assert_uint_eq(matches.count, 2);
}
END_TEST

Suite *test_target_matches_suite(void)
{
    Suite *suite = suite_create("target_matches");
    TCase *cases = tcase_create("target_matches");

    tcase_add_checked_fixture(cases, setup, teardown);
    tcase_add_test(cases, one_value_may_stand_in_several_rows);
    tcase_add_test(cases, a_repeated_value_agrees_in_rows_whose_other_cells_do);
    tcase_add_loop_test(cases, random_rows_match_as_one_by_one, 0, 5);
    tcase_add_test(cases, matching_notes_nothing);
    suite_add_tcase(suite, cases);
    return suite;
}
