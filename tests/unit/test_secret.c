#include "base/secret.h"

#include <check.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <stdio.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buffer.h"
#include "scratch_folder.h"

/* The bytes 00 to 1f. */
#define DIGITS "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"

static struct scratch_folder scratch;
static struct diagnostics diagnostics;
static struct secret *secret;

static void setup(void)
{
    scratch_folder_enter(&scratch);
    diagnostics = (struct diagnostics)DIAGNOSTICS_INIT;
    secret = NULL;
}

static void teardown(void)
{
    secret_free(secret);
    diagnostics_release(&diagnostics);
    scratch_folder_leave(&scratch);
}

/* The tag under the secret of the test. */
static void make_tag(struct span domain, struct span value, unsigned char tag[TAG_SIZE])
{
    struct tagger *tagger = tagger_new(secret);

    ck_assert_ptr_nonnull(tagger);
    ck_assert(tagger_tag(tagger, domain, value, tag));
    tagger_free(tagger);
}

static const unsigned char email_tag[TAG_SIZE] = {
    0xab, 0x76, 0x33, 0xe9, 0xaa, 0x5f, 0xb2, 0x6b, 0x48, 0xb1, 0x1b, 0x6c, 0x9f, 0x00, 0x80, 0xf9,
    0x07, 0x5f, 0x6a, 0x1d, 0x2d, 0x2c, 0xf9, 0x59, 0x61, 0xe6, 0x67, 0x0b, 0x75, 0x9c, 0xbd, 0x96,
};

/* That the secret is the one of DIGITS. */
static void assert_known_secret(void)
{
    unsigned char tag[TAG_SIZE];

    make_tag(SPAN("email"), SPAN("ada@example.com"), tag);
    ck_assert_mem_eq(tag, email_tag, TAG_SIZE);
}

static void assert_refused(enum status status, const char *text)
{
    ck_assert_int_eq(status, STATUS_USAGE);
    ck_assert_ptr_null(secret);
    ck_assert_uint_eq(diagnostics.count, 1);
    ck_assert_str_eq(diagnostics.items[0].text, text);
}

START_TEST(a_string_of_digits_is_a_key)
{
    ck_assert_int_eq(secret_parse(SPAN(DIGITS), "KEY", &secret, &diagnostics), STATUS_OK);
    assert_known_secret();
    ck_assert_uint_eq(diagnostics.count, 0);
}
END_TEST

#define NOT "not 64 hexadecimal digits"
#define MORE "something stands behind the 64 hexadecimal digits"

static const struct {
    const char *text, *message;
} bad_keys[] = {
    {"", NOT ", but 0"},
    {"\n", NOT ", but 0"},
    {"00", NOT ", but 2"},
    {"0\n", NOT ", but 1"},
    {DIGITS "0", MORE},
    {DIGITS "0\n", MORE},
    {DIGITS "\n\n", MORE},
    {DIGITS "\r\n\r\n", MORE},
    {DIGITS "\r", MORE},
    {"\xef\xbb\xbf"
     "0g",
     NOT ": character 2 is none"},
    {DIGITS " ", MORE},
    {" " DIGITS, NOT ": character 1 is none"},
    {"\xef\xbb\xbf\xef\xbb\xbf" DIGITS, NOT ": character 1 is none"},
    {"0g0102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f",
     NOT ": character 2 is none"},
    {"00 102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f",
     NOT ": character 3 is none"},
    {"00 1", NOT ": character 3 is none"},
};

START_TEST(other_strings_are_refused)
{
    const struct span text = span_of(bad_keys[_i].text);

    assert_refused(secret_parse(text, "KEY", &secret, &diagnostics), bad_keys[_i].message);
    ck_assert_str_eq(diagnostics.items[0].path, "KEY");
}
END_TEST

static const char *const good_files[] = {
    DIGITS, DIGITS "\n", DIGITS "\r\n", "\xef\xbb\xbf" DIGITS, "\xef\xbb\xbf" DIGITS "\r\n",
};

START_TEST(what_an_editor_adds_is_no_part_of_the_key)
{
    scratch_file("key", good_files[_i]);
    ck_assert_int_eq(secret_read("key", &secret, &diagnostics), STATUS_OK);
    assert_known_secret();
}
END_TEST

START_TEST(other_contents_are_refused)
{
    scratch_file("key", bad_keys[_i].text);
    assert_refused(secret_read("key", &secret, &diagnostics), bad_keys[_i].message);
}
END_TEST

static const mode_t open_modes[] = {0640, 0604, 0620, 0602, 0601, 0610};

START_TEST(a_file_that_others_can_open_is_refused)
{
    scratch_file("key", DIGITS "\n");
    ck_assert_int_eq(chmod("key", open_modes[_i]), 0);
    assert_refused(secret_read("key", &secret, &diagnostics),
                   "the key file is open to other users, its mode must be 0600");
}
END_TEST

