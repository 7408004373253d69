#include "run/ledger_forget.h"

#include <check.h>
#include <stdio.h>

static struct forget_search search;
static struct fingerprint_key key;
static struct ledger_line line;

/* The contacts of a ledger whose key is `Id`, and who are known by an address and a number too. */
static void setup(void)
{
    search = (struct forget_search){.values = NULL};
    for (size_t i = 0; i < sizeof key.bytes; i++)
        key.bytes[i] = (unsigned char)i;
    line = (struct ledger_line){.kind = LEDGER_ERASED};
    line.run.columns[0] = (struct ledger_column){.is_key = true, .name = SPAN("Id")};
    line.run.columns[1] = (struct ledger_column){.match = MATCH_EMAIL, .name = SPAN("Email")};
    line.run.columns[2] = (struct ledger_column){.match = MATCH_PHONE, .name = SPAN("Phone")};
    line.run.column_count = line.run.slot_count = line.erasure.slot_count = 3;
}

static void teardown(void)
{
    forget_search_release(&search);
}

static void set_digest(size_t slot, struct span normal)
{
    line.erasure.named[slot] = true;
    line.erasure.digests[slot] = fingerprint_of(&key, normal);
}

/* Whether somebody is found by what was looked for. */
static bool chooses(void)
{
    return forget_chooses(&search, &line);
}

static void look_for(const char *value)
{
    forget_search_release(&search);
    ck_assert(forget_search_value(&search, &key, span_of(value)));
}

START_TEST(a_contact_is_found_by_any_slot)
{
    set_digest(0, SPAN("c1"));
    set_digest(1, SPAN("ann@example.org"));
    set_digest(2, SPAN("15550100"));
    look_for("c1");
    ck_assert(chooses());
    look_for(" Ann@Example.org");
    ck_assert(chooses());
    look_for("+1 555 0100");
    ck_assert(chooses());
    look_for("c2");
    ck_assert(!chooses());
}
END_TEST

START_TEST(a_value_compares_as_the_slot_does)
{
    set_digest(0, SPAN("c1"));
    look_for("C1");
    ck_assert(!chooses());
    /* a key that is an address isn't compared as one, nor a number as an address */
    set_digest(0, SPAN("ann@example.org"));
    look_for("Ann@example.org");
    ck_assert(!chooses());
    set_digest(1, SPAN("15550100"));
    look_for("+1 555 0100");
    ck_assert(!chooses());
}
END_TEST

START_TEST(a_slot_without_a_value_is_nobodys)
{
    line.erasure.digests[0] = fingerprint_of(&key, SPAN("c1"));
    look_for("c1");
    ck_assert(!chooses());
}
END_TEST

/* Without digits it has no form as a phone; it must not be taken for all that have none. */
START_TEST(a_value_that_names_nothing_finds_nothing)
{
    set_digest(2, SPAN(""));
    look_for("c1");
    ck_assert(!chooses());
}
END_TEST

START_TEST(identifiers_stand_behind_all_columns_of_a_key)
{
    line.run.columns[3] = line.run.columns[2];
    line.run.columns[2] = line.run.columns[1];
    line.run.columns[1] = (struct ledger_column){.is_key = true, .name = SPAN("Site")};
    line.run.column_count = 4;
    set_digest(1, SPAN("ann@example.org"));
    set_digest(2, SPAN("15550100"));
    look_for("ANN@example.org");
    ck_assert(chooses());
    look_for("+1 (555) 0100");
    ck_assert(chooses());
}
END_TEST

START_TEST(a_digest_finds_whoever_has_it)
{
    const struct fingerprint digest = fingerprint_of(&key, SPAN("c1"));
    char digits[2 * sizeof digest + 1];

    for (size_t i = 0; i < sizeof digest; i++)
        snprintf(digits + 2 * i, 3, "%02x", ((const unsigned char *)&digest)[i]);
    ck_assert(forget_search_digest(&search, span_of(digits)));
    set_digest(0, SPAN("c2"));
    ck_assert(!chooses());
    set_digest(1, SPAN("c1"));
    ck_assert(chooses());
}
END_TEST

START_TEST(what_is_no_digest_is_refused)
{
    ck_assert(!forget_search_digest(&search, SPAN("")));
    ck_assert(!forget_search_digest(&search, SPAN("00112233445566778899aabbccddee")));
    ck_assert(!forget_search_digest(&search, SPAN("00112233445566778899aabbccddeeffx")));
    ck_assert(!forget_search_digest(&search, SPAN("x0112233445566778899aabbccddeeff")));
}
END_TEST

START_TEST(lines_are_counted_once_whatever_finds_them)
{
    set_digest(0, SPAN("c1"));
    set_digest(1, SPAN("ann@example.org"));
    look_for("c1");
    ck_assert(forget_search_value(&search, &key, SPAN("ann@example.org")));
    ck_assert(chooses());
    ck_assert_uint_eq(search.found, 1);
    ck_assert(chooses());
    ck_assert_uint_eq(search.found, 2);
}
END_TEST

Suite *test_ledger_forget_suite(void)
{
    Suite *suite = suite_create("ledger_forget");
    TCase *tcase = tcase_create("ledger_forget");

    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_test(tcase, a_contact_is_found_by_any_slot);
    tcase_add_test(tcase, a_value_compares_as_the_slot_does);
    tcase_add_test(tcase, a_slot_without_a_value_is_nobodys);
    tcase_add_test(tcase, a_value_that_names_nothing_finds_nothing);
    tcase_add_test(tcase, identifiers_stand_behind_all_columns_of_a_key);
    tcase_add_test(tcase, a_digest_finds_whoever_has_it);
    tcase_add_test(tcase, what_is_no_digest_is_refused);
    tcase_add_test(tcase, lines_are_counted_once_whatever_finds_them);
    suite_add_tcase(suite, tcase);
    return suite;
}
