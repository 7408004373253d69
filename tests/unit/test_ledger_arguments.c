#include "cli/ledger_arguments.h"

#include <check.h>
#include <string.h>

#include "read_fixture.h"

enum { WORDS_LIMIT = 16 };

static struct ledger_arguments arguments;
static struct diagnostics diagnostics;
static char storage[512]; /* the line, cut into words */

static void setup(void)
{
    diagnostics = (struct diagnostics)DIAGNOSTICS_INIT;
}

static void teardown(void)
{
    ledger_arguments_release(&arguments);
    diagnostics_release(&diagnostics);
}

/* Parses "ledger" and the words of a line. */
static enum status parse(const char *line)
{
    static char ledger[] = "ledger";
    char *argv[WORDS_LIMIT] = {ledger};
    int argc = 1;

    ledger_arguments_release(&arguments);
    ck_assert_uint_lt(strlen(line), sizeof storage);
    strcpy(storage, line);
    for (char *word = strtok(storage, " "); word != NULL; word = strtok(NULL, " "))
        argv[argc++] = word;
    return ledger_arguments_parse(argc, argv, &arguments, &diagnostics);
}

static void take(const char *line, enum ledger_action action)
{
    ck_assert_int_eq(parse(line), STATUS_OK);
    ck_assert_uint_eq(diagnostics.count, 0);
    ck_assert_int_eq(arguments.action, action);
    ck_assert_str_eq(arguments.ledger, "l");
}

static void refuse(const char *line, const char *message)
{
    ck_assert_int_eq(parse(line), STATUS_USAGE);
    assert_message(&diagnostics, message);
}

START_TEST(every_action_takes_a_ledger_and_a_key)
{
    take("init l", ACTION_INIT);
    ck_assert_ptr_null(arguments.key_file);
    take("list l --key-file k", ACTION_LIST);
    ck_assert_str_eq(arguments.key_file, "k");
    take("verify --key-file k l", ACTION_VERIFY);
    take("rekey l --new-key-file n", ACTION_REKEY);
    ck_assert_str_eq(arguments.new_key_file, "n");
    take("forget l --contact a", ACTION_FORGET);
}
END_TEST

START_TEST(an_action_is_needed)
{
    refuse("", "error: the first word is init, list, verify, rekey or forget");
    refuse("lists l", "error: the first word is init, list, verify, rekey or forget");
    refuse("l list", "error: the first word is init, list, verify, rekey or forget");
}
END_TEST

START_TEST(a_format_is_text_or_json)
{
    take("list l", ACTION_LIST);
    ck_assert(!arguments.json);
    take("list l --format text", ACTION_LIST);
    ck_assert(!arguments.json);
    take("list l --format json", ACTION_LIST);
    ck_assert(arguments.json);
    refuse("list l --format xml", "error: --format takes text or json, not 'xml'");
}
END_TEST

START_TEST(options_belong_to_their_action)
{
    refuse("init l --format json", "error: an option that does not belong to 'init'");
    refuse("verify l --contact a", "error: an option that does not belong to 'verify'");
    refuse("list l --confirm CONFIRM", "error: an option that does not belong to 'list'");
    refuse("forget l --contact a --new-key-file n",
           "error: an option that does not belong to 'forget'");
}
END_TEST

#define LINK "000102030405060708090a0b0c0d0e0f"

START_TEST(a_head_is_lines_and_a_link)
{
    take("verify l --expect 12:" LINK, ACTION_VERIFY);
    ck_assert_uint_eq(arguments.expected_lines, 12);
    for (size_t i = 0; i < LINK_SIZE; i++)
        ck_assert_uint_eq(arguments.expected_link[i], i);
    take("verify l", ACTION_VERIFY);
    ck_assert_uint_eq(arguments.expected_lines, 0);
}
END_TEST

START_TEST(what_is_no_head_is_refused)
{
    static const char *const heads[] = {"12",
                                        ":" LINK,
                                        "0:" LINK,
                                        "12:" LINK "0",
                                        "12:0001",
                                        "x:" LINK,
                                        "12 :" LINK,
                                        "12:"
                                        "g001",
                                        "99999999999999999999:" LINK};

    for (size_t i = 0; i < sizeof heads / sizeof heads[0]; i++) {
        char line[128] = "verify l --expect ";

        strcat(line, heads[i]);
        ck_assert_int_eq(parse(line), STATUS_USAGE);
        diagnostics_release(&diagnostics);
    }
}
END_TEST

START_TEST(who_is_to_be_forgotten_must_be_said)
{
    take("forget l --contact a --contact b --confirm CONFIRM", ACTION_FORGET);
    ck_assert_uint_eq(arguments.contact_count, 2);
    ck_assert_str_eq(arguments.contacts[0], "a");
    ck_assert_str_eq(arguments.contacts[1], "b");
    ck_assert_str_eq(arguments.confirmation.word, "CONFIRM");
    take("forget l --digest " LINK, ACTION_FORGET);
    ck_assert_str_eq(arguments.digest, LINK);
    refuse("forget l", "error: --contact or --digest is missing: who is to be forgotten");
}
END_TEST

START_TEST(what_is_missing_is_named)
{
    ck_assert_int_eq(parse("list"), STATUS_USAGE);
    ck_assert_uint_eq(diagnostics.count, 1);
    diagnostics_release(&diagnostics);
    refuse("rekey l", "error: --new-key-file is missing: the key that the ledger gets");
    ck_assert_int_eq(parse("list l m"), STATUS_USAGE);
}
END_TEST

Suite *test_ledger_arguments_suite(void)
{
    Suite *suite = suite_create("ledger_arguments");
    TCase *tcase = tcase_create("ledger_arguments");

    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_test(tcase, every_action_takes_a_ledger_and_a_key);
    tcase_add_test(tcase, an_action_is_needed);
    tcase_add_test(tcase, a_format_is_text_or_json);
    tcase_add_test(tcase, options_belong_to_their_action);
    tcase_add_test(tcase, a_head_is_lines_and_a_link);
    tcase_add_test(tcase, what_is_no_head_is_refused);
    tcase_add_test(tcase, who_is_to_be_forgotten_must_be_said);
    tcase_add_test(tcase, what_is_missing_is_named);
    suite_add_tcase(suite, tcase);
    return suite;
}
