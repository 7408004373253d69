#include "match/route_table.h"

#include <check.h>
#include <stdlib.h>

#include "rules_fixture.h"

static struct rules_fixture fixture;
static struct ruleset ruleset;
static struct route_table table;
static const struct entity_rule *people, *tasks;

/* People link to contacts by key and address, tasks to people, contacts and tasks. */
static void setup(void)
{
    rules_fixture_enter(&fixture);
    rules_fixture_load_valid(
        &fixture,
        "version: 1\nsubject: contacts\nentities:\n"
        "  contacts: {key: Id, files: [c.csv], identifiers: {Email: email}}\n"
        "  people:\n"
        "    key: [Site, Id]\n"
        "    files: [p.csv]\n"
        "    links: [{column: C, to: contacts}, {column: Email, to: contacts.Email}]\n"
        "  tasks:\n"
        "    key: Id\n"
        "    files: [t.csv]\n"
        "    links: [{column: [Site, P], to: people}, {column: Up, to: tasks}]\n",
        &ruleset);
    people = entity_named(&ruleset, "people");
    tasks = entity_named(&ruleset, "tasks");
    table = (struct route_table){.routes = NULL};
}

static void teardown(void)
{
    route_table_release(&table);
    ruleset_release(&ruleset);
    rules_fixture_leave(&fixture);
}

static uint16_t add(const struct link_rule *link, uint16_t next)
{
    uint16_t route = ROUTE_UNTOLD;

    ck_assert(route_table_add(&table, (struct route_step){link, next}, &route));
    return route;
}

static void assert_words(const struct entity_rule *entity, const struct link_rule *link,
                         uint16_t next, const char *expected)
{
    struct buffer words = BUFFER_INIT;

    ck_assert(route_append_words(&table, entity, (struct route_step){link, next}, &words));
    ck_assert(buffer_append_byte(&words, '\0'));
    ck_assert_str_eq(words.at, expected);
    buffer_release(&words);
}

START_TEST(the_subject_is_its_own_route)
{
    uint16_t route = ROUTE_UNTOLD;

    ck_assert(route_table_add(&table, ROUTE_STEP_SUBJECT, &route));
    ck_assert_uint_eq(route, ROUTE_SUBJECT);
    ck_assert_uint_eq(table.count, 0);
    assert_words(ruleset.subject, NULL, ROUTE_SUBJECT, "contacts");
}
END_TEST

START_TEST(equal_routes_have_one_number)
{
    const uint16_t by_key = add(&people->links[0], ROUTE_SUBJECT);
    const uint16_t by_email = add(&people->links[1], ROUTE_SUBJECT);
    const uint16_t longer = add(&tasks->links[0], by_key);

    ck_assert_uint_eq(by_key, 1);
    ck_assert_uint_eq(by_email, 2);
    ck_assert_uint_eq(longer, 3);
    ck_assert_uint_eq(add(&tasks->links[0], by_email), 4);
    ck_assert_uint_eq(add(&people->links[0], ROUTE_SUBJECT), by_key);
    ck_assert_uint_eq(add(&people->links[1], ROUTE_SUBJECT), by_email);
    ck_assert_uint_eq(add(&tasks->links[0], by_key), longer);
    ck_assert_uint_eq(table.count, 4);
}
END_TEST

START_TEST(words_go_from_the_record_to_the_subject)
{
    const uint16_t by_key = add(&people->links[0], ROUTE_SUBJECT);
    const uint16_t by_email = add(&people->links[1], ROUTE_SUBJECT);

    assert_words(people, &people->links[0], ROUTE_SUBJECT, "people.C > contacts");
    assert_words(people, &people->links[1], ROUTE_SUBJECT, "people.Email > contacts.Email");
    assert_words(tasks, &tasks->links[0], by_key, "tasks.Site+P > people.C > contacts");
    assert_words(tasks, &tasks->links[0], by_email, "tasks.Site+P > people.Email > contacts.Email");
}
END_TEST

START_TEST(a_loop_is_told_once)
{
    const uint16_t person = add(&people->links[0], ROUTE_SUBJECT);
    const uint16_t task = add(&tasks->links[0], person);
    const uint16_t below = add(&tasks->links[1], task);

    ck_assert_uint_eq(add(&tasks->links[1], below), below);
    ck_assert_uint_eq(add(&tasks->links[0], below), task);
    ck_assert_uint_eq(table.count, 3);
    assert_words(tasks, &tasks->links[1], below, "tasks.Up > tasks.Site+P > people.C > contacts");
}
END_TEST

START_TEST(the_last_link_is_told_always)
{
    ck_assert_uint_eq(add(&tasks->links[0], ROUTE_UNTOLD), ROUTE_UNTOLD);
    assert_words(tasks, &tasks->links[0], ROUTE_UNTOLD, "tasks.Site+P > ...");
}
END_TEST

/* No rules have so many links, but chains of few can be as many. */
START_TEST(what_no_number_is_left_for_is_untold)
{
    struct link_rule *links = calloc(ROUTE_UNTOLD, sizeof(*links));
    size_t good = 0;

    ck_assert_ptr_nonnull(links);
    for (size_t i = 0; i < ROUTE_UNTOLD - 1; i++) /* one chain: no search among siblings */
        good += add(&links[i], (uint16_t)(i % 200 ? i : 0)) == i + 1;
    ck_assert_uint_eq(good, ROUTE_UNTOLD - 1);
    ck_assert_uint_eq(add(&links[ROUTE_UNTOLD - 1], ROUTE_SUBJECT), ROUTE_UNTOLD);
    ck_assert_uint_eq(add(&links[0], ROUTE_SUBJECT), 1);
    ck_assert_uint_eq(table.count, ROUTE_UNTOLD - 1);
    free(links);
}
END_TEST

Suite *test_route_table_suite(void)
{
    Suite *suite = suite_create("route_table");
    TCase *cases = tcase_create("route_table");

    tcase_add_checked_fixture(cases, setup, teardown);
    tcase_add_test(cases, the_subject_is_its_own_route);
    tcase_add_test(cases, equal_routes_have_one_number);
    tcase_add_test(cases, words_go_from_the_record_to_the_subject);
    tcase_add_test(cases, a_loop_is_told_once);
    tcase_add_test(cases, the_last_link_is_told_always);
    tcase_add_test(cases, what_no_number_is_left_for_is_untold);
    suite_add_tcase(suite, cases);
    return suite;
}
