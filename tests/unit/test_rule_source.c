#include "ruleset/rule_source.h"

#include <check.h>
#include <stdio.h>
#include <sys/stat.h>

#include "rules_fixture.h"
#include "ruleset/node_reader.h"

Suite *test_rule_source_suite(void);

#define CONTACTS "entities: {contacts: {key: Id, files: [c.csv]}}\n"

static struct rules_fixture fixture;

static void set_up(void)
{
    rules_fixture_enter(&fixture);
}

static void tear_down(void)
{
    rules_fixture_leave(&fixture);
}

START_TEST(packs_are_found_and_merged)
{
    struct ruleset ruleset;

    rules_fixture_write("packs/base.yaml",
                        "version: 1\nname: Base\nsubject: contacts\n"
                        "entities: {contacts: {key: Id, files: [c.csv], keep: [A, B]}, "
                        "tickets: {files: [t.csv]}}\n");
    rules_fixture_write("beside.yaml",
                        "version: 1\nextends: [base]\nentities: {contacts: {keep: [C]}}\n");
    rules_fixture_load_valid(&fixture,
                             "version: 1\nextends: [beside]\n"
                             "entities: {orders: {files: [o.csv]}, contacts: {rekey: true}}\n",
                             &ruleset);
    ck_assert_uint_eq(ruleset.entity_count, 3);
    ck_assert_str_eq(ruleset.entities[0].name.text.at, "contacts");
    ck_assert_str_eq(ruleset.entities[2].name.text.at, "orders");
    ck_assert_uint_eq(ruleset.entities[0].keep.count, 1);
    ck_assert(ruleset.entities[0].rekey);
    ck_assert_uint_eq(ruleset.name.size, 0); /* not the pack's */
    ruleset_release(&ruleset);
}
END_TEST

START_TEST(a_pack_beside_comes_first)
{
    struct ruleset ruleset;

    rules_fixture_write("packs/base.yaml", "version: 1\nsubject: nobody\n");
    rules_fixture_write("base.yaml", "version: 1\nsubject: contacts\n" CONTACTS);
    rules_fixture_load_valid(&fixture, "version: 1\nextends: [base]\n", &ruleset);
    ruleset_release(&ruleset);
}
END_TEST

START_TEST(paths_are_relative_to_the_extending_file)
{
    struct ruleset ruleset;

    rules_fixture_write("packs/a.yaml", "version: 1\nextends: [b.yml, c.yaml]\n");
    rules_fixture_write("packs/b.yml", "version: 1\nsubject: contacts\n");
    rules_fixture_write("packs/c.yaml", "version: 1\n" CONTACTS);
    rules_fixture_load_valid(&fixture, "version: 1\nname: Mine\nextends: [packs/a.yaml]\n",
                             &ruleset);
    ck_assert_str_eq(ruleset.name.at, "Mine");
    ruleset_release(&ruleset);
}
END_TEST

/* c changes what b says; b, that both extend, must not come again over it. */
START_TEST(each_file_is_read_once)
{
    struct ruleset ruleset;

    rules_fixture_write("b.yaml", "version: 1\nleak_check: off\nsubject: contacts\n" CONTACTS);
    rules_fixture_write("c.yaml", "version: 1\nextends: [b]\nleak_check: warn\n");
    rules_fixture_write("d.yaml", "version: 1\nextends: [b]\nunmatched_files: copy\n");
    rules_fixture_load_valid(&fixture, "version: 1\nextends: [c, d]\n", &ruleset);
    ck_assert_int_eq(ruleset.leak_check, LEAK_WARN);
    ck_assert_int_eq(ruleset.unmatched, UNMATCHED_COPY);
    ruleset_release(&ruleset);
}
END_TEST

