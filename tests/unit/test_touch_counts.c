#include "run/touch_counts.h"

#include <check.h>

static struct touch_counts counts;

static void setup(void)
{
    static const struct fingerprint_key key = {.bytes = "fifteen letters"};

    ck_assert(touch_counts_init(&counts, 3, 2, &key));
}

static void teardown(void)
{
    touch_counts_release(&counts);
}

static void add(size_t entity, uint32_t target, size_t times)
{
    bool added = true;

    for (size_t i = 0; i < times; i++)
        added &= touch_counts_add(&counts, entity, &target, 1);
    ck_assert(added);
}

START_TEST(targets_and_entities_are_apart)
{
    add(0, 0, 2);
    add(1, 0, 1);
    add(1, 2, 3);
    ck_assert_uint_eq(touch_counts_get(&counts, 0, 0), 2);
    ck_assert_uint_eq(touch_counts_get(&counts, 0, 1), 1);
    ck_assert_uint_eq(touch_counts_get(&counts, 1, 0), 0);
    ck_assert_uint_eq(touch_counts_get(&counts, 1, 1), 0);
    ck_assert_uint_eq(touch_counts_get(&counts, 2, 0), 0);
    ck_assert_uint_eq(touch_counts_get(&counts, 2, 1), 3);
}
END_TEST

START_TEST(several_targets_of_a_record_are_counted_each)
{
    const uint32_t targets[] = {0, 2};

    ck_assert(touch_counts_add(&counts, 0, targets, 2));
    ck_assert(touch_counts_add(&counts, 0, targets, 0));
    ck_assert_uint_eq(touch_counts_get(&counts, 0, 0), 1);
    ck_assert_uint_eq(touch_counts_get(&counts, 1, 0), 0);
    ck_assert_uint_eq(touch_counts_get(&counts, 2, 0), 1);
}
END_TEST

START_TEST(counts_pass_what_a_byte_holds)
{
    add(0, 1, 254);
    ck_assert_uint_eq(touch_counts_get(&counts, 1, 0), 254);
    add(0, 1, 1);
    ck_assert_uint_eq(touch_counts_get(&counts, 1, 0), 255);
    add(0, 1, 1);
    ck_assert_uint_eq(touch_counts_get(&counts, 1, 0), 256);
    add(0, 1, 1000);
    add(1, 1, 300);
    ck_assert_uint_eq(touch_counts_get(&counts, 1, 0), 1256);
    ck_assert_uint_eq(touch_counts_get(&counts, 1, 1), 300);
}
END_TEST

Suite *test_touch_counts_suite(void)
{
    Suite *suite = suite_create("touch_counts");
    TCase *cases = tcase_create("touch_counts");

    tcase_add_checked_fixture(cases, setup, teardown);
    tcase_add_test(cases, targets_and_entities_are_apart);
    tcase_add_test(cases, several_targets_of_a_record_are_counted_each);
    tcase_add_test(cases, counts_pass_what_a_byte_holds);
    suite_add_tcase(suite, cases);
    return suite;
}
