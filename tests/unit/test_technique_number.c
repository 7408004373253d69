#include <check.h>

#include "technique_probe.h"

Suite *test_technique_number_suite(void);

START_TEST(whole_numbers_fall_into_ranges)
{
    struct technique_probe probe;

    technique_probe_open(&probe, "number: {bucket: 10}");
    expect_replaced(&probe, SPAN("34"), "30-39");
    expect_replaced(&probe, SPAN("30"), "30-39");
    expect_replaced(&probe, SPAN("39"), "30-39");
    expect_replaced(&probe, SPAN("0"), "0-9");
    expect_replaced(&probe, SPAN("-0"), "0-9");
    expect_replaced(&probe, SPAN("007"), "0-9");
    expect_blank_stays(&probe);
    expect_described(&probe, "buckets of 10");
    technique_probe_close(&probe);
}
END_TEST

START_TEST(other_numbers_fall_into_intervals)
{
    struct technique_probe probe;

    technique_probe_open(&probe, "number: {bucket: 10}");
    expect_replaced(&probe, SPAN("39.5"), "[30,40)");
    expect_replaced(&probe, SPAN("30.0"), "[30,40)");
    expect_replaced(&probe, SPAN("-1"), "[-10,0)");
    expect_replaced(&probe, SPAN("-10"), "[-10,0)");
    expect_replaced(&probe, SPAN("-10.000001"), "[-20,-10)");
    expect_replaced(&probe, SPAN("-0.1"), "[-10,0)");
    technique_probe_close(&probe);
}
END_TEST

START_TEST(buckets_may_be_fractions)
{
    struct technique_probe probe;

    technique_probe_open(&probe, "number: {bucket: 0.25}");
    expect_replaced(&probe, SPAN("1"), "[1,1.25)");
    expect_replaced(&probe, SPAN("1.3"), "[1.25,1.5)");
    expect_replaced(&probe, SPAN("1.2499999999999999999999999999"), "[1,1.25)");
    expect_replaced(&probe, SPAN("-0.1"), "[-0.25,0)");
    expect_replaced(&probe, SPAN("0.05"), "[0,0.25)");
    expect_described(&probe, "buckets of 0.25");
    technique_probe_close(&probe);

    technique_probe_open(&probe, "number: {bucket: 0.05}");
    expect_replaced(&probe, SPAN("0.12"), "[0.1,0.15)");
    expect_replaced(&probe, SPAN("0.07"), "[0.05,0.1)");
    technique_probe_close(&probe);

    technique_probe_open(&probe, "number: {bucket: 10.00}");
    expect_replaced(&probe, SPAN("34"), "30-39");
    technique_probe_close(&probe);
}
END_TEST

START_TEST(numbers_too_long_to_count_are_untaken)
{
    struct technique_probe probe;

    technique_probe_open(&probe, "number: {bucket: 10}");
    expect_replaced(&probe, SPAN("999999999999999999"), "999999999999999990-999999999999999999");
    expect_replaced(&probe, SPAN("-999999999999999999.9"),
                    "[-1000000000000000000,-999999999999999990)");
    expect_replaced(&probe, SPAN("000000000000000000000034"), "30-39");
    expect_untaken(&probe, SPAN("1000000000000000000"));
    expect_untaken(&probe, SPAN("99999999999999999999999999999999999999999999999"));
    technique_probe_close(&probe);

    technique_probe_open(&probe, "number: {bucket: 0.000000001}");
    expect_replaced(&probe, SPAN("999999999.1234567891"),
                    "[999999999.123456789,999999999.12345679)");
    expect_untaken(&probe, SPAN("1000000000"));
    technique_probe_close(&probe);

    technique_probe_open(&probe, "number: {bucket: 999999999999999999}");
    expect_replaced(&probe, SPAN("999999999999999999"), "999999999999999999-1999999999999999997");
    expect_replaced(&probe, SPAN("-999999999999999999.5"),
                    "[-1999999999999999998,-999999999999999999)");
    technique_probe_close(&probe);
}
END_TEST

