#include "run/run_plan.h"

#include <check.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "read_fixture.h"
#include "rules_fixture.h"

static struct rules_fixture fixture;
static struct ruleset ruleset;
static struct resolution resolution;
static struct technique_book book;
static struct run_plan plan;
static struct diagnostics diagnostics;

static const struct reader_options reader = {
    BATCH_SIZE_DEFAULT, RECORD_LIMIT_DEFAULT, {EXPANSION_LIMIT_DEFAULT, false, false}};

#define RULES(unmatched)                                                                           \
    "version: 1\nsubject: c\nunmatched_files: " unmatched "\nentities:\n"                          \
    "  c: {files: ['c*.csv'], key: Id, fields: {Name: clear}}\n"                                   \
    "  t: {files: ['sub/*.csv', c2.csv], optional: \"true\"}\n"

static void setup(void)
{
    rules_fixture_enter(&fixture);
    ck_assert_int_eq(mkdir("in", 0700), 0);
    ck_assert_int_eq(mkdir("in/sub", 0700), 0);
    plan = (struct run_plan)RUN_PLAN_INIT;
    diagnostics = (struct diagnostics)DIAGNOSTICS_INIT;
}

static void teardown(void)
{
    run_plan_release(&plan);
    resolution_release(&resolution);
    ruleset_release(&ruleset);
    diagnostics_release(&diagnostics);
    rules_fixture_leave(&fixture);
}

static void file(const char *path, const char *text)
{
    input_file(path, span_of(text));
}

static enum status list(const char *rules)
{
    rules_fixture_load_valid(&fixture, rules, &ruleset);
    ck_assert_int_eq(run_plan_open_folder(&plan, "in", &reader, &diagnostics), STATUS_OK);
    return run_plan_files(&plan, &ruleset, &diagnostics);
}

static void list_well(const char *rules)
{
    ck_assert_int_eq(list(rules), STATUS_OK);
    ck_assert_uint_eq(diagnostics.count, 0);
}

static void refuse(const char *rules, const char *messages)
{
    ck_assert_int_eq(list(rules), STATUS_INPUT);
    assert_message(&diagnostics, messages);
}

static enum status read_headers(void)
{
    ck_assert_int_eq(resolution_init(&resolution, &ruleset, &diagnostics), STATUS_OK);
    ck_assert_int_eq(technique_book_compile(&ruleset, &plan.arena, &book, &diagnostics), STATUS_OK);
    return run_plan_columns(&plan, &resolution, &book, &diagnostics);
}

START_TEST(a_folder_that_is_none_is_refused)
{
    file("plain", "x");
    ck_assert_int_eq(run_plan_open_folder(&plan, "none", &reader, &diagnostics), STATUS_INPUT);
    ck_assert_int_eq(run_plan_open_folder(&plan, "plain", &reader, &diagnostics), STATUS_INPUT);
    ck_assert_uint_eq(diagnostics.count, 2);
}
END_TEST

START_TEST(a_want_of_descriptors_is_the_systems_fault)
{
    struct rlimit before;

    ck_assert_int_eq(getrlimit(RLIMIT_NOFILE, &before), 0);
    const struct rlimit none = {0, before.rlim_max};
    ck_assert_int_eq(setrlimit(RLIMIT_NOFILE, &none), 0);
    ck_assert_int_eq(run_plan_open_folder(&plan, "in", &reader, &diagnostics), STATUS_SYSTEM);
    ck_assert_int_eq(setrlimit(RLIMIT_NOFILE, &before), 0);
}
END_TEST

START_TEST(every_file_gets_its_entity_in_the_order_of_bytes)
{
    file("in/c9.csv", "Id\n");
    file("in/sub/a.csv", "Id\n");
    file("in/cA.csv", "Id\n");
    file("in/c1.csv", "Id\n");
    list_well(RULES("fail"));
    static const char *const paths[] = {"c1.csv", "c9.csv", "cA.csv", "sub/a.csv"};
    ck_assert_uint_eq(plan.file_count, 4);
    for (size_t i = 0; i < 4; i++)
        ck_assert_str_eq(plan.files[i].path, paths[i]);
    ck_assert_ptr_eq(plan.files[0].entity, entity_named(&ruleset, "c"));
    ck_assert_ptr_eq(plan.files[3].entity, entity_named(&ruleset, "t"));
    ck_assert_str_eq(plan.files[3].name, "in/sub/a.csv");
}
END_TEST

START_TEST(files_of_no_entity_are_refused)
{
    file("in/c1.csv", "Id\n");
    file("in/b.csv", "Id\n");
    file("in/sub/notes.txt", "Id\n");
    refuse(RULES("fail"), "in/b.csv: error: no entity of the rules takes this file\n"
                          "in/sub/notes.txt: error: no entity of the rules takes this file");
}
END_TEST

