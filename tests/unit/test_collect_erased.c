#include "run/collect_erased.h"

#include <check.h>

#include "run_fixture.h"

static struct run_fixture fixture;
static struct erased_contacts erased;

#define RULES                                                                                      \
    "version: 1\nsubject: c\nentities:\n"                                                          \
    "  c:\n"                                                                                       \
    "    files: [c.csv]\n"                                                                         \
    "    key: Id\n"                                                                                \
    "    identifiers: {Email: email, Phone: phone}\n"                                              \
    "    marker: {column: Gone, value: run_date}\n"                                                \
    "holds: {unpaid: {entity: c, where: {Id: {equals: held}}}}\n"

#define HEADER "Id,Email,Phone,Gone\n"

enum { KEY, EMAIL, PHONE };

static void setup(void)
{
    run_fixture_open(&fixture, RULES);
    erased = (struct erased_contacts){.borne = KEY_MAP_INIT};
}

static void teardown(void)
{
    erased_contacts_release(&erased);
    run_fixture_close(&fixture);
}

static void target(const char *value)
{
    run_fixture_target(&fixture, value, MODE_ANONYMIZE);
}

static void collect(void)
{
    run_fixture_resolve(&fixture);
    ck_assert_int_eq(collect_erased(&fixture.plan, fixture.stream, &fixture.resolution, &erased,
                                    &fixture.diagnostics),
                     STATUS_OK);
}

/* Which slots a contact is known by: "kep" all, "k--" its key alone. */
static void assert_known_by(size_t index, const char *slots)
{
    ck_assert_uint_lt(index, erased.count);
    for (size_t slot = KEY; slot <= PHONE; slot++)
        ck_assert_msg(erased_contact_names(&erased, index, slot) == (slots[slot] != '-'),
                      "contact %zu, slot %zu", index, slot);
}

START_TEST(nobody_is_erased_where_nobody_is_a_target)
{
    run_fixture_contacts(&fixture, HEADER "a,a@example.org,+1 555 0100,\n");
    collect();
    ck_assert_uint_eq(erased.count, 0);
}
END_TEST

START_TEST(those_erased_come_in_the_order_of_the_data)
{
    run_fixture_contacts(&fixture, HEADER "a,a@example.org,+1 555 0100,\n"
                                          "b,b@example.org,,\n"
                                          "c,,+1 555 0102,2024-01-31\n");
    target("c");
    target("a");
    collect();
    ck_assert_uint_eq(erased.count, 2);
    assert_known_by(0, "kep");
    assert_known_by(1, "k-p");
    ck_assert(erased.items[0].unmarked);
    ck_assert(!erased.items[1].unmarked);
    ck_assert_uint_ne(erased.items[0].target, erased.items[1].target);
}
END_TEST

START_TEST(a_value_is_the_fingerprint_of_its_normal_form)
{
    const struct fingerprint_key *key = &fixture.resolution.key;

    run_fixture_contacts(&fixture, HEADER "a, A@Example.org ,0044 (20) 555,\n");
    target("a");
    collect();
    ck_assert(
        fingerprint_equal(erased_contact_value(&erased, 0, KEY), fingerprint_of(key, SPAN("a"))));
    ck_assert(fingerprint_equal(erased_contact_value(&erased, 0, EMAIL),
                                fingerprint_of(key, SPAN("a@example.org"))));
    ck_assert(fingerprint_equal(erased_contact_value(&erased, 0, PHONE),
                                fingerprint_of(key, SPAN("4420555"))));
}
END_TEST

START_TEST(what_others_bear_names_nobody)
{
    run_fixture_contacts(&fixture, HEADER "a,home@example.org,+1 555 0100,\n"
                                          "b,HOME@example.org,+1 555 0101,\n");
    target("a");
    collect();
    ck_assert_uint_eq(erased.count, 1);
    assert_known_by(0, "k-p");
}
END_TEST

START_TEST(what_two_who_are_erased_share_names_both)
{
    run_fixture_contacts(&fixture, HEADER "a,home@example.org,,\n"
                                          "b,home@example.org,,\n");
    target("home@example.org");
    collect();
    ck_assert_uint_eq(erased.count, 2);
    assert_known_by(0, "ke-");
    assert_known_by(1, "ke-");
}
END_TEST

START_TEST(whoever_is_held_back_is_another)
{
    run_fixture_contacts(&fixture, HEADER "held,home@example.org,,\n"
                                          "a,home@example.org,,\n");
    target("held");
    target("a");
    collect();
    ck_assert_uint_eq(erased.count, 1);
    ck_assert_uint_eq(fixture.resolution.target_count, 2);
    assert_known_by(0, "k--");
}
END_TEST

START_TEST(records_of_one_key_are_of_one_target)
{
    run_fixture_contacts(&fixture, HEADER "a,a@example.org,,2024-01-31\n"
                                          "b,b@example.org,,\n"
                                          "a,other@example.org,,\n");
    target("a");
    collect();
    ck_assert_uint_eq(erased.count, 2);
    ck_assert_uint_eq(erased.items[0].target, erased.items[1].target);
    ck_assert(!erased.items[0].unmarked);
    ck_assert(erased.items[1].unmarked);
}
END_TEST

Suite *test_collect_erased_suite(void)
{
    Suite *suite = suite_create("collect_erased");
    TCase *tcase = tcase_create("collect_erased");

    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_test(tcase, nobody_is_erased_where_nobody_is_a_target);
    tcase_add_test(tcase, those_erased_come_in_the_order_of_the_data);
    tcase_add_test(tcase, a_value_is_the_fingerprint_of_its_normal_form);
    tcase_add_test(tcase, what_others_bear_names_nobody);
    tcase_add_test(tcase, what_two_who_are_erased_share_names_both);
    tcase_add_test(tcase, whoever_is_held_back_is_another);
    tcase_add_test(tcase, records_of_one_key_are_of_one_target);
    suite_add_tcase(suite, tcase);
    return suite;
}
