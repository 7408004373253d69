#include "match/target_matches.h"

#include <check.h>
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
    matches = (struct target_matches){NULL, 0, 0};
    arena = (struct arena)ARENA_INIT;
    diagnostics = (struct diagnostics)DIAGNOSTICS_INIT;
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

static void begin_with(const char *rules)
{
    rules_fixture_load_valid(&fixture, rules, &ruleset);
    ck_assert_int_eq(target_list_init(&list, ruleset.subject, &diagnostics), STATUS_OK);
}

/* Contacts with a key and two identifiers. */
static void begin(void)
{
    begin_with("version: 1\nsubject: c\nentities:\n"
               "  c: {key: Id, files: [c.csv], identifiers: {Email: email, Phone: phone}}\n");
}

static void begin_composite(void)
{
    begin_with("version: 1\nsubject: c\nentities:\n"
               "  c: {key: [Tenant, Id], files: [c.csv], identifiers: {Email: email}}\n");
}

static enum status add_table(const char *text)
{
    return list_fixture_add_rows(&list, &key, text, &arena, &diagnostics);
}

static void take(const char *text)
{
    ck_assert_int_eq(add_table(text), STATUS_OK);
    ck_assert_uint_eq(diagnostics.count, 0);
}

static void refuse(const char *text, const char *message)
{
    ck_assert_int_eq(add_table(text), STATUS_INPUT);
    assert_message(&diagnostics, message);
}

static void add_value(const char *value)
{
    ck_assert_int_eq(target_list_add_value(&list, &key, span_of(value), MODE_DELETE, &diagnostics),
                     STATUS_OK);
}

/* Holds a contact against the list and notes what matched; "" is a value that names nothing. */
static void meet(const char *id, const char *email, const char *phone)
{
    const struct contact_values contact = list_fixture_contact(&key, id, email, phone);

    list_fixture_match(&list, &contact, &matches);
}

static void judge_well(void)
{
    ck_assert_int_eq(target_list_judge(&list, &diagnostics), STATUS_OK);
    ck_assert_uint_eq(diagnostics.count, 0);
}

static void judge_badly(const char *message)
{
    ck_assert_int_eq(target_list_judge(&list, &diagnostics), STATUS_INPUT);
    assert_message(&diagnostics, message);
}

/* Writes a subject with so many identifiers and begins with it. */
static enum status init_with_identifiers(unsigned count)
{
    struct buffer text = BUFFER_INIT;

    ck_assert(buffer_append(&text, SPAN("version: 1\nsubject: c\nentities:\n"
                                        "  c:\n    key: Id\n    files: [c.csv]\n"
                                        "    identifiers:\n")));
    for (unsigned i = 0; i < count; i++)
        ck_assert(buffer_append_format(&text, "      I%u: exact\n", i));
    ck_assert(buffer_append_byte(&text, '\0'));
    rules_fixture_load_valid(&fixture, text.at, &ruleset);
    buffer_release(&text);
    return target_list_init(&list, ruleset.subject, &diagnostics);
}

START_TEST(there_are_no_more_identifiers_than_slots)
{
    ck_assert_int_eq(init_with_identifiers(SLOT_LIMIT - 1), STATUS_OK);
    ck_assert_uint_eq(list.slot_count, SLOT_LIMIT);
    ruleset_release(&ruleset);
    ck_assert_int_eq(init_with_identifiers(SLOT_LIMIT), STATUS_RULES);
    assert_message(&diagnostics, "rules.yaml:23:7: error: more than 15 identifiers");
}
END_TEST

START_TEST(a_value_matches_in_any_slot)
{
    begin();
    add_value("0049 1");
    meet("0049 1", "", "");
    ck_assert_uint_eq(list_fixture_agreeing(&matches), 1);
    meet("x", "", "+49 1");
    ck_assert_uint_eq(list_fixture_agreeing(&matches), 1);
    meet("x", "0049 1", "");
    ck_assert_uint_eq(list_fixture_agreeing(&matches), 1);
    meet("x", "y", "2");
    ck_assert_uint_eq(matches.count, 0);
    ck_assert(list.names[0].found);
    ck_assert(list.names[0].to_delete);
    ck_assert_uint_eq(target_list_line(&list, 0), 0);
    judge_well();
}
END_TEST

