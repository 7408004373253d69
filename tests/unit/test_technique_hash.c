#include <check.h>
#include <stdio.h>

#include "technique_probe.h"

/* Python's hmac, with the probe's key. */
#define DIGEST "48bf89c2c25b94c730985762ab310f6e64f757856d12c0dad8eef7e06471a9c5"

Suite *test_technique_hash_suite(void);

START_TEST(is_the_whole_digest_by_default)
{
    static const char *const rules[] = {"hash", "hash: hmac-sha256", "hash: {length: 64}"};
    struct technique_probe probe;

    for (size_t i = 0; i < sizeof rules / sizeof rules[0]; i++) {
        technique_probe_open(&probe, rules[i]);
        expect_replaced(&probe, SPAN("Jana Nováková"), DIGEST);
        expect_blank_stays(&probe);
        expect_described(&probe, "hmac-sha256, 64 characters of hex");
        technique_probe_close(&probe);
    }
}
END_TEST

START_TEST(is_cut_to_its_length)
{
    struct technique_probe probe;

    technique_probe_open(&probe, "hash: {length: 8}");
    expect_replaced(&probe, SPAN("Jana Nováková"), "48bf89c2");
    expect_described(&probe, "hmac-sha256, 8 characters of hex");
    technique_probe_close(&probe);
}
END_TEST

START_TEST(own_output_stays_where_a_run_was_before)
{
    struct technique_probe probe;

    technique_probe_open(&probe, "hash: {length: 8}");
    ck_assert_int_eq(technique_probe_treat(&probe, SPAN("48bf89c2")), TREATMENT_REPLACED);
    probe.keep_own = true;
    expect_unchanged(&probe, SPAN("48bf89c2"));
    ck_assert_int_eq(technique_probe_treat(&probe, SPAN("48BF89C2")), TREATMENT_REPLACED);
    ck_assert_int_eq(technique_probe_treat(&probe, SPAN("48bf89c")), TREATMENT_REPLACED);
    ck_assert_int_eq(technique_probe_treat(&probe, SPAN("48bf89c2c")), TREATMENT_REPLACED);
    technique_probe_close(&probe);
}
END_TEST

START_TEST(is_encoded_as_asked)
{
    struct technique_probe probe;

    technique_probe_open(&probe, "hash: {encoding: base32}");
    expect_replaced(&probe, SPAN("Jana Nováková"),
                    "jc7ytqwclokmomeyk5rkwmipnzspov4fnujmbwwy5336azdrvhcq");
    expect_described(&probe, "hmac-sha256, 52 characters of base32");
    technique_probe_close(&probe);

    technique_probe_open(&probe, "hash: {encoding: base64url}");
    expect_replaced(&probe, SPAN("Jana Nováková"), "JF_E4WEtymOYTCuxVZiHtzJ7q8K2iWBtbHd78DI41OK");
    technique_probe_close(&probe);

    technique_probe_open(&probe, "hash: {encoding: base64url, length: 10}");
    expect_replaced(&probe, SPAN("Jana Nováková"), "JF_E4WEtym");
    technique_probe_close(&probe);
}
END_TEST

START_TEST(base64url_never_starts_a_formula)
{
    struct technique_probe probe;
    char value[32];

    technique_probe_open(&probe, "hash: {encoding: base64url}");
    for (int i = 0; i < 2000; i++) {
        snprintf(value, sizeof value, "value %d", i);
        ck_assert_int_eq(technique_probe_treat(&probe, span_of(value)), TREATMENT_REPLACED);
        ck_assert_uint_eq(probe.out.size, 43);
        ck_assert_ptr_nonnull(strchr("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdef", probe.out.at[0]));
        probe.keep_own = true;
        expect_unchanged(&probe, arena_span(&probe.arena, buffer_span(&probe.out)));
        probe.keep_own = false;
    }
    technique_probe_close(&probe);
}
END_TEST

START_TEST(near_misses_of_own_output_are_treated)
{
    static const char *const values[] = {
        "JF_E4WEtymOYTCuxVZiHtzJ7q8K2iWBtbHd78DI41O",  /* short */
        "JF_E4WEtymOYTCuxVZiHtzJ7q8K2iWBtbHd78DI41OL", /* ends in a bit that is none */
        "gF_E4WEtymOYTCuxVZiHtzJ7q8K2iWBtbHd78DI41OK", /* begins with a bit that is none */
        "JF+E4WEtymOYTCuxVZiHtzJ7q8K2iWBtbHd78DI41OK", /* base64 */
        NULL};
    struct technique_probe probe;

    technique_probe_open(&probe, "hash: {encoding: base64url}");
    probe.keep_own = true;
    for (size_t i = 0; values[i] != NULL; i++)
        ck_assert_int_eq(technique_probe_treat(&probe, span_of(values[i])), TREATMENT_REPLACED);
    technique_probe_close(&probe);
}
END_TEST

START_TEST(refuses_wrong_options)
{
    expect_refused("hash: md5", "1:7: unknown algorithm 'md5' (expected hmac-sha256)");
    expect_refused("hash: {length: 7}", "1:16: expected a whole number from 8 to 64 for 'length'");
    expect_refused("hash: {length: 65}", "1:16: expected a whole number from 8 to 64 for 'length'");
    expect_refused("hash: {length: 99999999999999999999999}",
                   "1:16: expected a whole number from 8 to 64 for 'length'");
    expect_refused("hash: {length: -8}", "1:16: expected a whole number from 8 to 64 for 'length'");
    expect_refused("hash: {length: ''}", "1:16: expected a whole number from 8 to 64 for 'length'");
    expect_refused("hash: {lenght: 8}", "1:8: unknown key 'lenght' (did you mean 'length'?)");
    expect_refused("hash: {encoding: base64}",
                   "1:18: unknown encoding 'base64' (did you mean 'base32'?)");
    expect_refused("hash: {encoding: base32, length: 53}",
                   "1:34: expected a whole number from 8 to 52 for 'length'");
    expect_refused("hash: {encoding: base64url, length: 44}",
                   "1:37: expected a whole number from 8 to 43 for 'length'");
}
END_TEST

Suite *test_technique_hash_suite(void)
{
    Suite *suite = suite_create("technique_hash");
    TCase *tcase = tcase_create("hash");

    tcase_add_test(tcase, is_the_whole_digest_by_default);
    tcase_add_test(tcase, is_cut_to_its_length);
    tcase_add_test(tcase, own_output_stays_where_a_run_was_before);
    tcase_add_test(tcase, is_encoded_as_asked);
    tcase_add_test(tcase, base64url_never_starts_a_formula);
    tcase_add_test(tcase, near_misses_of_own_output_are_treated);
    tcase_add_test(tcase, refuses_wrong_options);
    suite_add_tcase(suite, tcase);
    return suite;
}