START_TEST(a_file_of_another_user_is_refused)
{
    if (geteuid() != 0)
        return; /* only root can give a file away */
    scratch_file("key", DIGITS "\n");
    ck_assert_int_eq(chown("key", 1, 1), 0);
    assert_refused(secret_read("key", &secret, &diagnostics),
                   "the key file belongs to another user");
}
END_TEST

START_TEST(a_symbolic_link_is_refused)
{
    scratch_file("key", DIGITS "\n");
    ck_assert_int_eq(symlink("key", "link"), 0);
    assert_refused(secret_read("link", &secret, &diagnostics), "the key file is a symbolic link");
}
END_TEST

START_TEST(what_is_no_file_is_refused_without_waiting)
{
    ck_assert_int_eq(mkfifo("fifo", 0600), 0);
    assert_refused(secret_read("fifo", &secret, &diagnostics),
                   "the key file is not a regular file");
    diagnostics_release(&diagnostics);
    assert_refused(secret_read(".", &secret, &diagnostics), "the key file is not a regular file");
    diagnostics_release(&diagnostics);
    assert_refused(secret_read("absent", &secret, &diagnostics),
                   "cannot open: No such file or directory");
}
END_TEST

START_TEST(a_want_of_descriptors_is_the_systems_fault)
{
    struct rlimit before;

    ck_assert_int_eq(getrlimit(RLIMIT_NOFILE, &before), 0);
    const struct rlimit none = {0, before.rlim_max};
    ck_assert_int_eq(setrlimit(RLIMIT_NOFILE, &none), 0);
    ck_assert_int_eq(secret_read("key", &secret, &diagnostics), STATUS_SYSTEM);
    ck_assert_int_eq(setrlimit(RLIMIT_NOFILE, &before), 0);
    ck_assert_uint_eq(diagnostics.count, 1);
}
END_TEST

START_TEST(a_new_file_holds_a_key_of_its_own)
{
    unsigned char one[TAG_SIZE];
    unsigned char other[TAG_SIZE];
    struct stat file;

    ck_assert_int_eq(secret_write_new("one", &diagnostics), STATUS_OK);
    ck_assert_int_eq(secret_write_new("./other", &diagnostics), STATUS_OK);
    ck_assert_int_eq(stat("one", &file), 0);
    ck_assert_uint_eq(file.st_mode & 07777, 0600);
    ck_assert_int_eq(file.st_size, 65);

    ck_assert_int_eq(secret_read("one", &secret, &diagnostics), STATUS_OK);
    make_tag(SPAN("a"), SPAN("b"), one);
    secret_free(secret);
    ck_assert_int_eq(secret_read("other", &secret, &diagnostics), STATUS_OK);
    make_tag(SPAN("a"), SPAN("b"), other);
    ck_assert_mem_ne(one, other, TAG_SIZE);
}
END_TEST

START_TEST(a_new_file_has_its_mode_under_any_umask)
{
    struct stat file;
    const mode_t before = umask(0777);
    const enum status status = secret_write_new("key", &diagnostics);

    umask(before);
    ck_assert_int_eq(status, STATUS_OK);
    ck_assert_int_eq(stat("key", &file), 0);
    ck_assert_uint_eq(file.st_mode & 07777, 0600);
}
END_TEST

START_TEST(no_file_is_overwritten)
{
    scratch_file("key", DIGITS "\n");
    ck_assert_int_eq(symlink("absent", "link"), 0);
    ck_assert_int_eq(secret_write_new("key", &diagnostics), STATUS_SYSTEM);
    ck_assert_int_eq(secret_write_new("link", &diagnostics), STATUS_SYSTEM);
    ck_assert_int_ne(access("absent", F_OK), 0);
    ck_assert_int_eq(secret_read("key", &secret, &diagnostics), STATUS_OK);
    assert_known_secret();
}
END_TEST

START_TEST(drawn_keys_differ)
{
    unsigned char one[TAG_SIZE];
    unsigned char other[TAG_SIZE];

    secret = secret_draw();
    make_tag(SPAN("a"), SPAN("b"), one);
    secret_free(secret);
    secret = secret_draw();
    make_tag(SPAN("a"), SPAN("b"), other);
    ck_assert_mem_ne(one, other, TAG_SIZE);
}
END_TEST

