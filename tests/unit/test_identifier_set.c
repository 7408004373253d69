#include "match/identifier_set.h"

#include <check.h>
#include <stdio.h>

static struct identifier_set set;

static void setup(void)
{
    identifier_set_init(&set);
}

static void teardown(void)
{
    identifier_set_release(&set);
}

static void add(enum identifier_kind kind, const char *value)
{
    const struct span span = span_of(value);

    ck_assert(identifier_set_add(
        &set, kind, identifier_fingerprint(&set, identifier_quick(&set, kind, span), span)));
}

static bool has(enum identifier_kind kind, const char *value)
{
    struct fingerprint known;

    return identifier_known(&set, identifier_quick(&set, kind, span_of(value)), span_of(value),
                            &known);
}

START_TEST(holds_nothing_at_first)
{
    ck_assert(!has(IDENTIFIER_EMAIL, "ann@example.org"));
    ck_assert(!set.holds[IDENTIFIER_EMAIL]);
}
END_TEST

START_TEST(tells_kinds_apart)
{
    add(IDENTIFIER_PHONE, "491701234567");
    ck_assert(has(IDENTIFIER_PHONE, "491701234567"));
    ck_assert(!has(IDENTIFIER_EMAIL, "491701234567"));
    ck_assert(set.holds[IDENTIFIER_PHONE]);
    ck_assert(!set.holds[IDENTIFIER_EMAIL]);
}
END_TEST

START_TEST(holds_a_value_once)
{
    add(IDENTIFIER_EMAIL, "ann@example.org");
    add(IDENTIFIER_EMAIL, "ann@example.org");
    ck_assert_uint_eq(set.prints.count, 1);
}
END_TEST

START_TEST(grows)
{
    char value[32];

    for (int i = 0; i < 20000; i++) {
        snprintf(value, sizeof value, "%d@example.org", i);
        add(IDENTIFIER_EMAIL, value);
    }
    ck_assert_uint_eq(set.prints.count, 20000);
    for (int i = 0; i < 40000; i++) {
        snprintf(value, sizeof value, "%d@example.org", i);
        ck_assert_int_eq(has(IDENTIFIER_EMAIL, value), i < 20000);
    }
}
END_TEST

Suite *test_identifier_set_suite(void)
{
    Suite *suite = suite_create("identifier_set");
    TCase *tcase = tcase_create("identifier_set");

    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_test(tcase, holds_nothing_at_first);
    tcase_add_test(tcase, tells_kinds_apart);
    tcase_add_test(tcase, holds_a_value_once);
    tcase_add_test(tcase, grows);
    suite_add_tcase(suite, tcase);
    return suite;
}