START_TEST(the_digest_is_of_all_texts)
{
    static const char pack[] = "version: 1\nsubject: contacts\n" CONTACTS;
    static const char rules[] = "version: 1\nextends: [base]\n";
    unsigned char digest[CHECKSUM_SIZE];
    struct checksum checksum = CHECKSUM_INIT;
    struct ruleset ruleset;

    rules_fixture_write("base.yaml", pack);
    rules_fixture_load_valid(&fixture, rules, &ruleset);
    ck_assert(checksum_start(&checksum));
    ck_assert(checksum_add(&checksum, span_of(pack)));
    ck_assert(checksum_add(&checksum, span_of(rules)));
    ck_assert(checksum_finish(&checksum, digest));
    ck_assert_mem_eq(digest, ruleset.digest, sizeof digest);
    checksum_release(&checksum);
    ruleset_release(&ruleset);
}
END_TEST

START_TEST(loops_are_refused)
{
    rules_fixture_write("a.yaml", "version: 1\nextends: [rules]\n");
    rules_fixture_refuse(&fixture, "version: 1\nextends: [a]\n",
                         "a.yaml:2:11: error: extends itself\n");
    rules_fixture_refuse(&fixture, "version: 1\nextends: [rules.yaml]\n",
                         "rules.yaml:2:11: error: extends itself\n");
}
END_TEST

START_TEST(depth_is_bounded)
{
    struct ruleset ruleset;
    char name[32];
    char text[64];

    for (int i = 1; i <= EXTENDS_DEPTH_LIMIT; i++) {
        snprintf(name, sizeof name, "p%d.yaml", i);
        snprintf(text, sizeof text, "version: 1\nextends: [p%d]\n", i + 1);
        rules_fixture_write(name, text);
    }
    rules_fixture_write("p9.yaml", "version: 1\nsubject: contacts\n" CONTACTS);
    rules_fixture_load_valid(&fixture, "version: 1\nextends: [p2]\n", &ruleset);
    ruleset_release(&ruleset);
    rules_fixture_refuse(&fixture, "version: 1\nextends: [p1]\n",
                         "p8.yaml:2:11: error: 'extends' nested too deeply\n");
}
END_TEST

START_TEST(the_number_of_files_is_bounded)
{
    char path[32];
    char text[1024] = "version: 1\nextends: [";

    for (int i = 1; i <= RULE_FILES_LIMIT; i++) {
        snprintf(path, sizeof path, "f%d.yaml", i);
        rules_fixture_write(path, "version: 1\n");
        snprintf(text + strlen(text), sizeof text - strlen(text), "f%d%s", i,
                 i < RULE_FILES_LIMIT ? ", " : "]\n");
    }
    rules_fixture_refuse(&fixture, text, "rules.yaml:2:317: error: too many files\n");
}
END_TEST

/* Found by fuzzing: to the system it is another error than that there is no such file. */
START_TEST(a_pack_of_too_long_a_name_is_not_there)
{
    char text[400], messages[200];

    snprintf(text, sizeof text, "version: 1\nextends: [%0300d]\n", 0);
    snprintf(messages, sizeof messages, "rules.yaml:2:11: error: no such rule pack '%0*d'\n",
             name_shown_size(span_of(text)), 0);
    rules_fixture_refuse(&fixture, text, messages);
}
END_TEST

START_TEST(bad_extends_is_refused)
{
    rules_fixture_refuse(&fixture, "version: 1\nextends: base\n",
                         "rules.yaml:2:10: error: expected a list, not a scalar\n");
    rules_fixture_refuse(
        &fixture,
        "version: 1\nextends: [none, none.yaml, a/b, .., '', [x], /a.yaml, ../a.yaml, "
        "a/../../b.yml]\n",
        "rules.yaml:2:11: error: no such rule pack 'none'\n"
        "rules.yaml:2:17: error: no such file 'none.yaml'\n"
        "rules.yaml:2:28: error: 'a/b' is neither a rule pack's name nor a path that "
        "ends in .yaml\n"
        "rules.yaml:2:33: error: '..' is neither a rule pack's name nor a path that "
        "ends in .yaml\n"
        "rules.yaml:2:37: error: '' is neither a rule pack's name nor a path that "
        "ends in .yaml\n"
        "rules.yaml:2:41: error: expected a scalar, not a list\n"
        "rules.yaml:2:46: error: '/a.yaml' leads out of the folder of this file\n"
        "rules.yaml:2:55: error: '../a.yaml' leads out of the folder of this file\n"
        "rules.yaml:2:66: error: 'a/../../b.yml' leads out of the folder of this file\n");
}
END_TEST

