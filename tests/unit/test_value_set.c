#include "match/value_set.h"

#include <check.h>

static const struct fingerprint value = {1, 2};

static struct owner_table owners;
static struct value_set set;

static void setup(void)
{
    static const struct fingerprint_key key = {"fifteen letters", {1}};

    owner_table_init(&owners, &key);
    set = (struct value_set){.map = KEY_MAP_INIT};
}

static void teardown(void)
{
    owner_table_release(&owners);
    key_map_release(&set.map);
}

static void add(uint32_t owner, uint8_t flags)
{
    ck_assert(value_set_add(&set, &owners, value, owner, flags, 0));
}

static void assert_holds(uint32_t owner, uint8_t flags, uint64_t generation)
{
    const size_t slot = key_map_find(&set.map, value);

    ck_assert_uint_ne(slot, KEY_MAP_NONE);
    ck_assert_uint_eq(set.map.numbers[slot], owner);
    ck_assert_uint_eq(set.map.flags[slot], flags);
    ck_assert_uint_eq(set.generation, generation);
}

START_TEST(a_new_value_is_growth)
{
    add(owner_of_target(0), VALUE_UNMARKED);
    assert_holds(owner_of_target(0), VALUE_UNMARKED, 1);
}
END_TEST

START_TEST(a_value_of_nobody_is_growth_once)
{
    add(OWNER_NOBODY, 0);
    assert_holds(OWNER_NOBODY, 0, 1);
    add(OWNER_NOBODY, 0);
    assert_holds(OWNER_NOBODY, 0, 1);
}
END_TEST

START_TEST(what_is_known_is_no_growth)
{
    add(owner_of_target(0), VALUE_UNMARKED);
    add(owner_of_target(0), VALUE_UNMARKED);
    add(owner_of_target(0), 0);
    add(OWNER_NOBODY, 0);
    assert_holds(owner_of_target(0), VALUE_UNMARKED, 1);
}
END_TEST

START_TEST(owners_are_joined)
{
    add(owner_of_target(0), 0);
    add(owner_of_target(1), 0);
    const uint32_t both = owner_union(&owners, owner_of_target(0), owner_of_target(1));
    assert_holds(both, 0, 2);
    add(owner_of_target(0), 0);
    add(both, 0);
    assert_holds(both, 0, 2);
}
END_TEST

START_TEST(flags_are_joined)
{
    add(owner_of_target(0), VALUE_UNMARKED);
    add(OWNER_NOBODY, VALUE_DROPPED);
    assert_holds(owner_of_target(0), VALUE_UNMARKED | VALUE_DROPPED, 2);
    add(OWNER_NOBODY, VALUE_UNMARKED);
    assert_holds(owner_of_target(0), VALUE_UNMARKED | VALUE_DROPPED, 2);
}
END_TEST

START_TEST(the_first_route_is_kept)
{
    ck_assert(value_set_add(&set, &owners, value, owner_of_target(0), 0, 3));
    ck_assert(value_set_add(&set, &owners, value, owner_of_target(1), VALUE_DROPPED, 2));
    ck_assert_uint_eq(set.map.notes[key_map_find(&set.map, value)], 3);
}
END_TEST

START_TEST(values_are_apart)
{
    add(owner_of_target(0), VALUE_ORPHAN);
    ck_assert(value_set_add(&set, &owners, (struct fingerprint){1, 3}, owner_of_target(1),
                            VALUE_DROPPED, 0));
    assert_holds(owner_of_target(0), VALUE_ORPHAN, 2);
    ck_assert_uint_eq(set.map.count, 2);
}
END_TEST

Suite *test_value_set_suite(void)
{
    Suite *suite = suite_create("value_set");
    TCase *cases = tcase_create("value_set");

    tcase_add_checked_fixture(cases, setup, teardown);
    tcase_add_test(cases, a_new_value_is_growth);
    tcase_add_test(cases, a_value_of_nobody_is_growth_once);
    tcase_add_test(cases, what_is_known_is_no_growth);
    tcase_add_test(cases, owners_are_joined);
    tcase_add_test(cases, flags_are_joined);
    tcase_add_test(cases, the_first_route_is_kept);
    tcase_add_test(cases, values_are_apart);
    suite_add_tcase(suite, cases);
    return suite;
}
