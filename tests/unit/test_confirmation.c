#include "cli/confirmation.h"

#include <check.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "read_fixture.h"

static struct diagnostics diagnostics;
static int saved; /* standard input as it was */

static void setup(void)
{
    diagnostics = (struct diagnostics)DIAGNOSTICS_INIT;
    saved = dup(STDIN_FILENO);
}

static void teardown(void)
{
    if (saved >= 0)
        ck_assert_int_eq(dup2(saved, STDIN_FILENO), STDIN_FILENO);
    diagnostics_release(&diagnostics);
}

/* Makes a file or device standard input. */
static void take_input(const char *path)
{
    const int fd = open(path, O_RDWR | O_NOCTTY);

    ck_assert_int_ge(fd, 0);
    ck_assert_int_eq(dup2(fd, STDIN_FILENO), STDIN_FILENO);
    ck_assert_int_eq(close(fd), 0);
}

static enum status possible(const char *word)
{
    const struct confirmation confirmation = {.word = word};

    return confirmation_possible(&confirmation, &diagnostics);
}

START_TEST(the_word_given_is_enough)
{
    take_input("/dev/null");
    ck_assert_int_eq(possible("CONFIRM"), STATUS_OK);
    ck_assert_uint_eq(diagnostics.count, 0);
}
END_TEST

START_TEST(another_word_is_refused)
{
    static const char *const words[] = {"", "confirm", "CONFIRM ", "CONFIR", "yes"};

    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        ck_assert_int_eq(possible(words[i]), STATUS_UNCONFIRMED);
        assert_message(&diagnostics, "error: not confirmed: --confirm takes the word CONFIRM");
    }
}
END_TEST

START_TEST(off_a_terminal_the_word_must_be_given)
{
    take_input("/dev/null");
    ck_assert_int_eq(possible(NULL), STATUS_UNCONFIRMED);
    assert_message(&diagnostics,
                   "error: not confirmed: this can't be undone; give --confirm CONFIRM");
}
END_TEST

START_TEST(on_a_terminal_the_word_may_be_typed)
{
    const int master = posix_openpt(O_RDWR | O_NOCTTY);

    ck_assert_int_ge(master, 0);
    ck_assert_int_eq(grantpt(master), 0);
    ck_assert_int_eq(unlockpt(master), 0);
    take_input(ptsname(master));
    ck_assert_int_eq(possible(NULL), STATUS_OK);
    ck_assert_int_eq(possible("yes"), STATUS_UNCONFIRMED);
    ck_assert_int_eq(close(master), 0);
}
END_TEST

Suite *test_confirmation_suite(void)
{
    Suite *suite = suite_create("confirmation");
    TCase *cases = tcase_create("confirmation");

    tcase_add_checked_fixture(cases, setup, teardown);
    tcase_add_test(cases, the_word_given_is_enough);
    tcase_add_test(cases, another_word_is_refused);
    tcase_add_test(cases, off_a_terminal_the_word_must_be_given);
    tcase_add_test(cases, on_a_terminal_the_word_may_be_typed);
    suite_add_tcase(suite, cases);
    return suite;
}
