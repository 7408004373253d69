#include "cli/pack_folders.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static struct pack_folders folders;

/* What stands in /proc/self/exe up to its last slash, and `rest` behind. */
static void expect_beside_program(const char *folder, const char *rest)
{
    char program[PATH_MAX] = "";
    char expected[2 * PATH_MAX];

    ck_assert_int_gt(readlink("/proc/self/exe", program, sizeof program - 1), 0);
    *strrchr(program, '/') = '\0';
    snprintf(expected, sizeof expected, "%s/%s", program, rest);
    ck_assert_str_eq(folder, expected);
}

START_TEST(packs_stand_relative_to_the_program)
{
    unsetenv("EFFACE_RULES_DIR");
    pack_folders_find(&folders);
    expect_beside_program(folders.list[0], "../share/efface/rules");
    expect_beside_program(folders.list[1], "../../rules");
    ck_assert_ptr_null(folders.list[2]);
}
END_TEST

START_TEST(the_variable_comes_first)
{
    setenv("EFFACE_RULES_DIR", "/srv/rules", 1);
    pack_folders_find(&folders);
    ck_assert_str_eq(folders.list[0], "/srv/rules");
    expect_beside_program(folders.list[1], "../share/efface/rules");
    expect_beside_program(folders.list[2], "../../rules");
    ck_assert_ptr_null(folders.list[PACK_FOLDER_COUNT]);
}
END_TEST

START_TEST(an_empty_variable_is_none)
{
    setenv("EFFACE_RULES_DIR", "", 1);
    pack_folders_find(&folders);
    expect_beside_program(folders.list[0], "../share/efface/rules");
    ck_assert_ptr_null(folders.list[2]);
}
END_TEST

Suite *test_pack_folders_suite(void)
{
    Suite *suite = suite_create("pack_folders");
    TCase *cases = tcase_create("pack_folders");

    tcase_add_test(cases, packs_stand_relative_to_the_program);
    tcase_add_test(cases, the_variable_comes_first);
    tcase_add_test(cases, an_empty_variable_is_none);
    suite_add_tcase(suite, cases);
    return suite;
}