START_TEST(a_value_takes_every_contact_that_bears_it)
{
    begin();
    add_value("a@example.com");
    meet("c1", "A@example.com", "");
    ck_assert_uint_eq(list_fixture_agreeing(&matches), 1);
    meet("c2", "a@example.com", "");
    ck_assert_uint_eq(list_fixture_agreeing(&matches), 1);
}
END_TEST

static void refuse_value(const char *value, const char *message)
{
    ck_assert_int_eq(target_list_add_value(&list, &key, span_of(value), MODE_DELETE, &diagnostics),
                     STATUS_USAGE);
    assert_message(&diagnostics, message);
    ck_assert_uint_eq(list.name_count, 0);
}

START_TEST(an_empty_value_is_refused)
{
    begin();
    refuse_value("", "error: --contact takes a value that is not empty");
}
END_TEST

START_TEST(a_value_needs_a_slot)
{
    begin_with("version: 1\nsubject: c\nentities:\n"
               "  c: {key: [Tenant, Id], files: [c.csv]}\n");
    refuse_value("1", "error: --contact takes an identifier, of which the rules have none");
}
END_TEST

START_TEST(a_value_that_names_nothing_is_found_nowhere)
{
    begin_composite();
    add_value(" ");
    ck_assert(list.names[0].blind);
    meet("", " ", "");
    ck_assert_uint_eq(matches.count, 0);
    ck_assert(!list.names[0].found);
    judge_well();
}
END_TEST

START_TEST(a_value_is_no_composite_key)
{
    begin_composite();
    add_value("1");
    ck_assert_uint_eq(list.names[0].slots, 1 << 1);
}
END_TEST

START_TEST(keys_compare_exactly)
{
    begin();
    take("Id\nc1\n");
    meet("C1", "", "");
    ck_assert_uint_eq(matches.count, 0);
    meet("c1", "", "");
    ck_assert_uint_eq(list_fixture_agreeing(&matches), 1);
}
END_TEST

START_TEST(rows_name_by_any_column)
{
    begin();
    take("Phone,Id,Email\n,c1,\n+1,,\n,,a@example.com\n");
    ck_assert_uint_eq(list.name_count, 3);
    meet("c1", "", "");
    ck_assert_uint_eq(matches.items[0].name, 0);
    meet("c2", "", "001");
    ck_assert_uint_eq(matches.items[0].name, 1);
    meet("c3", "A@EXAMPLE.COM", "");
    ck_assert_uint_eq(matches.items[0].name, 2);
    ck_assert_uint_eq(target_list_line(&list, 2), 4);
    judge_well();
}
END_TEST

static void assert_lines(const uint32_t *lines, size_t count)
{
    ck_assert_uint_eq(list.name_count, count);
    for (size_t i = 0; i < count; i++)
        ck_assert_uint_eq(target_list_line(&list, i), lines[i]);
}

/* Blank lines and line ends within cells; then names that no file has. */
START_TEST(a_row_keeps_its_line)
{
    begin();
    take("Id,Email\nc1,\nc2,\n\nc3,\"\na@example.com\"\nc4,\n\n\nc5,\n");
    add_value("c6");
    add_value("c7");
    assert_lines((const uint32_t[]){2, 3, 5, 7, 10, 0, 0}, 7);
    ck_assert_uint_eq(list.line_count, 5);
}
END_TEST

START_TEST(rows_one_after_the_other_share_their_lines)
{
    begin();
    add_value("c1");
    take("Id\nc2\nc3\nc4\n");
    assert_lines((const uint32_t[]){0, 2, 3, 4}, 4);
    ck_assert_uint_eq(list.line_count, 1);
}
END_TEST