START_TEST(the_version_must_be_1)
{
    rules_fixture_refuse(&fixture, "extends: []\n",
                         "rules.yaml:1:1: error: missing key 'version'\n"
                         "rules.yaml:1:1: error: missing key 'subject'\n"
                         "rules.yaml:1:1: error: missing key 'entities'\n");
    rules_fixture_refuse(&fixture, "version: 2\n",
                         "rules.yaml:1:10: error: unknown version '2' (expected 1)\n");
    rules_fixture_refuse(&fixture, "[version]\n",
                         "rules.yaml:1:1: error: expected a mapping, not a list\n");
    rules_fixture_write("base.yaml", "subject: contacts\n");
    rules_fixture_refuse(&fixture, "version: 1\nname: [x]\nextends: [base]\n",
                         "base.yaml:1:1: error: missing key 'version'\n"
                         "rules.yaml:1:1: error: missing key 'entities'\n"
                         "rules.yaml:2:7: error: expected a scalar, not a list\n");
}
END_TEST

START_TEST(files_that_others_may_write_are_refused)
{
    struct ruleset ruleset;

    rules_fixture_write("rules.yaml", "version: 1\n");
    ck_assert_int_eq(chmod("rules.yaml", 0646), 0);
    ck_assert_int_eq(rules_fixture_load(&fixture, "rules.yaml", &ruleset), STATUS_RULES);
    ck_assert_str_eq(fixture.messages, "rules.yaml: error: writable by others than its owner\n");
    rules_fixture_write("base.yaml", "version: 1\n");
    ck_assert_int_eq(chmod("base.yaml", 0646), 0);
    rules_fixture_refuse(&fixture, "version: 1\nextends: [base]\n",
                         "base.yaml: error: writable by others than its owner\n");
}
END_TEST

START_TEST(only_regular_files_are_read)
{
    struct ruleset ruleset;

    ck_assert_int_eq(rules_fixture_load(&fixture, "packs", &ruleset), STATUS_RULES);
    ck_assert_str_eq(fixture.messages, "packs: error: not a regular file\n");
    ck_assert_int_eq(mkfifo("fifo.yaml", 0600), 0);
    ck_assert_int_eq(rules_fixture_load(&fixture, "fifo.yaml", &ruleset), STATUS_RULES);
    ck_assert_str_eq(fixture.messages, "fifo.yaml: error: not a regular file\n");
    ck_assert_int_eq(rules_fixture_load(&fixture, "none.yaml", &ruleset), STATUS_RULES);
    ck_assert_str_eq(fixture.messages,
                     "none.yaml: error: cannot open: No such file or directory\n");
}
END_TEST

Suite *test_rule_source_suite(void)
{
    Suite *suite = suite_create("rule_source");
    TCase *tcase = tcase_create("rule_source");

    tcase_add_checked_fixture(tcase, set_up, tear_down);
    tcase_add_test(tcase, packs_are_found_and_merged);
    tcase_add_test(tcase, a_pack_beside_comes_first);
    tcase_add_test(tcase, paths_are_relative_to_the_extending_file);
    tcase_add_test(tcase, each_file_is_read_once);
    tcase_add_test(tcase, the_digest_is_of_all_texts);
    tcase_add_test(tcase, loops_are_refused);
    tcase_add_test(tcase, depth_is_bounded);
    tcase_add_test(tcase, the_number_of_files_is_bounded);
    tcase_add_test(tcase, a_pack_of_too_long_a_name_is_not_there);
    tcase_add_test(tcase, bad_extends_is_refused);
    tcase_add_test(tcase, the_version_must_be_1);
    tcase_add_test(tcase, files_that_others_may_write_are_refused);
    tcase_add_test(tcase, only_regular_files_are_read);
    suite_add_tcase(suite, tcase);
    return suite;
}
