#include "ruleset/name_index.h"

#include <check.h>

Suite *test_name_index_suite(void);

static void make_index(struct name_index *index, struct arena *arena)
{
    static const char *const names[] = {"b", "a", "", "b", "ab"};

    ck_assert(name_index_init(index, 5, arena));
    for (size_t i = 0; i < 5; i++)
        index->items[i] = (struct indexed_name){span_of(names[i]), i};
    name_index_sort(index);
}

START_TEST(names_are_found)
{
    struct arena arena = ARENA_INIT;
    struct name_index index;

    make_index(&index, &arena);
    ck_assert_uint_eq(name_index_find(&index, SPAN("a")), 1);
    ck_assert_uint_eq(name_index_find(&index, SPAN("")), 2);
    ck_assert_uint_eq(name_index_find(&index, SPAN("ab")), 4);
    ck_assert_uint_eq(name_index_find(&index, SPAN("b")), 0); /* the first of two */
    ck_assert_uint_eq(name_index_find(&index, SPAN("aa")), NAME_INDEX_NONE);
    ck_assert_uint_eq(name_index_find(&index, SPAN("c")), NAME_INDEX_NONE);
    arena_release(&arena);
}
END_TEST

START_TEST(repeated_names_stand_together)
{
    struct arena arena = ARENA_INIT;
    struct name_index index;
    size_t repeats = 0;

    make_index(&index, &arena);
    for (size_t i = 0; i < index.count; i++)
        repeats += name_index_repeats(&index, i);
    ck_assert_uint_eq(repeats, 1);
    ck_assert(name_index_repeats(&index, 4));
    ck_assert_uint_eq(index.items[4].position, 3);
    arena_release(&arena);
}
END_TEST

START_TEST(an_empty_index_holds_nothing)
{
    struct arena arena = ARENA_INIT;
    struct name_index index;

    ck_assert(name_index_init(&index, 0, &arena));
    name_index_sort(&index);
    ck_assert_uint_eq(name_index_find(&index, SPAN("")), NAME_INDEX_NONE);
    arena_release(&arena);
}
END_TEST

Suite *test_name_index_suite(void)
{
    Suite *suite = suite_create("name_index");
    TCase *tcase = tcase_create("name_index");

    tcase_add_test(tcase, names_are_found);
    tcase_add_test(tcase, repeated_names_stand_together);
    tcase_add_test(tcase, an_empty_index_holds_nothing);
    suite_add_tcase(suite, tcase);
    return suite;
}
