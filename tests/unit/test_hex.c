#include "base/hex.h"

#include <check.h>
#include <stdio.h>
#include <string.h>

START_TEST(bytes_become_digits_and_come_back)
{
    const unsigned char bytes[] = {0x00, 0x0f, 0xa5, 0xff};
    unsigned char back[sizeof(bytes)];
    struct buffer out = BUFFER_INIT;
    char text[2 * sizeof(bytes) + 1];

    hex_put(bytes, sizeof(bytes), text);
    ck_assert_str_eq(text, "000fa5ff");
    ck_assert(hex_append(&out, bytes, sizeof(bytes)));
    ck_assert(hex_append(&out, bytes, 1));
    ck_assert(span_equal(buffer_span(&out), SPAN("000fa5ff00")));
    ck_assert(hex_read(span_of(text), back, sizeof(back)));
    ck_assert_mem_eq(back, bytes, sizeof(bytes));
    buffer_release(&out);
}
END_TEST

START_TEST(every_byte_has_its_digits_at_every_place)
{
    enum { SIZE = 11 };
    unsigned char bytes[SIZE];
    char text[2 * SIZE + 1], expected[2 * SIZE + 3];

    for (size_t size = 0; size <= SIZE; size++)
        for (unsigned byte = 0; byte < 256; byte++) {
            for (size_t i = 0; i < size; i++) {
                bytes[i] = (unsigned char)(byte + 37 * i);
                snprintf(expected + 2 * i, 3, "%02x", bytes[i]);
            }
            expected[2 * size] = '\0';
            memset(text, '?', sizeof(text));
            hex_put(bytes, size, text);
            ck_assert_str_eq(text, expected);
        }
}
END_TEST

START_TEST(other_digits_are_refused)
{
    unsigned char byte;

    ck_assert(!hex_read(SPAN("0"), &byte, 1));
    ck_assert(!hex_read(SPAN("000"), &byte, 1));
    ck_assert(!hex_read(SPAN("0g"), &byte, 1));
    ck_assert(!hex_read(SPAN("/0"), &byte, 1));
    ck_assert(!hex_read(SPAN("0A"), &byte, 1));
    ck_assert(hex_read(SPAN(""), &byte, 0));
}
END_TEST

Suite *test_hex_suite(void)
{
    Suite *suite = suite_create("hex");
    TCase *cases = tcase_create("hex");

    tcase_add_test(cases, bytes_become_digits_and_come_back);
    tcase_add_test(cases, every_byte_has_its_digits_at_every_place);
    tcase_add_test(cases, other_digits_are_refused);
    suite_add_tcase(suite, cases);
    return suite;
}
