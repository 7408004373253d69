#include "run/run_ledger.h"

#include <check.h>

#include "read_fixture.h"
#include "run_fixture.h"

static struct run_fixture fixture;
static struct run_ledger run_ledger;

#define ENTITY(more)                                                                               \
    "version: 1\nsubject: c\nentities:\n"                                                          \
    "  c:\n"                                                                                       \
    "    files: [c.csv]\n"                                                                         \
    "    key: Id\n"                                                                                \
    "    undeclared_columns: keep\n" more
#define MARKED "    marker: {column: Gone, value: run_date}\n"
#define BY_EMAIL "    identifiers: {Email: email}\n"
#define BY_PHONE "    identifiers: {Phone: phone}\n"

#define HEADER "Id,Email,Phone,Gone\n"

static void open_rules(const char *rules)
{
    run_fixture_open(&fixture, rules);
    run_ledger = (struct run_ledger)RUN_LEDGER_INIT;
}

static void setup(void)
{
    open_rules(ENTITY(BY_EMAIL MARKED));
}

static void teardown(void)
{
    run_ledger_release(&run_ledger);
    run_fixture_close(&fixture);
}

/* Changes the rules; the ledger stays. */
static void change_rules(const char *rules)
{
    ruleset_release(&fixture.ruleset);
    rules_fixture_load_valid(&fixture.rules, rules, &fixture.ruleset);
}

/* Opens the ledger and begins a run over these contacts. */
static void begin(const char *contacts, bool replays)
{
    run_ledger = (struct run_ledger)RUN_LEDGER_INIT;
    ck_assert_int_eq(run_ledger_open(&run_ledger, "l", LEDGER_MAKE, replays, fixture.secret,
                                     &fixture.diagnostics),
                     STATUS_OK);
    run_fixture_contacts(&fixture, contacts);
    resolution_use_key(&fixture.resolution, &run_ledger.ledger.key);
}

static enum status load(void)
{
    return run_ledger_load(&run_ledger, &fixture.resolution, &fixture.diagnostics);
}

/* Resolves, enters who is erased, and commits. How many were entered. */
static size_t finish(void)
{
    static const unsigned char manifest[CHECKSUM_SIZE] = {0};
    struct diagnostics *diagnostics = &fixture.diagnostics;
    size_t entered;

    ck_assert_int_eq(load(), STATUS_OK);
    run_fixture_resolve(&fixture);
    ck_assert_int_eq(run_ledger_recognize(&run_ledger, &fixture.plan, fixture.stream,
                                          &fixture.resolution, diagnostics),
                     STATUS_OK);
    ck_assert_int_eq(
        run_ledger_enter(&run_ledger, SPAN("2024-05-31"), &fixture.resolution, diagnostics),
        STATUS_OK);
    entered = run_ledger_report(&run_ledger).entered;
    ck_assert_int_eq(ledger_prepare(&run_ledger.ledger, manifest, "out", diagnostics), STATUS_OK);
    ck_assert_int_eq(ledger_commit(&run_ledger.ledger, diagnostics), STATUS_OK);
    run_ledger_release(&run_ledger);
    ck_assert_uint_eq(diagnostics->count, 0);
    return entered;
}

/* A whole run that erases one contact. */
static size_t erase(const char *contacts, const char *value, enum mode mode)
{
    begin(contacts, false);
    run_fixture_target(&fixture, value, mode);
    return finish();
}

/* Of a replay, the targets; those of them who are back; and those entered by what is new of them.
 */
static void assert_replayed(const char *contacts, size_t targets, size_t resurrected,
                            size_t entered)
{
    size_t back = 0;

    begin(contacts, true);
    ck_assert_uint_eq(finish(), entered);
    ck_assert_uint_eq(fixture.resolution.target_count, targets);
    for (size_t i = 0; i < targets; i++)
        back += fixture.resolution.targets[i].resurrected;
    ck_assert_uint_eq(back, resurrected);
}

START_TEST(who_is_erased_is_entered_once)
{
    const char *contacts = HEADER "a,a@example.org,,\nb,b@example.org,,\n";

    ck_assert_uint_eq(erase(contacts, "a", MODE_ANONYMIZE), 1);
    ck_assert_uint_eq(erase(contacts, "a", MODE_ANONYMIZE), 0);
    ck_assert_uint_eq(erase(contacts, "b", MODE_ANONYMIZE), 1);
    /* deletion is more than what stands there, anonymization no more than deletion */
    ck_assert_uint_eq(erase(contacts, "a", MODE_DELETE), 1);
    ck_assert_uint_eq(erase(contacts, "a", MODE_DELETE), 0);
    ck_assert_uint_eq(erase(contacts, "a", MODE_ANONYMIZE), 0);
}
END_TEST

START_TEST(another_identifier_is_entered_too)
{
    ck_assert_uint_eq(erase(HEADER "a,a@example.org,,\n", "a", MODE_ANONYMIZE), 1);
    ck_assert_uint_eq(erase(HEADER "a,new@example.org,,\n", "a", MODE_ANONYMIZE), 1);
    ck_assert_uint_eq(erase(HEADER "a,new@example.org,,\n", "a", MODE_ANONYMIZE), 0);
}
END_TEST

