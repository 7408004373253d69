#include <check.h>
#include <stdio.h>

#include "technique_probe.h"

Suite *test_technique_constant_suite(void);

START_TEST(writes_the_text)
{
    struct technique_probe probe;

    technique_probe_open(&probe, "constant: entfernt ✓");
    expect_replaced(&probe, SPAN("Jana"), "entfernt ✓");
    expect_unchanged(&probe, SPAN("entfernt ✓"));
    expect_blank_stays(&probe);
    expect_described(&probe, "entfernt ✓");
    technique_probe_close(&probe);
}
END_TEST

START_TEST(fills_blank_cells_where_asked_to)
{
    struct technique_probe probe;

    technique_probe_open(&probe, "constant: {text: removed, fill_empty: true}");
    expect_replaced(&probe, SPAN("Jana"), "removed");
    expect_replaced(&probe, SPAN(""), "removed");
    expect_described(&probe, "removed, empty cells too");
    technique_probe_close(&probe);

    technique_probe_open(&probe, "constant: {text: removed, fill_empty: false}");
    expect_blank_stays(&probe);
    technique_probe_close(&probe);
}
END_TEST

START_TEST(refuses_what_starts_a_formula)
{
    static const char *const texts[] = {"=x", "+x", "-x", "@x", "\\tx", "\\rx"};

    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        char rule[32];
        snprintf(rule, sizeof rule, "constant: \"%s\"", texts[i]);
        expect_refused(rule, "1:11: text that would start a spreadsheet formula");
    }
}
END_TEST

START_TEST(refuses_wrong_options)
{
    expect_refused("constant", "1:1: missing option 'text'");
    expect_refused("constant: ''", "1:11: empty 'text'");
    expect_refused("constant: [a]", "1:11: expected options, as in {text: ...}, not a list");
    expect_refused("constant: {fill_empty: true}", "1:11: missing key 'text'");
    expect_refused("constant: {text: [a]}", "1:18: expected a scalar, not a list");
    expect_refused("constant: {text: a, fill_empty: yes}", "1:33: expected true or false");
    expect_refused("constant: {text: a, fill_emtpy: true}",
                   "1:21: unknown key 'fill_emtpy' (did you mean 'fill_empty'?)");
}
END_TEST

Suite *test_technique_constant_suite(void)
{
    Suite *suite = suite_create("technique_constant");
    TCase *tcase = tcase_create("constant");

    tcase_add_test(tcase, writes_the_text);
    tcase_add_test(tcase, fills_blank_cells_where_asked_to);
    tcase_add_test(tcase, refuses_what_starts_a_formula);
    tcase_add_test(tcase, refuses_wrong_options);
    suite_add_tcase(suite, tcase);
    return suite;
}