START_TEST(a_tagger_starts_afresh_for_every_tag)
{
    unsigned char tag[TAG_SIZE];
    unsigned char again[TAG_SIZE];

    ck_assert_int_eq(secret_parse(SPAN(DIGITS), "KEY", &secret, &diagnostics), STATUS_OK);
    struct tagger *tagger = tagger_new(secret);
    ck_assert(tagger_tag(tagger, SPAN("email"), SPAN("ada@example.com"), tag));
    ck_assert(tagger_tag(tagger, SPAN("phone"), SPAN("ada@example.com"), again));
    ck_assert_mem_ne(tag, again, TAG_SIZE);
    ck_assert(tagger_tag(tagger, SPAN("email"), SPAN("ada@example.com"), again));
    ck_assert_mem_eq(tag, email_tag, TAG_SIZE);
    ck_assert_mem_eq(again, email_tag, TAG_SIZE);
    tagger_free(tagger);
}
END_TEST

/* What libcrypto's own HMAC makes of the domain, a zero byte and the value. */
static void tag_by_library(struct span domain, struct span value, unsigned char tag[TAG_SIZE])
{
    unsigned char key[SECRET_SIZE];
    struct buffer message = BUFFER_INIT;

    for (size_t i = 0; i < sizeof key; i++)
        key[i] = (unsigned char)i;
    ck_assert(buffer_append(&message, domain) && buffer_append_byte(&message, '\0') &&
              buffer_append(&message, value));
    ck_assert_ptr_nonnull(
        HMAC(EVP_sha256(), key, sizeof key, (unsigned char *)message.at, message.size, tag, NULL));
    buffer_release(&message);
}

START_TEST(a_tag_is_the_hmac_of_domain_and_value_of_any_size)
{
    enum { DOMAIN_MOST = 140, VALUE_MOST = 260 };
    char text[VALUE_MOST];
    unsigned char tag[TAG_SIZE], expected[TAG_SIZE];

    memset(text, 'x', sizeof text);
    ck_assert_int_eq(secret_parse(SPAN(DIGITS), "KEY", &secret, &diagnostics), STATUS_OK);
    for (size_t domain = 0; domain <= DOMAIN_MOST; domain += 5) {
        for (size_t size = 0; size < VALUE_MOST; size++) {
            const struct span name = {text, domain}, value = {text, size};

            make_tag(name, value, tag);
            tag_by_library(name, value, expected);
            ck_assert_mem_eq(tag, expected, TAG_SIZE);
        }
    }
}
END_TEST

START_TEST(the_separator_keeps_domain_and_value_apart)
{
    static const unsigned char nothing[] = {0xe7, 0x11, 0x54, 0x6e};
    unsigned char tag[TAG_SIZE];
    unsigned char other[TAG_SIZE];

    ck_assert_int_eq(secret_parse(SPAN(DIGITS), "KEY", &secret, &diagnostics), STATUS_OK);
    make_tag(SPAN("ab"), SPAN("c"), tag);
    make_tag(SPAN("a"), SPAN("bc"), other);
    ck_assert_mem_ne(tag, other, TAG_SIZE);
    make_tag((struct span){NULL, 0}, (struct span){NULL, 0}, tag);
    ck_assert_mem_eq(tag, nothing, sizeof nothing);
}
END_TEST

START_TEST(nothing_is_freed_without_harm)
{
    secret_free(NULL);
    tagger_free(NULL);
}
END_TEST

#define COUNT_OF(array) ((int)(sizeof(array) / sizeof *(array)))

Suite *test_secret_suite(void)
{
    Suite *suite = suite_create("secret");
    TCase *cases = tcase_create("secret");

    tcase_add_checked_fixture(cases, setup, teardown);
    tcase_add_test(cases, a_string_of_digits_is_a_key);
    tcase_add_loop_test(cases, other_strings_are_refused, 0, COUNT_OF(bad_keys));
    tcase_add_loop_test(cases, what_an_editor_adds_is_no_part_of_the_key, 0, COUNT_OF(good_files));
    tcase_add_loop_test(cases, other_contents_are_refused, 0, COUNT_OF(bad_keys));
    tcase_add_loop_test(cases, a_file_that_others_can_open_is_refused, 0, COUNT_OF(open_modes));
    tcase_add_test(cases, a_file_of_another_user_is_refused);
    tcase_add_test(cases, a_symbolic_link_is_refused);
    tcase_add_test(cases, what_is_no_file_is_refused_without_waiting);
    tcase_add_test(cases, a_want_of_descriptors_is_the_systems_fault);
    tcase_add_test(cases, a_new_file_holds_a_key_of_its_own);
    tcase_add_test(cases, a_new_file_has_its_mode_under_any_umask);
    tcase_add_test(cases, no_file_is_overwritten);
    tcase_add_test(cases, drawn_keys_differ);
    tcase_add_test(cases, a_tag_is_the_hmac_of_domain_and_value_of_any_size);
    tcase_add_test(cases, a_tagger_starts_afresh_for_every_tag);
    tcase_add_test(cases, the_separator_keeps_domain_and_value_apart);
    tcase_add_test(cases, nothing_is_freed_without_harm);
    suite_add_tcase(suite, cases);
    return suite;
}
