#include "cli/processor_quota.h"

#include <check.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/span.h"
#include "scratch_folder.h"

static struct scratch_folder folder;

static void setup(void)
{
    static const char *const folders[] = {"v2", "v2/a",           "v2/a/b",
                                          "v1", "v1/cpu,cpuacct", "v1/cpu,cpuacct/a"};

    scratch_folder_enter(&folder);
    for (size_t i = 0; i < sizeof(folders) / sizeof(folders[0]); i++)
        ck_assert_int_eq(mkdir(folders[i], 0700), 0);
}

static void teardown(void)
{
    scratch_folder_leave(&folder);
}

static void group_file(const char *path, const char *contents)
{
    unlink(path);
    scratch_file(path, contents);
}

static void assert_quota(const char *membership, const char *mount, size_t expected)
{
    group_file("membership", membership);
    ck_assert_uint_eq(processor_quota("membership", mount), expected);
}

START_TEST(version_2_says_quota_and_period)
{
    group_file("v2/a/cpu.max", "150000 100000\n");
    assert_quota("0::/a\n", "v2", 2);
    group_file("v2/a/cpu.max", "200000 100000\n");
    assert_quota("0::/a\n", "v2", 2);
    group_file("v2/a/cpu.max", "1000 100000\n");
    assert_quota("0::/a\n", "v2", 1);
    group_file("v2/a/cpu.max", "max 100000\n");
    assert_quota("0::/a\n", "v2", PROCESSOR_QUOTA_NONE);
}
END_TEST

START_TEST(a_group_above_limits_too)
{
    group_file("v2/a/b/cpu.max", "800000 100000\n");
    group_file("v2/cpu.max", "300000 100000\n");
    assert_quota("0::/a/b\n", "v2", 3);
    assert_quota("0::/\n", "v2", 3);
    group_file("v2/cpu.max", "max 100000\n");
    assert_quota("0::/a/b\n", "v2", 8);
}
END_TEST

/* A container may not see the folder of its group, but that of the mount. */
START_TEST(a_group_that_is_not_there_is_passed_over)
{
    group_file("v2/cpu.max", "300000 100000\n");
    assert_quota("0::/elsewhere/c\n", "v2", 3);
    assert_quota("0::/elsewhere/c\n", "nowhere", PROCESSOR_QUOTA_NONE);
}
END_TEST

START_TEST(version_1_has_a_file_for_each)
{
    group_file("v1/cpu,cpuacct/a/cpu.cfs_quota_us", "250000\n");
    group_file("v1/cpu,cpuacct/a/cpu.cfs_period_us", "100000\n");
    assert_quota("3:memory:/a\n1:cpu,cpuacct:/a\n0::/\n", "v1", 3);
    group_file("v1/cpu,cpuacct/a/cpu.cfs_quota_us", "-1\n");
    assert_quota("1:cpu,cpuacct:/a\n", "v1", PROCESSOR_QUOTA_NONE);
}
END_TEST

START_TEST(other_controllers_say_nothing)
{
    group_file("v1/cpu.cfs_quota_us", "100000\n");
    group_file("v1/cpu.cfs_period_us", "100000\n");
    assert_quota("3:cpuset:/\n2:cpuacct:/\n1:name=systemd:/\n", "v1", PROCESSOR_QUOTA_NONE);
    assert_quota("nonsense\n:\n", "v1", PROCESSOR_QUOTA_NONE);
    ck_assert_uint_eq(processor_quota("missing", "v1"), PROCESSOR_QUOTA_NONE);
}
END_TEST

Suite *test_processor_quota_suite(void)
{
    Suite *suite = suite_create("processor_quota");
    TCase *cases = tcase_create("processor_quota");

    tcase_add_checked_fixture(cases, setup, teardown);
    tcase_add_test(cases, version_2_says_quota_and_period);
    tcase_add_test(cases, a_group_above_limits_too);
    tcase_add_test(cases, a_group_that_is_not_there_is_passed_over);
    tcase_add_test(cases, version_1_has_a_file_for_each);
    tcase_add_test(cases, other_controllers_say_nothing);
    suite_add_tcase(suite, cases);
    return suite;
}
