#include "base/checksum.h"

#include <check.h>
#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

static struct checksum checksum;

static void setup(void)
{
    checksum = (struct checksum)CHECKSUM_INIT;
}

static void teardown(void)
{
    checksum_release(&checksum);
}

static void assert_finishes(const char *expected)
{
    unsigned char digest[CHECKSUM_SIZE];
    char text[CHECKSUM_TEXT_SIZE];

    ck_assert(checksum_finish(&checksum, digest));
    checksum_text(digest, text);
    ck_assert_str_eq(text, expected);
}

/* The examples of FIPS 180-4. */
START_TEST(the_standard_s_examples_come_out)
{
    ck_assert(checksum_start(&checksum));
    ck_assert(checksum_add(&checksum, SPAN("abc")));
    assert_finishes("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");

    ck_assert(checksum_start(&checksum));
    assert_finishes("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}
END_TEST

START_TEST(pieces_make_no_difference)
{
    const struct span whole = SPAN("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq");

    ck_assert(checksum_start(&checksum));
    for (size_t i = 0; i < whole.size; i++)
        ck_assert(checksum_add(&checksum, (struct span){whole.at + i, 1}));
    ck_assert(checksum_add(&checksum, (struct span){NULL, 0}));
    assert_finishes("248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
}
END_TEST

START_TEST(a_copy_goes_its_own_way)
{
    struct checksum copy = CHECKSUM_INIT;
    unsigned char digest[CHECKSUM_SIZE];
    char text[CHECKSUM_TEXT_SIZE];

    ck_assert(checksum_start(&checksum));
    ck_assert(checksum_add(&checksum, SPAN("ab")));
    ck_assert(checksum_copy(&copy, &checksum));
    ck_assert(checksum_add(&copy, SPAN("c")));
    ck_assert(checksum_add(&checksum, SPAN("x")));
    ck_assert(checksum_finish(&copy, digest));
    checksum_text(digest, text);
    ck_assert_str_eq(text, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    ck_assert(checksum_start(&checksum));
    ck_assert(checksum_add(&checksum, SPAN("xabc")));
    ck_assert(checksum_copy(&copy, &checksum));
    checksum_release(&copy);
    ck_assert(checksum_start(&checksum));
    ck_assert(checksum_add(&checksum, SPAN("abc")));
    assert_finishes("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}
END_TEST

START_TEST(starting_forgets_an_unfinished_sum)
{
    ck_assert(checksum_start(&checksum));
    ck_assert(checksum_add(&checksum, SPAN("xyz")));
    ck_assert(checksum_start(&checksum));
    ck_assert(checksum_add(&checksum, SPAN("abc")));
    assert_finishes("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}
END_TEST

START_TEST(of_a_file_it_does_not_matter_where_it_stands)
{
    static const char ab[] = "ab";
    const int fd = open("/tmp", O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    unsigned char digest[CHECKSUM_SIZE];
    char text[CHECKSUM_TEXT_SIZE];
    uint64_t size;

    /* more than is read at a time */
    for (size_t i = 0; i < 50000; i++)
        ck_assert_int_eq(write(fd, ab, 2), 2);
    ck_assert_int_eq(lseek(fd, 7, SEEK_SET), 7);
    ck_assert(checksum_file(fd, digest, &size));
    checksum_text(digest, text);
    ck_assert_uint_eq(size, 100000);
    ck_assert_str_eq(text, "643d95042977052bc8001c8b101b00408fa877743828be13365168180fe8b68c");
    ck_assert_int_eq(lseek(fd, 0, SEEK_CUR), 7);
    close(fd);
    errno = 0;
    ck_assert(!checksum_file(fd, digest, &size));
    ck_assert_int_eq(errno, EBADF);
}
END_TEST

START_TEST(a_released_one_serves_again)
{
    checksum_release(&checksum);
    ck_assert(checksum_start(&checksum));
    checksum_release(&checksum);
    checksum_release(&checksum);
    ck_assert_ptr_null(checksum.context);
}
END_TEST

Suite *test_checksum_suite(void)
{
    Suite *suite = suite_create("checksum");
    TCase *cases = tcase_create("checksum");

    tcase_add_checked_fixture(cases, setup, teardown);
    tcase_add_test(cases, the_standard_s_examples_come_out);
    tcase_add_test(cases, pieces_make_no_difference);
    tcase_add_test(cases, a_copy_goes_its_own_way);
    tcase_add_test(cases, starting_forgets_an_unfinished_sum);
    tcase_add_test(cases, of_a_file_it_does_not_matter_where_it_stands);
    tcase_add_test(cases, a_released_one_serves_again);
    suite_add_tcase(suite, cases);
    return suite;
}
