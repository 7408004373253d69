#include <check.h>
#include <stdint.h>
#include <stdlib.h>

#include "base/array.h"

Suite *test_array_suite(void);

START_TEST(room_grows_and_keeps_what_is_there)
{
    size_t room = 0;
    int *items = NULL;

    for (int i = 0; i < 1000; i++) {
        items = array_room(items, (size_t)i + 1, &room, sizeof(*items));
        ck_assert_ptr_nonnull(items);
        ck_assert_uint_ge(room, (size_t)i + 1);
        items[i] = i;
    }
    for (int i = 0; i < 1000; i++)
        ck_assert_int_eq(items[i], i);
    free(items);
}
END_TEST

START_TEST(an_impossible_size_leaves_all_as_it_was)
{
    size_t room = 0;
    char *items = array_room(NULL, 4, &room, 1);
    size_t before = room;

    ck_assert_ptr_null(array_room(items, SIZE_MAX / 2, &room, 16));
    ck_assert_uint_eq(room, before);
    free(items);
}
END_TEST

Suite *test_array_suite(void)
{
    Suite *suite = suite_create("array");
    TCase *tests = tcase_create("array");

    tcase_add_test(tests, room_grows_and_keeps_what_is_there);
    tcase_add_test(tests, an_impossible_size_leaves_all_as_it_was);
    suite_add_tcase(suite, tests);
    return suite;
}
