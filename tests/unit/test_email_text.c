#include "match/email_look.h"
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

static bool look_alike(const char *a, const char *b)
{
    struct email_look looks[2];

    ck_assert(email_look(span_of(a), (size_t)(strchr(a, '@') - a), &looks[0]));
    ck_assert(email_look(span_of(b), (size_t)(strchr(b, '@') - b), &looks[1]));
    return looks[0].local == looks[1].local && looks[0].domain == looks[1].domain;
}

START_TEST(has_one_look_for_all_forms)
{
    struct email_look look;

    ck_assert(look_alike("ann@example.org", "to=Ann@EXAMPLE.org."));
    ck_assert(look_alike("ann@ex.org", "<ann@ex.org>"));
    ck_assert(look_alike("ann@ex.org", "see -.ann@ex.org"));
    ck_assert(look_alike("ann.b_smith@e-x.org", "to ann.b_smith@e-y.org"));
    ck_assert(look_alike("xxab.smith@e", ";zzAB.smith@e.org"));
    ck_assert(look_alike("x-1234567@e", "-1234567@e"));
    ck_assert(!look_alike("ann.1.2@example.org", "ann.2.2@example.org"));
    ck_assert(!look_alike("ann@example.org", "bob@example.org"));
    ck_assert(!look_alike("ann@example.org", "ann@sample.org"));
    ck_assert(look_alike("x,@,x", "@"));
    ck_assert(!email_look(SPAN("\xC3\xBC@example.org"), 2, &look));
    ck_assert(!email_look(SPAN("\xC3\xBC.b@example.org"), 4, &look));
    ck_assert(!email_look(SPAN("a@\xC3\xBC.example"), 1, &look));
}
END_TEST

Suite *test_email_text_suite(void)
{
    Suite *suite = suite_create("email_text");
    TCase *tcase = tcase_create("email_text");

    tcase_add_test(tcase, finds_the_address_in_a_text);
    tcase_add_test(tcase, leaves_alone_what_is_no_address);
    tcase_add_test(tcase, gives_a_form_for_each_place_where_it_may_begin_or_end);
    tcase_add_test(tcase, has_one_look_for_all_forms);
    suite_add_tcase(suite, tcase);
    return suite;
}
