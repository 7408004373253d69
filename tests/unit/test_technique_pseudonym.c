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

START_TEST(refuses_wrong_options)
{
    expect_refused("pseudonym", "1:1: missing option 'as'");
    expect_refused("pseudonym: {domain: x}", "1:12: missing key 'as'");
    expect_refused("pseudonym: tokn", "1:12: unknown pseudonym 'tokn' (did you mean 'token'?)");
    expect_refused("pseudonym: {as: token, domain: ''}", "1:32: empty 'domain'");
    expect_refused("pseudonym: {as: token, domian: x}",
                   "1:24: unknown key 'domian' (did you mean 'domain'?)");
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
    tcase_add_test(tcase, refuses_wrong_options);
    suite_add_tcase(suite, tcase);
    return suite;
}
