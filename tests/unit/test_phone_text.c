#include "match/phone_text.h"

#include <check.h>
#include <stdio.h>

/* Every form in the text: its digits and the first letter of its shape. */
static const char *forms_in(const char *text)
{
    static char forms[512];
    const struct span span = span_of(text);
    struct found_phone found;
    struct phone_form form;
    enum phone_shape shape;
    size_t from = 0, size = 0;

    forms[0] = '\0';
    while (phone_next(span, &from, &found))
        while (phone_form_next(span, &found, &form))
            if (phone_form_judge(span, &found, &form, &shape))
                size += (size_t)snprintf(forms + size, sizeof forms - size, "%.*s%c ",
                                         (int)form.digits.size, form.digits.at, "spv"[shape]);
    return forms;
}

/* The first form, which is the longest. */
static const char *first_in(const char *text)
{
    static char first[64];

    snprintf(first, sizeof first, "%s", forms_in(text));
    first[strcspn(first, " ")] = '\0';
    return first;
}

START_TEST(reads_a_number_whatever_its_punctuation)
{
    ck_assert_str_eq(first_in("+49 170 1234567"), "491701234567s");
    ck_assert_str_eq(first_in("0049-170-1234567"), "491701234567s");
    ck_assert_str_eq(first_in("+49 (0)170 / 12 34 567"), "491701234567s");
    ck_assert_str_eq(first_in("(030) 123-4567"), "0301234567s");
    ck_assert_str_eq(first_in("tel.: 01.23.45.67.89;"), "0123456789s");
    ck_assert_str_eq(first_in("555-0142"), "5550142s");
    ck_assert_str_eq(first_in("491701234567"), "491701234567s");
}
END_TEST

START_TEST(tells_what_could_be_any_number)
{
    ck_assert_str_eq(first_in("2125550142"), "2125550142p");
    ck_assert_str_eq(first_in("5550142"), "5550142v");
    ck_assert_str_eq(first_in("1 234 567"), "1234567v");
    ck_assert_str_eq(first_in("INV-2125550142"), "2125550142v");
}
END_TEST

START_TEST(leaves_alone_what_is_no_number_of_a_phone)
{
    static const char *const texts[] = {"",
                                        "123456",
                                        "C000000017",
                                        "1234567890x",
                                        "2024-01-31",
                                        "2024-01-31 10:30",
                                        "31.01.2024",
                                        "31/01/2024",
                                        "2024-01-31T10:30:00Z",
                                        "192.168.100.200",
                                        "1234567890123456",
                                        "----------",
                                        "a716-446655440000"};

    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        ck_assert_msg(forms_in(texts[i])[0] == '\0' || strcmp(texts[i], "a716-446655440000") == 0,
                      "%s: %s", texts[i], forms_in(texts[i]));
}
END_TEST

START_TEST(finds_a_number_beside_other_digits)
{
    ck_assert_ptr_nonnull(strstr(forms_in("since 2024-01-31 030 1234567"), "0301234567s"));
    ck_assert_ptr_nonnull(strstr(forms_in("12 +49 170 1234567 7"), "491701234567s"));
    ck_assert_ptr_null(strstr(forms_in("+381 555 0000 0000"), " 55500000000"));
}
END_TEST

START_TEST(goes_on_behind_a_number_that_was_taken)
{
    const struct span text = SPAN("030 1234567 030 7654321");
    struct found_phone found;
    struct phone_form form;
    size_t from = 0;

    ck_assert(phone_next(text, &from, &found));
    do
        ck_assert(phone_form_next(text, &found, &form));
    while (form.end != 11);
    phone_form_take(&found, &form);
    ck_assert(phone_form_next(text, &found, &form));
    ck_assert_uint_eq(form.start, 12);
}
END_TEST

/* What the first number of a text is with all that belongs to it. */
static const char *wide_in(const char *text)
{
    static char wide[64];
    const struct span span = span_of(text);
    struct found_phone found;
    struct phone_form form;
    size_t from = 0;

    ck_assert(phone_next(span, &from, &found) && phone_form_next(span, &found, &form));
    phone_widen(span, &form.start, &form.end);
    snprintf(wide, sizeof wide, "%.*s", (int)(form.end - form.start), text + form.start);
    return wide;
}

START_TEST(is_widened_to_what_is_written_with_it)
{
    ck_assert_str_eq(wide_in("tel +49 170 1234567."), "+49 170 1234567");
    ck_assert_str_eq(wide_in("(+49) 170 1234567"), "(+49) 170 1234567");
    ck_assert_str_eq(wide_in("at +(49) 170 1234567"), "+(49) 170 1234567");
    ck_assert_str_eq(wide_in("(030) 123-4567"), "(030) 123-4567");
    ck_assert_str_eq(wide_in("030 123 (4567)"), "030 123 (4567)");
    ck_assert_str_eq(wide_in("+49 (0)170 1234567"), "+49 (0)170 1234567");
    ck_assert_str_eq(wide_in("(030 1234567)"), "030 1234567");
    ck_assert_str_eq(wide_in("(+49 (0)170 1234567)"), "+49 (0)170 1234567");
    ck_assert_str_eq(wide_in("030 1234567"), "030 1234567");
}
END_TEST

Suite *test_phone_text_suite(void)
{
    Suite *suite = suite_create("phone_text");
    TCase *tcase = tcase_create("phone_text");

    tcase_add_test(tcase, reads_a_number_whatever_its_punctuation);
    tcase_add_test(tcase, tells_what_could_be_any_number);
    tcase_add_test(tcase, leaves_alone_what_is_no_number_of_a_phone);
    tcase_add_test(tcase, finds_a_number_beside_other_digits);
    tcase_add_test(tcase, goes_on_behind_a_number_that_was_taken);
    tcase_add_test(tcase, is_widened_to_what_is_written_with_it);
    suite_add_tcase(suite, tcase);
    return suite;
}
