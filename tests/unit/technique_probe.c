#include "technique_probe.h"

#include <check.h>
#include <stdio.h>

#include "ruleset/node.h"

#define KEY "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"

void technique_probe_begin(struct technique_probe *probe)
{
    *probe = (struct technique_probe){.arena = ARENA_INIT, .diagnostics = DIAGNOSTICS_INIT};
    ck_assert_int_eq(secret_parse(SPAN(KEY), "test", &probe->secret, &probe->diagnostics),
                     STATUS_OK);
    probe->tagger = tagger_new(probe->secret);
    ck_assert_ptr_nonnull(probe->tagger);
}

enum status technique_probe_compile(struct technique_probe *probe, struct span rule)
{
    struct node *root = NULL;
    const enum status status =
        node_parse("rules.yaml", rule, &probe->arena, &root, &probe->diagnostics);

    if (status != STATUS_OK)
        return status;
    const bool has_options = root->kind == NODE_MAP && root->count > 0;
    const struct node *name = has_options ? root->keys[0] : root;
    const struct technique_setting setting = {&probe->arena, &probe->diagnostics, name->place};
    const struct span text = name->kind == NODE_SCALAR ? name->text : SPAN("");
    return technique_compile(text, has_options ? root->items[0] : NULL, &setting, &probe->compiled);
}

void technique_probe_open(struct technique_probe *probe, const char *rule)
{
    technique_probe_begin(probe);
    ck_assert_int_eq(technique_probe_compile(probe, span_of(rule)), STATUS_OK);
    ck_assert_uint_eq(probe->diagnostics.count, 0);
}

void technique_probe_close(struct technique_probe *probe)
{
    buffer_release(&probe->out);
    tagger_free(probe->tagger);
    secret_free(probe->secret);
    diagnostics_release(&probe->diagnostics);
    arena_release(&probe->arena);
}

enum treatment technique_probe_treat(struct technique_probe *probe, struct span value)
{
    const struct cell cell = {
        .value = value,
        .normal = value,
        .subject = probe->subject,
        .blank = value.size == 0,
        .keep_own = probe->keep_own,
    };

    return technique_treat(&probe->compiled, &cell, probe->tagger, &probe->out);
}

void expect_replaced(struct technique_probe *probe, struct span value, const char *expected)
{
    ck_assert_int_eq(technique_probe_treat(probe, value), TREATMENT_REPLACED);
    ck_assert_msg(span_equal(buffer_span(&probe->out), span_of(expected)), "'%.*s' is not '%s'",
                  (int)probe->out.size, probe->out.at, expected);
}

void expect_unchanged(struct technique_probe *probe, struct span value)
{
    ck_assert_msg(technique_probe_treat(probe, value) == TREATMENT_UNCHANGED,
                  "'%.*s' became '%.*s'", (int)value.size, value.at, (int)probe->out.size,
                  probe->out.at);
}

void expect_untaken(struct technique_probe *probe, struct span value)
{
    ck_assert_msg(technique_probe_treat(probe, value) == TREATMENT_UNTAKEN, "'%.*s' was taken",
                  (int)value.size, value.at);
}

void expect_blank_stays(struct technique_probe *probe)
{
    const struct cell null = {.value = SPAN("NULL"), .normal = SPAN("NULL"), .blank = true};

    expect_unchanged(probe, SPAN(""));
    ck_assert_int_eq(technique_treat(&probe->compiled, &null, probe->tagger, &probe->out),
                     TREATMENT_UNCHANGED);
}

void expect_described(struct technique_probe *probe, const char *expected)
{
    const struct compiled_technique *compiled = &probe->compiled;

    ck_assert_str_eq(compiled->technique->describe(compiled->state, &probe->arena), expected);
}

void expect_refused(const char *rule, const char *message)
{
    struct technique_probe probe;

    technique_probe_begin(&probe);
    ck_assert_int_eq(technique_probe_compile(&probe, span_of(rule)), STATUS_RULES);
    ck_assert_uint_eq(probe.diagnostics.count, 1);

    const struct diagnostic *diagnostic = &probe.diagnostics.items[0];
    char located[512];
    snprintf(located, sizeof located, "%ju:%ju: %s", (uintmax_t)diagnostic->line,
             (uintmax_t)diagnostic->column, diagnostic->text);
    ck_assert_str_eq(located, message);
    technique_probe_close(&probe);
}
