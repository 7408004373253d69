#include "base/file_closer.h"

#include <check.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include "scratch_folder.h"

enum { FILES = 100 };

static struct scratch_folder folder;
static struct diagnostics diagnostics;
static struct file_closer *closer;

static void setup(void)
{
    scratch_folder_enter(&folder);
    diagnostics = (struct diagnostics)DIAGNOSTICS_INIT;
}

static void teardown(void)
{
    file_closer_free(closer);
    diagnostics_release(&diagnostics);
    scratch_folder_leave(&folder);
}

static int new_file(int number)
{
    char path[32];

    snprintf(path, sizeof(path), "%d.csv", number);
    const int fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    ck_assert_int_ge(fd, 0);
    return fd;
}

static bool is_open(int fd)
{
    return fcntl(fd, F_GETFD) >= 0;
}

static void begin(size_t threads)
{
    closer = file_closer_new(threads);
    ck_assert_ptr_nonnull(closer);
}

START_TEST(all_files_are_closed_in_the_end)
{
    int fds[FILES];

    begin((size_t)_i);
    for (int i = 0; i < FILES; i++) {
        fds[i] = new_file(i);
        file_closer_take(closer, fds[i], "x.csv");
    }
    ck_assert_int_eq(file_closer_finish(closer, &diagnostics), STATUS_OK);
    ck_assert_uint_eq(diagnostics.count, 0);
    for (int i = 0; i < FILES; i++) {
        ck_assert(!is_open(fds[i]));
        ck_assert_int_lt(fds[i], fds[0] + FILES / 2); /* so few were open at once */
    }
}
END_TEST

/* A pipe can't be synced. */
START_TEST(the_first_failure_in_order_is_told)
{
    int first[2], second[2];

    begin((size_t)_i);
    ck_assert_int_eq(pipe(first), 0);
    ck_assert_int_eq(pipe(second), 0);
    file_closer_take(closer, new_file(0), "0.csv");
    file_closer_take(closer, first[1], "1.csv");
    file_closer_take(closer, second[1], "2.csv");
    for (int i = 3; i < FILES; i++)
        file_closer_take(closer, new_file(i), "x.csv");
    ck_assert_int_eq(file_closer_finish(closer, &diagnostics), STATUS_SYSTEM);
    ck_assert_uint_eq(diagnostics.count, 1);
    ck_assert_str_eq(diagnostics.items[0].path, "1.csv");
    ck_assert(!is_open(first[1]) && !is_open(second[1]));
    close(first[0]);
    close(second[0]);
}
END_TEST

START_TEST(freeing_closes_what_was_taken)
{
    begin((size_t)_i);
    const int fd = new_file(0);

    file_closer_take(closer, fd, "0.csv");
    file_closer_free(closer);
    closer = NULL;
    ck_assert(!is_open(fd));
    file_closer_free(NULL);
}
END_TEST

Suite *test_file_closer_suite(void)
{
    Suite *suite = suite_create("file_closer");
    TCase *cases = tcase_create("file_closer");

    tcase_add_checked_fixture(cases, setup, teardown);
    tcase_add_loop_test(cases, all_files_are_closed_in_the_end, 0, 4);
    tcase_add_loop_test(cases, the_first_failure_in_order_is_told, 0, 4);
    tcase_add_loop_test(cases, freeing_closes_what_was_taken, 0, 3);
    suite_add_tcase(suite, cases);
    return suite;
}
