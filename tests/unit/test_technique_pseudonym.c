#include <check.h>

#include "technique_probe.h"

/* Expected pseudonyms: Python's hmac, base64 and uuid, with the probe's key. */

Suite *test_technique_pseudonym_suite(void);

START_TEST(token)
{
    struct technique_probe probe;

    technique_probe_open(&probe, "pseudonym: token");
    expect_replaced(&probe, SPAN("Jana Nováková"), "bqbqs7pklphb6mvqx7j2tvqobm");
    expect_blank_stays(&probe);
    expect_described(&probe, "token");
    technique_probe_close(&probe);
}
END_TEST

START_TEST(uuid)
{
    struct technique_probe probe;

    technique_probe_open(&probe, "pseudonym: uuid");
    expect_replaced(&probe, SPAN("Jana Nováková"), "670c75df-82f5-8ef9-b069-146b7051c069");
    technique_probe_close(&probe);
}
END_TEST

START_TEST(email)
{
    struct technique_probe probe;

    technique_probe_open(&probe, "pseudonym: email");
    expect_replaced(&probe, SPAN("jana@example.org"), "s7jpb3br4lufyllawnbcpxnp5m@example.com");
    technique_probe_close(&probe);
}
END_TEST

START_TEST(a_domain_of_its_own)
{
    struct technique_probe probe;

    technique_probe_open(&probe, "pseudonym: {as: token, domain: loyalty}");
    expect_replaced(&probe, SPAN("Jana Nováková"), "m6ci4sc2pp2hq53jrdo5igki4i");
    expect_described(&probe, "token, domain loyalty");
    technique_probe_close(&probe);
}
END_TEST

START_TEST(is_made_of_the_normal_form)
{
    struct technique_probe probe;
    const struct cell cell = {.value = SPAN("JANA@example.org"),
                              .normal = SPAN("jana@example.org")};

    technique_probe_open(&probe, "pseudonym: email");
    ck_assert_int_eq(technique_treat(&probe.compiled, &cell, probe.tagger, &probe.out),
                     TREATMENT_REPLACED);
    ck_assert(span_equal(buffer_span(&probe.out), SPAN("s7jpb3br4lufyllawnbcpxnp5m@example.com")));
    technique_probe_close(&probe);
}
END_TEST

START_TEST(is_made_of_the_value_where_nothing_is_left_of_it)
{
    struct technique_probe probe;
    const struct cell cell = {.value = SPAN("Jana Nováková"), .normal = SPAN("")};

    technique_probe_open(&probe, "pseudonym: token");
    ck_assert_int_eq(technique_treat(&probe.compiled, &cell, probe.tagger, &probe.out),
                     TREATMENT_REPLACED);
    ck_assert(span_equal(buffer_span(&probe.out), SPAN("bqbqs7pklphb6mvqx7j2tvqobm")));
    technique_probe_close(&probe);
}
END_TEST

START_TEST(own_output_stays_where_a_run_was_before)
{
    struct technique_probe probe;
    static const struct {
        const char *rule;
        const char *own;
    } cases[] = {
        {"pseudonym: token", "bqbqs7pklphb6mvqx7j2tvqobm"},
        {"pseudonym: uuid", "670c75df-82f5-8ef9-b069-146b7051c069"},
        {"pseudonym: email", "s7jpb3br4lufyllawnbcpxnp5m@example.com"},
    };

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        technique_probe_open(&probe, cases[i].rule);
        ck_assert_int_eq(technique_probe_treat(&probe, span_of(cases[i].own)), TREATMENT_REPLACED);
        probe.keep_own = true;
        expect_unchanged(&probe, span_of(cases[i].own));
        technique_probe_close(&probe);
    }
}
END_TEST

static void expect_not_own(const char *rule, const char *const *values)
{
    struct technique_probe probe;

    technique_probe_open(&probe, rule);
    probe.keep_own = true;
    for (; *values != NULL; values++)
        ck_assert_msg(technique_probe_treat(&probe, span_of(*values)) == TREATMENT_REPLACED,
                      "'%s' stayed", *values);
    technique_probe_close(&probe);
}

START_TEST(near_misses_of_own_output_are_treated)
{
    static const char *const tokens[] = {
        "Jana",
        "bqbqs7pklphb6mvqx7j2tvqob",   /* short */
        "bqbqs7pklphb6mvqx7j2tvqobmm", /* long */
        "Bqbqs7pklphb6mvqx7j2tvqobm",  /* upper case */
        "bqbqs7pklphb6mvqx7j2tvq1bm",  /* no digit of base32 */
        "bqbqs7pklphb6mvqx7j2tvqobn",  /* a last digit that 128 bits don't end in */
        NULL};
    static const char *const uuids[] = {
        "670c75df-82f5-4ef9-b069-146b7051c069", /* random, version 4 */
        "670c75df-82f5-8ef9-c069-146b7051c069", /* another variant */
        "670C75DF-82F5-8EF9-B069-146B7051C069", /* upper case */
        "670c75df82f58ef9b069146b7051c069",     /* no dashes */
        "670c75df-82f5-8ef9-b069-146b7051c06g", NULL};
    static const char *const emails[] = {"s7jpb3br4lufyllawnbcpxnp5m@example.org",
                                         "s7jpb3br4lufyllawnbcpxnp5m", "jana.novakova@example.com",
                                         NULL};

    expect_not_own("pseudonym: token", tokens);
    expect_not_own("pseudonym: uuid", uuids);
    expect_not_own("pseudonym: email", emails);
}
END_TEST

