#include "ruleset/rule_keys.h"

#include <check.h>
#include <string.h>

Suite *test_rule_keys_suite(void);

static const struct {
    const char *key, *place;
} places[] = {
    {"leak_check", "at the top level"},
    {"delimiter", "in 'dialect'"},
    {"undeclared_columns", "at the top level or in an entity"},
    {"column", "in 'marker' or in a link"},
    {"when", "in a link or in a field, beside 'technique'"},
    {"technique", "in a field"},
    {"about", "in a field of an entity, beside 'technique'"},
    {"where", "in a hold or in the test of a column"},
    {"Leak_check", ""},
    {"leak", ""},
    {"", ""},
};

START_TEST(a_key_is_told_where_it_belongs)
{
    char place[KEY_PLACE_SIZE];

    ck_assert_str_eq(rule_key_place(span_of(places[_i].key), place), places[_i].place);
}
END_TEST

static const char *const *const levels[] = {
    top_keys,   dialect_keys, entity_keys, marker_keys, link_keys,
    field_keys, default_keys, hold_keys,   test_keys,
};

START_TEST(every_key_has_a_place_and_room_for_it)
{
    char place[KEY_PLACE_SIZE];

    for (const char *const *key = levels[_i]; *key != NULL; key++) {
        rule_key_place(span_of(*key), place);
        ck_assert_uint_gt(strlen(place), 0);
        ck_assert_uint_lt(strlen(place), sizeof place - 1);
    }
}
END_TEST

#define COUNT_OF(array) ((int)(sizeof(array) / sizeof *(array)))

Suite *test_rule_keys_suite(void)
{
    Suite *suite = suite_create("rule_keys");
    TCase *cases = tcase_create("rule_keys");

    tcase_add_loop_test(cases, a_key_is_told_where_it_belongs, 0, COUNT_OF(places));
    tcase_add_loop_test(cases, every_key_has_a_place_and_room_for_it, 0, COUNT_OF(levels));
    suite_add_tcase(suite, cases);
    return suite;
}
