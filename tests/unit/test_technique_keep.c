#include <check.h>

#include "technique_probe.h"

Suite *test_technique_keep_suite(void);

START_TEST(changes_nothing)
{
    struct technique_probe probe;

    technique_probe_open(&probe, "keep");
    expect_unchanged(&probe, SPAN("Jana"));
    expect_unchanged(&probe, SPAN("=1+1"));
    expect_unchanged(&probe, SPAN("\xff"));
    expect_blank_stays(&probe);
    technique_probe_close(&probe);
}
END_TEST

START_TEST(refuses_options)
{
    expect_refused("keep: [a]", "1:7: this technique takes no options");
}
END_TEST

Suite *test_technique_keep_suite(void)
{
    Suite *suite = suite_create("technique_keep");
    TCase *tcase = tcase_create("keep");

    tcase_add_test(tcase, changes_nothing);
    tcase_add_test(tcase, refuses_options);
    suite_add_tcase(suite, tcase);
    return suite;
}
