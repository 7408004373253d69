#include "base/staged_folder.h"

#include <check.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "scratch_folder.h"

#define STAGING ".out.efface-staging"

static struct scratch_folder scratch;
static struct diagnostics diagnostics;
static struct staged_folder *folder;

static void setup(void)
{
    scratch_folder_enter(&scratch);
    diagnostics = (struct diagnostics)DIAGNOSTICS_INIT;
    folder = NULL;
}

static void teardown(void)
{
    staged_folder_abandon(folder);
    diagnostics_release(&diagnostics);
    scratch_folder_leave(&scratch);
}

static void open_out(const char *out)
{
    ck_assert_int_eq(staged_folder_open(out, &folder, &diagnostics), STATUS_OK);
}

static void stage_file(const char *path)
{
    int fd;

    ck_assert_int_eq(staged_file_create(folder, path, &fd, &diagnostics), STATUS_OK);
    ck_assert_int_eq(write(fd, "id\n", 3), 3);
    ck_assert_int_eq(staged_file_close(fd, path, &diagnostics), STATUS_OK);
}

static void publish(void)
{
    ck_assert_int_eq(staged_folder_publish(folder, &diagnostics), STATUS_OK);
    folder = NULL;
}

static void abandon(void)
{
    staged_folder_abandon(folder);
    folder = NULL;
}

static bool exists(const char *path)
{
    struct stat info;

    return lstat(path, &info) == 0;
}

static void assert_mode(const char *path, mode_t mode)
{
    struct stat info;

    ck_assert_int_eq(lstat(path, &info), 0);
    ck_assert_uint_eq(info.st_mode & 07777, mode);
}

static void assert_refused(const char *out, enum status status, const char *text)
{
    ck_assert_int_eq(staged_folder_open(out, &folder, &diagnostics), status);
    ck_assert_ptr_null(folder);
    ck_assert_uint_eq(diagnostics.count, 1);
    ck_assert_str_eq(diagnostics.items[0].text, text);
    diagnostics_release(&diagnostics);
}

START_TEST(nothing_shows_before_publishing_and_everything_after)
{
    open_out("out");
    stage_file("contacts.csv");
    stage_file("events/2024/tickets.csv");
    stage_file("events/2024/surveys.csv");
    ck_assert(!exists("out"));
    ck_assert(exists(STAGING "/contacts.csv"));
    publish();
    ck_assert(!exists(STAGING));
    assert_mode("out", 0700);
    assert_mode("out/events/2024", 0700);
    assert_mode("out/contacts.csv", 0600);
    assert_mode("out/events/2024/tickets.csv", 0600);
    ck_assert(exists("out/events/2024/surveys.csv"));
    ck_assert_uint_eq(diagnostics.count, 0);
}
END_TEST

static const char *const forms[] = {"out", "out/", "out//", "./out", "sub/../out", "sub/../out/"};

START_TEST(out_may_be_given_in_any_form)
{
    ck_assert_int_eq(mkdir("sub", 0700), 0);
    open_out(forms[_i]);
    stage_file("x");
    publish();
    ck_assert(exists("out/x"));
}
END_TEST

START_TEST(out_may_be_absolute)
{
    char out[sizeof scratch.path + sizeof "/out"];

    ck_assert_int_lt(snprintf(out, sizeof out, "%s/out", scratch.path), (int)sizeof out);
    open_out(out);
    ck_assert_int_eq(chdir("/"), 0);
    stage_file("x");
    publish();
    ck_assert_int_eq(fchdir(scratch.fd), 0);
    ck_assert(exists("out/x"));
}
END_TEST

START_TEST(modes_do_not_depend_on_the_umask)
{
    const mode_t before = umask(0777);

    open_out("out");
    stage_file("a/b/x");
    publish();
    umask(before);
    assert_mode("out", 0700);
    assert_mode("out/a", 0700);
    assert_mode("out/a/b", 0700);
    assert_mode("out/a/b/x", 0600);
}
END_TEST

