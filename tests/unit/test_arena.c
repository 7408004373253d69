#include "base/arena.h"

#include <check.h>
#include <stdint.h>

static struct arena arena;

static void setup(void)
{
    arena = (struct arena)ARENA_INIT;
}

static void teardown(void)
{
    arena_release(&arena);
}

START_TEST(memory_is_aligned_zeroed_and_apart)
{
    enum { COUNT = 2000 };
    static const unsigned char zeros[97];
    unsigned char *memory[COUNT];

    for (size_t i = 0; i < COUNT; i++) {
        memory[i] = arena_alloc(&arena, i % 97 + 1);
        ck_assert_ptr_nonnull(memory[i]);
        ck_assert_uint_eq((uintptr_t)memory[i] % _Alignof(max_align_t), 0);
        ck_assert_mem_eq(memory[i], zeros, i % 97 + 1);
        memset(memory[i], (int)(i % 251), i % 97 + 1);
    }
    for (size_t i = 0; i < COUNT; i++)
        ck_assert_uint_eq(memory[i][i % 97], i % 251);
}
END_TEST

START_TEST(memory_is_zeroed_again_after_a_clear)
{
    static const unsigned char zeros[1000];

    memset(arena_alloc(&arena, 1000), 0xff, 1000);
    arena_clear(&arena);

    const unsigned char *memory = arena_alloc(&arena, 1000);
    ck_assert_mem_eq(memory, zeros, sizeof zeros);
}
END_TEST

START_TEST(clear_keeps_one_block)
{
    for (int i = 0; i < 100; i++)
        ck_assert_ptr_nonnull(arena_alloc(&arena, 5000));
    const void *newest = arena.newest;
    arena_clear(&arena);
    ck_assert_ptr_eq(arena.newest, newest);
    ck_assert_ptr_nonnull(arena_alloc(&arena, 5000));
    ck_assert_ptr_eq(arena.newest, newest);
}
END_TEST

START_TEST(clear_and_release_take_an_unused_arena)
{
    arena_clear(&arena);
    arena_release(&arena);
    ck_assert_ptr_null(arena.newest);
}
END_TEST

static char released[8];

static void note_release(void *guest)
{
    strcat(released, guest);
}

START_TEST(guests_end_with_the_arena_the_latest_first)
{
    static char first[] = "1", second[] = "2", third[] = "3";

    released[0] = '\0';
    ck_assert(arena_host(&arena, first, note_release));
    ck_assert(arena_host(&arena, second, note_release));
    arena_clear(&arena);
    ck_assert_str_eq(released, "21");
    ck_assert(arena_host(&arena, third, note_release));
    arena_release(&arena);
    arena_release(&arena);
    ck_assert_str_eq(released, "213");
}
END_TEST

START_TEST(a_size_of_0_is_fine)
{
    ck_assert_ptr_nonnull(arena_alloc(&arena, 0));
    ck_assert_ptr_nonnull(arena_array(&arena, 0, 8));
    ck_assert_ptr_nonnull(arena_array(&arena, 8, 0));
}
END_TEST

START_TEST(one_allocation_may_be_larger_than_any_block)
{
    const size_t size = (size_t)3 << 20;
    char *memory = arena_alloc(&arena, size);

    ck_assert_ptr_nonnull(memory);
    memory[size - 1] = 1;
}
END_TEST

START_TEST(overflowing_sizes_are_refused)
{
    ck_assert_ptr_null(arena_alloc(&arena, SIZE_MAX));
    ck_assert_ptr_null(arena_alloc(&arena, SIZE_MAX - 15));
    ck_assert_ptr_null(arena_array(&arena, SIZE_MAX / 2, 3));
    ck_assert_ptr_null(arena_string(&arena, (struct span){"", SIZE_MAX}));
    ck_assert_ptr_nonnull(arena_alloc(&arena, 1));
}
END_TEST

START_TEST(copies_hold_every_byte)
{
    const struct span bytes = SPAN("a\0b");
    const char *string = arena_string(&arena, bytes);
    const struct span copy = arena_span(&arena, bytes);

    ck_assert_mem_eq(string, "a\0b", 4);
    ck_assert(span_equal(copy, bytes));
    ck_assert_ptr_ne(copy.at, bytes.at);
}
END_TEST

START_TEST(empty_spans_are_copied_to_something)
{
    const struct span nothing = {NULL, 0};

    ck_assert_str_eq(arena_string(&arena, nothing), "");
    ck_assert_ptr_nonnull(arena_span(&arena, nothing).at);
    ck_assert_uint_eq(arena_span(&arena, nothing).size, 0);
}
END_TEST

START_TEST(printf_takes_any_length)
{
    ck_assert_str_eq(arena_printf(&arena, "%s-%d", "row", 7), "row-7");
    ck_assert_uint_eq(strlen(arena_printf(&arena, "%*d", 10000, 1)), 10000);
}
END_TEST

Suite *test_arena_suite(void)
{
    Suite *suite = suite_create("arena");
    TCase *cases = tcase_create("arena");

    tcase_add_checked_fixture(cases, setup, teardown);
    tcase_add_test(cases, memory_is_aligned_zeroed_and_apart);
    tcase_add_test(cases, memory_is_zeroed_again_after_a_clear);
    tcase_add_test(cases, clear_keeps_one_block);
    tcase_add_test(cases, clear_and_release_take_an_unused_arena);
    tcase_add_test(cases, guests_end_with_the_arena_the_latest_first);
    tcase_add_test(cases, a_size_of_0_is_fine);
    tcase_add_test(cases, one_allocation_may_be_larger_than_any_block);
    tcase_add_test(cases, overflowing_sizes_are_refused);
    tcase_add_test(cases, copies_hold_every_byte);
    tcase_add_test(cases, empty_spans_are_copied_to_something);
    tcase_add_test(cases, printf_takes_any_length);
    suite_add_tcase(suite, cases);
    return suite;
}
