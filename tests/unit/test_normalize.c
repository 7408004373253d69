#include "match/normalize.h"

#include <check.h>

static struct buffer scratch;

static void setup(void)
{
    scratch = (struct buffer)BUFFER_INIT;
}

static void teardown(void)
{
    buffer_release(&scratch);
}

static void expect(enum match_kind match, struct span value, struct span expected)
{
    struct span normal;

    ck_assert(normalize(match, value, &scratch, &normal));
    ck_assert_msg(span_equal(normal, expected), "'%.*s' became '%.*s', not '%.*s'", (int)value.size,
                  value.at, (int)normal.size, normal.at, (int)expected.size, expected.at);
}

START_TEST(exact_is_the_value_itself)
{
    const struct span value = SPAN(" Ann\xff\n");
    struct span normal;

    ck_assert(normalize(MATCH_EXACT, value, &scratch, &normal));
    ck_assert_ptr_eq(normal.at, value.at);
    ck_assert_uint_eq(normal.size, value.size);
}
END_TEST

START_TEST(nothing_stays_nothing)
{
    for (enum match_kind match = MATCH_EXACT; match <= MATCH_UUID; match++) {
        expect(match, SPAN(""), SPAN(""));
        expect(match, (struct span){NULL, 0}, SPAN(""));
    }
}
END_TEST

START_TEST(casefold_lowers_ascii_and_keeps_blanks)
{
    expect(MATCH_CASEFOLD, SPAN(" @AZ[`az{ 09"), SPAN(" @az[`az{ 09"));
    expect(MATCH_CASEFOLD, SPAN("A\0B"), SPAN("a\0b"));
}
END_TEST

START_TEST(casefold_lowers_other_scripts)
{
    expect(MATCH_CASEFOLD, SPAN("ÉÅØ"), SPAN("éåø"));
    expect(MATCH_CASEFOLD, SPAN("ЖД"), SPAN("жд"));
    expect(MATCH_CASEFOLD, SPAN("\U00010400"), SPAN("\U00010428"));
}
END_TEST

/* What folds to several characters in full has no simple folding, or another. */
START_TEST(sharp_s_stays_one_character)
{
    expect(MATCH_CASEFOLD, SPAN("Straße"), SPAN("straße"));
    expect(MATCH_CASEFOLD, SPAN("\u1E9E"), SPAN("ß"));
    expect(MATCH_CASEFOLD, SPAN("\u0149"), SPAN("\u0149"));
    expect(MATCH_CASEFOLD, SPAN("\u1F88"), SPAN("\u1F80"));
    expect(MATCH_CASEFOLD, SPAN("\uFB03"), SPAN("\uFB03"));
}
END_TEST

START_TEST(final_sigma_folds_as_any_sigma)
{
    expect(MATCH_CASEFOLD, SPAN("ΟΔΟΣ"), SPAN("οδοσ"));
    expect(MATCH_CASEFOLD, SPAN("οδος"), SPAN("οδοσ"));
}
END_TEST

START_TEST(signs_fold_to_their_letters)
{
    expect(MATCH_CASEFOLD, SPAN("\u212A"), SPAN("k"));
    expect(MATCH_CASEFOLD, SPAN("\u212B"), SPAN("å"));
    expect(MATCH_CASEFOLD, SPAN("\u00B5"), SPAN("\u03BC"));
    expect(MATCH_CASEFOLD, SPAN("\u017F"), SPAN("s"));
}
END_TEST

/* Cherokee folds to capitals. */
START_TEST(cherokee_folds_upwards)
{
    expect(MATCH_CASEFOLD, SPAN("\uAB70"), SPAN("\u13A0"));
    expect(MATCH_CASEFOLD, SPAN("\u13A0"), SPAN("\u13A0"));
}
END_TEST

/* CaseFolding.txt has it under F and T only. */
START_TEST(capital_i_with_dot_has_no_simple_folding)
{
    expect(MATCH_CASEFOLD, SPAN("\u0130"), SPAN("\u0130"));
    expect(MATCH_CASEFOLD, SPAN("I\u0131"), SPAN("i\u0131"));
}
END_TEST

START_TEST(a_folding_that_is_longer_finds_room)
{
    enum { COUNT = 2000 };
    struct buffer value = BUFFER_INIT, folded = BUFFER_INIT;

    for (size_t i = 0; i < COUNT; i++) {
        ck_assert(buffer_append(&value, SPAN("\u023A")));
        ck_assert(buffer_append(&folded, SPAN("\u2C65")));
    }
    expect(MATCH_CASEFOLD, buffer_span(&value), buffer_span(&folded));
    buffer_release(&value);
    buffer_release(&folded);
}
END_TEST

START_TEST(bytes_that_are_no_utf8_stay)
{
    expect(MATCH_CASEFOLD, SPAN("A\xff\xfe\x42"), SPAN("a\xff\xfe\x62"));
    expect(MATCH_CASEFOLD, SPAN("\xc3"), SPAN("\xc3"));
    expect(MATCH_CASEFOLD, SPAN("\xc3\x41"), SPAN("\xc3\x61"));
    expect(MATCH_CASEFOLD, SPAN("\xed\xa0\x80"), SPAN("\xed\xa0\x80"));
    expect(MATCH_CASEFOLD, SPAN("\xc1\x81"), SPAN("\xc1\x81"));
    expect(MATCH_CASEFOLD, SPAN("\xf4\x90\x80\x80"), SPAN("\xf4\x90\x80\x80"));
    expect(MATCH_EMAIL, SPAN("\xe9@EXAMPLE.com"), SPAN("\xe9@example.com"));
}
END_TEST