START_TEST(takes_nothing_but_plain_decimals)
{
    static const char *const values[] = {"many", "1e3",   "1,5", "1 000", "1'000", ".5",   "5.",
                                         "+5",   "--5",   "-",   " 5",    "5 ",    "0x1f", "NaN",
                                         "inf",  "1.2.3", "5%",  "[",     "[,)",   NULL};
    struct technique_probe probe;

    technique_probe_open(&probe, "number: {bucket: 10}");
    for (size_t i = 0; values[i] != NULL; i++)
        expect_untaken(&probe, span_of(values[i]));
    expect_untaken(&probe, SPAN("5\0"));
    technique_probe_close(&probe);
}
END_TEST

START_TEST(own_output_stays)
{
    struct technique_probe probe;

    technique_probe_open(&probe, "number: {bucket: 10}");
    expect_unchanged(&probe, SPAN("30-39"));
    expect_unchanged(&probe, SPAN("0-9"));
    expect_unchanged(&probe, SPAN("[30,40)"));
    expect_unchanged(&probe, SPAN("[-10,0)"));
    technique_probe_close(&probe);

    technique_probe_open(&probe, "number: {bucket: 0.25}");
    expect_unchanged(&probe, SPAN("[-0.25,0)"));
    expect_unchanged(&probe, SPAN("[1,1.25)"));
    technique_probe_close(&probe);
}
END_TEST

START_TEST(near_misses_of_own_output_are_untaken)
{
    static const char *const values[] = {"31-40",   "30-40",    "30-49",     "030-39",   "30-39 ",
                                         "30.0-39", "30--39",   "-10--1",    "[31,41)",  "[30,41)",
                                         "[30,40]", "[30, 40)", "[30.0,40)", "[30,40)x", "2024-01",
                                         "[-0,10)", NULL};
    struct technique_probe probe;

    technique_probe_open(&probe, "number: {bucket: 10}");
    for (size_t i = 0; values[i] != NULL; i++)
        expect_untaken(&probe, span_of(values[i]));
    technique_probe_close(&probe);

    technique_probe_open(&probe, "number: {bucket: 0.5}");
    expect_untaken(&probe, SPAN("30-39"));
    technique_probe_close(&probe);
}
END_TEST

START_TEST(edges_have_open_ends)
{
    struct technique_probe probe;

    technique_probe_open(&probe, "number: {edges: [18, 30, 65]}");
    expect_replaced(&probe, SPAN("17.99"), "<18");
    expect_replaced(&probe, SPAN("-4"), "<18");
    expect_replaced(&probe, SPAN("18"), "[18,30)");
    expect_replaced(&probe, SPAN("29"), "[18,30)");
    expect_replaced(&probe, SPAN("30"), "[30,65)");
    expect_replaced(&probe, SPAN("64.999999999999999999"), "[30,65)");
    expect_replaced(&probe, SPAN("65"), ">=65");
    expect_unchanged(&probe, SPAN("<18"));
    expect_unchanged(&probe, SPAN("[18,30)"));
    expect_unchanged(&probe, SPAN(">=65"));
    expect_untaken(&probe, SPAN("<30"));
    expect_untaken(&probe, SPAN(">=30"));
    expect_untaken(&probe, SPAN("[18,65)"));
    expect_untaken(&probe, SPAN("18-29"));
    expect_blank_stays(&probe);
    expect_described(&probe, "edges 18, 30, 65");
    technique_probe_close(&probe);

    technique_probe_open(&probe, "number: {edges: [-0.5]}");
    expect_replaced(&probe, SPAN("-0.51"), "<-0.5");
    expect_replaced(&probe, SPAN("-0.5"), ">=-0.5");
    technique_probe_close(&probe);
}
END_TEST

