#include <check.h>
#include <sys/stat.h>
#include <unistd.h>

#include "scratch_folder.h"
#include "technique_probe.h"

Suite *test_technique_lookup_suite(void);

#define RULE "lookup: {file: cities.csv, from: City, to: Country}"

static struct scratch_folder folder;
static struct technique_probe probe;

static void setup(void)
{
    scratch_folder_enter(&folder);
    scratch_file("cities.csv", "Country;City;Note\nCzechia;Praha;\nCzechia;Brno;x\n"
                               "Österreich;\"Wien; I\";\nAndorra;Andorra;\n");
}

static void teardown(void)
{
    scratch_folder_leave(&folder);
}

START_TEST(maps_exactly)
{
    technique_probe_open(&probe, RULE);
    expect_replaced(&probe, SPAN("Praha"), "Czechia");
    expect_replaced(&probe, SPAN("Brno"), "Czechia");
    expect_replaced(&probe, SPAN("Wien; I"), "Österreich");
    expect_unchanged(&probe, SPAN("Andorra"));
    expect_untaken(&probe, SPAN("praha"));
    expect_untaken(&probe, SPAN("Praha "));
    expect_untaken(&probe, SPAN("Linz\xff"));
    expect_blank_stays(&probe);
    expect_described(&probe, "City to Country by cities.csv");
    technique_probe_close(&probe);
}
END_TEST

START_TEST(own_output_stays)
{
    technique_probe_open(&probe, RULE);
    expect_unchanged(&probe, SPAN("Czechia"));
    expect_unchanged(&probe, SPAN("Österreich"));
    technique_probe_close(&probe);
}
END_TEST

START_TEST(otherwise_another_technique)
{
    technique_probe_open(&probe, "lookup: {file: cities.csv, from: City, to: Country, "
                                 "otherwise: {mask: {keep_first: 1}}}");
    expect_replaced(&probe, SPAN("Praha"), "Czechia");
    expect_replaced(&probe, SPAN("Linz"), "L***");
    expect_described(&probe, "City to Country by cities.csv, otherwise mask");
    technique_probe_close(&probe);

    technique_probe_open(&probe, "lookup: {file: cities.csv, from: City, to: Country, "
                                 "otherwise: keep}");
    expect_unchanged(&probe, SPAN("Linz"));
    technique_probe_close(&probe);
}
END_TEST

START_TEST(a_table_may_be_empty)
{
    unlink("cities.csv");
    scratch_file("cities.csv", "City,Country\n");
    technique_probe_open(&probe, RULE);
    expect_untaken(&probe, SPAN("Praha"));
    technique_probe_close(&probe);
}
END_TEST

/* A message of the table itself: line, column and text. */
static void expect_table_refused(const char *table, const char *message)
{
    unlink("cities.csv");
    scratch_file("cities.csv", table);
    expect_refused(RULE, message);
}

START_TEST(refuses_tables)
{
    expect_table_refused("City,Land\nPraha,Czechia\n", "1:0: no column 'Country'");
    expect_table_refused("City,country\nPraha,Czechia\n",
                         "1:0: no column 'Country' (did you mean 'country'?)");
    expect_table_refused("City,Country,City\na,b,c\n", "1:0: more than one column 'City'");
    expect_table_refused("City,Country\nPraha,Czechia\nBrno,Czechia\nPraha,Moravia\n",
                         "4:0: another value for what line 2 has already");
    expect_table_refused("City,Country\nPraha,=1\n",
                         "2:0: value that would start a spreadsheet formula");
}
END_TEST

START_TEST(the_same_twice_is_fine)
{
    unlink("cities.csv");
    scratch_file("cities.csv", "City,Country\nPraha,Czechia\nPraha,Czechia\n");
    technique_probe_open(&probe, RULE);
    expect_replaced(&probe, SPAN("Praha"), "Czechia");
    technique_probe_close(&probe);
}
END_TEST

START_TEST(the_file_is_beside_the_rules)
{
    static const char message[] = "1:16: expected a path below the folder of the rules file";

    ck_assert_int_eq(mkdir("tables", 0700), 0);
    ck_assert_int_eq(rename("cities.csv", "tables/cities.csv"), 0);
    technique_probe_open(&probe, "lookup: {file: tables/cities.csv, from: City, to: Country}");
    expect_replaced(&probe, SPAN("Praha"), "Czechia");
    technique_probe_close(&probe);

    expect_refused("lookup: {file: ../cities.csv, from: City, to: Country}", message);
    expect_refused("lookup: {file: tables/.., from: City, to: Country}", message);
    expect_refused("lookup: {file: /etc/passwd, from: City, to: Country}", message);
    ck_assert_int_eq(symlink("tables/cities.csv", "cities.csv"), 0);
    expect_refused(RULE, "0:0: cannot open: a symbolic link, or outside its folder");
}
END_TEST

START_TEST(refuses_wrong_options)
{
    expect_refused("lookup: {file: cities.csv, from: City}", "1:9: missing key 'to'");
    expect_refused("lookup: cities.csv", "1:9: expected options, as in {file: ...}, not a scalar");
    expect_refused("lookup: {file: cities.csv, from: City, to: Country, otherwise: claer}",
                   "1:64: unknown technique 'claer' (did you mean 'clear'?)");
    expect_refused("lookup: {file: cities.csv, from: City, to: Country, otherwise: drop_column}",
                   "1:64: a technique for whole columns can't take single cells");
    expect_refused("lookup: {file: cities.csv, from: City, to: Country, otherwise: [clear]}",
                   "1:64: expected a scalar, not a list");
}
END_TEST

Suite *test_technique_lookup_suite(void)
{
    Suite *suite = suite_create("technique_lookup");
    TCase *tcase = tcase_create("lookup");

    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_test(tcase, maps_exactly);
    tcase_add_test(tcase, own_output_stays);
    tcase_add_test(tcase, otherwise_another_technique);
    tcase_add_test(tcase, a_table_may_be_empty);
    tcase_add_test(tcase, refuses_tables);
    tcase_add_test(tcase, the_same_twice_is_fine);
    tcase_add_test(tcase, the_file_is_beside_the_rules);
    tcase_add_test(tcase, refuses_wrong_options);
    suite_add_tcase(suite, tcase);
    return suite;
}
