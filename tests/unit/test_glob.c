#include "base/glob.h"

#include <check.h>
#include <string.h>

struct example {
    const char *pattern;
    const char *path;
    bool matches;
};

static const struct example examples[] = {
    {"contacts.csv", "contacts.csv", true},
    {"contacts.csv", "contacts.csv.gz", false},
    {"contacts.csv", "Contacts.csv", false},
    {"contacts.csv", "a/contacts.csv", false},
    {"", "", true},
    {"", "a", false},
    {"*", "", true},
    {"*", "a.csv", true},
    {"*", ".hidden", true},
    {"*", "a/b", false},
    {"*.csv", ".csv", true},
    {"*.csv", "a.csv.csv", true},
    {"*.csv", "a.csvx", false},
    {"a*b*c", "a-b-b-c", true},
    {"a*b*c", "a-b-b-d", false},
    {"a**c", "abc", true},
    {"a**c", "a/c", false},
    {"?.csv", "a.csv", true},
    {"?.csv", ".csv", false},
    {"?", "/", false},
    {"a?b", "a/b", false},
    {"??", "\xc3\xa9", true},
    {"[ab].csv", "a.csv", false},
    {"[ab].csv", "[ab].csv", true},
    {"a/*.csv", "a/b.csv", true},
    {"a/*.csv", "a/b/c.csv", false},
    {"*/x", "a/x", true},
    {"*/x", "x", false},
    {"**/x.csv", "x.csv", true},
    {"**/x.csv", "a/x.csv", true},
    {"**/x.csv", "a/b/x.csv", true},
    {"**/x.csv", "a/x.csv/y", false},
    {"**/x.csv", "ax.csv", false},
    {"a/**", "a", false},
    {"a/**", "a/b", true},
    {"a/**", "a/b/c", true},
    {"a/**", "b/a", false},
    {"a/**/b", "a/b", true},
    {"a/**/b", "a/x/y/b", true},
    {"a/**/b", "a/x/y/c", false},
    {"**", "a", true},
    {"**", "a/b/c", true},
    {"**/**", "a", true},
    {"**/**/b", "b", true},
    {"**/a/**/b", "x/a/y/a/z/b", true},
    {"**/a/*/b", "a/x/a/y/b", true},
    {"**/a/*/b", "a/x/y/b", false},
    {"a/*", "a", false},
    {"a", "a/b", false},
};

START_TEST(the_example_comes_out)
{
    const struct example *example = &examples[_i];

    ck_assert_msg(glob_matches(example->pattern, example->path) == example->matches, "%s on %s",
                  example->pattern, example->path);
}
END_TEST

START_TEST(case_matters_unless_it_is_not_to)
{
    ck_assert(!glob_matches("*.csv", "A.CSV"));
    ck_assert(!glob_matches("Data/?.csv", "data/A.csv"));
    ck_assert(glob_matches_any_case("*.csv", "A.CSV"));
    ck_assert(glob_matches_any_case("**/Data/A[z].csv", "data/a[Z].csv"));
    ck_assert(!glob_matches_any_case("a[", "A{"));
    ck_assert(!glob_matches_any_case("\xc3\x84.csv", "\xc3\xa4.csv"));
}
END_TEST

START_TEST(many_stars_take_no_exponential_time)
{
    char pattern[4096] = "";
    char path[4096] = "";

    for (int i = 0; i < 100; i++) {
        strcat(pattern, "**/*a*a*a*/");
        strcat(path, "aaaaaaaaaaaaaaaa/");
    }
    strcat(pattern, "b");
    strcat(path, "c");
    ck_assert(!glob_matches(pattern, path));
}
END_TEST

Suite *test_glob_suite(void)
{
    Suite *suite = suite_create("glob");
    TCase *cases = tcase_create("glob");

    tcase_add_loop_test(cases, the_example_comes_out, 0,
                        (int)(sizeof examples / sizeof examples[0]));
    tcase_add_test(cases, case_matters_unless_it_is_not_to);
    tcase_add_test(cases, many_stars_take_no_exponential_time);
    suite_add_tcase(suite, cases);
    return suite;
}
