#include <check.h>

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
        expect_described(&probe, "hmac-sha256, 64 characters");
        technique_probe_close(&probe);
    }
}
END_TEST

START_TEST(is_cut_to_its_length)
{
    struct technique_probe probe;

    technique_probe_open(&probe, "hash: {length: 8}");
    expect_replaced(&probe, SPAN("Jana Nováková"), "48bf89c2");
    expect_described(&probe, "hmac-sha256, 8 characters");
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
}
END_TEST

Suite *test_technique_hash_suite(void)
{
    Suite *suite = suite_create("technique_hash");
    TCase *tcase = tcase_create("hash");

    tcase_add_test(tcase, is_the_whole_digest_by_default);
    tcase_add_test(tcase, is_cut_to_its_length);
    tcase_add_test(tcase, own_output_stays_where_a_run_was_before);
    tcase_add_test(tcase, refuses_wrong_options);
    suite_add_tcase(suite, tcase);
    return suite;
}
