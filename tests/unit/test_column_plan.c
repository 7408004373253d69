#include "run/column_plan.h"

#include <check.h>

#include "plan_fixture.h"
#include "read_fixture.h"

static struct match_fixture fixture;
static struct match_file file;
static struct file_plan plan;

/* Rules: defaults, then the entities' lines. */
static enum status make(const char *rules, const char *entity, struct span header)
{
    match_fixture_open(&fixture, rules);
    match_file_open(&fixture, &file, entity, header);
    return plan_fixture_make(&fixture, &file, &plan);
}

static void make_well(const char *rules, const char *entity, struct span header)
{
    ck_assert_int_eq(make(rules, entity, header), STATUS_OK);
    ck_assert_uint_eq(fixture.diagnostics.count, 0);
}

static void refuse(const char *rules, struct span header, const char *messages)
{
    ck_assert_int_eq(make(rules, "c", header), STATUS_INPUT);
    assert_message(&fixture.diagnostics, messages);
}

static void teardown(void)
{
    match_file_close(&file);
    match_fixture_close(&fixture);
}

static const struct column_plan *column(size_t index)
{
    return &plan.columns.columns[index];
}

static void assert_indexes(const size_t *indexes, size_t count, const char *expected)
{
    char text[64] = "";

    for (size_t i = 0; i < count; i++)
        snprintf(text + i, sizeof text - i, "%zu", indexes[i]);
    ck_assert_str_eq(text, expected);
}

#define CONTACTS                                                                                   \
    "version: 1\nsubject: c\n"                                                                     \
    "defaults: {Email: clear, FirstName: clear, Id: clear}\n"                                      \
    "entities:\n"                                                                                  \
    "  c:\n"                                                                                       \
    "    files: [c.csv]\n"                                                                         \
    "    key: Id\n"

START_TEST(every_column_has_an_origin)
{
    make_well(CONTACTS "    rekey: \"true\"\n"
                       "    undeclared_columns: keep\n"
                       "    fields: {Position: clear}\n"
                       "    keep: [Country, E_mail]\n",
              "c", SPAN("Id,Position,first name,Country,E_mail,Rest\n"));
    static const enum field_origin expected[] = {ORIGIN_KEPT, ORIGIN_CHOSEN,   ORIGIN_DEFAULT,
                                                 ORIGIN_KEPT, ORIGIN_EXEMPTED, ORIGIN_UNDECLARED};
    for (size_t i = 0; i < 6; i++)
        ck_assert_int_eq(column(i)->origin, expected[i]);
    ck_assert(column(0)->is_rekeyed_key);
    ck_assert_ptr_null(column(0)->field);
    ck_assert_str_eq(column(1)->technique->technique->name, "clear");
    ck_assert_ptr_null(column(3)->field);
}
END_TEST

START_TEST(a_field_of_the_entity_wins_over_a_default)
{
    make_well(CONTACTS "    rekey: \"true\"\n    fields: {Email: hash}\n", "c", SPAN("Id,Email\n"));
    ck_assert_int_eq(column(1)->origin, ORIGIN_CHOSEN);
    ck_assert_str_eq(column(1)->technique->technique->name, "hash");
}
END_TEST

START_TEST(undeclared_columns_are_all_refused)
{
    refuse(CONTACTS "    rekey: \"true\"\n", SPAN("A,Id,B\n"),
           "x.csv:1: error: column 'A' of entity 'c' is not declared\n"
           "x.csv:1: error: column 'B' of entity 'c' is not declared");
}
END_TEST

START_TEST(undeclared_columns_may_be_cleared)
{
    make_well(CONTACTS "    rekey: \"true\"\n    undeclared_columns: clear\n", "c",
              SPAN("Id,Email,A\n"));
    ck_assert(column(2)->is_cleared);
    ck_assert(column(2)->in_every_record);
    ck_assert(!column(1)->in_every_record);
    assert_indexes(plan.columns.active, plan.columns.active_count, "012");
    assert_indexes(plan.columns.everywhere, plan.columns.everywhere_count, "2");
}
END_TEST

START_TEST(columns_of_any_role_are_declared)
{
    make_well("version: 1\nsubject: c\nentities:\n"
              "  c:\n"
              "    files: [c.csv]\n"
              "    key: Id\n"
              "    identifiers: {Phone: phone}\n"
              "    marker: {column: Done}\n"
              "    links: [{column: Boss, to: c, when: {Kind: {equals: x}}}]\n"
              "    fields: {Name: {technique: clear, when: {State: {equals: x}}}}\n"
              "  t:\n"
              "    files: [t.csv]\n"
              "    links: [{column: Login, to: c.Login}]\n"
              "    fields:\n"
              "      By: {technique: clear, mentions: c.Nick,\n"
              "           when: {By: {in_entity: c, where: {Level: {equals: 1}}}}}\n",
              "c", SPAN("Id,Phone,Done,Boss,Kind,Name,State,Login,Nick,Level\n"));
    assert_indexes(plan.columns.active, plan.columns.active_count, "235");
}
END_TEST

