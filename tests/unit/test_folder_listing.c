#include "base/folder_listing.h"

#include <check.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "scratch_folder.h"

static struct scratch_folder scratch;
static struct diagnostics diagnostics;
static struct arena arena;
static struct folder_listing listing;

static void setup(void)
{
    scratch_folder_enter(&scratch);
    diagnostics = (struct diagnostics)DIAGNOSTICS_INIT;
    arena = (struct arena)ARENA_INIT;
}

static void teardown(void)
{
    arena_release(&arena);
    diagnostics_release(&diagnostics);
    scratch_folder_leave(&scratch);
}

static enum status list(void)
{
    return folder_list(scratch.fd, "in", &arena, &listing, &diagnostics);
}

static void assert_file(size_t index, const char *path, enum file_kind kind)
{
    ck_assert_uint_lt(index, listing.count);
    ck_assert_str_eq(listing.files[index].path, path);
    ck_assert_int_eq(listing.files[index].kind, kind);
}

START_TEST(an_empty_folder_has_no_files)
{
    ck_assert_int_eq(mkdir("empty", 0700), 0);
    ck_assert_int_eq(list(), STATUS_OK);
    ck_assert_uint_eq(listing.count, 0);
}
END_TEST

START_TEST(files_are_sorted_by_the_bytes_of_their_paths)
{
    ck_assert_int_eq(mkdir("a", 0700), 0);
    scratch_file("a/z", "");
    scratch_file("a.csv", "12345");
    scratch_file("B.csv", "");
    scratch_file("\xc3\xa9.csv", "");
    scratch_file(".hidden", "");
    ck_assert_int_eq(list(), STATUS_OK);
    ck_assert_uint_eq(listing.count, 5);
    assert_file(0, ".hidden", FILE_REGULAR);
    assert_file(1, "B.csv", FILE_REGULAR);
    assert_file(2, "a.csv", FILE_REGULAR);
    assert_file(3, "a/z", FILE_REGULAR);
    assert_file(4, "\xc3\xa9.csv", FILE_REGULAR);
    ck_assert_int_eq(listing.files[2].size, 5);
}
END_TEST

START_TEST(what_is_no_file_is_listed_but_not_followed)
{
    ck_assert_int_eq(mkdir("folder", 0700), 0);
    scratch_file("folder/x", "");
    ck_assert_int_eq(symlink("folder", "link"), 0);
    ck_assert_int_eq(symlink("absent", "dangling"), 0);
    ck_assert_int_eq(mkfifo("fifo", 0600), 0);
    ck_assert_int_eq(list(), STATUS_OK);
    ck_assert_uint_eq(listing.count, 4);
    assert_file(0, "dangling", FILE_SYMLINK);
    assert_file(1, "fifo", FILE_OTHER);
    assert_file(2, "folder/x", FILE_REGULAR);
    assert_file(3, "link", FILE_SYMLINK);
}
END_TEST

START_TEST(a_folder_can_be_listed_again)
{
    scratch_file("x", "");
    ck_assert_int_eq(list(), STATUS_OK);
    ck_assert_int_eq(list(), STATUS_OK);
    ck_assert_uint_eq(listing.count, 1);
}
END_TEST

/* Makes and enters folders in one another. */
static void nest(int depth)
{
    for (int i = 0; i < depth; i++) {
        ck_assert_int_eq(mkdir("d", 0700), 0);
        ck_assert_int_eq(chdir("d"), 0);
    }
}

START_TEST(folders_may_be_nested_64_deep)
{
    nest(64);
    scratch_file("x", "");
    ck_assert_int_eq(list(), STATUS_OK);
    ck_assert_uint_eq(listing.count, 1);

    nest(1);
    ck_assert_int_eq(list(), STATUS_INPUT);
    ck_assert_uint_eq(listing.count, 0);
    ck_assert_str_eq(diagnostics.items[0].text, "folders are nested more than 64 deep");
}
END_TEST

START_TEST(a_folder_that_can_t_be_read_is_named)
{
    if (geteuid() == 0)
        return; /* root reads everything */
    ck_assert_int_eq(mkdir("a", 0700), 0);
    ck_assert_int_eq(mkdir("a/b", 0), 0);
    ck_assert_int_eq(list(), STATUS_SYSTEM);
    ck_assert_str_eq(diagnostics.items[0].path, "in/a/b");
    ck_assert_str_eq(diagnostics.items[0].text, "cannot open: Permission denied");
    ck_assert_int_eq(chmod("a/b", 0700), 0);
}
END_TEST

START_TEST(what_is_no_folder_is_refused)
{
    ck_assert_int_eq(folder_list(-1, "in", &arena, &listing, &diagnostics), STATUS_SYSTEM);
    ck_assert_str_eq(diagnostics.items[0].path, "in");
}
END_TEST

Suite *test_folder_listing_suite(void)
{
    Suite *suite = suite_create("folder_listing");
    TCase *cases = tcase_create("folder_listing");

    tcase_add_checked_fixture(cases, setup, teardown);
    tcase_add_test(cases, an_empty_folder_has_no_files);
    tcase_add_test(cases, files_are_sorted_by_the_bytes_of_their_paths);
    tcase_add_test(cases, what_is_no_file_is_listed_but_not_followed);
    tcase_add_test(cases, a_folder_can_be_listed_again);
    tcase_add_test(cases, folders_may_be_nested_64_deep);
    tcase_add_test(cases, a_folder_that_can_t_be_read_is_named);
    tcase_add_test(cases, what_is_no_folder_is_refused);
    suite_add_tcase(suite, cases);
    return suite;
}
