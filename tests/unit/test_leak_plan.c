#include "run/leak_plan.h"

#include <check.h>

#include "plan_fixture.h"

START_TEST(a_column_is_known_by_its_name_however_spelt)
{
    static const struct {
        const char *name;
        enum column_topic topic;
    } columns[] = {
        {"FirstName", TOPIC_FIRST_NAME},
        {"given name", TOPIC_FIRST_NAME},
        {"LAST_NAME", TOPIC_LAST_NAME},
        {"Surname", TOPIC_LAST_NAME},
        {"family-name", TOPIC_LAST_NAME},
        {"Name", TOPIC_FULL_NAME},
        {"Full name", TOPIC_FULL_NAME},
        {"Phone2", TOPIC_PHONE},
        {"Work mobile", TOPIC_PHONE},
        {"Tel.", TOPIC_PHONE},
        {"HomeTel", TOPIC_PHONE},
        {"FaxNumber", TOPIC_PHONE},
        {"Hotel", TOPIC_OTHER},
        {"FileName", TOPIC_OTHER},
        {"", TOPIC_OTHER},
    };

    for (size_t i = 0; i < sizeof columns / sizeof columns[0]; i++)
        ck_assert_msg(column_topic_of(span_of(columns[i].name)) == columns[i].topic, "%s",
                      columns[i].name);
}
END_TEST

static const char rules[] =
    "version: 1\nsubject: c\nentities:\n"
    "  c: {key: Id, files: [c.csv]}\n"
    "  t:\n"
    "    files: [t.csv]\n"
    "    links:\n"
    "      - {column: Buyer, to: c}\n"
    "      - {column: Guests, to: c, separator: ';'}\n"
    "      - {column: Seller, to: c, follow: \"false\"}\n"
    "      - {column: Editor, to: c, follow: \"false\", when: {Kind: {equals: e}}}\n"
    "    keep: [Kind]\n"
    "    fields:\n"
    "      Name: {technique: clear, class: direct, about: Buyer}\n"
    "      Note: {technique: clear, class: %s}\n";

/* Asserts of each link of `t` whether it decides what a record gives: '1' or '.'. */
static void assert_giving_links(const char *class_of_note, const char *expected)
{
    struct match_fixture fixture;
    struct match_file file;
    struct file_plan plan;
    char text[sizeof rules + 16];

    snprintf(text, sizeof text, rules, class_of_note);
    match_fixture_open(&fixture, text);
    match_file_open(&fixture, &file, "t", SPAN("Buyer,Guests,Seller,Editor,Kind,Name,Note\n"));
    ck_assert_int_eq(plan_fixture_make(&fixture, &file, &plan), STATUS_OK);
    ck_assert(leak_plan_make(&plan.binding, &plan.columns, &fixture.ruleset, &fixture.arena,
                             &plan.leaks));
    ck_assert(plan.leaks.gives);
    ck_assert_uint_eq(plan.binding.link_count, strlen(expected));
    for (size_t i = 0; expected[i] != '\0'; i++)
        ck_assert_msg(plan.leaks.giving_links[i] == (expected[i] == '1'), "link %zu", i);
    match_file_close(&file);
    match_fixture_close(&fixture);
}

START_TEST(links_give_that_a_direct_field_is_about_or_that_have_a_condition)
{
    assert_giving_links("quasi", "1..1");
}
END_TEST

START_TEST(all_followed_links_give_where_a_direct_field_is_the_records)
{
    assert_giving_links("direct", "11.1");
}
END_TEST

Suite *test_leak_plan_suite(void)
{
    Suite *suite = suite_create("leak_plan");
    TCase *tcase = tcase_create("leak_plan");

    tcase_add_test(tcase, a_column_is_known_by_its_name_however_spelt);
    tcase_add_test(tcase, links_give_that_a_direct_field_is_about_or_that_have_a_condition);
    tcase_add_test(tcase, all_followed_links_give_where_a_direct_field_is_the_records);
    suite_add_tcase(suite, tcase);
    return suite;
}
