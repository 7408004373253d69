#include "base/diagnostics.h"

#include <check.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

static struct diagnostics diagnostics;

static void setup(void)
{
    diagnostics = (struct diagnostics)DIAGNOSTICS_INIT;
}

static void teardown(void)
{
    diagnostics_release(&diagnostics);
}

static void assert_prints(const char *expected)
{
    char *text = NULL;
    size_t size = 0;
    FILE *stream = open_memstream(&text, &size);

    ck_assert_ptr_nonnull(stream);
    diagnostics_print(&diagnostics, stream);
    ck_assert_int_eq(fclose(stream), 0);
    ck_assert_str_eq(text, expected);
    free(text);
}

START_TEST(unknown_parts_of_the_place_are_left_out)
{
    diagnostics_error(&diagnostics, (struct place){"rules.yaml", 3, 7}, "unknown key '%s'", "a");
    diagnostics_warning(&diagnostics, (struct place){"rules.yaml", 3, 0}, "b");
    diagnostics_error(&diagnostics, (struct place){"rules.yaml", 0, 0}, "c");
    diagnostics_error(&diagnostics, (struct place){NULL, 0, 0}, "d");
    assert_prints("rules.yaml:3:7: error: unknown key 'a'\n"
                  "rules.yaml:3: warning: b\n"
                  "rules.yaml: error: c\n"
                  "error: d\n");
    ck_assert_uint_eq(diagnostics.errors, 3);
}
END_TEST

START_TEST(no_message_prints_nothing)
{
    assert_prints("");
}
END_TEST

START_TEST(characters_that_are_not_seen_are_shown)
{
    diagnostics_error(&diagnostics,
                      (struct place){"\xc2\x9b"
                                     "2J.csv",
                                     0, 0},
                      "'\xef\xbb\xbfId' 'Na\xc2\xa0me' 'a\xe2\x80\xaegpj' '\xe2\x81\xa0'");
    assert_prints("\\xc2\\x9b"
                  "2J.csv: error: "
                  "'\\xef\\xbb\\xbfId' 'Na\\xc2\\xa0me' 'a\\xe2\\x80\\xaegpj' '\\xe2\\x81\\xa0'\n");
}
END_TEST

START_TEST(letters_of_any_script_stay)
{
    diagnostics_error(&diagnostics, (struct place){NULL, 0, 0},
                      "Größe \xe2\x82\xac \xe2\x80\x93 \xd0\x98\xd0\xbc\xd1\x8f \xc2 \xe2\x80");
    assert_prints(
        "error: Größe \xe2\x82\xac \xe2\x80\x93 \xd0\x98\xd0\xbc\xd1\x8f \xc2 \xe2\x80\n");
}
END_TEST

START_TEST(control_characters_are_neutralized)
{
    diagnostics_error(&diagnostics, (struct place){"a\nb.csv", 0, 0}, "column '\x1b[2J\x7f\t'");
    assert_prints("a\\x0ab.csv: error: column '\\x1b[2J\\x7f\\x09'\n");
}
END_TEST

START_TEST(bytes_above_ascii_pass)
{
    diagnostics_error(&diagnostics, (struct place){"\xc3\xa9\xff.csv", 0, 0}, "\x80");
    assert_prints("\xc3\xa9\xff.csv: error: \x80\n");
}
END_TEST

START_TEST(a_system_error_names_verb_and_reason)
{
    ck_assert_int_eq(diagnostics_system(&diagnostics, "x.csv", "open", ENOENT), STATUS_SYSTEM);
    ck_assert_int_eq(diagnostics_no_memory(&diagnostics), STATUS_SYSTEM);
    ck_assert_int_eq(diagnostics_no_threads(&diagnostics), STATUS_SYSTEM);
    assert_prints("x.csv: error: cannot open: No such file or directory\nerror: out of memory\n"
                  "error: out of memory or of threads ('--jobs 1' takes none)\n");
}
END_TEST

START_TEST(the_path_is_copied)
{
    char path[] = "a.csv";

    diagnostics_error(&diagnostics, (struct place){path, 1, 1}, "b");
    memset(path, 'x', sizeof path - 1);
    assert_prints("a.csv:1:1: error: b\n");
}
END_TEST