START_TEST(casefold_lowers_ascii_of_any_length)
{
    static const char upper[] = "[@ABCXYZ`{abcxyz}0123456789-ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    static const char lower[] = "[@abcxyz`{abcxyz}0123456789-abcdefghijklmnopqrstuvwxyz";

    for (size_t size = 0; size < sizeof upper; size++)
        expect(MATCH_CASEFOLD, (struct span){upper, size}, (struct span){lower, size});
}
END_TEST

START_TEST(a_wide_character_anywhere_is_folded_with_the_rest)
{
    for (size_t at = 0; at < 40; at++) {
        char upper[42], lower[42];

        memset(upper, 'A', sizeof upper);
        memset(lower, 'a', sizeof lower);
        memcpy(upper + at, "É", 2);
        memcpy(lower + at, "é", 2);
        expect(MATCH_CASEFOLD, (struct span){upper, sizeof upper},
               (struct span){lower, sizeof lower});
    }
}
END_TEST

START_TEST(email_is_trimmed_and_folded)
{
    expect(MATCH_EMAIL, SPAN(" \t\r\nAnn B@Example.COM\n\r\t "), SPAN("ann b@example.com"));
    expect(MATCH_EMAIL, SPAN(" \t\r\n"), SPAN(""));
    expect(MATCH_EMAIL, SPAN("\u00A0a"), SPAN("\u00A0a"));
    expect(MATCH_EMAIL, SPAN("\0a\0"), SPAN("\0a\0"));
}
END_TEST

START_TEST(phone_is_its_digits)
{
    expect(MATCH_PHONE, SPAN("+49 (30) 123-456"), SPAN("4930123456"));
    expect(MATCH_PHONE, SPAN("0049 30 123456"), SPAN("4930123456"));
    expect(MATCH_PHONE, SPAN("(0)0 49"), SPAN("49"));
    expect(MATCH_PHONE, SPAN("030"), SPAN("030"));
    expect(MATCH_PHONE, SPAN("0000"), SPAN("00"));
    expect(MATCH_PHONE, SPAN("none"), SPAN(""));
    expect(MATCH_PHONE, SPAN("\xd9\xa1"), SPAN("")); /* an Arabic digit is none of the ten */
}
END_TEST

START_TEST(uuid_drops_braces_and_dashes)
{
    expect(MATCH_UUID, SPAN("{0F3C9A1B-E0C8-4D2A-95A1-F2D37C6E8B01}"),
           SPAN("0f3c9a1be0c84d2a95a1f2d37c6e8b01"));
    expect(MATCH_UUID, SPAN("{-}"), SPAN(""));
    expect(MATCH_UUID, SPAN(" É"), SPAN(" É"));
}
END_TEST

static void expect_idempotent(enum match_kind match, struct span value)
{
    struct buffer once = BUFFER_INIT;
    struct span normal;

    ck_assert(normalize(match, value, &once, &normal));
    expect(match, normal, normal);
    buffer_release(&once);
}

/* Phones aside: another 00 may stand behind the first. */
START_TEST(a_normal_form_is_its_own)
{
    expect_idempotent(MATCH_CASEFOLD, SPAN("\u1E9E\u03A3\u0130"));
    expect_idempotent(MATCH_EMAIL, SPAN(" \u1E9E\xff A@B\t"));
    expect_idempotent(MATCH_UUID, SPAN("{A-\xff}"));
}
END_TEST

Suite *test_normalize_suite(void)
{
    Suite *suite = suite_create("normalize");
    TCase *cases = tcase_create("normalize");

    tcase_add_checked_fixture(cases, setup, teardown);
    tcase_add_test(cases, exact_is_the_value_itself);
    tcase_add_test(cases, nothing_stays_nothing);
    tcase_add_test(cases, casefold_lowers_ascii_and_keeps_blanks);
    tcase_add_test(cases, casefold_lowers_other_scripts);
    tcase_add_test(cases, sharp_s_stays_one_character);
    tcase_add_test(cases, final_sigma_folds_as_any_sigma);
    tcase_add_test(cases, signs_fold_to_their_letters);
    tcase_add_test(cases, cherokee_folds_upwards);
    tcase_add_test(cases, capital_i_with_dot_has_no_simple_folding);
    tcase_add_test(cases, a_folding_that_is_longer_finds_room);
    tcase_add_test(cases, bytes_that_are_no_utf8_stay);
    tcase_add_test(cases, casefold_lowers_ascii_of_any_length);
    tcase_add_test(cases, a_wide_character_anywhere_is_folded_with_the_rest);
    tcase_add_test(cases, email_is_trimmed_and_folded);
    tcase_add_test(cases, phone_is_its_digits);
    tcase_add_test(cases, uuid_drops_braces_and_dashes);
    tcase_add_test(cases, a_normal_form_is_its_own);
    suite_add_tcase(suite, cases);
    return suite;
}