START_TEST(who_bears_the_marker_is_not_entered_unless_deleted)
{
    const char *contacts = HEADER "a,,,2024-01-31\n";

    ck_assert_uint_eq(erase(contacts, "a", MODE_ANONYMIZE), 0);
    ck_assert_uint_eq(erase(contacts, "a", MODE_DELETE), 1);
}
END_TEST

START_TEST(a_replay_makes_targets_of_whoever_stands_there)
{
    erase(HEADER "a,a@example.org,,\nb,,,\n", "a", MODE_ANONYMIZE);
    erase(HEADER "a,a@example.org,,\nb,,,\n", "b", MODE_DELETE);
    assert_replayed(HEADER "a,a@example.org,,\nb,,,\nc,c@example.org,,\n", 2, 2, 0);
    ck_assert(!fixture.resolution.targets[0].to_delete);
    ck_assert(fixture.resolution.targets[1].to_delete);
    /* by the address under another key */
    assert_replayed(HEADER "z,A@example.org,,\n", 1, 1, 1);
    assert_replayed(HEADER "c,c@example.org,,\n", 0, 0, 0);
}
END_TEST

START_TEST(who_is_marked_is_not_back)
{
    erase(HEADER "a,a@example.org,,\n", "a", MODE_ANONYMIZE);
    assert_replayed(HEADER "a,,,2024-05-31\n", 1, 0, 0);
    assert_replayed(HEADER "a,,,\n", 1, 1, 0);
}
END_TEST

START_TEST(without_a_marker_an_identifier_tells)
{
    change_rules(ENTITY(BY_EMAIL));
    erase(HEADER "a,a@example.org,,\n", "a", MODE_ANONYMIZE);
    assert_replayed(HEADER "a,,,\n", 1, 0, 0);
    assert_replayed(HEADER "a,other@example.org,,\n", 1, 0, 1);
    assert_replayed(HEADER "a,a@example.org,,\n", 1, 1, 0);
}
END_TEST

START_TEST(without_marker_and_identifiers_the_key_tells)
{
    change_rules(ENTITY(""));
    erase(HEADER "a,,,\n", "a", MODE_ANONYMIZE);
    assert_replayed(HEADER "a,,,\n", 1, 1, 0);
}
END_TEST

START_TEST(rules_that_know_nobody_of_it_refuse_a_replay)
{
    change_rules(ENTITY(BY_EMAIL MARKED));
    erase(HEADER "a,a@example.org,,\n", "a", MODE_ANONYMIZE);
    change_rules("version: 1\nsubject: c\nentities:\n  c:\n    files: [c.csv]\n    key: Nr\n"
                 "    undeclared_columns: keep\n" BY_PHONE);
    begin("Nr,Phone\na,\n", true);
    ck_assert_int_eq(load(), STATUS_INPUT);
    ck_assert_uint_eq(fixture.diagnostics.count, 1);
    run_ledger_release(&run_ledger);
    /* without a replay they need not */
    begin("Nr,Phone\na,\n", false);
    ck_assert_int_eq(load(), STATUS_OK);
}
END_TEST

START_TEST(rules_that_know_some_columns_replay_by_them)
{
    erase(HEADER "a,a@example.org,,\n", "a", MODE_ANONYMIZE);
    change_rules(ENTITY(BY_PHONE MARKED));
    assert_replayed(HEADER "a,a@example.org,,\n", 1, 1, 0);
    assert_replayed(HEADER "b,a@example.org,,\n", 0, 0, 0);
}
END_TEST

START_TEST(the_report_says_what_the_ledger_was)
{
    struct ledger_report report;

    erase(HEADER "a,a@example.org,,\n", "a", MODE_ANONYMIZE);
    begin(HEADER "a,a@example.org,,\n", false);
    ck_assert_int_eq(load(), STATUS_OK);
    report = run_ledger_report(&run_ledger);
    ck_assert(report.is_kept);
    ck_assert_uint_eq(report.lines_before, 3); /* its head, the run, the contact */
    ck_assert_uint_eq(report.entered, 0);
    ck_assert_mem_eq(report.head_before, run_ledger.ledger.head.stands.link, LINK_SIZE);
}
END_TEST

Suite *test_run_ledger_suite(void)
{
    Suite *suite = suite_create("run_ledger");
    TCase *tcase = tcase_create("run_ledger");

    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_test(tcase, who_is_erased_is_entered_once);
    tcase_add_test(tcase, another_identifier_is_entered_too);
    tcase_add_test(tcase, who_bears_the_marker_is_not_entered_unless_deleted);
    tcase_add_test(tcase, a_replay_makes_targets_of_whoever_stands_there);
    tcase_add_test(tcase, who_is_marked_is_not_back);
    tcase_add_test(tcase, without_a_marker_an_identifier_tells);
    tcase_add_test(tcase, without_marker_and_identifiers_the_key_tells);
    tcase_add_test(tcase, rules_that_know_nobody_of_it_refuse_a_replay);
    tcase_add_test(tcase, rules_that_know_some_columns_replay_by_them);
    tcase_add_test(tcase, the_report_says_what_the_ledger_was);
    suite_add_tcase(suite, tcase);
    return suite;
}
