#include "base/buffer.h"

#include <check.h>
#include <stdint.h>

static struct buffer buffer;

static void setup(void)
{
    buffer = (struct buffer)BUFFER_INIT;
}

static void teardown(void)
{
    buffer_release(&buffer);
}

static void assert_holds(struct span expected)
{
    ck_assert(span_equal(buffer_span(&buffer), expected));
}

START_TEST(everything_is_appended_in_order)
{
    ck_assert(buffer_append(&buffer, SPAN("a\0b")));
    ck_assert(buffer_append_byte(&buffer, ','));
    ck_assert(buffer_append(&buffer, (struct span){NULL, 0}));
    ck_assert(buffer_append_format(&buffer, "%d;%s", 12, "c"));
    assert_holds(SPAN("a\0b,12;c"));
}
END_TEST

START_TEST(growth_keeps_the_contents)
{
    for (size_t i = 0; i < 3000; i++)
        ck_assert(buffer_append_byte(&buffer, (char)(i % 128)));
    ck_assert_uint_eq(buffer.size, 3000);
    for (size_t i = 0; i < 3000; i++)
        ck_assert_int_eq(buffer.at[i], (char)(i % 128));
}
END_TEST

START_TEST(clear_keeps_the_memory)
{
    ck_assert(buffer_append(&buffer, SPAN("abc")));
    const char *memory = buffer.at;
    buffer_clear(&buffer);
    ck_assert(buffer_append(&buffer, SPAN("xyz")));
    ck_assert_ptr_eq(buffer.at, memory);
    assert_holds(SPAN("xyz"));
}
END_TEST

START_TEST(the_limit_is_reached_but_not_passed)
{
    buffer.limit = 5;
    ck_assert(buffer_append(&buffer, SPAN("abcd")));
    ck_assert(!buffer_append(&buffer, SPAN("ef")));
    ck_assert(!buffer_append_format(&buffer, "%d", 12));
    ck_assert(!buffer_reserve(&buffer, 2));
    assert_holds(SPAN("abcd"));
    ck_assert(buffer_append_format(&buffer, "%d", 1));
    ck_assert(!buffer_append_byte(&buffer, 'x'));
    ck_assert(buffer_append(&buffer, SPAN("")));
    assert_holds(SPAN("abcd1"));
}
END_TEST

START_TEST(overflowing_sizes_are_refused)
{
    ck_assert(buffer_append(&buffer, SPAN("abc")));
    ck_assert(!buffer_reserve(&buffer, SIZE_MAX));
    ck_assert(!buffer_reserve(&buffer, SIZE_MAX - 2));
    assert_holds(SPAN("abc"));
}
END_TEST

START_TEST(reserved_room_needs_no_growth)
{
    ck_assert(buffer_reserve(&buffer, 1000));
    ck_assert_uint_ge(buffer.capacity, 1000);
    const char *memory = buffer.at;
    for (int i = 0; i < 1000; i++)
        ck_assert(buffer_append_byte(&buffer, 'x'));
    ck_assert_ptr_eq(buffer.at, memory);
}
END_TEST

START_TEST(numbers_have_as_many_digits_as_they_need_or_more)
{
    ck_assert(buffer_append_number(&buffer, 0, 0));
    ck_assert(buffer_append_byte(&buffer, ' '));
    ck_assert(buffer_append_number(&buffer, 7, 3));
    ck_assert(buffer_append_byte(&buffer, ' '));
    ck_assert(buffer_append_number(&buffer, 1234, 3));
    ck_assert(buffer_append_byte(&buffer, ' '));
    ck_assert(buffer_append_number(&buffer, UINT64_MAX, 22));
    ck_assert(span_equal(buffer_span(&buffer), SPAN("0 007 1234 0018446744073709551615")));
}
END_TEST

START_TEST(a_released_buffer_keeps_its_limit_and_serves_again)
{
    buffer.limit = 3;
    ck_assert(buffer_append(&buffer, SPAN("abc")));
    buffer_release(&buffer);
    ck_assert_ptr_null(buffer.at);
    ck_assert(!buffer_append(&buffer, SPAN("abcd")));
    ck_assert(buffer_append(&buffer, SPAN("x")));
}
END_TEST

Suite *test_buffer_suite(void)
{
    Suite *suite = suite_create("buffer");
    TCase *cases = tcase_create("buffer");

    tcase_add_checked_fixture(cases, setup, teardown);
    tcase_add_test(cases, everything_is_appended_in_order);
    tcase_add_test(cases, growth_keeps_the_contents);
    tcase_add_test(cases, clear_keeps_the_memory);
    tcase_add_test(cases, the_limit_is_reached_but_not_passed);
    tcase_add_test(cases, overflowing_sizes_are_refused);
    tcase_add_test(cases, reserved_room_needs_no_growth);
    tcase_add_test(cases, numbers_have_as_many_digits_as_they_need_or_more);
    tcase_add_test(cases, a_released_buffer_keeps_its_limit_and_serves_again);
    suite_add_tcase(suite, cases);
    return suite;
}