START_TEST(messages_past_the_limit_are_counted)
{
    for (int i = 0; i < DIAGNOSTICS_LIMIT + 2; i++)
        diagnostics_error(&diagnostics, (struct place){NULL, 0, 0}, "%d", i);
    ck_assert_uint_eq(diagnostics.count, DIAGNOSTICS_LIMIT);
    ck_assert_uint_eq(diagnostics.errors, DIAGNOSTICS_LIMIT + 2);
    ck_assert_uint_eq(diagnostics.dropped, 2);
    ck_assert_str_eq(diagnostics.items[DIAGNOSTICS_LIMIT - 1].text, "199");
}
END_TEST

START_TEST(dropped_messages_are_printed_as_a_number)
{
    diagnostics.dropped = 1;
    assert_prints("warning: 1 more message was not kept\n");
    diagnostics.dropped = 2;
    assert_prints("warning: 2 more messages were not kept\n");
}
END_TEST

START_TEST(moving_keeps_the_order_and_empties_the_source)
{
    struct diagnostics other = DIAGNOSTICS_INIT;

    diagnostics_error(&diagnostics, (struct place){NULL, 0, 0}, "first");
    diagnostics_error(&other, (struct place){"p", 0, 0}, "second");
    diagnostics_warning(&other, (struct place){"p", 0, 0}, "third");
    other.dropped = 1;
    diagnostics_move(&diagnostics, &other);
    assert_prints("error: first\np: error: second\np: warning: third\n"
                  "warning: 1 more message was not kept\n");
    ck_assert_uint_eq(diagnostics.errors, 2);
    ck_assert_uint_eq(other.count + other.errors + other.dropped + other.capacity, 0);
    ck_assert_ptr_null(other.items);
}
END_TEST

START_TEST(moving_stops_at_the_limit)
{
    struct diagnostics other = DIAGNOSTICS_INIT;

    for (int i = 0; i < DIAGNOSTICS_LIMIT - 1; i++)
        diagnostics_error(&diagnostics, (struct place){NULL, 0, 0}, "a%d", i);
    for (int i = 0; i < 3; i++)
        diagnostics_error(&other, (struct place){NULL, 0, 0}, "b%d", i);
    diagnostics_move(&diagnostics, &other);
    ck_assert_uint_eq(diagnostics.count, DIAGNOSTICS_LIMIT);
    ck_assert_uint_eq(diagnostics.dropped, 2);
    ck_assert_uint_eq(diagnostics.errors, DIAGNOSTICS_LIMIT + 2);
}
END_TEST

START_TEST(a_message_that_stands_already_is_not_added_again)
{
    const struct place place = {"p", 1, 2};

    diagnostics_error(&diagnostics, place, "same");
    diagnostics_error(&diagnostics, place, "same");
    diagnostics_warning(&diagnostics, place, "same");
    diagnostics_error(&diagnostics, (struct place){"p", 1, 3}, "same");
    diagnostics_error(&diagnostics, (struct place){NULL, 1, 2}, "same");
    ck_assert_uint_eq(diagnostics.count, 4);
    ck_assert_uint_eq(diagnostics.dropped, 0);
}
END_TEST

Suite *test_diagnostics_suite(void)
{
    Suite *suite = suite_create("diagnostics");
    TCase *cases = tcase_create("diagnostics");

    tcase_add_checked_fixture(cases, setup, teardown);
    tcase_add_test(cases, unknown_parts_of_the_place_are_left_out);
    tcase_add_test(cases, no_message_prints_nothing);
    tcase_add_test(cases, control_characters_are_neutralized);
    tcase_add_test(cases, characters_that_are_not_seen_are_shown);
    tcase_add_test(cases, letters_of_any_script_stay);
    tcase_add_test(cases, bytes_above_ascii_pass);
    tcase_add_test(cases, a_system_error_names_verb_and_reason);
    tcase_add_test(cases, the_path_is_copied);
    tcase_add_test(cases, messages_past_the_limit_are_counted);
    tcase_add_test(cases, dropped_messages_are_printed_as_a_number);
    tcase_add_test(cases, moving_keeps_the_order_and_empties_the_source);
    tcase_add_test(cases, moving_stops_at_the_limit);
    tcase_add_test(cases, a_message_that_stands_already_is_not_added_again);
    suite_add_tcase(suite, cases);
    return suite;
}