START_TEST(an_empty_out_is_replaced)
{
    ck_assert_int_eq(mkdir("out", 0755), 0);
    open_out("out/");
    stage_file("x");
    publish();
    ck_assert(exists("out/x"));
    assert_mode("out", 0700);
}
END_TEST

START_TEST(an_out_that_holds_something_is_refused_and_left)
{
    ck_assert_int_eq(mkdir("out", 0700), 0);
    scratch_file("out/x", "");
    assert_refused("out", STATUS_SYSTEM, "already exists and is not empty");
    ck_assert(exists("out/x"));
    ck_assert(!exists(STAGING));
}
END_TEST

START_TEST(an_out_that_is_no_folder_is_refused)
{
    const char *text = "already exists and is not a folder";

    ck_assert_int_eq(mkdir("empty", 0700), 0);
    ck_assert_int_eq(symlink("empty", "link"), 0);
    scratch_file("file", "");
    assert_refused("link", STATUS_SYSTEM, text);
    assert_refused("link/", STATUS_SYSTEM, text);
    assert_refused("file", STATUS_SYSTEM, text);
}
END_TEST

START_TEST(an_out_that_can_t_be_is_refused)
{
    const char *nameless = "the path must end with a name";

    assert_refused("", STATUS_USAGE, nameless);
    assert_refused("/", STATUS_USAGE, nameless);
    assert_refused(".", STATUS_USAGE, nameless);
    assert_refused("a/..", STATUS_USAGE, nameless);
    assert_refused("absent/out", STATUS_SYSTEM,
                   "cannot open the folder it is in: No such file or directory");
    assert_refused("/proc", STATUS_SYSTEM, "is a mount point; name a folder in it");
}
END_TEST

START_TEST(two_runs_on_one_out_exclude_each_other)
{
    open_out("out");
    stage_file("x");

    struct staged_folder *first = folder;
    assert_refused("out", STATUS_SYSTEM, "another run is writing to it");
    ck_assert(exists(STAGING "/x"));
    folder = first;
    publish();
}
END_TEST

START_TEST(what_a_dead_run_left_is_swept)
{
    ck_assert_int_eq(mkdir("kept", 0700), 0);
    scratch_file("kept/y", "");
    ck_assert_int_eq(mkdir(STAGING, 0755), 0);
    ck_assert_int_eq(mkdir(STAGING "/a", 0700), 0);
    ck_assert_int_eq(mkdir(STAGING "/a/b", 0), 0);
    scratch_file(STAGING "/a/x", "");
    scratch_file(STAGING "/z", "");
    ck_assert_int_eq(symlink("../kept", STAGING "/link"), 0);
    ck_assert_int_eq(mkfifo(STAGING "/fifo", 0600), 0);

    open_out("out");
    assert_mode(STAGING, 0700);
    stage_file("z");
    publish();
    ck_assert(exists("kept/y"));
    ck_assert(exists("out/z"));
    ck_assert(!exists("out/a"));
    ck_assert(!exists("out/link"));
    ck_assert(!exists("out/fifo"));
}
END_TEST

START_TEST(a_killed_run_leaves_no_lock)
{
    const pid_t child = fork();

    ck_assert_int_ge(child, 0);
    if (child == 0) {
        open_out("out");
        stage_file("a/x");
        raise(SIGKILL);
    }
    ck_assert_int_eq(waitpid(child, NULL, 0), child);
    ck_assert(exists(STAGING "/a/x"));
    ck_assert(!exists("out"));
    open_out("out");
    ck_assert(!exists(STAGING "/a"));
}
END_TEST

START_TEST(many_stale_files_are_swept)
{
    char path[64];

    ck_assert_int_eq(mkdir(STAGING, 0700), 0);
    for (int i = 0; i < 1000; i++) {
        ck_assert_int_lt(snprintf(path, sizeof path, STAGING "/%d.csv", i), (int)sizeof path);
        scratch_file(path, "");
    }
    open_out("out");
    abandon();
    ck_assert(!exists(STAGING));
}
END_TEST

