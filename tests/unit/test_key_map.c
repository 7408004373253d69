#include "base/key_map.h"

#include <check.h>

static struct key_map map;

static void setup(void)
{
    map = (struct key_map)KEY_MAP_INIT;
}

static void teardown(void)
{
    key_map_release(&map);
}

/* Insertion that must succeed; tells whether the key was new. */
static bool insert(struct fingerprint key, uint32_t number)
{
    bool is_new;
    const size_t slot = key_map_insert(&map, key, &is_new);

    ck_assert_uint_ne(slot, KEY_MAP_NONE);
    if (is_new) {
        ck_assert_uint_eq(map.numbers[slot], 0);
        ck_assert_uint_eq(map.notes[slot], 0);
        ck_assert_uint_eq(map.flags[slot], 0);
        map.numbers[slot] = number;
        map.notes[slot] = (uint16_t)(number + 1);
        map.flags[slot] = (uint8_t)number;
    }
    return is_new;
}

static void assert_number(struct fingerprint key, uint32_t number)
{
    const size_t slot = key_map_find(&map, key);

    ck_assert_uint_ne(slot, KEY_MAP_NONE);
    ck_assert_uint_eq(map.numbers[slot], number);
    ck_assert_uint_eq(map.notes[slot], (uint16_t)(number + 1));
    ck_assert_uint_eq(map.flags[slot], (uint8_t)number);
}

static void assert_parts(struct fingerprint key, uint32_t number, uint16_t note, uint8_t flags)
{
    const size_t slot = key_map_find(&map, key);

    ck_assert_uint_ne(slot, KEY_MAP_NONE);
    ck_assert_uint_eq(map.numbers[slot], number);
    ck_assert_uint_eq(map.notes[slot], note);
    ck_assert_uint_eq(map.flags[slot], flags);
}

START_TEST(an_empty_map_holds_nothing)
{
    ck_assert_uint_eq(key_map_find(&map, (struct fingerprint){0, 0}), KEY_MAP_NONE);
    ck_assert_uint_eq(key_map_find(&map, (struct fingerprint){1, 2}), KEY_MAP_NONE);
}
END_TEST

START_TEST(a_key_is_new_once)
{
    ck_assert(insert((struct fingerprint){1, 2}, 7));
    ck_assert(!insert((struct fingerprint){1, 2}, 8));
    ck_assert(insert((struct fingerprint){1, 3}, 9));
    ck_assert_uint_eq(map.count, 2);
    assert_number((struct fingerprint){1, 2}, 7);
    assert_number((struct fingerprint){1, 3}, 9);
}
END_TEST

START_TEST(the_fingerprint_of_free_slots_can_be_stored)
{
    ck_assert(insert((struct fingerprint){0, 0}, 5));
    ck_assert(!insert((struct fingerprint){0, 0}, 6));
    assert_number((struct fingerprint){0, 0}, 5);
}
END_TEST

START_TEST(probing_goes_on_at_the_first_slot)
{
    for (uint64_t low = 1; low <= 40; low++)
        ck_assert(insert((struct fingerprint){UINT64_MAX, low}, (uint32_t)low));
    for (uint64_t low = 1; low <= 40; low++)
        assert_number((struct fingerprint){UINT64_MAX, low}, (uint32_t)low);
    ck_assert_uint_eq(key_map_find(&map, (struct fingerprint){UINT64_MAX, 41}), KEY_MAP_NONE);
}
END_TEST

/* One assertion for many keys, as each costs a system call. */
START_TEST(growth_keeps_every_entry_and_the_load)
{
    enum { COUNT = 200000 };
    struct fingerprint_key key;
    uint32_t good = 0;
    bool is_new;

    fingerprint_key_draw(&key);
    for (uint32_t i = 0; i < COUNT; i++) {
        const struct span value = {(const char *)&i, sizeof i};
        const size_t slot = key_map_insert(&map, fingerprint_of(&key, value), &is_new);

        good += slot != KEY_MAP_NONE && is_new && map.count * 8 <= map.capacity * 7;
        map.numbers[slot] = i;
        map.notes[slot] = (uint16_t)(i + 1);
    }
    ck_assert_uint_eq(good, COUNT);
    ck_assert_uint_eq(map.count, COUNT);
    for (uint32_t i = 0; i < COUNT; i++) {
        const struct span value = {(const char *)&i, sizeof i};
        const size_t slot = key_map_find(&map, fingerprint_of(&key, value));

        good -=
            slot != KEY_MAP_NONE && map.numbers[slot] == i && map.notes[slot] == (uint16_t)(i + 1);
    }
    ck_assert_uint_eq(good, 0);
    ck_assert_uint_eq(key_map_find(&map, fingerprint_of(&key, SPAN("absent"))), KEY_MAP_NONE);
}
END_TEST

START_TEST(capacity_begins_at_64_and_grows_by_half)
{
    for (uint64_t i = 1; i <= 56; i++)
        ck_assert(insert((struct fingerprint){i << 56, i}, 1));
    ck_assert(!insert((struct fingerprint){(uint64_t)1 << 56, 1}, 1));
    ck_assert_uint_eq(map.capacity, 64);
    ck_assert(insert((struct fingerprint){1, 1}, 1));
    ck_assert_uint_eq(map.capacity, 96);
}
END_TEST

