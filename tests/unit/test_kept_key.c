#include "cli/kept_key.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "read_fixture.h"
#include "scratch_folder.h"

#define VARIABLE "EFFACE_KEY"
#define DIGITS "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1"

static struct scratch_folder scratch;
static struct diagnostics diagnostics;
static struct secret *secret;

static void setup(void)
{
    scratch_folder_enter(&scratch);
    diagnostics = (struct diagnostics)DIAGNOSTICS_INIT;
    secret = NULL;
    ck_assert_int_eq(unsetenv(VARIABLE), 0);
}

static void teardown(void)
{
    unsetenv(VARIABLE);
    secret_free(secret);
    diagnostics_release(&diagnostics);
    scratch_folder_leave(&scratch);
}

static void set_variable(const char *digits)
{
    ck_assert_int_eq(setenv(VARIABLE, digits, 1), 0);
}

static void make_tag(const struct secret *of, unsigned char tag[TAG_SIZE])
{
    struct tagger *tagger = tagger_new(of);

    ck_assert_ptr_nonnull(tagger);
    ck_assert(tagger_tag(tagger, SPAN("d"), SPAN("v"), tag));
    tagger_free(tagger);
}

/* That the key was taken, and is the one of these digits. */
static void assert_key(const char *digits)
{
    unsigned char found[TAG_SIZE], expected[TAG_SIZE];
    struct secret *same;

    ck_assert_ptr_nonnull(secret);
    ck_assert_int_eq(secret_parse(span_of(digits), "", &same, &diagnostics), STATUS_OK);
    make_tag(secret, found);
    make_tag(same, expected);
    secret_free(same);
    ck_assert_mem_eq(found, expected, TAG_SIZE);
}

START_TEST(without_either_there_is_none)
{
    ck_assert_int_eq(kept_key_take(NULL, &secret, &diagnostics), STATUS_OK);
    ck_assert_ptr_null(secret);
    set_variable("");
    ck_assert_int_eq(kept_key_take(NULL, &secret, &diagnostics), STATUS_OK);
    ck_assert_ptr_null(secret);
    ck_assert_uint_eq(diagnostics.count, 0);
}
END_TEST

START_TEST(the_variable_holds_one)
{
    set_variable(DIGITS "a");
    ck_assert_int_eq(kept_key_take(NULL, &secret, &diagnostics), STATUS_OK);
    assert_key(DIGITS "a");
}
END_TEST

START_TEST(a_file_goes_before_the_variable)
{
    scratch_file("key", DIGITS "b\n");
    set_variable(DIGITS "a");
    ck_assert_int_eq(kept_key_take("key", &secret, &diagnostics), STATUS_OK);
    assert_key(DIGITS "b");
}
END_TEST

/* What the environment showed, which others can read, not only its name. */
START_TEST(the_variable_is_wiped)
{
    static const struct {
        const char *file;
        enum status status;
    } cases[] = {{NULL, STATUS_OK}, {"key", STATUS_OK}, {"none", STATUS_USAGE}};

    scratch_file("key", DIGITS "b\n");
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const char *text;

        set_variable(DIGITS "a");
        text = getenv(VARIABLE);
        ck_assert_int_eq(kept_key_take(cases[i].file, &secret, &diagnostics), cases[i].status);
        ck_assert_ptr_null(getenv(VARIABLE));
        for (size_t at = 0; at < strlen(DIGITS "a"); at++)
            ck_assert_int_eq(text[at], '\0');
        secret_free(secret);
        secret = NULL;
    }
}
END_TEST

START_TEST(a_bad_one_is_refused_and_not_told)
{
    set_variable("0123456789abcdef");
    ck_assert_int_eq(kept_key_take(NULL, &secret, &diagnostics), STATUS_USAGE);
    ck_assert_ptr_null(secret);
    assert_message(&diagnostics, VARIABLE ": error: not 64 hexadecimal digits, but 16");
}
END_TEST

START_TEST(a_file_that_is_missing_is_not_made_up_for)
{
    set_variable(DIGITS "a");
    ck_assert_int_eq(kept_key_take("none", &secret, &diagnostics), STATUS_USAGE);
    ck_assert_ptr_null(secret);
}
END_TEST

Suite *test_kept_key_suite(void)
{
    Suite *suite = suite_create("kept_key");
    TCase *tcase = tcase_create("kept_key");

    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_test(tcase, without_either_there_is_none);
    tcase_add_test(tcase, the_variable_holds_one);
    tcase_add_test(tcase, a_file_goes_before_the_variable);
    tcase_add_test(tcase, the_variable_is_wiped);
    tcase_add_test(tcase, a_bad_one_is_refused_and_not_told);
    tcase_add_test(tcase, a_file_that_is_missing_is_not_made_up_for);
    suite_add_tcase(suite, tcase);
    return suite;
}
