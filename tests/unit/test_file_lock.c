#include "base/file_lock.h"

#include <check.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "scratch_folder.h"

Suite *test_file_lock_suite(void);

static struct scratch_folder scratch;
static int fd;

static int open_file(void)
{
    const int opened = open("file", O_RDWR | O_CLOEXEC);

    ck_assert_int_ge(opened, 0);
    return opened;
}

static void setup(void)
{
    scratch_folder_enter(&scratch);
    scratch_file("file", "");
    fd = open_file();
}

static void teardown(void)
{
    close(fd);
    scratch_folder_leave(&scratch);
}

START_TEST(several_may_share_and_one_may_have_it)
{
    const int other = open_file();

    ck_assert(file_lock(fd, LOCK_SH));
    ck_assert(file_lock(other, LOCK_SH));
    ck_assert(!file_lock(other, LOCK_EX));
    ck_assert_int_eq(errno, EWOULDBLOCK);
    close(fd);
    fd = open_file();
    ck_assert(file_lock(other, LOCK_EX));
    ck_assert(!file_lock(fd, LOCK_SH));
    ck_assert_int_eq(errno, EWOULDBLOCK);
    close(other);
}
END_TEST

/* It holds the lock until it has ended, and is not waited for. */
START_TEST(whoever_was_just_killed_has_it_no_more)
{
    const int held = open_file();

    ck_assert(file_lock(held, LOCK_EX));
    const pid_t child = fork();
    ck_assert_int_ge(child, 0);
    while (child == 0)
        pause();
    close(held);
    ck_assert(!file_lock(fd, LOCK_EX));
    ck_assert_int_eq(kill(child, SIGKILL), 0);
    ck_assert(file_lock(fd, LOCK_EX));
    ck_assert_int_eq(waitpid(child, NULL, 0), child);
}
END_TEST

START_TEST(what_is_no_file_has_no_lock)
{
    ck_assert(!file_lock(-1, LOCK_EX));
    ck_assert_int_eq(errno, EBADF);
}
END_TEST

Suite *test_file_lock_suite(void)
{
    Suite *suite = suite_create("file_lock");
    TCase *tests = tcase_create("file_lock");

    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, several_may_share_and_one_may_have_it);
    tcase_add_test(tests, whoever_was_just_killed_has_it_no_more);
    tcase_add_test(tests, what_is_no_file_has_no_lock);
    suite_add_tcase(suite, tests);
    return suite;
}