START_TEST(a_staging_folder_that_is_none_is_refused)
{
    ck_assert_int_eq(mkdir("kept", 0700), 0);
    scratch_file("kept/y", "");
    ck_assert_int_eq(symlink("kept", STAGING), 0);
    assert_refused("out", STATUS_SYSTEM, "cannot make a staging folder beside it: Not a directory");
    ck_assert(exists("kept/y"));
}
END_TEST

START_TEST(a_staging_folder_of_another_user_is_refused)
{
    if (geteuid() != 0)
        return; /* only root can give a folder away */
    ck_assert_int_eq(mkdir(STAGING, 0700), 0);
    scratch_file(STAGING "/x", "");
    ck_assert_int_eq(chown(STAGING, 1, 1), 0);
    assert_refused("out", STATUS_SYSTEM, "the staging folder beside it belongs to another user");
    ck_assert(exists(STAGING "/x"));
}
END_TEST

START_TEST(abandoning_leaves_nothing)
{
    open_out("out");
    stage_file("a/b/x");
    abandon();
    ck_assert(!exists(STAGING));
    ck_assert(!exists("out"));
    open_out("out");
}
END_TEST

START_TEST(what_has_become_the_output_is_not_taken_apart)
{
    open_out("out");
    stage_file("a");
    ck_assert(!staged_folder_is_stuck(folder));
    ck_assert_int_eq(rename(".out.efface-staging", "out"), 0);
    ck_assert(staged_folder_is_stuck(folder));
    abandon();
    ck_assert(exists("out/a"));
}
END_TEST

START_TEST(an_out_that_appears_meanwhile_is_not_replaced)
{
    open_out("out");
    stage_file("x");
    ck_assert_int_eq(mkdir("out", 0700), 0);
    ck_assert_int_eq(staged_folder_publish(folder, &diagnostics), STATUS_SYSTEM);
    ck_assert_str_eq(diagnostics.items[0].text, "already exists");
    ck_assert(!exists("out/x"));
    abandon();
    ck_assert(exists("out"));
    ck_assert(!exists(STAGING));
}
END_TEST

START_TEST(an_empty_out_that_is_filled_meanwhile_is_not_replaced)
{
    ck_assert_int_eq(mkdir("out", 0700), 0);
    open_out("out");
    stage_file("x");
    scratch_file("out/y", "");
    ck_assert_int_eq(staged_folder_publish(folder, &diagnostics), STATUS_SYSTEM);
    ck_assert_str_eq(diagnostics.items[0].text, "already exists");
    abandon();
    ck_assert(exists("out/y"));
}
END_TEST

static const char *const bad_paths[] = {
    "", "/", "/x", "x/", "a//x", ".", "..", "../x", "a/../x", "a/./x", "a/..",
};

START_TEST(no_file_leaves_the_folder)
{
    int fd;

    open_out("out");
    ck_assert_int_eq(staged_file_create(folder, bad_paths[_i], &fd, &diagnostics), STATUS_SYSTEM);
    ck_assert_int_eq(fd, -1);
    ck_assert_str_eq(diagnostics.items[0].text,
                     "the path of an output file must not leave the output folder");
}
END_TEST

START_TEST(links_in_the_staging_folder_are_not_followed)
{
    int fd;

    ck_assert_int_eq(mkdir("elsewhere", 0700), 0);
    open_out("out");
    ck_assert_int_eq(symlinkat("../elsewhere", staged_folder_fd(folder), "a"), 0);
    ck_assert_int_eq(symlinkat("../elsewhere/y", staged_folder_fd(folder), "y"), 0);
    ck_assert_int_eq(staged_file_create(folder, "a/x", &fd, &diagnostics), STATUS_SYSTEM);
    ck_assert_int_eq(staged_file_create(folder, "y", &fd, &diagnostics), STATUS_SYSTEM);
    ck_assert(!exists("elsewhere/x"));
    ck_assert(!exists("elsewhere/y"));
}
END_TEST