START_TEST(a_token_of_a_length)
{
    struct technique_probe probe;

    technique_probe_open(&probe, "pseudonym: {as: token, length: 8}");
    expect_replaced(&probe, SPAN("Jana Nováková"), "bqbqs7pk");
    expect_described(&probe, "token of 8 characters");
    probe.keep_own = true;
    expect_unchanged(&probe, SPAN("bqbqs7pk"));
    ck_assert_int_eq(technique_probe_treat(&probe, SPAN("bqbqs7pkl")), TREATMENT_REPLACED);
    technique_probe_close(&probe);
}
END_TEST

START_TEST(an_email_that_keeps_its_domain)
{
    struct technique_probe probe;

    technique_probe_open(&probe, "pseudonym: {as: email, keep_domain: true}");
    expect_replaced(&probe, SPAN("jana@example.org"), "s7jpb3br4lufyllawnbcpxnp5m@example.org");
    expect_replaced(&probe, SPAN("Jana Nováková"), "3ngn6rhpzqmcqfrtgpvqyqwnz4@example.com");
    expect_described(&probe, "email, keeps what is behind the @");
    probe.keep_own = true;
    expect_unchanged(&probe, SPAN("s7jpb3br4lufyllawnbcpxnp5m@example.net"));
    ck_assert_int_eq(technique_probe_treat(&probe, SPAN("jana@example.org")), TREATMENT_REPLACED);
    technique_probe_close(&probe);
}
END_TEST

START_TEST(integers)
{
    struct technique_probe probe;

    technique_probe_open(&probe, "pseudonym: integer");
    expect_replaced(&probe, SPAN("Jana Nováková"), "168914030597");
    probe.keep_own = true;
    expect_unchanged(&probe, SPAN("168914030597"));
    ck_assert_int_eq(technique_probe_treat(&probe, SPAN("068914030597")), TREATMENT_REPLACED);
    ck_assert_int_eq(technique_probe_treat(&probe, SPAN("16891403059")), TREATMENT_REPLACED);
    ck_assert_int_eq(technique_probe_treat(&probe, SPAN("16891403059x")), TREATMENT_REPLACED);
    technique_probe_close(&probe);

    technique_probe_open(&probe, "pseudonym: {as: integer, length: 18}");
    expect_replaced(&probe, SPAN("Jana Nováková"), "997200168914030597");
    technique_probe_close(&probe);
    technique_probe_open(&probe, "pseudonym: {as: integer, length: 1}");
    expect_replaced(&probe, SPAN("Jana Nováková"), "4");
    technique_probe_close(&probe);
}
END_TEST

START_TEST(phones_keep_their_shape)
{
    static const char *const untaken[] = {"none",           "1234",      "601 234 567 ext. 5",
                                          "601,234,567",    "+420\n601", "123456789012345678901",
                                          "６０１２３４５", NULL};
    struct technique_probe probe;

    technique_probe_open(&probe, "pseudonym: phone");
    expect_replaced(&probe, SPAN("+420 601 234 567"), "+999 828 879 978");
    expect_replaced(&probe, SPAN("601 234 567"), "568 509 837");
    for (size_t i = 0; untaken[i] != NULL; i++)
        expect_untaken(&probe, span_of(untaken[i]));
    expect_blank_stays(&probe);
    probe.keep_own = true;
    expect_unchanged(&probe, SPAN("+999 828 879 978"));
    expect_unchanged(&probe, SPAN("(+99) 982-887"));
    expect_unchanged(&probe, SPAN("00999828879978"));
    expect_replaced(&probe, SPAN("601 234 567"), "568 509 837");
    technique_probe_close(&probe);
}
END_TEST

static bool has_shape_of(struct span value, const char *shape)
{
    for (size_t i = 0; i < value.size; i++)
        if (shape[i] == '9' ? value.at[i] < '0' || value.at[i] > '9' : shape[i] != value.at[i])
            return false;
    return strlen(shape) == value.size;
}

