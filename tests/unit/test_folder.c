#include "base/folder.h"

#include <check.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "scratch_folder.h"

static struct scratch_folder scratch;
static struct diagnostics diagnostics;
static struct parent_folder parent;

static void setup(void)
{
    scratch_folder_enter(&scratch);
    diagnostics = (struct diagnostics)DIAGNOSTICS_INIT;
    parent = (struct parent_folder)PARENT_FOLDER_INIT;
    ck_assert_int_eq(mkdir("a", 0700), 0);
}

static void teardown(void)
{
    parent_folder_close(&parent);
    diagnostics_release(&diagnostics);
    scratch_folder_leave(&scratch);
}

/* That the path's parent is the folder at `expected`. */
static void assert_parent(const char *path, const char *expected, const char *name)
{
    struct stat opened;
    struct stat wanted;

    ck_assert_int_eq(parent_folder_open(path, &parent, &diagnostics), STATUS_OK);
    ck_assert_str_eq(parent.name, name);
    ck_assert_int_eq(fstat(parent.fd, &opened), 0);
    ck_assert_int_eq(stat(expected, &wanted), 0);
    ck_assert_uint_eq(opened.st_ino, wanted.st_ino);
    parent_folder_close(&parent);
}

START_TEST(every_form_of_path_has_its_parent)
{
    assert_parent("b", ".", "b");
    assert_parent("b///", ".", "b");
    assert_parent("./b", ".", "b");
    assert_parent("a/b", "a", "b");
    assert_parent("a//b/", "a", "b");
    assert_parent("a/../b", ".", "b");
    assert_parent("/b", "/", "b");
    assert_parent("//b/", "/", "b");
    assert_parent("..b", ".", "..b");
    assert_parent(scratch.path, "/tmp", strrchr(scratch.path, '/') + 1);
}
END_TEST

static const char *const nameless[] = {"", "/", "//", ".", "..", "a/.", "a/..", "a/../", "./"};

START_TEST(a_path_without_a_last_name_is_refused)
{
    ck_assert_int_eq(parent_folder_open(nameless[_i], &parent, &diagnostics), STATUS_USAGE);
    ck_assert_uint_eq(diagnostics.count, 1);
}
END_TEST

START_TEST(a_parent_that_is_no_folder_is_refused)
{
    scratch_file("file", "");
    ck_assert_int_eq(parent_folder_open("absent/b", &parent, &diagnostics), STATUS_SYSTEM);
    parent_folder_close(&parent);
    ck_assert_int_eq(parent_folder_open("file/b", &parent, &diagnostics), STATUS_SYSTEM);
    ck_assert_str_eq(diagnostics.items[1].text, "cannot open the folder it is in: Not a directory");
}
END_TEST

START_TEST(entries_come_without_dots)
{
    DIR *entries = folder_entries(scratch.fd, "a");

    ck_assert_ptr_nonnull(entries);
    ck_assert_ptr_null(folder_next_entry(entries));
    ck_assert_int_eq(errno, 0);
    folder_entries_close(entries);

    scratch_file("a/..x", "");
    entries = folder_entries(scratch.fd, "a");
    ck_assert_str_eq(folder_next_entry(entries), "..x");
    ck_assert_ptr_null(folder_next_entry(entries));
    errno = EIO;
    folder_entries_close(entries);
    folder_entries_close(NULL);
    ck_assert_int_eq(errno, EIO);
}
END_TEST

START_TEST(entries_of_a_link_or_file_are_refused)
{
    scratch_file("file", "");
    ck_assert_int_eq(symlink("a", "link"), 0);
    ck_assert_ptr_null(folder_entries(scratch.fd, "link"));
    ck_assert_ptr_null(folder_entries(scratch.fd, "file"));
    ck_assert_int_eq(errno, ENOTDIR);
}
END_TEST

START_TEST(a_folder_can_be_synced)
{
    const int closed = open(".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);

    ck_assert(folder_sync(scratch.fd));
    ck_assert_int_eq(close(closed), 0);
    ck_assert(!folder_sync(closed));
}
END_TEST

Suite *test_folder_suite(void)
{
    Suite *suite = suite_create("folder");
    TCase *cases = tcase_create("folder");

    tcase_add_checked_fixture(cases, setup, teardown);
    tcase_add_test(cases, every_form_of_path_has_its_parent);
    tcase_add_loop_test(cases, a_path_without_a_last_name_is_refused, 0,
                        (int)(sizeof nameless / sizeof nameless[0]));
    tcase_add_test(cases, a_parent_that_is_no_folder_is_refused);
    tcase_add_test(cases, entries_come_without_dots);
    tcase_add_test(cases, entries_of_a_link_or_file_are_refused);
    tcase_add_test(cases, a_folder_can_be_synced);
    suite_add_tcase(suite, cases);
    return suite;
}
