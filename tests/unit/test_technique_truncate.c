#include <check.h>

#include "technique_probe.h"

Suite *test_technique_truncate_suite(void);

START_TEST(keeps_a_prefix)
{
    struct technique_probe probe;

    technique_probe_open(&probe, "truncate: 3");
    expect_replaced(&probe, SPAN("11000"), "110");
    expect_unchanged(&probe, SPAN("110"));
    expect_unchanged(&probe, SPAN("1"));
    expect_blank_stays(&probe);
    expect_described(&probe, "keep the first 3");
    technique_probe_close(&probe);
}
END_TEST

START_TEST(counts_code_points)
{
    struct technique_probe probe;

    technique_probe_open(&probe, "truncate: {length: 2}");
    expect_replaced(&probe, SPAN("Žďár"), "Žď");
    expect_replaced(&probe, SPAN("😀😁😂"), "😀😁");
    expect_unchanged(&probe, SPAN("Žď"));
    technique_probe_close(&probe);
}
END_TEST

START_TEST(a_byte_of_no_code_point_counts_as_one)
{
    struct technique_probe probe;

    technique_probe_open(&probe, "truncate: 2");
    expect_replaced(&probe,
                    SPAN("\xe2\x82"
                         "ab"),
                    "\xe2\x82");
    expect_replaced(&probe, SPAN("\xff\xfe\xfd"), "\xff\xfe");
    expect_replaced(&probe, SPAN("\xed\xa0\x80"), "\xed\xa0"); /* a surrogate */
    expect_unchanged(&probe, SPAN("\xe2\x82"));
    technique_probe_close(&probe);
}
END_TEST

START_TEST(refuses_wrong_options)
{
    expect_refused("truncate", "1:1: missing option 'length'");
    expect_refused("truncate: {}", "1:11: missing key 'length'");
    expect_refused("truncate: 0", "1:11: expected a whole number from 1 to 1000 for 'length'");
    expect_refused("truncate: 1.5", "1:11: expected a whole number from 1 to 1000 for 'length'");
    expect_refused("truncate: {size: 3, length: 3}", "1:12: unknown key 'size'");
}
END_TEST

Suite *test_technique_truncate_suite(void)
{
    Suite *suite = suite_create("technique_truncate");
    TCase *tcase = tcase_create("truncate");

    tcase_add_test(tcase, keeps_a_prefix);
    tcase_add_test(tcase, counts_code_points);
    tcase_add_test(tcase, a_byte_of_no_code_point_counts_as_one);
    tcase_add_test(tcase, refuses_wrong_options);
    suite_add_tcase(suite, tcase);
    return suite;
}
