#include "base/bit_filter.h"

#include <check.h>

#include "base/quick_hash.h"

static uint64_t hash_of(uint64_t number)
{
    static const struct quick_key key = {0x243f6a8885a308d3};

    return quick_hash(&key, 1, (struct span){(const char *)&number, sizeof number});
}

START_TEST(a_new_one_holds_nothing)
{
    struct bit_filter none = BIT_FILTER_INIT;
    struct bit_filter filter;

    ck_assert(!bit_filter_may_have(&none, 0));
    ck_assert(bit_filter_init(&filter, 1));
    for (uint64_t i = 0; i < 1000; i++)
        ck_assert(!bit_filter_may_have(&filter, hash_of(i)));
    bit_filter_release(&filter);
}
END_TEST

START_TEST(finds_what_was_added_and_little_else)
{
    enum { COUNT = 10000 };
    struct bit_filter filter;
    size_t errors = 0;

    ck_assert(bit_filter_init(&filter, 16 * COUNT));
    for (uint64_t i = 0; i < COUNT; i++)
        bit_filter_add(&filter, hash_of(i));
    for (uint64_t i = 0; i < COUNT; i++)
        ck_assert(bit_filter_may_have(&filter, hash_of(i)));
    for (uint64_t i = COUNT; i < 11 * COUNT; i++)
        errors += bit_filter_may_have(&filter, hash_of(i));
    ck_assert_uint_lt(errors, 10 * COUNT / 50);
    bit_filter_release(&filter);
}
END_TEST

Suite *test_bit_filter_suite(void)
{
    Suite *suite = suite_create("bit_filter");
    TCase *tcase = tcase_create("bit_filter");

    tcase_add_test(tcase, a_new_one_holds_nothing);
    tcase_add_test(tcase, finds_what_was_added_and_little_else);
    suite_add_tcase(suite, tcase);
    return suite;
}
