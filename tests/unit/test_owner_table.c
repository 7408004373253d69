#include "match/owner_table.h"

#include <check.h>
#include <stdlib.h>

/* Targets of the naive model: a bit each. */
enum { MODEL_TARGETS = 24 };

static struct owner_table table;

static void setup(void)
{
    static const struct fingerprint_key key = {"fifteen letters", {1}};

    owner_table_init(&table, &key);
}

static void teardown(void)
{
    owner_table_release(&table);
}

/* The owner's targets as the model has them, ascending and each once. */
static uint32_t model_of(uint32_t owner)
{
    uint32_t single, bits = 0;
    const struct owner_members members = owner_members(&table, owner, &single);

    for (size_t i = 0; i < members.count; i++) {
        ck_assert_uint_lt(members.targets[i], MODEL_TARGETS);
        ck_assert(i == 0 || members.targets[i - 1] < members.targets[i]);
        bits |= 1u << members.targets[i];
    }
    return bits;
}

static uint32_t owner_of_model(uint32_t bits)
{
    uint32_t owner = OWNER_NOBODY;

    for (size_t target = 0; target < MODEL_TARGETS; target++)
        if (bits >> target & 1)
            owner = owner_union(&table, owner, owner_of_target(target));
    return owner;
}

static uint32_t next_bits(unsigned short seed[3])
{
    const uint32_t dense = (uint32_t)nrand48(seed) & (uint32_t)nrand48(seed);

    return dense & (uint32_t)nrand48(seed) & ((1u << MODEL_TARGETS) - 1);
}

START_TEST(nobody_owns_for_nobody)
{
    uint32_t single;

    ck_assert_uint_eq(owner_members(&table, OWNER_NOBODY, &single).count, 0);
    ck_assert_uint_eq(owner_union(&table, OWNER_NOBODY, OWNER_NOBODY), OWNER_NOBODY);
}
END_TEST

START_TEST(a_single_target_is_no_set)
{
    uint32_t single;
    const uint32_t owner = owner_of_target(7);
    const struct owner_members members = owner_members(&table, owner, &single);

    ck_assert_uint_eq(members.count, 1);
    ck_assert_uint_eq(members.targets[0], 7);
    ck_assert_uint_eq(owner_union(&table, owner, OWNER_NOBODY), owner);
    ck_assert_uint_eq(owner_union(&table, OWNER_NOBODY, owner), owner);
    ck_assert_uint_eq(table.set_count, 0);
}
END_TEST

START_TEST(the_last_target_is_no_set_either)
{
    ck_assert_uint_eq(owner_of_target(TARGET_LIMIT - 1) & OWNER_SET_BIT, 0);
    ck_assert_uint_ne(owner_of_target(TARGET_LIMIT - 1), OWNER_FAILED);
}
END_TEST

START_TEST(equal_sets_have_equal_numbers)
{
    const uint32_t a = owner_of_target(0), b = owner_of_target(1), c = owner_of_target(2);
    const uint32_t ab = owner_union(&table, a, b);

    ck_assert(ab & OWNER_SET_BIT);
    ck_assert_uint_eq(owner_union(&table, b, a), ab);
    ck_assert_uint_eq(owner_union(&table, ab, c),
                      owner_union(&table, a, owner_union(&table, c, b)));
    ck_assert_uint_eq(table.set_count, 3); /* {a,b}, {a,b,c}, {b,c} */
}
END_TEST

START_TEST(a_union_that_adds_nobody_makes_no_set)
{
    const uint32_t abc = owner_of_model(7);
    const size_t sets = table.set_count, members = table.member_count;

    ck_assert_uint_eq(owner_union(&table, abc, owner_of_target(1)), abc);
    ck_assert_uint_eq(owner_union(&table, owner_of_target(1), abc), abc);
    ck_assert_uint_eq(owner_union(&table, abc, abc), abc);
    ck_assert_uint_eq(table.set_count, sets);
    ck_assert_uint_eq(table.member_count, members);
}
END_TEST

START_TEST(targets_ascend_whatever_the_order)
{
    uint32_t owner = OWNER_NOBODY, single;

    for (size_t target = 9; target < 10; target--)
        owner = owner_union(&table, owner, owner_of_target(target));
    const struct owner_members members = owner_members(&table, owner, &single);
    ck_assert_uint_eq(members.count, 10);
    for (uint32_t i = 0; i < 10; i++)
        ck_assert_uint_eq(members.targets[i], i);
}
END_TEST

START_TEST(earlier_sets_outlive_growth)
{
    const uint32_t early = owner_of_model(5);

    for (uint32_t bits = 0; bits < 1024; bits++)
        ck_assert_uint_eq(model_of(owner_of_model(bits)), bits);
    ck_assert_uint_eq(model_of(early), 5);
    ck_assert_uint_eq(table.set_count, 1024 - 11); /* all but nobody and the singles */
}
END_TEST

START_TEST(unions_are_those_of_sets)
{
    unsigned short seed[3] = {1, 2, 3};

    for (int i = 0; i < 300; i++) {
        const uint32_t in_a = next_bits(seed), in_b = next_bits(seed), in_c = next_bits(seed);
        const uint32_t a = owner_of_model(in_a), b = owner_of_model(in_b), c = owner_of_model(in_c);
        const uint32_t ab = owner_union(&table, a, b);

        ck_assert_uint_eq(model_of(ab), in_a | in_b);
        ck_assert_uint_eq(owner_union(&table, b, a), ab);
        ck_assert_uint_eq(owner_union(&table, ab, ab), ab);
        ck_assert_uint_eq(owner_union(&table, ab, a), ab);
        ck_assert_uint_eq(owner_union(&table, ab, c),
                          owner_union(&table, a, owner_union(&table, b, c)));
        ck_assert_uint_eq(owner_of_model(in_a | in_b), ab);
    }
}
END_TEST

Suite *test_owner_table_suite(void)
{
    Suite *suite = suite_create("owner_table");
    TCase *cases = tcase_create("owner_table");

    tcase_add_checked_fixture(cases, setup, teardown);
    tcase_add_test(cases, nobody_owns_for_nobody);
    tcase_add_test(cases, a_single_target_is_no_set);
    tcase_add_test(cases, the_last_target_is_no_set_either);
    tcase_add_test(cases, equal_sets_have_equal_numbers);
    tcase_add_test(cases, a_union_that_adds_nobody_makes_no_set);
    tcase_add_test(cases, targets_ascend_whatever_the_order);
    tcase_add_test(cases, earlier_sets_outlive_growth);
    tcase_add_test(cases, unions_are_those_of_sets);
    suite_add_tcase(suite, cases);
    return suite;
}