START_TEST(columns_of_conditions_of_defaults_are_declared)
{
    make_well("version: 1\nsubject: c\n"
              "defaults: {Email: {technique: clear, when: {Kind: {equals: x}}}}\n"
              "entities: {c: {files: [c.csv], key: Id}}\n",
              "c", SPAN("Id,Email,Kind\n"));
    ck_assert_ptr_nonnull(column(1)->when);
    ck_assert_int_eq(column(2)->origin, ORIGIN_KEPT);
}
END_TEST

START_TEST(declared_fields_must_be_there_once)
{
    ck_assert_int_eq(
        make("version: 1\nsubject: c\nentities:\n"
             "  c: {files: [c.csv], key: Id, fields: {A: clear, B: clear, C: clear}}\n",
             "c", SPAN("Id,B,B\n")),
        STATUS_INPUT);
    csv_text_expect_faults(&file.csv, "A\nB twice\nC\n");
}
END_TEST

#define DROPPING                                                                                   \
    "version: 1\nsubject: c\nentities:\n"                                                          \
    "  c:\n"                                                                                       \
    "    files: [c.csv]\n"                                                                         \
    "    key: Id\n"                                                                                \
    "    undeclared_columns: keep\n"                                                               \
    "    fields:\n"                                                                                \
    "      A: {technique: drop_column, applies_to: all_records}\n"                                 \
    "      B: {technique: drop_column, applies_to: all_records}\n"

START_TEST(dropped_columns_are_known)
{
    make_well(DROPPING, "c", SPAN("A,B,Id,C\n"));
    ck_assert(plan.columns.any_dropped);
    ck_assert(column(0)->is_dropped);
    ck_assert(column(1)->is_dropped);
    ck_assert_uint_eq(plan.columns.first_kept, 2);
    ck_assert(!plan.columns.one_left);
    assert_indexes(plan.columns.everywhere, plan.columns.everywhere_count, "01");
}
END_TEST

/* An empty cell that is left alone in its record must be looked at. */
START_TEST(the_only_column_left_is_looked_at_everywhere)
{
    make_well(DROPPING, "c", SPAN("A,Id,B\n"));
    ck_assert_uint_eq(plan.columns.first_kept, 1);
    ck_assert(plan.columns.one_left);
    assert_indexes(plan.columns.everywhere, plan.columns.everywhere_count, "012");
}
END_TEST

START_TEST(the_only_column_there_was_is_left_alone)
{
    make_well("version: 1\nsubject: c\nentities: {c: {files: [c.csv], key: Id}}\n", "c",
              SPAN("Id\n"));
    ck_assert(plan.columns.one_left);
    ck_assert(!plan.columns.any_dropped);
    ck_assert_uint_eq(plan.columns.active_count, 0);
}
END_TEST

#define LINKING                                                                                    \
    "version: 1\nsubject: c\nentities:\n"                                                          \
    "  c: {files: [c.csv], key: Id, identifiers: {Phone: phone, Email: email}}\n"                  \
    "  e: {files: [e.csv], key: [Site, Id]}\n"                                                     \
    "  t:\n"                                                                                       \
    "    files: [t.csv]\n"                                                                         \
    "    key: Id\n"                                                                                \
    "    links:\n"                                                                                 \
    "      - {column: Ref, to: c, when: {Kind: {equals: c}}}\n"                                    \
    "      - {column: Ref, to: t, match: casefold, when: {Kind: {equals: t}}}\n"                   \
    "      - {column: [Site, Event], to: e}\n"                                                     \
    "    fields:\n"                                                                                \
    "      Name: {technique: clear, about: Ref}\n"                                                 \
    "      By: {technique: clear, mentions: c.Phone}\n"                                            \
    "      Note: {technique: clear, applies_to: all_records}\n"

START_TEST(columns_know_their_links)
{
    make_well(LINKING, "t", SPAN("Id,Ref,Kind,Site,Event,Name,By,Note\n"));
    assert_indexes(column(1)->links, column(1)->link_count, "01");
    assert_indexes(column(3)->links, column(3)->link_count, "2");
    assert_indexes(column(4)->links, column(4)->link_count, "2");
    ck_assert_uint_eq(column(0)->link_count, 0);
}
END_TEST

