#include <check.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "report/workbook_child.h"
#include "report_fixture.h"
#include "scratch_folder.h"

Suite *test_workbook_child_suite(void);

static int write_argument(const char *path, const char *scratch_folder, const void *argument)
{
    FILE *file = fopen(path, "w");

    if (file == NULL || strncmp(path, scratch_folder, strlen(scratch_folder)) != 0)
        return EINVAL;
    return fputs(argument, file) < 0 || fclose(file) == EOF ? EIO : 0;
}

static int refuse(const char *path, const char *scratch_folder, const void *argument)
{
    (void)path, (void)scratch_folder, (void)argument;
    return ENOSPC;
}

static int crash(const char *path, const char *scratch_folder, const void *argument)
{
    (void)path, (void)scratch_folder, (void)argument;
    fputs("not to be seen\n", stderr);
    raise(SIGSEGV);
    return 0;
}

static int overflow(const char *path, const char *scratch_folder, const void *argument)
{
    const struct rlimit limit = {4, 4};

    if (setrlimit(RLIMIT_FSIZE, &limit) != 0)
        return errno;
    return write_argument(path, scratch_folder, argument);
}

static int terminate_self(const char *path, const char *scratch_folder, const void *argument)
{
    (void)path, (void)scratch_folder, (void)argument;
    raise(SIGTERM);
    return 0;
}

/* The second copy lacks a part, as the library's do after a failed allocation. */
static int lack_something(const char *path, const char *scratch_folder, const void *argument)
{
    const bool is_first = strstr(path, "/workbook-0.xlsx") != NULL;

    return write_argument(path, scratch_folder, is_first ? argument : "buil");
}

/* The second child fails. */
static int refuse_second(const char *path, const char *scratch_folder, const void *argument)
{
    if (strstr(path, "/workbook-1.xlsx") != NULL)
        return ENOSPC;
    return write_argument(path, scratch_folder, argument);
}

/* What each child has of its own is other in the two copies. */
static int tell_folder(const char *path, const char *scratch_folder, const void *argument)
{
    (void)argument;
    return write_argument(path, scratch_folder, scratch_folder);
}

/* Starts a child and lets it finish. */
static enum status build_workbook(workbook_builder *build, const void *argument, int fd,
                                  const char *folder, struct diagnostics *diagnostics)
{
    struct child_workbook *book;
    enum status status =
        child_workbook_start(build, argument, "out.xlsx", folder, &book, diagnostics);

    if (status == STATUS_OK)
        status = child_workbook_finish(book, fd, diagnostics);
    else
        ck_assert_ptr_null(book);
    return status;
}

static void assert_no_child(void)
{
    ck_assert_int_eq(waitpid(-1, NULL, WNOHANG), -1);
    ck_assert_int_eq(errno, ECHILD);
}

static void assert_failure(workbook_builder *build, const void *argument, const char *text)
{
    struct report_place place = report_place_open();
    struct diagnostics diagnostics = DIAGNOSTICS_INIT;

    ck_assert_int_eq(build_workbook(build, argument, place.fd, place.folder, &diagnostics),
                     STATUS_SYSTEM);
    ck_assert_uint_eq(diagnostics.count, 1);
    ck_assert_str_eq(diagnostics.items[0].path, "out.xlsx");
    ck_assert_ptr_nonnull(strstr(diagnostics.items[0].text, text));
    assert_no_child();
    diagnostics_release(&diagnostics);
    report_place_release(&place);
}

static void assert_success(void)
{
    struct report_place place = report_place_open();
    struct diagnostics diagnostics = DIAGNOSTICS_INIT;
    size_t size;

    ck_assert_int_eq(build_workbook(write_argument, "built", place.fd, place.folder, &diagnostics),
                     STATUS_OK);
    ck_assert_uint_eq(diagnostics.count, 0);
    char *bytes = report_place_bytes(&place, &size);
    ck_assert_str_eq(bytes, "built");
    free(bytes);
    assert_no_child();
    report_place_release(&place);
}

START_TEST(what_the_child_builds_is_copied)
{
    assert_success();
}
END_TEST