START_TEST(files_of_no_entity_may_be_copied)
{
    file("in/c1.csv", "Id\n");
    file("in/b.txt", "Id\n");
    list_well(RULES("copy"));
    ck_assert_uint_eq(plan.file_count, 2);
    ck_assert_ptr_null(plan.files[0].entity);
}
END_TEST

START_TEST(files_of_no_entity_may_be_ignored)
{
    file("in/c1.csv", "Id\n");
    file("in/b.txt", "Id\n");
    ck_assert_int_eq(symlink("c1.csv", "in/link"), 0);
    list_well(RULES("ignore"));
    ck_assert_uint_eq(plan.file_count, 1);
}
END_TEST

START_TEST(a_file_of_two_entities_is_refused)
{
    file("in/c1.csv", "Id\n");
    file("in/c2.csv", "Id\n");
    refuse(RULES("copy"), "in/c2.csv: error: both 'c' and 't' take this file");
}
END_TEST

START_TEST(an_entity_without_a_file_is_refused_unless_optional)
{
    ck_assert_int_eq(list(RULES("copy")), STATUS_INPUT);
    ck_assert_uint_eq(diagnostics.count, 1);
    ck_assert_str_eq(diagnostics.items[0].path, "rules.yaml");
    ck_assert_uint_eq(diagnostics.items[0].line, 5);
}
END_TEST

START_TEST(what_is_no_regular_file_is_refused)
{
    file("in/c1.csv", "Id\n");
    ck_assert_int_eq(symlink("c1.csv", "in/c3.csv"), 0);
    ck_assert_int_eq(mkfifo("in/c4.csv", 0600), 0);
    refuse(RULES("copy"), "in/c3.csv: error: is a symbolic link\n"
                          "in/c4.csv: error: is not a regular file");
}
END_TEST

START_TEST(the_report_of_an_earlier_run_is_left_out)
{
    file("in/c1.csv", "Id\n");
    ck_assert_int_eq(mkdir("in/efface-report", 0700), 0);
    file("in/efface-report/report.json", "{}");
    file("in/efface-report/manifest.json", "{}");
    list_well(RULES("fail"));
    ck_assert_uint_eq(plan.file_count, 1);
}
END_TEST

START_TEST(a_report_without_manifest_is_a_folder_like_any)
{
    file("in/c1.csv", "Id\n");
    ck_assert_int_eq(mkdir("in/efface-report", 0700), 0);
    file("in/efface-report/report.json", "{}");
    refuse(RULES("fail"),
           "in/efface-report/report.json: error: no entity of the rules takes this file");
}
END_TEST

START_TEST(headers_are_bound_each_in_its_order)
{
    file("in/c1.csv", "Name;Id\n");
    file("in/c9.csv", "Id|Name\n");
    file("in/z.txt", "");
    list_well(RULES("copy"));
    ck_assert_int_eq(read_headers(), STATUS_OK);
    ck_assert_int_eq(plan.files[0].dialect.delimiter, ';');
    ck_assert_int_eq(plan.files[1].dialect.delimiter, '|');
    ck_assert_uint_eq(plan.files[0].binding.key_columns[0], 1);
    ck_assert_uint_eq(plan.files[1].binding.key_columns[0], 0);
    ck_assert_uint_eq(plan.files[0].columns.count, 2);
    ck_assert_str_eq(plan.files[1].names[1].at, "Name");
    ck_assert_uint_eq(plan.files[2].column_count, 0); /* copied, whatever it is */
}
END_TEST

START_TEST(the_problems_of_all_headers_are_reported)
{
    file("in/c1.csv", "Id,Name,More\n");
    file("in/c8.csv", "");
    file("in/c9.csv", "Name\n");
    list_well(RULES("fail"));
    ck_assert_int_eq(read_headers(), STATUS_INPUT);
    ck_assert_uint_eq(diagnostics.count, 3);
    ck_assert_str_eq(diagnostics.items[0].path, "in/c1.csv");
    ck_assert_str_eq(diagnostics.items[1].path, "in/c8.csv");
    ck_assert_str_eq(diagnostics.items[2].path, "in/c9.csv");
}
END_TEST

START_TEST(a_planned_file_can_be_read_again)
{
    struct export_reader *again;

    file("in/c1.csv", "Id,Name\n1,Ann\n");
    list_well(RULES("fail"));
    ck_assert_int_eq(read_headers(), STATUS_OK);
    ck_assert_int_eq(run_plan_open(&plan, &plan.files[0], true, &again, &diagnostics), STATUS_OK);
    ck_assert_uint_eq(export_reader_header(again)->count, 2);
    export_reader_free(again);
}
END_TEST