START_TEST(phones_keep_signs_and_zeros)
{
    static const char *const values[][2] = {{"00420601234567", "00999999999999"},
                                            {"(0601) 23-45-67", "(0999) 99-99-99"},
                                            {"+1/601.234", "+9/999.999"},
                                            {"0000000", "0000000"}};
    struct technique_probe probe;

    technique_probe_open(&probe, "pseudonym: phone");
    for (size_t i = 0; i < sizeof values / sizeof values[0]; i++) {
        struct span value = span_of(values[i][0]);
        if (technique_probe_treat(&probe, value) == TREATMENT_REPLACED)
            value = buffer_span(&probe.out);
        ck_assert_msg(has_shape_of(value, values[i][1]), "%.*s", (int)value.size, value.at);
    }
    technique_probe_close(&probe);
}
END_TEST

START_TEST(names_come_from_lists)
{
    static const struct {
        const char *rule, *expected;
    } cases[] = {
        {"pseudonym: first_name", "Svea"},
        {"pseudonym: last_name", "Mendaveda"},
        {"pseudonym: full_name", "Oluwaseun Ibairosa"},
        {"pseudonym: company", "Cedrion Ceramics Inc."},
    };

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct technique_probe probe;
        technique_probe_open(&probe, cases[i].rule);
        expect_replaced(&probe, SPAN("Jana Nováková"), cases[i].expected);
        expect_replaced(&probe, SPAN("Jana Nováková"), cases[i].expected);
        expect_blank_stays(&probe);
        technique_probe_close(&probe);
    }
}
END_TEST

START_TEST(only_companies_are_known_again)
{
    static const char *const strangers[] = {"Borantis",
                                            "Borantis Logistics",
                                            "Borantis Logistics ",
                                            "Borantis Logistics GmbH ",
                                            "Bank Logistics GmbH",
                                            "Borantis  GmbH",
                                            NULL};
    struct technique_probe probe;

    technique_probe_open(&probe, "pseudonym: company");
    probe.keep_own = true;
    expect_unchanged(&probe, SPAN("Borantis Logistics GmbH"));
    expect_unchanged(&probe, SPAN("Zorvanta Water Sp. z o.o."));
    for (size_t i = 0; strangers[i] != NULL; i++)
        ck_assert_int_eq(technique_probe_treat(&probe, span_of(strangers[i])), TREATMENT_REPLACED);
    technique_probe_close(&probe);

    technique_probe_open(&probe, "pseudonym: {as: first_name, domain: x}");
    probe.keep_own = true;
    ck_assert_int_eq(technique_probe_treat(&probe, SPAN("Ada")), TREATMENT_REPLACED);
    technique_probe_close(&probe);
}
END_TEST

START_TEST(refuses_wrong_options)
{
    expect_refused("pseudonym", "1:1: missing option 'as'");
    expect_refused("pseudonym: {domain: x}", "1:12: missing key 'as'");
    expect_refused("pseudonym: tokn", "1:12: unknown pseudonym 'tokn' (did you mean 'token'?)");
    expect_refused("pseudonym: {as: token, domain: ''}", "1:32: empty 'domain'");
    expect_refused("pseudonym: {as: token, domian: x}",
                   "1:24: unknown key 'domian' (did you mean 'domain'?)");
    expect_refused("pseudonym: {as: token, length: 7}",
                   "1:32: expected a whole number from 8 to 26 for 'length'");
    expect_refused("pseudonym: {as: integer, length: 19}",
                   "1:34: expected a whole number from 1 to 18 for 'length'");
    expect_refused("pseudonym: {as: uuid, length: 8}",
                   "1:31: 'length' is for a token or an integer");
    expect_refused("pseudonym: {as: token, keep_domain: true}",
                   "1:37: 'keep_domain' is for an email");
    expect_refused("pseudonym: {as: email, keep_domain: maybe}", "1:37: expected true or false");
}
END_TEST

Suite *test_technique_pseudonym_suite(void)
{
    Suite *suite = suite_create("technique_pseudonym");
    TCase *tcase = tcase_create("pseudonym");

    tcase_add_test(tcase, token);
    tcase_add_test(tcase, uuid);
    tcase_add_test(tcase, email);
    tcase_add_test(tcase, a_domain_of_its_own);
    tcase_add_test(tcase, is_made_of_the_normal_form);
    tcase_add_test(tcase, is_made_of_the_value_where_nothing_is_left_of_it);
    tcase_add_test(tcase, own_output_stays_where_a_run_was_before);
    tcase_add_test(tcase, near_misses_of_own_output_are_treated);
    tcase_add_test(tcase, a_token_of_a_length);
    tcase_add_test(tcase, an_email_that_keeps_its_domain);
    tcase_add_test(tcase, integers);
    tcase_add_test(tcase, phones_keep_their_shape);
    tcase_add_test(tcase, phones_keep_signs_and_zeros);
    tcase_add_test(tcase, names_come_from_lists);
    tcase_add_test(tcase, only_companies_are_known_again);
    tcase_add_test(tcase, refuses_wrong_options);
    suite_add_tcase(suite, tcase);
    return suite;
}
