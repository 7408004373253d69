#include "cli/run_arguments.h"

#include <check.h>
#include <string.h>

#include "read_fixture.h"

enum { WORDS_LIMIT = 32 };

static struct run_arguments arguments;
static struct diagnostics diagnostics;
static enum arguments_form form;
static char storage[1024]; /* the line, cut into words */

static void setup(void)
{
    diagnostics = (struct diagnostics)DIAGNOSTICS_INIT;
    form = ARGUMENTS_RUN;
}

static void teardown(void)
{
    run_arguments_release(&arguments);
    diagnostics_release(&diagnostics);
}

/* Parses "run" and the words of a line; "_" in a word stands for a blank. */
static enum status parse(const char *line)
{
    static char run[] = "run";
    char *argv[WORDS_LIMIT] = {run};
    int argc = 1;

    run_arguments_release(&arguments);
    ck_assert_uint_lt(strlen(line), sizeof storage);
    strcpy(storage, line);
    for (char *word = strtok(storage, " "); word != NULL; word = strtok(NULL, " ")) {
        for (char *blank = word; (blank = strchr(blank, '_')) != NULL;)
            *blank = ' ';
        argv[argc++] = word;
    }
    return run_arguments_parse(form, argc, argv, &arguments, &diagnostics);
}

#define ENOUGH "rules.yaml --in exports --out clean "

static const struct run_options *take(const char *line)
{
    ck_assert_int_eq(parse(line), STATUS_OK);
    ck_assert_uint_eq(diagnostics.count, 0);
    return &arguments.options;
}

static void refuse(const char *line, const char *messages)
{
    ck_assert_int_eq(parse(line), STATUS_USAGE);
    assert_message(&diagnostics, messages);
}

START_TEST(what_is_left_out_has_a_default)
{
    const struct run_options *options = take(ENOUGH "--all");

    ck_assert_str_eq(options->rules, "rules.yaml");
    ck_assert_str_eq(options->in, "exports");
    ck_assert_str_eq(options->out, "clean");
    ck_assert(options->everybody);
    ck_assert_int_eq(options->mode, MODE_ANONYMIZE);
    ck_assert_uint_ge(options->jobs, 1);
    ck_assert_int_eq(options->gzip_level, 1);
    ck_assert_uint_eq(options->reader.batch_size, BATCH_SIZE_DEFAULT);
    ck_assert_uint_eq(options->reader.record_limit, RECORD_LIMIT_DEFAULT);
    ck_assert_uint_eq(options->reader.source.expansion_limit, EXPANSION_LIMIT_DEFAULT);
    ck_assert_ptr_null(arguments.key_file);
    ck_assert_ptr_null(arguments.confirmation.word);
}
END_TEST

START_TEST(every_option_is_taken)
{
    const struct run_options *options =
        take(ENOUGH "--targets t.csv --mode delete --confirm CONFIRM --key-file k --jobs 3 "
                    "--gzip-level 9 --batch-size 16 --record-limit 17 --expansion-limit 18");

    ck_assert_str_eq(options->targets, "t.csv");
    ck_assert(!options->everybody);
    ck_assert_int_eq(options->mode, MODE_DELETE);
    ck_assert_str_eq(arguments.confirmation.word, "CONFIRM");
    ck_assert_str_eq(arguments.key_file, "k");
    ck_assert_uint_eq(options->jobs, 3);
    ck_assert_int_eq(options->gzip_level, 9);
    ck_assert_uint_eq(options->reader.batch_size, 16);
    ck_assert_uint_eq(options->reader.record_limit, 17);
    ck_assert_uint_eq(options->reader.source.expansion_limit, 18);
}
END_TEST

START_TEST(contacts_may_be_several)
{
    const struct run_options *options = take("--contact c1 " ENOUGH "--contact=c2 --contact=--all");

    ck_assert_uint_eq(options->contact_count, 3);
    ck_assert_str_eq(options->contacts[0], "c1");
    ck_assert_str_eq(options->contacts[1], "c2");
    ck_assert_str_eq(options->contacts[2], "--all");
    ck_assert(!options->everybody);
}
END_TEST

START_TEST(options_may_stand_before_and_behind_the_rules)
{
    ck_assert_str_eq(take("--all --in=exports rules.yaml --out=clean")->rules, "rules.yaml");
    ck_assert_str_eq(take("--all --in exports --out clean -- --rules")->rules, "--rules");
}
END_TEST

START_TEST(everything_that_is_missing_is_named)
{
    refuse("", "error: a rules file is missing\n"
               "error: --in is missing: the folder of the export\n"
               "error: --out is missing: the folder to be made\n"
               "error: --targets, --contact, --select, --all or --replay is missing: who is to be "
               "processed");
}
END_TEST

START_TEST(there_is_one_rules_file)
{
    refuse(ENOUGH "--all more.yaml",
           "error: more than one rules file, or a value without its option");
}
END_TEST

START_TEST(targets_are_named_in_one_way)
{
    static const char message[] =
        "error: only one of --targets, --contact, --select and --all can be given";

    refuse(ENOUGH "--all --targets t.csv", message);
    refuse(ENOUGH "--contact c1 --all", message);
    refuse(ENOUGH "--contact c1 --targets t.csv", message);
    refuse(ENOUGH "--select s --all", message);
}
END_TEST

START_TEST(modes_are_two)
{
    ck_assert_int_eq(take(ENOUGH "--all --mode anonymize")->mode, MODE_ANONYMIZE);
    refuse(ENOUGH "--all --mode Delete", "error: --mode takes anonymize or delete, not 'Delete'");
}
END_TEST

