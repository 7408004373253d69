#include <check.h>

#include "technique_probe.h"

Suite *test_technique_table_suite(void);

START_TEST(every_technique_is_complete_and_named_once)
{
    for (size_t i = 0; technique_table[i] != NULL; i++) {
        ck_assert(technique_table[i]->compile != NULL);
        ck_assert(technique_table[i]->treat != NULL);
        ck_assert(technique_table[i]->describe != NULL);
        for (size_t j = 0; j < i; j++)
            ck_assert_str_ne(technique_table[i]->name, technique_table[j]->name);
    }
}
END_TEST

START_TEST(a_near_name_is_suggested)
{
    expect_refused("claer", "1:1: unknown technique 'claer' (did you mean 'clear'?)");
    expect_refused("Mask: {keep_first: 1}", "1:1: unknown technique 'Mask' (did you mean 'mask'?)");
}
END_TEST

START_TEST(of_another_name_all_are_listed)
{
    expect_refused("obfuscate",
                   "1:1: unknown technique 'obfuscate' (expected clear, null, constant, "
                   "drop_column, pseudonym, hash, scramble, mask, truncate, date, number, lookup, "
                   "noise, shift_date, scrub or keep)");
}
END_TEST

START_TEST(an_unknown_name_leaves_nothing_compiled)
{
    struct arena arena = ARENA_INIT;
    struct diagnostics diagnostics = DIAGNOSTICS_INIT;
    const struct technique_setting setting = {&arena, &diagnostics, {"rules.yaml", 3, 5}};
    struct compiled_technique compiled = {technique_table[0], &arena};

    ck_assert_int_eq(technique_compile(SPAN(""), NULL, &setting, &compiled), STATUS_RULES);
    ck_assert_ptr_null(compiled.technique);
    ck_assert_ptr_null(compiled.state);
    ck_assert_uint_eq(diagnostics.items[0].line, 3);
    diagnostics_release(&diagnostics);
    arena_release(&arena);
}
END_TEST

/* A technique that gives what its state says. */

static enum treatment give_state(const void *state, const struct cell *cell, struct tagger *tagger,
                                 struct buffer *out)
{
    (void)cell, (void)tagger;
    return buffer_append(out, span_of(state)) ? TREATMENT_REPLACED : TREATMENT_FAILED;
}

static enum treatment treat_to(const char *old_value, const char *new_value, struct buffer *out)
{
    const struct technique technique = {.name = "give", .treat = give_state};
    const struct compiled_technique compiled = {&technique, new_value};
    const struct cell cell = {.value = span_of(old_value), .blank = old_value[0] == '\0'};

    return technique_treat(&compiled, &cell, NULL, out);
}

START_TEST(a_new_value_does_not_start_a_formula)
{
    static const char *const values[] = {"=1", "+1", "-1", "@a", "\ta", "\ra", NULL};
    struct buffer out = BUFFER_INIT;

    for (size_t i = 0; values[i] != NULL; i++) {
        ck_assert_int_eq(treat_to("plain", values[i], &out), TREATMENT_UNTAKEN);
        ck_assert_uint_eq(out.size, 0);
        ck_assert_int_eq(treat_to("=old", values[i], &out), TREATMENT_REPLACED);
    }
    ck_assert_int_eq(treat_to("plain", "a=1", &out), TREATMENT_REPLACED);
    buffer_release(&out);
}
END_TEST

START_TEST(an_equal_value_is_unchanged)
{
    struct buffer out = BUFFER_INIT;

    ck_assert_int_eq(treat_to("same", "same", &out), TREATMENT_UNCHANGED);
    ck_assert_int_eq(treat_to("same", "sam", &out), TREATMENT_REPLACED);
    buffer_release(&out);
}
END_TEST

START_TEST(what_stood_in_the_buffer_is_dropped)
{
    struct buffer out = BUFFER_INIT;

    ck_assert(buffer_append(&out, SPAN("earlier")));
    ck_assert_int_eq(treat_to("old", "new", &out), TREATMENT_REPLACED);
    ck_assert(span_equal(buffer_span(&out), SPAN("new")));
    buffer_release(&out);
}
END_TEST

START_TEST(a_blank_cell_is_not_treated)
{
    struct buffer out = BUFFER_INIT;

    ck_assert_int_eq(treat_to("", "new", &out), TREATMENT_UNCHANGED);
    buffer_release(&out);
}
END_TEST

START_TEST(a_full_buffer_fails)
{
    struct buffer out = BUFFER_INIT;

    out.limit = 2;
    ck_assert_int_eq(treat_to("old", "new", &out), TREATMENT_FAILED);
    buffer_release(&out);
}
END_TEST

START_TEST(labels_have_names)
{
    ck_assert_str_eq(technique_label_name(LABEL_REMOVED, true), "removed");
    ck_assert_str_eq(technique_label_name(LABEL_GENERALIZED, true), "generalized");
    ck_assert_str_eq(technique_label_name(LABEL_RANDOMIZED, true), "randomized");
    ck_assert_str_eq(technique_label_name(LABEL_PSEUDONYMIZED, true), "pseudonymized");
    ck_assert_str_eq(technique_label_name(LABEL_PSEUDONYMIZED, false), "anonymized");
    ck_assert_str_eq(technique_label_name(LABEL_KEPT, false), "kept");
}
END_TEST

Suite *test_technique_table_suite(void)
{
    Suite *suite = suite_create("technique_table");
    TCase *compiling = tcase_create("compile");
    TCase *treating = tcase_create("treat");

    tcase_add_test(compiling, every_technique_is_complete_and_named_once);
    tcase_add_test(compiling, a_near_name_is_suggested);
    tcase_add_test(compiling, of_another_name_all_are_listed);
    tcase_add_test(compiling, an_unknown_name_leaves_nothing_compiled);
    tcase_add_test(compiling, labels_have_names);
    suite_add_tcase(suite, compiling);
    tcase_add_test(treating, a_new_value_does_not_start_a_formula);
    tcase_add_test(treating, an_equal_value_is_unchanged);
    tcase_add_test(treating, what_stood_in_the_buffer_is_dropped);
    tcase_add_test(treating, a_blank_cell_is_not_treated);
    tcase_add_test(treating, a_full_buffer_fails);
    suite_add_tcase(suite, treating);
    return suite;
}