START_TEST(a_file_that_has_changed_is_refused)
{
    struct export_reader *again;

    file("in/c1.csv", "Id,Name\n1,Ann\n");
    list_well(RULES("fail"));
    ck_assert_int_eq(read_headers(), STATUS_OK);
    file("new.csv", "Id,Name\n2,Bob\n");
    ck_assert_int_eq(rename("new.csv", "in/c1.csv"), 0);
    ck_assert_int_eq(run_plan_open(&plan, &plan.files[0], false, &again, &diagnostics),
                     STATUS_INPUT);
    assert_message(&diagnostics, "in/c1.csv: error: changed since its header was read");
}
END_TEST

static void look_again(enum status status, const char *message)
{
    ck_assert_int_eq(run_plan_look_again(&plan, &diagnostics), status);
    if (message)
        assert_message(&diagnostics, message);
    ck_assert_uint_eq(diagnostics.count, 0);
}

START_TEST(a_file_that_appears_meanwhile_is_refused)
{
    file("in/c1.csv", "Id,Name\n");
    ck_assert_int_eq(mkdir("in/efface-report", 0700), 0);
    file("in/efface-report/manifest.json", "{}");
    list_well(RULES("fail"));
    look_again(STATUS_OK, NULL);
    file("in/efface-report/more.csv", "Id\n");
    look_again(STATUS_OK, NULL);
    file("in/sub/t.csv", "Id\n");
    look_again(STATUS_INPUT, "in/sub/t.csv: error: appeared while the export was read");
}
END_TEST

START_TEST(a_file_that_nobody_takes_may_appear_if_such_are_ignored)
{
    file("in/c1.csv", "Id,Name\n");
    file("in/a.txt", "a");
    list_well(RULES("ignore"));
    file("in/b.txt", "b");
    look_again(STATUS_OK, NULL);
    file("in/c9.csv", "Id,Name\n");
    look_again(STATUS_INPUT, "in/c9.csv: error: appeared while the export was read");
}
END_TEST

START_TEST(files_differ_by_identity_size_and_time)
{
    struct stat a = {.st_ino = 1, .st_size = 5}, b = a;

    ck_assert(same_file(&a, &b));
    b.st_ino = 2;
    ck_assert(!same_file(&a, &b));
    b = a;
    b.st_dev = 1;
    ck_assert(!same_file(&a, &b));
    b = a;
    b.st_size = 6;
    ck_assert(!same_file(&a, &b));
    b = a;
    b.st_mtim.tv_nsec = 1;
    ck_assert(!same_file(&a, &b));
    b = a;
    b.st_ctim.tv_sec = 1;
    ck_assert(!same_file(&a, &b));
    b = a;
    b.st_atim.tv_sec = 1; /* somebody has read it */
    ck_assert(same_file(&a, &b));
}
END_TEST

Suite *test_run_plan_suite(void)
{
    Suite *suite = suite_create("run_plan");
    TCase *cases = tcase_create("run_plan");

    tcase_add_checked_fixture(cases, setup, teardown);
    tcase_add_test(cases, a_folder_that_is_none_is_refused);
    tcase_add_test(cases, a_want_of_descriptors_is_the_systems_fault);
    tcase_add_test(cases, every_file_gets_its_entity_in_the_order_of_bytes);
    tcase_add_test(cases, files_of_no_entity_are_refused);
    tcase_add_test(cases, files_of_no_entity_may_be_copied);
    tcase_add_test(cases, files_of_no_entity_may_be_ignored);
    tcase_add_test(cases, a_file_of_two_entities_is_refused);
    tcase_add_test(cases, an_entity_without_a_file_is_refused_unless_optional);
    tcase_add_test(cases, what_is_no_regular_file_is_refused);
    tcase_add_test(cases, the_report_of_an_earlier_run_is_left_out);
    tcase_add_test(cases, a_report_without_manifest_is_a_folder_like_any);
    tcase_add_test(cases, headers_are_bound_each_in_its_order);
    tcase_add_test(cases, the_problems_of_all_headers_are_reported);
    tcase_add_test(cases, a_planned_file_can_be_read_again);
    tcase_add_test(cases, a_file_that_has_changed_is_refused);
    tcase_add_test(cases, a_file_that_appears_meanwhile_is_refused);
    tcase_add_test(cases, a_file_that_nobody_takes_may_appear_if_such_are_ignored);
    tcase_add_test(cases, files_differ_by_identity_size_and_time);
    suite_add_tcase(suite, cases);
    return suite;
}