START_TEST(top_and_bottom_end_the_buckets)
{
    struct technique_probe probe;

    technique_probe_open(&probe, "number: {bucket: 10, bottom: 20, top: 90}");
    expect_replaced(&probe, SPAN("19"), "<20");
    expect_replaced(&probe, SPAN("20"), "20-29");
    expect_replaced(&probe, SPAN("89.5"), "[80,90)");
    expect_replaced(&probe, SPAN("90"), ">=90");
    expect_untaken(&probe, SPAN("10-19"));
    expect_untaken(&probe, SPAN("90-99"));
    expect_described(&probe, "buckets of 10, bottom 20, top 90");
    technique_probe_close(&probe);

    technique_probe_open(&probe, "number: {top: 90}");
    expect_unchanged(&probe, SPAN("89.99"));
    expect_unchanged(&probe, SPAN("-4"));
    expect_replaced(&probe, SPAN("90.0"), ">=90");
    expect_unchanged(&probe, SPAN(">=90"));
    expect_untaken(&probe, SPAN("many"));
    technique_probe_close(&probe);
}
END_TEST

START_TEST(refuses_wrong_options)
{
    expect_refused("number", "1:1: missing option 'bucket'");
    expect_refused("number: 10", "1:9: expected options, as in {bucket: ...}, not a scalar");
    expect_refused("number: {bucket: ten}", "1:18: expected a decimal number for 'bucket'");
    expect_refused("number: {bucket: 0}", "1:18: expected a number above 0 for 'bucket'");
    expect_refused("number: {bucket: 0.00}", "1:18: expected a number above 0 for 'bucket'");
    expect_refused("number: {bucket: -5}", "1:18: expected a number above 0 for 'bucket'");
    expect_refused("number: {bucket: 0.0000000001}", "1:18: more than 9 decimals in 'bucket'");
    expect_refused("number: {bucket: 1000000000000000000}",
                   "1:18: more digits in 'bucket' than can be counted exactly");
    expect_refused("number: {buckets: 5, bucket: 5}",
                   "1:10: unknown key 'buckets' (did you mean 'bucket'?)");
    expect_refused("number: {edges: [1, 1]}", "1:21: expected 'edges' to ascend");
    expect_refused("number: {edges: []}", "1:17: expected 1 to 1000 numbers in 'edges'");
    expect_refused("number: {edges: [x]}", "1:18: expected a decimal number for 'edges'");
    expect_refused("number: {edges: 5}", "1:17: expected a list, not a scalar");
    expect_refused("number: {edges: [1], top: 5}",
                   "1:17: 'edges' go with none of 'bucket', 'bottom' and 'top'");
    expect_refused("number: {bottom: 5, top: 5}", "1:26: expected 'top' to be above 'bottom'");
    expect_refused("number: {bucket: 10, top: 95}",
                   "1:27: expected 'top' to be a multiple of 'bucket'");
    expect_refused("number: {bucket: 10, bottom: 5}",
                   "1:30: expected 'bottom' to be a multiple of 'bucket'");
}
END_TEST

Suite *test_technique_number_suite(void)
{
    Suite *suite = suite_create("technique_number");
    TCase *tcase = tcase_create("number");

    tcase_add_test(tcase, whole_numbers_fall_into_ranges);
    tcase_add_test(tcase, other_numbers_fall_into_intervals);
    tcase_add_test(tcase, buckets_may_be_fractions);
    tcase_add_test(tcase, numbers_too_long_to_count_are_untaken);
    tcase_add_test(tcase, takes_nothing_but_plain_decimals);
    tcase_add_test(tcase, own_output_stays);
    tcase_add_test(tcase, near_misses_of_own_output_are_untaken);
    tcase_add_test(tcase, edges_have_open_ends);
    tcase_add_test(tcase, top_and_bottom_end_the_buckets);
    tcase_add_test(tcase, refuses_wrong_options);
    suite_add_tcase(suite, tcase);
    return suite;
}
