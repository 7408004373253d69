#include "base/read_at.h"

#include <check.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "scratch_folder.h"

static struct scratch_folder scratch;
static char bytes[8];
static int fd;

static void setup(void)
{
    scratch_folder_enter(&scratch);
    scratch_file("file", "abcdef");
    memset(bytes, 0, sizeof(bytes));
    fd = open("file", O_RDONLY | O_CLOEXEC);
    ck_assert_int_ge(fd, 0);
}

static void teardown(void)
{
    ck_assert_int_eq(close(fd), 0);
    scratch_folder_leave(&scratch);
}

START_TEST(a_piece_is_read_from_its_offset)
{
    ck_assert_int_eq(read_at(fd, bytes, 3, 2), 3);
    ck_assert_str_eq(bytes, "cde");
    ck_assert_int_eq(lseek(fd, 0, SEEK_CUR), 0);
}
END_TEST

START_TEST(the_end_of_the_file_ends_it)
{
    ck_assert_int_eq(read_at(fd, bytes, sizeof(bytes), 4), 2);
    ck_assert_str_eq(bytes, "ef");
    ck_assert_int_eq(read_at(fd, bytes, sizeof(bytes), 6), 0);
}
END_TEST

START_TEST(what_cannot_be_read_fails)
{
    ck_assert_int_eq(read_at(scratch.fd, bytes, 1, 0), -1); /* a folder */
}
END_TEST

Suite *test_read_at_suite(void)
{
    Suite *suite = suite_create("read_at");
    TCase *cases = tcase_create("read_at");

    tcase_add_checked_fixture(cases, setup, teardown);
    tcase_add_test(cases, a_piece_is_read_from_its_offset);
    tcase_add_test(cases, the_end_of_the_file_ends_it);
    tcase_add_test(cases, what_cannot_be_read_fails);
    suite_add_tcase(suite, cases);
    return suite;
}
