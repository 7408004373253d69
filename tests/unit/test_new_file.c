#include "base/new_file.h"

#include <check.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/folder.h"
#include "read_fixture.h"
#include "scratch_folder.h"

#define STAGING ".a.xlsx.efface-staging"

Suite *test_new_file_suite(void);

static struct scratch_folder scratch;
static struct diagnostics diagnostics;
static struct new_file *file;

static void setup(void)
{
    scratch_folder_enter(&scratch);
    diagnostics = (struct diagnostics)DIAGNOSTICS_INIT;
    file = NULL;
}

static void teardown(void)
{
    new_file_abandon(file);
    diagnostics_release(&diagnostics);
    scratch_folder_leave(&scratch);
}

static void begin(const char *path, bool replace)
{
    ck_assert_int_eq(new_file_open(path, replace, &file, &diagnostics), STATUS_OK);
    ck_assert_int_eq(write(new_file_fd(file), "new\n", 4), 4);
}

static void publish(void)
{
    ck_assert_int_eq(new_file_publish(file, &diagnostics), STATUS_OK);
    file = NULL;
    ck_assert_uint_eq(diagnostics.count, 0);
}

static void assert_contents(const char *path, const char *expected)
{
    char bytes[16] = "";
    FILE *opened = fopen(path, "r");

    ck_assert_ptr_nonnull(opened);
    bytes[fread(bytes, 1, sizeof(bytes) - 1, opened)] = '\0';
    fclose(opened);
    ck_assert_str_eq(bytes, expected);
}

static size_t entry_count(void)
{
    DIR *entries = folder_entries(scratch.fd, ".");
    size_t count = 0;

    while (folder_next_entry(entries) != NULL)
        count++;
    folder_entries_close(entries);
    return count;
}

START_TEST(it_appears_when_it_is_published)
{
    struct stat info;

    begin("a.xlsx", false);
    ck_assert_int_ne(access("a.xlsx", F_OK), 0);
    publish();
    assert_contents("a.xlsx", "new\n");
    ck_assert_int_eq(stat("a.xlsx", &info), 0);
    ck_assert_uint_eq(info.st_mode & 07777, 0600);
    ck_assert_uint_eq(entry_count(), 1);
}
END_TEST

START_TEST(an_abandoned_one_leaves_nothing)
{
    begin("a.xlsx", false);
    ck_assert_int_eq(access(STAGING, F_OK), 0);
    new_file_abandon(file);
    file = NULL;
    ck_assert_uint_eq(entry_count(), 0);
}
END_TEST

START_TEST(what_is_there_stays)
{
    scratch_file("a.xlsx", "old\n");
    ck_assert_int_eq(new_file_open("a.xlsx", false, &file, &diagnostics), STATUS_SYSTEM);
    assert_message(&diagnostics, "a.xlsx: error: already exists");
    assert_contents("a.xlsx", "old\n");
    ck_assert_uint_eq(entry_count(), 1);
}
END_TEST

START_TEST(what_has_come_meanwhile_stays)
{
    begin("a.xlsx", false);
    scratch_file("a.xlsx", "old\n");
    ck_assert_int_eq(new_file_publish(file, &diagnostics), STATUS_SYSTEM);
    assert_message(&diagnostics, "a.xlsx: error: already exists");
    new_file_abandon(file);
    file = NULL;
    assert_contents("a.xlsx", "old\n");
    ck_assert_uint_eq(entry_count(), 1);
}
END_TEST

START_TEST(a_file_is_replaced_if_that_is_asked_for)
{
    scratch_file("a.xlsx", "old\n");
    begin("./a.xlsx", true);
    assert_contents("a.xlsx", "old\n");
    publish();
    assert_contents("a.xlsx", "new\n");
}
END_TEST

START_TEST(what_a_dead_run_left_is_swept)
{
    ck_assert_int_eq(mkdir(STAGING, 0755), 0);
    scratch_file(STAGING "/new", "half\n");
    ck_assert_int_eq(mkdir(STAGING "/.workbook-aBcDeF", 0700), 0);
    begin("a.xlsx", false);
    ck_assert_int_ne(access(STAGING "/.workbook-aBcDeF", F_OK), 0);
    publish();
    assert_contents("a.xlsx", "new\n");
    ck_assert_uint_eq(entry_count(), 1);
}
END_TEST

START_TEST(another_run_that_writes_to_it_is_left_alone)
{
    struct new_file *second;

    begin("a.xlsx", false);
    ck_assert_int_eq(new_file_open("a.xlsx", true, &second, &diagnostics), STATUS_SYSTEM);
    ck_assert_ptr_null(second);
    assert_message(&diagnostics, "a.xlsx: error: another run is writing to it");
    diagnostics_release(&diagnostics);
    publish();
    assert_contents("a.xlsx", "new\n");
}
END_TEST

START_TEST(a_file_that_is_gone_is_replaced_too)
{
    scratch_file("a.xlsx", "old\n");
    begin("a.xlsx", true);
    ck_assert_int_eq(unlink("a.xlsx"), 0);
    publish();
    assert_contents("a.xlsx", "new\n");
    ck_assert_uint_eq(entry_count(), 1);
}
END_TEST

START_TEST(a_folder_that_has_come_meanwhile_stays)
{
    begin("a.xlsx", true);
    ck_assert_int_eq(mkdir("a.xlsx", 0700), 0);
    ck_assert_int_eq(new_file_publish(file, &diagnostics), STATUS_SYSTEM);
    ck_assert_int_eq(access("a.xlsx/.", F_OK), 0);
}
END_TEST

START_TEST(nothing_but_a_file_is_replaced)
{
    scratch_file("a.xlsx", "old\n");
    ck_assert_int_eq(symlink("a.xlsx", "link"), 0);
    ck_assert_int_eq(new_file_open("link", true, &file, &diagnostics), STATUS_SYSTEM);
    assert_message(&diagnostics, "link: error: exists and is not a regular file");
}
END_TEST

START_TEST(a_path_must_end_with_a_name_in_a_folder)
{
    ck_assert_int_eq(new_file_open("..", false, &file, &diagnostics), STATUS_USAGE);
    assert_message(&diagnostics, "..: error: the path must end with a name");
    ck_assert_int_eq(new_file_open("none/a.xlsx", false, &file, &diagnostics), STATUS_SYSTEM);
    ck_assert_ptr_null(file);
}
END_TEST

Suite *test_new_file_suite(void)
{
    Suite *suite = suite_create("new_file");
    TCase *tests = tcase_create("all");

    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, it_appears_when_it_is_published);
    tcase_add_test(tests, an_abandoned_one_leaves_nothing);
    tcase_add_test(tests, what_is_there_stays);
    tcase_add_test(tests, what_has_come_meanwhile_stays);
    tcase_add_test(tests, a_file_is_replaced_if_that_is_asked_for);
    tcase_add_test(tests, what_a_dead_run_left_is_swept);
    tcase_add_test(tests, another_run_that_writes_to_it_is_left_alone);
    tcase_add_test(tests, a_file_that_is_gone_is_replaced_too);
    tcase_add_test(tests, a_folder_that_has_come_meanwhile_stays);
    tcase_add_test(tests, nothing_but_a_file_is_replaced);
    tcase_add_test(tests, a_path_must_end_with_a_name_in_a_folder);
    suite_add_tcase(suite, tests);
    return suite;
}
