#include <check.h>

#include "technique_probe.h"

Suite *test_technique_clear_suite(void);

START_TEST(empties_whatever_stands_there)
{
    struct technique_probe probe;

    technique_probe_open(&probe, "clear");
    expect_replaced(&probe, SPAN("Jana"), "");
    expect_replaced(&probe, SPAN("=1+1"), "");
    expect_replaced(&probe, SPAN("a\0b"), "");
    expect_replaced(&probe, SPAN("\xff\xfe"), "");
    expect_blank_stays(&probe);
    expect_described(&probe, "");
    technique_probe_close(&probe);
}
END_TEST

START_TEST(refuses_options)
{
    expect_refused("clear: all", "1:8: this technique takes no options");
    expect_refused("clear: {with: x}", "1:8: this technique takes no options");
}
END_TEST

Suite *test_technique_clear_suite(void)
{
    Suite *suite = suite_create("technique_clear");
    TCase *tcase = tcase_create("clear");

    tcase_add_test(tcase, empties_whatever_stands_there);
    tcase_add_test(tcase, refuses_options);
    suite_add_tcase(suite, tcase);
    return suite;
}