START_TEST(an_errno_of_the_builder_is_told)
{
    assert_failure(refuse, NULL, strerror(ENOSPC));
}
END_TEST

START_TEST(an_errno_of_one_child_is_told)
{
    assert_failure(refuse_second, "built", strerror(ENOSPC));
}
END_TEST

START_TEST(children_share_no_folder)
{
    assert_failure(tell_folder, NULL, strerror(ENOMEM));
}
END_TEST

START_TEST(copies_that_differ_are_refused)
{
    assert_failure(lack_something, "built", strerror(ENOMEM));
}
END_TEST

/* Writes how much memory the process uses. */
static int tell_memory(const char *path, const char *scratch_folder, const void *argument)
{
    FILE *about = fopen("/proc/self/statm", "r");
    char pages[32] = "";

    (void)argument;
    if (about == NULL || fscanf(about, "%31s", pages) != 1 || fclose(about) == EOF)
        return EIO;
    return write_argument(path, scratch_folder, pages);
}

START_TEST(one_child_has_less_memory)
{
    assert_failure(tell_memory, NULL, strerror(ENOMEM));
}
END_TEST

START_TEST(a_crash_is_told_and_leaves_no_zombie)
{
    assert_failure(crash, NULL, "signal 11");
}
END_TEST

/* Leaves a file behind, as the library does where it can't remove one. */
static int leave_litter(const char *path, const char *scratch_folder, const void *argument)
{
    char litter[256];

    snprintf(litter, sizeof litter, "%s/tmp.litter", scratch_folder);
    const int fd = open(litter, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
    if (fd < 0)
        return errno;
    close(fd);
    return write_argument(path, scratch_folder, argument);
}

START_TEST(a_temporary_file_that_stays_is_told)
{
    struct scratch_folder scratch;
    struct diagnostics diagnostics = DIAGNOSTICS_INIT;

    scratch_folder_enter(&scratch);
    scratch_file("out.xlsx", "");
    const int fd = open("out.xlsx", O_WRONLY | O_CLOEXEC);
    ck_assert_int_eq(build_workbook(leave_litter, "built", fd, scratch.path, &diagnostics),
                     STATUS_SYSTEM);
    ck_assert_uint_eq(diagnostics.count, 1);
    ck_assert_ptr_nonnull(strstr(diagnostics.items[0].text, strerror(ENOTEMPTY)));
    close(fd);
    diagnostics_release(&diagnostics);
    scratch_folder_leave(&scratch);
}
END_TEST

START_TEST(a_file_too_large_is_told)
{
    assert_failure(overflow, "longer than four", "cannot build: Input/output error");
}
END_TEST

static void ignore_signal(int number)
{
    (void)number;
}

START_TEST(the_parents_handlers_and_mask_are_not_the_childs)
{
    sigset_t blocked, after;

    signal(SIGTERM, ignore_signal);
    sigemptyset(&blocked);
    sigaddset(&blocked, SIGTERM);
    sigprocmask(SIG_SETMASK, &blocked, NULL);
    assert_failure(terminate_self, NULL, "signal 15");
    sigprocmask(SIG_SETMASK, NULL, &after);
    ck_assert(sigismember(&after, SIGTERM));
    ck_assert(!sigismember(&after, SIGINT));
}
END_TEST

START_TEST(a_child_without_an_exit_status_is_no_success)
{
    signal(SIGCHLD, SIG_IGN);
    assert_failure(write_argument, "built", strerror(ECHILD));
}
END_TEST

/* Goes on only when it may read a byte. */
static int wait_and_write(const char *path, const char *scratch_folder, const void *argument)
{
    const int *pipe = argument;
    char byte;

    close(pipe[1]);
    if (read(pipe[0], &byte, 1) < 0)
        return errno;
    return write_argument(path, scratch_folder, "waited");
}

START_TEST(several_are_made_while_the_parent_goes_on)
{
    struct report_place places[2] = {report_place_open(), report_place_open()};
    struct diagnostics diagnostics = DIAGNOSTICS_INIT;
    struct child_workbook *books[2];
    int pipes[2][2];
    size_t size;

    for (size_t i = 0; i < 2; i++) {
        ck_assert_int_eq(pipe(pipes[i]), 0);
        ck_assert_int_eq(child_workbook_start(wait_and_write, pipes[i], "out.xlsx",
                                              places[i].folder, &books[i], &diagnostics),
                         STATUS_OK);
    }
    ck_assert_int_eq(waitpid(-1, NULL, WNOHANG), 0);
    for (size_t i = 2; i-- > 0;) {
        close(pipes[i][1]);
        ck_assert_int_eq(child_workbook_finish(books[i], places[i].fd, &diagnostics), STATUS_OK);
        close(pipes[i][0]);
        char *bytes = report_place_bytes(&places[i], &size);
        ck_assert_str_eq(bytes, "waited");
        free(bytes);
        report_place_release(&places[i]);
    }
    assert_no_child();
}
END_TEST

static _Noreturn int wait_forever(const char *path, const char *scratch_folder,
                                  const void *argument)
{
    (void)path, (void)scratch_folder, (void)argument;
    for (;;)
        pause();
}

START_TEST(what_is_abandoned_ends)
{
    struct report_place place = report_place_open();
    struct diagnostics diagnostics = DIAGNOSTICS_INIT;
    struct child_workbook *book;

    ck_assert_int_eq(
        child_workbook_start(wait_forever, NULL, "out.xlsx", place.folder, &book, &diagnostics),
        STATUS_OK);
    child_workbook_abandon(book);
    assert_no_child();
    child_workbook_abandon(NULL);
    report_place_release(&place);
}
END_TEST

START_TEST(a_scratch_folder_that_is_not_there_is_told)
{
    struct diagnostics diagnostics = DIAGNOSTICS_INIT;

    ck_assert_int_eq(
        build_workbook(write_argument, "built", -1, "/tmp/efface-no-such-folder", &diagnostics),
        STATUS_SYSTEM);
    ck_assert_uint_eq(diagnostics.count, 1);
    diagnostics_release(&diagnostics);
}
END_TEST

START_TEST(a_descriptor_that_takes_nothing_is_told)
{
    struct report_place place = report_place_open();
    struct diagnostics diagnostics = DIAGNOSTICS_INIT;
    const int full = open("/dev/full", O_WRONLY);

    ck_assert_int_ge(full, 0);
    ck_assert_int_eq(build_workbook(write_argument, "built", full, place.folder, &diagnostics),
                     STATUS_SYSTEM);
    ck_assert_ptr_nonnull(strstr(diagnostics.items[0].text, strerror(ENOSPC)));
    close(full);
    diagnostics_release(&diagnostics);
    report_place_release(&place);
}
END_TEST

Suite *test_workbook_child_suite(void)
{
    Suite *suite = suite_create("workbook_child");
    TCase *tests = tcase_create("all");

    tcase_add_test(tests, what_the_child_builds_is_copied);
    tcase_add_test(tests, an_errno_of_the_builder_is_told);
    tcase_add_test(tests, an_errno_of_one_child_is_told);
    tcase_add_test(tests, children_share_no_folder);
    tcase_add_test(tests, copies_that_differ_are_refused);
    tcase_add_test(tests, one_child_has_less_memory);
    tcase_add_test(tests, a_crash_is_told_and_leaves_no_zombie);
    tcase_add_test(tests, a_temporary_file_that_stays_is_told);
    tcase_add_test(tests, a_file_too_large_is_told);
    tcase_add_test(tests, the_parents_handlers_and_mask_are_not_the_childs);
    tcase_add_test(tests, a_child_without_an_exit_status_is_no_success);
    tcase_add_test(tests, several_are_made_while_the_parent_goes_on);
    tcase_add_test(tests, what_is_abandoned_ends);
    tcase_add_test(tests, a_scratch_folder_that_is_not_there_is_told);
    tcase_add_test(tests, a_descriptor_that_takes_nothing_is_told);
    suite_add_tcase(suite, tests);
    return suite;
}