START_TEST(a_file_is_made_once)
{
    int fd;

    open_out("out");
    stage_file("x");
    ck_assert_int_eq(staged_file_create(folder, "x", &fd, &diagnostics), STATUS_SYSTEM);
    ck_assert_int_eq(staged_file_create(folder, "x/y", &fd, &diagnostics), STATUS_SYSTEM);
    ck_assert_str_eq(diagnostics.items[0].text, "cannot create the output: File exists");
    ck_assert_str_eq(diagnostics.items[1].text, "cannot make the output's folder: Not a directory");
}
END_TEST

static const struct {
    const char *out, *name;
} staged_names[] = {
    {"out", STAGING "/a/x.csv"},
    {"./sub/..//out//", "./sub/..//" STAGING "/a/x.csv"},
};

START_TEST(messages_name_the_file_where_it_is_made)
{
    int fd;

    ck_assert_int_eq(mkdir("sub", 0700), 0);
    open_out(staged_names[_i].out);
    ck_assert_str_eq(staged_file_name(folder, "a/x.csv"), staged_names[_i].name);
    stage_file("a");
    ck_assert_int_eq(staged_file_create(folder, "a/x.csv", &fd, &diagnostics), STATUS_SYSTEM);
    ck_assert_str_eq(diagnostics.items[0].path, staged_names[_i].name);
}
END_TEST

START_TEST(a_file_that_can_t_be_synced_is_reported)
{
    int ends[2];

    ck_assert_int_eq(pipe(ends), 0);
    ck_assert_int_eq(staged_file_close(ends[1], "x", &diagnostics), STATUS_SYSTEM);
    ck_assert_str_eq(diagnostics.items[0].text, "cannot sync the output: Invalid argument");
    ck_assert_int_eq(fcntl(ends[1], F_GETFD), -1);
    ck_assert_int_eq(close(ends[0]), 0);
}
END_TEST

#define COUNT_OF(array) ((int)(sizeof(array) / sizeof *(array)))

Suite *test_staged_folder_suite(void)
{
    Suite *suite = suite_create("staged_folder");
    TCase *cases = tcase_create("staged_folder");

    tcase_add_checked_fixture(cases, setup, teardown);
    tcase_add_test(cases, nothing_shows_before_publishing_and_everything_after);
    tcase_add_loop_test(cases, out_may_be_given_in_any_form, 0, COUNT_OF(forms));
    tcase_add_test(cases, out_may_be_absolute);
    tcase_add_test(cases, modes_do_not_depend_on_the_umask);
    tcase_add_test(cases, an_empty_out_is_replaced);
    tcase_add_test(cases, an_out_that_holds_something_is_refused_and_left);
    tcase_add_test(cases, an_out_that_is_no_folder_is_refused);
    tcase_add_test(cases, an_out_that_can_t_be_is_refused);
    tcase_add_test(cases, two_runs_on_one_out_exclude_each_other);
    tcase_add_test(cases, what_a_dead_run_left_is_swept);
    tcase_add_test(cases, a_killed_run_leaves_no_lock);
    tcase_add_test(cases, many_stale_files_are_swept);
    tcase_add_test(cases, a_staging_folder_that_is_none_is_refused);
    tcase_add_test(cases, a_staging_folder_of_another_user_is_refused);
    tcase_add_test(cases, abandoning_leaves_nothing);
    tcase_add_test(cases, what_has_become_the_output_is_not_taken_apart);
    tcase_add_test(cases, an_out_that_appears_meanwhile_is_not_replaced);
    tcase_add_test(cases, an_empty_out_that_is_filled_meanwhile_is_not_replaced);
    tcase_add_loop_test(cases, no_file_leaves_the_folder, 0, COUNT_OF(bad_paths));
    tcase_add_test(cases, links_in_the_staging_folder_are_not_followed);
    tcase_add_test(cases, a_file_is_made_once);
    tcase_add_loop_test(cases, messages_name_the_file_where_it_is_made, 0, COUNT_OF(staged_names));
    tcase_add_test(cases, a_file_that_can_t_be_synced_is_reported);
    suite_add_tcase(suite, cases);
    return suite;
}
