#include <check.h>

#include "technique_probe.h"

Suite *test_technique_null_suite(void);

START_TEST(makes_the_cell_null)
{
    struct technique_probe probe;

    technique_probe_open(&probe, "\"null\"");
    ck_assert_int_eq(technique_probe_treat(&probe, SPAN("Jana")), TREATMENT_NULL);
    expect_blank_stays(&probe);
    expect_described(&probe, "");
    technique_probe_close(&probe);
}
END_TEST

START_TEST(is_named_without_quotes_too)
{
    struct technique_probe probe;

    technique_probe_open(&probe, "null");
    ck_assert_int_eq(technique_probe_treat(&probe, SPAN("Jana")), TREATMENT_NULL);
    technique_probe_close(&probe);
}
END_TEST

START_TEST(refuses_options)
{
    expect_refused("\"null\": x", "1:9: this technique takes no options");
}
END_TEST

Suite *test_technique_null_suite(void)
{
    Suite *suite = suite_create("technique_null");
    TCase *tcase = tcase_create("null");

    tcase_add_test(tcase, makes_the_cell_null);
    tcase_add_test(tcase, is_named_without_quotes_too);
    tcase_add_test(tcase, refuses_options);
    suite_add_tcase(suite, tcase);
    return suite;
}
