#include <check.h>

#include "technique_probe.h"

/* Expected values: Python's hmac, with the probe's key. */

Suite *test_technique_scramble_suite(void);

static struct technique_probe probe;

static void setup(void)
{
    technique_probe_open(&probe, "scramble");
}

static void teardown(void)
{
    technique_probe_close(&probe);
}

START_TEST(keeps_length_case_and_classes)
{
    expect_replaced(&probe, SPAN("AB-1234/x"), "DD-6119/i");
    expect_replaced(&probe, SPAN("AB-1234/x"), "DD-6119/i");
    expect_blank_stays(&probe);
    expect_described(&probe, "");
}
END_TEST

START_TEST(letters_of_any_script_become_latin_ones)
{
    expect_replaced(&probe, SPAN("Jana Nováková"), "Rndz Phmzmeyh");
    expect_replaced(&probe, SPAN("Ž"), "O");
}
END_TEST

static void expect_classes(struct span value, const char *classes)
{
    ck_assert_int_eq(technique_probe_treat(&probe, value), TREATMENT_REPLACED);
    ck_assert_uint_eq(probe.out.size, strlen(classes));
    for (size_t i = 0; classes[i] != '\0'; i++) {
        const char byte = probe.out.at[i];
        const char class = byte >= '0' && byte <= '9'   ? '0'
                           : byte >= 'A' && byte <= 'Z' ? 'A'
                           : byte >= 'a' && byte <= 'z' ? 'a'
                                                        : byte;
        ck_assert_int_eq(class, classes[i]);
    }
}

START_TEST(what_has_no_case_becomes_small)
{
    expect_classes(SPAN("田中 ４２"), "aa 00");
    expect_classes(SPAN("e\xcc\x81n"), "aaa"); /* a combining mark is a character of its own */
    expect_classes(SPAN("Nov\xe1k-12"), "Aaaaa-00");
    expect_classes(SPAN("\xf0\x9fX"), "aaA");
}
END_TEST

START_TEST(signs_stay)
{
    expect_unchanged(&probe, SPAN(" -/.,;()„“–€\t"));
    expect_unchanged(&probe, SPAN("👍"));
    ck_assert_int_eq(technique_probe_treat(&probe, SPAN("=Jana")), TREATMENT_REPLACED);
    ck_assert_int_eq(probe.out.at[0], '=');
}
END_TEST

START_TEST(a_long_value_is_scrambled_to_its_end)
{
    expect_replaced(&probe, SPAN("xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"),
                    "pwjhprwrebvtjxbgmrzcebmoppnqiuqwkglhjbxx");
}
END_TEST

START_TEST(a_scrambled_value_is_scrambled_again)
{
    probe.keep_own = true;
    ck_assert_int_eq(technique_probe_treat(&probe, SPAN("DD-6119/i")), TREATMENT_REPLACED);
}
END_TEST

START_TEST(takes_no_options)
{
    expect_refused("scramble: {keep: 1}",
                   "1:12: this technique takes no options ('keep' belongs in an entity)");
}
END_TEST

Suite *test_technique_scramble_suite(void)
{
    Suite *suite = suite_create("technique_scramble");
    TCase *tcase = tcase_create("scramble");

    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_test(tcase, keeps_length_case_and_classes);
    tcase_add_test(tcase, letters_of_any_script_become_latin_ones);
    tcase_add_test(tcase, what_has_no_case_becomes_small);
    tcase_add_test(tcase, signs_stay);
    tcase_add_test(tcase, a_long_value_is_scrambled_to_its_end);
    tcase_add_test(tcase, a_scrambled_value_is_scrambled_again);
    tcase_add_test(tcase, takes_no_options);
    suite_add_tcase(suite, tcase);
    return suite;
}
