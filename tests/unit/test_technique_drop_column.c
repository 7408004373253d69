#include <check.h>

#include "technique_probe.h"

Suite *test_technique_drop_column_suite(void);

START_TEST(acts_on_the_column)
{
    struct technique_probe probe;

    technique_probe_open(&probe, "drop_column");
    ck_assert(probe.compiled.technique->whole_column);
    technique_probe_close(&probe);
}
END_TEST

START_TEST(a_cell_loses_its_value_all_the_same)
{
    struct technique_probe probe;

    technique_probe_open(&probe, "drop_column");
    expect_replaced(&probe, SPAN("Jana"), "");
    technique_probe_close(&probe);
}
END_TEST

START_TEST(refuses_options)
{
    expect_refused("drop_column: true", "1:14: this technique takes no options");
}
END_TEST

Suite *test_technique_drop_column_suite(void)
{
    Suite *suite = suite_create("technique_drop_column");
    TCase *tcase = tcase_create("drop_column");

    tcase_add_test(tcase, acts_on_the_column);
    tcase_add_test(tcase, a_cell_loses_its_value_all_the_same);
    tcase_add_test(tcase, refuses_options);
    suite_add_tcase(suite, tcase);
    return suite;
}
