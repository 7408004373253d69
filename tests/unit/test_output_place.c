#include "run/output_place.h"

#include <check.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "read_fixture.h"
#include "scratch_folder.h"

static struct scratch_folder folder;
static struct diagnostics diagnostics;
static int in_fd;

static void setup(void)
{
    scratch_folder_enter(&folder);
    diagnostics = (struct diagnostics)DIAGNOSTICS_INIT;
    ck_assert_int_eq(mkdir("in", 0700), 0);
    ck_assert_int_eq(mkdir("in/deep", 0700), 0);
    ck_assert_int_eq(mkdir("in/deep/er", 0700), 0);
    ck_assert_int_eq(mkdir("inside", 0700), 0);
    ck_assert_int_eq(symlink("in/deep", "link"), 0);
    ck_assert_int_eq(symlink("../inside", "in/away"), 0);
    in_fd = open("in", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    ck_assert_int_ge(in_fd, 0);
}

static void teardown(void)
{
    ck_assert_int_eq(close(in_fd), 0);
    diagnostics_release(&diagnostics);
    scratch_folder_leave(&folder);
}

static void refuse(const char *out)
{
    char message[256];

    ck_assert_int_eq(check_output_place(in_fd, out, &diagnostics), STATUS_USAGE);
    snprintf(message, sizeof message, "%s: error: the output can't be inside the input folder",
             out);
    assert_message(&diagnostics, message);
}

static void take(const char *out)
{
    ck_assert_int_eq(check_output_place(in_fd, out, &diagnostics), STATUS_OK);
    ck_assert_uint_eq(diagnostics.count, 0);
}

START_TEST(anywhere_below_the_input_is_refused)
{
    refuse("in/out");
    refuse("in/deep/out/");
    refuse("in/deep/er/out");
    refuse("in/deep"); /* there or not */
}
END_TEST

START_TEST(whatever_the_path_looks_like)
{
    char absolute[128];

    refuse("./inside/../in/out");
    refuse("link/out");
    refuse("link/../out");
    snprintf(absolute, sizeof absolute, "%s/in/deep/out", folder.path);
    refuse(absolute);
    ck_assert_int_eq(chdir("in/deep"), 0);
    refuse("out");
    refuse("../out");
}
END_TEST

START_TEST(beside_the_input_is_fine)
{
    take("out");
    take("out//");
    take("inside/out");
    take("in/../out");
    take("in/away/out"); /* a link that leads out of it */
    take("/tmp/out");
}
END_TEST

START_TEST(a_path_without_a_name_is_refused)
{
    static const char *const paths[] = {"", "/", ".", "in/.."};

    for (size_t i = 0; i < sizeof paths / sizeof paths[0]; i++)
        ck_assert_int_eq(check_output_place(in_fd, paths[i], &diagnostics), STATUS_USAGE);
}
END_TEST

START_TEST(a_missing_parent_is_a_failure_of_the_system)
{
    ck_assert_int_eq(check_output_place(in_fd, "none/out", &diagnostics), STATUS_SYSTEM);
    ck_assert_uint_eq(diagnostics.count, 1);
}
END_TEST

START_TEST(no_descriptor_is_left_open)
{
    const int next = dup(in_fd);

    ck_assert_int_eq(close(next), 0);
    refuse("in/deep/er/out");
    take("inside/out");
    ck_assert_int_eq(check_output_place(in_fd, "none/out", &diagnostics), STATUS_SYSTEM);
    ck_assert_int_eq(check_output_place(in_fd, "/", &diagnostics), STATUS_USAGE);
    ck_assert_int_eq(dup(in_fd), next);
    ck_assert_int_eq(close(next), 0);
}
END_TEST

START_TEST(a_want_of_descriptors_is_told)
{
    struct rlimit whole, limit;
    const int next = dup(in_fd);

    ck_assert_int_eq(close(next), 0);
    ck_assert_int_eq(getrlimit(RLIMIT_NOFILE, &whole), 0);
    limit = whole;
    limit.rlim_cur = (rlim_t)next + 1; /* the folder of OUT can be opened, and nothing else */
    ck_assert_int_eq(setrlimit(RLIMIT_NOFILE, &limit), 0);
    ck_assert_int_eq(check_output_place(in_fd, "out", &diagnostics), STATUS_SYSTEM);
    assert_message(&diagnostics, "out: error: cannot find out where it is: Too many open files");
    ck_assert_int_eq(setrlimit(RLIMIT_NOFILE, &whole), 0);
    ck_assert_int_eq(dup(in_fd), next);
    ck_assert_int_eq(close(next), 0);
}
END_TEST

Suite *test_output_place_suite(void)
{
    Suite *suite = suite_create("output_place");
    TCase *cases = tcase_create("output_place");

    tcase_add_checked_fixture(cases, setup, teardown);
    tcase_add_test(cases, anywhere_below_the_input_is_refused);
    tcase_add_test(cases, whatever_the_path_looks_like);
    tcase_add_test(cases, beside_the_input_is_fine);
    tcase_add_test(cases, a_path_without_a_name_is_refused);
    tcase_add_test(cases, a_missing_parent_is_a_failure_of_the_system);
    tcase_add_test(cases, no_descriptor_is_left_open);
    tcase_add_test(cases, a_want_of_descriptors_is_told);
    suite_add_tcase(suite, cases);
    return suite;
}
