/* Names of a target list that come from a ledger of earlier erasures. */
#include <check.h>

#include "list_fixture.h"
#include "match/record_view.h"
#include "match/target_matches.h"
#include "rules_fixture.h"

static const struct fingerprint_key key = {"fifteen letters", {1}};

static struct rules_fixture fixture;
static struct ruleset ruleset;
static struct target_list list;
static struct target_matches matches;
static struct diagnostics diagnostics;

static void setup(void)
{
    rules_fixture_enter(&fixture);
    matches = (struct target_matches){NULL, 0, 0};
    diagnostics = (struct diagnostics)DIAGNOSTICS_INIT;
    rules_fixture_load_valid(
        &fixture,
        "version: 1\nsubject: c\nentities:\n"
        "  c: {key: Id, files: [c.csv], identifiers: {Email: email, Phone: phone}}\n",
        &ruleset);
    ck_assert_int_eq(target_list_init(&list, ruleset.subject, &diagnostics), STATUS_OK);
}

static void teardown(void)
{
    target_matches_release(&matches);
    target_list_release(&list);
    ruleset_release(&ruleset);
    diagnostics_release(&diagnostics);
    rules_fixture_leave(&fixture);
}

static void erase(const char *id, const char *email, const char *phone)
{
    const struct contact_values contact = list_fixture_contact(&key, id, email, phone);

    ck_assert_int_eq(target_list_add_erased(&list, &contact, MODE_DELETE, &diagnostics), STATUS_OK);
}

/* Whether a contact agrees with a name of the list; notes what matched. */
static bool is_taken(const char *id, const char *email, const char *phone)
{
    const struct contact_values contact = list_fixture_contact(&key, id, email, phone);

    list_fixture_match(&list, &contact, &matches);
    return list_fixture_agreeing(&matches) > 0;
}

START_TEST(the_key_is_enough)
{
    erase("c1", "a@example.com", "1");
    ck_assert(is_taken("c1", "", ""));
    ck_assert(is_taken("c1", "other@example.com", "2"));
    ck_assert(!is_taken("c2", "", ""));
}
END_TEST

START_TEST(another_key_is_taken_by_an_identifier)
{
    erase("c1", "a@example.com", "1");
    ck_assert(is_taken("c2", " A@Example.com", ""));
    ck_assert(is_taken("c2", "a@example.com", "1"));
    ck_assert(is_taken("", "", "1"));
}
END_TEST

START_TEST(an_identifier_that_differs_says_that_it_is_somebody_else)
{
    erase("c1", "a@example.com", "1");
    ck_assert(!is_taken("c2", "b@example.com", "1"));
    ck_assert(!is_taken("c2", "a@example.com", "2"));
}
END_TEST

START_TEST(somebody_without_a_key_is_taken_by_an_identifier)
{
    erase("", "a@example.com", "");
    ck_assert(is_taken("c9", "a@example.com", "7"));
    ck_assert(!is_taken("a@example.com", "", ""));
}
END_TEST

START_TEST(finding_nobody_or_half_is_no_fault)
{
    erase("c1", "a@example.com", "1");
    erase("", "", "");
    ck_assert(!is_taken("c2", "b@example.com", "1"));
    ck_assert_int_eq(target_list_judge(&list, &diagnostics), STATUS_OK);
    ck_assert(!target_name_failed(&list.names[0]));
    ck_assert(!target_name_failed(&list.names[1]));
}
END_TEST

START_TEST(the_ledger_says_the_mode)
{
    erase("c1", "", "");
    ck_assert(list.names[0].to_delete);
    ck_assert_uint_eq(target_list_line(&list, 0), 0);
}
END_TEST

Suite *test_erased_targets_suite(void)
{
    Suite *suite = suite_create("erased_targets");
    TCase *cases = tcase_create("erased_targets");

    tcase_add_checked_fixture(cases, setup, teardown);
    tcase_add_test(cases, the_key_is_enough);
    tcase_add_test(cases, another_key_is_taken_by_an_identifier);
    tcase_add_test(cases, an_identifier_that_differs_says_that_it_is_somebody_else);
    tcase_add_test(cases, somebody_without_a_key_is_taken_by_an_identifier);
    tcase_add_test(cases, finding_nobody_or_half_is_no_fault);
    tcase_add_test(cases, the_ledger_says_the_mode);
    suite_add_tcase(suite, cases);
    return suite;
}