START_TEST(fields_know_whom_they_are_about)
{
    make_well(LINKING, "t", SPAN("Id,Ref,Kind,Site,Event,Name,By,Note\n"));
    ck_assert_uint_eq(column(5)->about, 0);
    ck_assert_uint_eq(column(6)->about, NO_LINK);
    ck_assert_ptr_eq(column(6)->mentions, match_fixture_set(&fixture, "c", "Phone", MATCH_PHONE));
    ck_assert_ptr_null(column(5)->mentions);
}
END_TEST

START_TEST(mentions_and_all_records_act_everywhere)
{
    make_well(LINKING, "t", SPAN("Id,Ref,Kind,Site,Event,Name,By,Note\n"));
    assert_indexes(plan.columns.active, plan.columns.active_count, "134567");
    assert_indexes(plan.columns.everywhere, plan.columns.everywhere_count, "67");
}
END_TEST

START_TEST(pseudonyms_are_made_of_what_values_compare_by)
{
    make_well("version: 1\nsubject: c\nentities:\n"
              "  c:\n"
              "    files: [c.csv]\n"
              "    key: Id\n"
              "    rekey: \"true\"\n"
              "    identifiers: {Email: email}\n"
              "    links: [{column: Boss, to: c, match: uuid}]\n"
              "    keep: [Rest]\n",
              "c", SPAN("Id,Email,Boss,Rest\n"));
    ck_assert_int_eq(column(0)->normal, MATCH_UUID);
    ck_assert_int_eq(column(1)->normal, MATCH_EMAIL);
    ck_assert_int_eq(column(2)->normal, MATCH_UUID);
    ck_assert_int_eq(column(3)->normal, MATCH_EXACT);
}
END_TEST

START_TEST(the_marker_is_known)
{
    make_well("version: 1\nsubject: c\nentities:\n"
              "  c: {files: [c.csv], key: Id, marker: {column: Done}}\n",
              "c", SPAN("Id,Done\n"));
    ck_assert(column(1)->is_marker);
    ck_assert(!column(0)->is_marker);
    assert_indexes(plan.columns.active, plan.columns.active_count, "1");
}
END_TEST

START_TEST(filled_cells_are_counted_of_all_that_is_not_kept)
{
    make_well("version: 1\nsubject: c\ndefaults: {Email: clear, FirstName: clear}\n"
              "undeclared_columns: keep\nentities:\n"
              "  c: {files: [c.csv], key: Id, rekey: true}\n"
              "  t:\n    files: [t.csv]\n    key: T\n    links: [{column: C, to: c}]\n"
              "    keep: [K, Email]\n    fields: {Note: clear}\n",
              "t", SPAN("T,C,K,Email,first_name,Note,Rest\n"));
    assert_indexes(plan.columns.counted, plan.columns.counted_count, "13456");
    ck_assert_str_eq(column(1)->rekeyed->name.text.at, "c");
    ck_assert_ptr_null(column(0)->rekeyed);
}
END_TEST

Suite *test_column_plan_suite(void)
{
    Suite *suite = suite_create("column_plan");
    TCase *cases = tcase_create("column_plan");

    tcase_add_checked_fixture(cases, NULL, teardown);
    tcase_add_test(cases, every_column_has_an_origin);
    tcase_add_test(cases, a_field_of_the_entity_wins_over_a_default);
    tcase_add_test(cases, undeclared_columns_are_all_refused);
    tcase_add_test(cases, undeclared_columns_may_be_cleared);
    tcase_add_test(cases, columns_of_any_role_are_declared);
    tcase_add_test(cases, columns_of_conditions_of_defaults_are_declared);
    tcase_add_test(cases, declared_fields_must_be_there_once);
    tcase_add_test(cases, dropped_columns_are_known);
    tcase_add_test(cases, the_only_column_left_is_looked_at_everywhere);
    tcase_add_test(cases, the_only_column_there_was_is_left_alone);
    tcase_add_test(cases, columns_know_their_links);
    tcase_add_test(cases, fields_know_whom_they_are_about);
    tcase_add_test(cases, mentions_and_all_records_act_everywhere);
    tcase_add_test(cases, pseudonyms_are_made_of_what_values_compare_by);
    tcase_add_test(cases, the_marker_is_known);
    tcase_add_test(cases, filled_cells_are_counted_of_all_that_is_not_kept);
    suite_add_tcase(suite, cases);
    return suite;
}
