#include "base/fingerprint.h"

#include <check.h>

/* The reference vectors of SipHash-2-4 with 128 bits: key 00..0f, value 00..n-1. */
static void assert_vector(size_t size, const unsigned char expected[16])
{
    struct fingerprint_key key;
    char value[64];

    for (unsigned char i = 0; i < sizeof key.bytes; i++)
        key.bytes[i] = i;
    for (size_t i = 0; i < sizeof value; i++)
        value[i] = (char)i;
    const struct fingerprint fingerprint = fingerprint_of(&key, (struct span){value, size});
    ck_assert_mem_eq(&fingerprint, expected, 16);
}

START_TEST(the_reference_vectors_come_out)
{
    assert_vector(0, (const unsigned char[]){0xa3, 0x81, 0x7f, 0x04, 0xba, 0x25, 0xa8, 0xe6, 0x6d,
                                             0xf6, 0x72, 0x14, 0xc7, 0x55, 0x02, 0x93});
    assert_vector(1, (const unsigned char[]){0xda, 0x87, 0xc1, 0xd8, 0x6b, 0x99, 0xaf, 0x44, 0x34,
                                             0x76, 0x59, 0x11, 0x9b, 0x22, 0xfc, 0x45});
}
END_TEST

START_TEST(equal_values_only_have_equal_fingerprints)
{
    struct fingerprint_key key;

    fingerprint_key_draw(&key);
    const struct fingerprint a = fingerprint_of(&key, SPAN("ada@example.com"));
    ck_assert(fingerprint_equal(a, fingerprint_of(&key, SPAN("ada@example.com"))));
    ck_assert(!fingerprint_equal(a, fingerprint_of(&key, SPAN("ada@example.con"))));
    ck_assert(!fingerprint_equal(a, fingerprint_of(&key, SPAN("ada@example.com\0"))));
}
END_TEST

START_TEST(an_empty_span_without_memory_is_the_empty_value)
{
    struct fingerprint_key key;

    fingerprint_key_draw(&key);
    ck_assert(fingerprint_equal(fingerprint_of(&key, (struct span){NULL, 0}),
                                fingerprint_of(&key, SPAN(""))));
}
END_TEST

START_TEST(another_key_gives_other_fingerprints)
{
    struct fingerprint_key one;
    struct fingerprint_key other;

    fingerprint_key_draw(&one);
    fingerprint_key_draw(&other);
    ck_assert_mem_ne(&one, &other, sizeof one);
    ck_assert(
        !fingerprint_equal(fingerprint_of(&one, SPAN("x")), fingerprint_of(&other, SPAN("x"))));
}
END_TEST

static const unsigned char wrapping[WRAPPING_KEY_SIZE] = "thirty-one letters and an ending";

START_TEST(a_wrapped_key_comes_back)
{
    struct fingerprint_key key, back;
    unsigned char wrapped[WRAPPED_KEY_SIZE], again[WRAPPED_KEY_SIZE];

    fingerprint_key_draw(&key);
    ck_assert(fingerprint_key_wrap(&key, wrapping, wrapped));
    ck_assert(fingerprint_key_unwrap(wrapped, wrapping, &back));
    ck_assert_mem_eq(key.bytes, back.bytes, sizeof key.bytes);
    ck_assert(fingerprint_key_wrap(&key, wrapping, again));
    ck_assert_mem_ne(wrapped, again, WRAPPED_KEY_SIZE);
}
END_TEST

START_TEST(a_changed_wrapping_is_refused)
{
    struct fingerprint_key key, back;
    unsigned char wrapped[WRAPPED_KEY_SIZE];

    fingerprint_key_draw(&key);
    ck_assert(fingerprint_key_wrap(&key, wrapping, wrapped));
    for (size_t i = 0; i < WRAPPED_KEY_SIZE; i++) {
        wrapped[i] ^= 1;
        ck_assert(!fingerprint_key_unwrap(wrapped, wrapping, &back));
        wrapped[i] ^= 1;
    }
    ck_assert(!fingerprint_key_unwrap(wrapped, (const unsigned char[WRAPPING_KEY_SIZE]){1}, &back));
}
END_TEST

Suite *test_fingerprint_suite(void)
{
    Suite *suite = suite_create("fingerprint");
    TCase *cases = tcase_create("fingerprint");

    tcase_add_test(cases, the_reference_vectors_come_out);
    tcase_add_test(cases, equal_values_only_have_equal_fingerprints);
    tcase_add_test(cases, an_empty_span_without_memory_is_the_empty_value);
    tcase_add_test(cases, another_key_gives_other_fingerprints);
    tcase_add_test(cases, a_wrapped_key_comes_back);
    tcase_add_test(cases, a_changed_wrapping_is_refused);
    suite_add_tcase(suite, cases);
    return suite;
}
