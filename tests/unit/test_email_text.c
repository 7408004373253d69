#include "match/email_text.h"

#include <check.h>

/* All forms of all addresses in the text, with a comma behind each. */
static const char *forms_in(const char *text)
{
    static char forms[512];
    const struct span span = span_of(text);
    struct found_email found;
    struct span form;
    size_t from = 0;

    forms[0] = '\0';
    while (email_next(span, &from, &found))
        while (email_form_next(span, &found, &form)) {
            strncat(forms, form.at, form.size);
            strcat(forms, ",");
        }
    return forms;
}

START_TEST(finds_the_address_in_a_text)
{
    ck_assert_str_eq(forms_in("ann@example.org"), "ann@example.org,");
    ck_assert_str_eq(forms_in("Write to <ann.x+y@mail.example.org>."), "ann.x+y@mail.example.org,");
    ck_assert_str_eq(forms_in("'ann@a.example', bob@b.example;"), "ann@a.example,bob@b.example,");
    ck_assert_str_eq(forms_in("o'brien@example.org"), "o'brien@example.org,");
    ck_assert_str_eq(forms_in("mailto:ann@example.org?subject=x"), "ann@example.org,");
}
END_TEST

START_TEST(leaves_alone_what_is_no_address)
{
    ck_assert_str_eq(forms_in(""), "");
    ck_assert_str_eq(forms_in("@ann @ example.org"), "");
    ck_assert_str_eq(forms_in("ann@"), "");
    ck_assert_str_eq(forms_in("...@..."), "");
}
END_TEST

START_TEST(gives_a_form_for_each_place_where_it_may_begin_or_end)
{
    ck_assert_str_eq(forms_in("to=ann@example.org"), "to=ann@example.org,ann@example.org,");
    ck_assert_str_eq(forms_in("a=b&c@d.example"), "a=b&c@d.example,b&c@d.example,c@d.example,");
    ck_assert_str_eq(forms_in("ann@example.org\xE2\x80\x99s"),
                     "ann@example.org\xE2\x80\x99s,ann@example.org,");
    ck_assert_str_eq(forms_in("\xE2\x80\x9C"
                              "ann@example.org"),
                     "\xE2\x80\x9C"
                     "ann@example.org,ann@example.org,");
}
END_TEST

static bool cores_alike(const char *a, const char *b)
{
    char cores[2][8];

    ck_assert(email_core(span_of(a), (size_t)(strchr(a, '@') - a), cores[0]));
    ck_assert(email_core(span_of(b), (size_t)(strchr(b, '@') - b), cores[1]));
    return memcmp(cores[0], cores[1], sizeof cores[0]) == 0;
}

START_TEST(has_one_core_for_all_forms)
{
    char core[8];

    ck_assert(cores_alike("ann@example.org", "to=Ann@EXAMPLE.org."));
    ck_assert(cores_alike("ann@ex.org", "<ann@ex.org>"));
    ck_assert(cores_alike("x.a@b.c", "y.a@b.d"));
    ck_assert(!cores_alike("ann@example.org", "bob@example.org"));
    ck_assert(!email_core(SPAN("\xC3\xBC@example.org"), 2, core));
    ck_assert(!email_core(SPAN("a@\xC3\xBC.example"), 1, core));
}
END_TEST

Suite *test_email_text_suite(void)
{
    Suite *suite = suite_create("email_text");
    TCase *tcase = tcase_create("email_text");

    tcase_add_test(tcase, finds_the_address_in_a_text);
    tcase_add_test(tcase, leaves_alone_what_is_no_address);
    tcase_add_test(tcase, gives_a_form_for_each_place_where_it_may_begin_or_end);
    tcase_add_test(tcase, has_one_core_for_all_forms);
    suite_add_tcase(suite, tcase);
    return suite;
}