/* What a map lacks takes no memory, and the rest is as ever. */
START_TEST(a_map_may_lack_parts)
{
    bool is_new;

    map = (struct key_map)KEY_MAP_OF(KEY_MAP_NUMBERS);
    for (uint64_t i = 1; i <= 1000; i++) {
        const size_t slot = key_map_insert(&map, (struct fingerprint){i << 54, i}, &is_new);

        ck_assert(is_new);
        map.numbers[slot] = (uint32_t)i;
    }
    ck_assert_ptr_null(map.notes);
    ck_assert_ptr_null(map.flags);
    for (uint64_t i = 1; i <= 1000; i++) {
        const size_t slot = key_map_find(&map, (struct fingerprint){i << 54, i});

        ck_assert_uint_eq(map.numbers[slot], i);
        ck_assert_uint_eq(key_map_note(&map, slot), 0);
    }
    key_map_release(&map);
    ck_assert_uint_ne(key_map_insert(&map, (struct fingerprint){1, 1}, &is_new), KEY_MAP_NONE);
    ck_assert_ptr_null(map.notes);
}
END_TEST

START_TEST(parts_can_be_added)
{
    const struct fingerprint one = {1, 1}, other = {2, 2};
    size_t slot;
    bool is_new;

    map = (struct key_map)KEY_MAP_OF(KEY_MAP_NUMBERS);
    ck_assert(key_map_add_parts(&map, KEY_MAP_NOTES));
    ck_assert_ptr_null(map.notes);
    slot = key_map_insert(&map, one, &is_new);
    map.numbers[slot] = 7;
    map.notes[slot] = 8;
    ck_assert(key_map_add_parts(&map, KEY_MAP_FLAGS | KEY_MAP_NUMBERS));
    assert_parts(one, 7, 8, 0);
    slot = key_map_insert(&map, other, &is_new);
    map.flags[slot] = 9;
    ck_assert(key_map_reserve(&map, 1000));
    assert_parts(one, 7, 8, 0);
    assert_parts(other, 0, 0, 9);
}
END_TEST

/* So many fit, and the map is as small as its load allows. */
START_TEST(room_is_made_at_once)
{
    for (size_t entries = 0; entries < 200; entries++) {
        size_t capacity;

        ck_assert(key_map_reserve(&map, entries));
        capacity = map.capacity;
        ck_assert_uint_le(capacity * 7, entries * 8 + 56);
        for (uint64_t i = 1; i <= entries; i++)
            insert((struct fingerprint){i << 56, i}, (uint32_t)i);
        ck_assert_uint_eq(map.capacity, capacity);
        key_map_release(&map);
    }
}
END_TEST

START_TEST(room_that_is_made_later_keeps_the_entries)
{
    for (uint64_t i = 1; i <= 50; i++)
        insert((struct fingerprint){i << 56, i}, (uint32_t)i);
    ck_assert(key_map_reserve(&map, 5000));
    ck_assert(key_map_reserve(&map, 10));
    ck_assert_uint_ge(map.capacity, 5000);
    for (uint64_t i = 1; i <= 50; i++)
        assert_number((struct fingerprint){i << 56, i}, (uint32_t)i);
}
END_TEST

START_TEST(finds_values_behind_a_filter_as_without)
{
    enum { COUNT = 5000 };
    struct fingerprint_key key;
    size_t found = 0;
    bool is_new;

    fingerprint_key_draw(&key);
    ck_assert(key_map_expect(&map, 10));
    for (uint32_t i = 0; i < COUNT; i++) {
        const struct span value = {(const char *)&i, sizeof i};

        ck_assert_uint_ne(key_map_insert(&map, fingerprint_of(&key, value), &is_new), KEY_MAP_NONE);
        key_map_admit(&map, quick_hash(&key.quick, 0, value));
    }
    for (uint32_t i = 0; i < 2 * COUNT; i++) {
        const struct span value = {(const char *)&i, sizeof i};
        const size_t slot = key_map_find(&map, fingerprint_of(&key, value));

        found +=
            key_map_find_value(&map, &key, value) == slot && (slot != KEY_MAP_NONE) == (i < COUNT);
    }
    ck_assert_uint_eq(found, 2 * COUNT);
}
END_TEST

Suite *test_key_map_suite(void)
{
    Suite *suite = suite_create("key_map");
    TCase *cases = tcase_create("key_map");

    tcase_add_checked_fixture(cases, setup, teardown);
    tcase_add_test(cases, an_empty_map_holds_nothing);
    tcase_add_test(cases, a_key_is_new_once);
    tcase_add_test(cases, the_fingerprint_of_free_slots_can_be_stored);
    tcase_add_test(cases, probing_goes_on_at_the_first_slot);
    tcase_add_test(cases, growth_keeps_every_entry_and_the_load);
    tcase_add_test(cases, capacity_begins_at_64_and_grows_by_half);
    tcase_add_test(cases, a_map_may_lack_parts);
    tcase_add_test(cases, parts_can_be_added);
    tcase_add_test(cases, room_is_made_at_once);
    tcase_add_test(cases, room_that_is_made_later_keeps_the_entries);
    tcase_add_test(cases, finds_values_behind_a_filter_as_without);
    suite_add_tcase(suite, cases);
    return suite;
}