START_TEST(cells_of_a_row_must_agree)
{
    begin();
    take("Id,Email\nc1,a@example.com\n");
    meet("c1", "b@example.com", "");
    ck_assert_uint_eq(matches.count, 1);
    ck_assert_uint_eq(list_fixture_agreeing(&matches), 0);
    meet("c1", "a@example.com", "");
    ck_assert_uint_eq(matches.count, 2);
    ck_assert_uint_eq(list_fixture_agreeing(&matches), 2);
    judge_well();
}
END_TEST

START_TEST(cells_of_a_row_intersect)
{
    begin();
    take("Email,Phone\na@example.com,1\n");
    meet("c1", "a@example.com", "2");
    meet("c2", "b@example.com", "1");
    ck_assert(!list.names[0].found);
    meet("c3", "a@example.com", "1");
    ck_assert(list.names[0].found);
    judge_well();
}
END_TEST

START_TEST(cells_that_name_different_contacts_are_refused)
{
    begin();
    take("Id,Email\nc0,\nc1,b@example.com\n");
    meet("c1", "a@example.com", "");
    meet("c2", "b@example.com", "");
    judge_badly("t.csv:3: error: the row's cells name different contacts");
}
END_TEST

START_TEST(a_cell_that_matches_nothing_is_refused)
{
    begin();
    take("Id,Email\nc1,b@example.com\n");
    meet("c1", "a@example.com", "");
    judge_badly("t.csv:2: error: a cell of the row matches no contact");
}
END_TEST

START_TEST(a_cell_that_can_match_nothing_is_refused)
{
    begin();
    take("Id,Phone\nc1,none\n");
    ck_assert(list.names[0].blind);
    meet("c1", "", "");
    ck_assert_uint_eq(list_fixture_agreeing(&matches), 0);
    judge_badly("t.csv:2: error: a cell of the row matches no contact");
}
END_TEST

START_TEST(a_row_found_nowhere_is_no_contradiction)
{
    begin();
    take("Id,Phone\nc1,1\nc2,none\n,none\n");
    meet("c3", "", "3");
    judge_well();
    ck_assert(!list.names[0].found);
    ck_assert(!list.names[2].found);
}
END_TEST

START_TEST(every_contradiction_is_reported)
{
    begin();
    take("Id,Email\nc1,x@example.com\nc2,y@example.com\n");
    meet("c1", "", "");
    meet("c2", "", "");
    judge_badly("t.csv:2: error: a cell of the row matches no contact\n"
                "t.csv:3: error: a cell of the row matches no contact");
}
END_TEST

START_TEST(a_row_may_say_its_mode)
{
    begin();
    take("mode,Id\ndelete,c1\nanonymize,c2\n,c3\n");
    ck_assert(list.names[0].to_delete);
    ck_assert(!list.names[1].to_delete);
    ck_assert(!list.names[2].to_delete);
}
END_TEST

START_TEST(unknown_modes_are_refused)
{
    begin();
    refuse("Id,mode\nc1,Delete\nc2,delete\nc3,x\n",
           "t.csv:2: error: mode is neither 'anonymize' nor 'delete'\n"
           "t.csv:4: error: mode is neither 'anonymize' nor 'delete'");
}
END_TEST

START_TEST(unknown_columns_are_refused)
{
    begin();
    refuse("Id,Name,id\nc1,Ann,c1\n",
           "t.csv:1: error: column 2 of the header is neither the key 'Id' nor an identifier of "
           "'c', nor 'mode'\n"
           "t.csv:1: error: column 3 of the header is neither the key 'Id' nor an identifier of "
           "'c', nor 'mode' (did you mean 'Id'?)");
}
END_TEST

/* Of two columns of one name, one would be taken and the people of the other forgotten. */
START_TEST(a_column_that_stands_twice_is_refused)
{
    begin();
    refuse("Id,Email,Id\nc1,,c2\n", "t.csv:1: error: column 3 of the header stands there twice");
    refuse("Email,Email\na@example.com,b@example.com\n",
           "t.csv:1: error: column 2 of the header stands there twice");
    refuse("Id,mode,mode\nc1,delete,anonymize\n",
           "t.csv:1: error: column 3 of the header stands there twice");
}
END_TEST