START_TEST(progress_is_told_in_four_ways)
{
    take(ENOUGH "--all --progress json");
    ck_assert_int_eq(arguments.progress, PROGRESS_JSON);
    take(ENOUGH "--all");
    ck_assert_int_eq(arguments.progress, PROGRESS_AUTO);
    refuse(ENOUGH "--all --progress xml",
           "error: --progress takes auto, always, never or json, not 'xml'");
}
END_TEST

START_TEST(unknown_options_are_refused)
{
    refuse(ENOUGH "--all --force", "error: unknown option '--force'");
    refuse(ENOUGH "--all -x", "error: unknown option '-x'");
}
END_TEST

START_TEST(the_unknown_option_is_named_and_not_its_neighbour)
{
    ck_assert_int_eq(parse(ENOUGH "--all -xy"), STATUS_USAGE);
    ck_assert_ptr_null(strstr(diagnostics.items[0].text, "--all"));
    ck_assert_ptr_nonnull(strstr(diagnostics.items[0].text, "-x"));
}
END_TEST

START_TEST(options_are_not_abbreviated)
{
    refuse(ENOUGH "--al", "error: unknown option '--al' (did you mean '--all'?)");
    refuse(ENOUGH "--target=t.csv", "error: unknown option '--target' (did you mean '--targets'?)");
}
END_TEST

/* What stands behind an abbreviation may be somebody's address. */
START_TEST(the_value_of_an_abbreviation_is_not_shown)
{
    refuse(ENOUGH "--contac ann@example.com",
           "error: unknown option '--contac' (did you mean '--contact'?)");
}
END_TEST

START_TEST(options_are_given_once)
{
    refuse(ENOUGH "--all --in other", "error: given twice: option 'in'");
}
END_TEST

START_TEST(values_are_needed)
{
    refuse(ENOUGH "--all --jobs", "error: no value for option '--jobs'");
    refuse(ENOUGH "--contact --all", "error: no value for option '--contact'");
    refuse(ENOUGH "--contact --contct",
           "error: no value for option '--contact', but '--contct' (did you mean '--contact'? A "
           "value that begins so is given as '--contact=--...')");
    ck_assert_str_eq(take(ENOUGH "--contact=--contct")->contacts[0], "--contct");
    ck_assert_str_eq(take(ENOUGH "--contact -")->contacts[0], "-");
    ck_assert_str_eq(take(ENOUGH "--contact -7")->contacts[0], "-7");
    ck_assert_str_eq(take(ENOUGH "--contact --7")->contacts[0], "--7");
    refuse(ENOUGH "--all --key-file --jobs=2", "error: no value for option '--key-file'");
}
END_TEST

START_TEST(numbers_are_within_their_limits)
{
    static const char message[] = "error: --jobs takes a whole number from 1 to 256";

    ck_assert_uint_eq(take(ENOUGH "--all --jobs 256")->jobs, 256);
    refuse(ENOUGH "--all --jobs 0", message);
    refuse(ENOUGH "--all --jobs 257", message);
    refuse(ENOUGH "--all --jobs=", message);
    refuse(ENOUGH "--all --jobs 2x", message);
    refuse(ENOUGH "--all --jobs -1", message);
    refuse(ENOUGH "--all --jobs 0x2", message);
    refuse(ENOUGH "--all --jobs 99999999999999999999999", message);
    refuse(ENOUGH "--all --batch-size 15",
           "error: --batch-size takes a whole number from 16 to 1073741824");
}
END_TEST

/* strtoull takes it and wraps around. */
START_TEST(a_number_below_zero_is_refused_behind_a_blank_too)
{
    ck_assert_int_eq(parse(ENOUGH "--all --expansion-limit _-1"), STATUS_USAGE);
}
END_TEST

START_TEST(several_problems_are_reported_together)
{
    refuse(ENOUGH "--all --mode x --jobs 0", "error: --mode takes anonymize or delete, not 'x'\n"
                                             "error: --jobs takes a whole number from 1 to 256");
}
END_TEST

Suite *test_run_arguments_suite(void)
{
    Suite *suite = suite_create("run_arguments");
    TCase *cases = tcase_create("run_arguments");

    tcase_add_checked_fixture(cases, setup, teardown);
    tcase_add_test(cases, what_is_left_out_has_a_default);
    tcase_add_test(cases, every_option_is_taken);
    tcase_add_test(cases, contacts_may_be_several);
    tcase_add_test(cases, options_may_stand_before_and_behind_the_rules);
    tcase_add_test(cases, everything_that_is_missing_is_named);
    tcase_add_test(cases, there_is_one_rules_file);
    tcase_add_test(cases, targets_are_named_in_one_way);
    tcase_add_test(cases, modes_are_two);
    tcase_add_test(cases, progress_is_told_in_four_ways);
    tcase_add_test(cases, unknown_options_are_refused);
    tcase_add_test(cases, the_unknown_option_is_named_and_not_its_neighbour);
    tcase_add_test(cases, options_are_not_abbreviated);
    tcase_add_test(cases, the_value_of_an_abbreviation_is_not_shown);
    tcase_add_test(cases, options_are_given_once);
    tcase_add_test(cases, values_are_needed);
    tcase_add_test(cases, numbers_are_within_their_limits);
    tcase_add_test(cases, a_number_below_zero_is_refused_behind_a_blank_too);
    tcase_add_test(cases, several_problems_are_reported_together);
    suite_add_tcase(suite, cases);
    return suite;
}