START_TEST(empty_rows_and_tables_are_refused)
{
    begin();
    refuse("Id\n", "t.csv: error: names no target");
    refuse("Id,mode\nc1,\n,delete\n\"\",\n", "t.csv:3: error: the row names nobody\n"
                                             "t.csv:4: error: the row names nobody");
}
END_TEST

START_TEST(a_composite_key_is_named_by_all_its_columns)
{
    const struct span values[] = {SPAN("t1"), SPAN("1")};
    struct contact_values contact = {.named = {true}};
    struct buffer normal = BUFFER_INIT, joined = BUFFER_INIT;

    begin_composite();
    take("Id,Tenant\n1,t1\n");
    ck_assert_int_eq(
        values_fingerprint(&key, values, 2, MATCH_EXACT, &normal, &joined, &contact.values[0]),
        NAMES_VALUE);
    list_fixture_match(&list, &contact, &matches);
    ck_assert_uint_eq(list_fixture_agreeing(&matches), 1);
    buffer_release(&normal);
    buffer_release(&joined);
}
END_TEST

START_TEST(part_of_a_composite_key_is_refused)
{
    begin_composite();
    take("Id,Tenant,Email\n,,a@example.com\n");
    refuse("Id\n1\n", "t.csv:1: error: the key of 'c' needs all of its 2 columns");
    refuse("Id,Tenant,Email\n1,,a@example.com\n,t1,\n",
           "t.csv:2: error: the key is not complete\nt.csv:3: error: the key is not complete");
}
END_TEST

static void add_naming_cases(TCase *cases)
{
    tcase_add_test(cases, there_are_no_more_identifiers_than_slots);
    tcase_add_test(cases, a_value_matches_in_any_slot);
    tcase_add_test(cases, a_value_takes_every_contact_that_bears_it);
    tcase_add_test(cases, an_empty_value_is_refused);
    tcase_add_test(cases, a_value_needs_a_slot);
    tcase_add_test(cases, a_value_that_names_nothing_is_found_nowhere);
    tcase_add_test(cases, a_value_is_no_composite_key);
    tcase_add_test(cases, keys_compare_exactly);
    tcase_add_test(cases, rows_name_by_any_column);
    tcase_add_test(cases, a_row_keeps_its_line);
    tcase_add_test(cases, rows_one_after_the_other_share_their_lines);
    tcase_add_test(cases, cells_of_a_row_must_agree);
    tcase_add_test(cases, cells_of_a_row_intersect);
    tcase_add_test(cases, cells_that_name_different_contacts_are_refused);
    tcase_add_test(cases, a_cell_that_matches_nothing_is_refused);
    tcase_add_test(cases, a_cell_that_can_match_nothing_is_refused);
    tcase_add_test(cases, a_row_found_nowhere_is_no_contradiction);
    tcase_add_test(cases, every_contradiction_is_reported);
}

static void add_table_cases(TCase *cases)
{
    tcase_add_test(cases, a_row_may_say_its_mode);
    tcase_add_test(cases, unknown_modes_are_refused);
    tcase_add_test(cases, unknown_columns_are_refused);
    tcase_add_test(cases, a_column_that_stands_twice_is_refused);
    tcase_add_test(cases, empty_rows_and_tables_are_refused);
    tcase_add_test(cases, a_composite_key_is_named_by_all_its_columns);
    tcase_add_test(cases, part_of_a_composite_key_is_refused);
}

Suite *test_target_list_suite(void)
{
    Suite *suite = suite_create("target_list");
    TCase *cases = tcase_create("target_list");

    tcase_add_checked_fixture(cases, setup, teardown);
    add_naming_cases(cases);
    add_table_cases(cases);
    suite_add_tcase(suite, cases);
    return suite;
}
