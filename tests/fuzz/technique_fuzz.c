/*
 * Techniques. An input is a technique as the rules name it, an empty line, and a value.
 */
#include <check.h>

#include "deidentify/formula.h"
#include "fuzz_input.h"
#include "technique_probe.h"

/* The value with the middle third as a known identifier, if the technique asks. */
static enum treatment treat(struct technique_probe *probe, struct span value, bool keep_own)
{
    const struct text_range middle = {value.size / 3, value.size - value.size / 3};
    const struct cell cell = {.value = value,
                              .normal = value,
                              .subject = SPAN("sixteen letters."),
                              .known = &middle,
                              .known_count = value.size > 0,
                              .blank = value.size == 0,
                              .keep_own = keep_own};

    return technique_treat(&probe->compiled, &cell, probe->tagger, &probe->out);
}

/* Treated twice, a value becomes the same, and never itself or a formula. */
static void check_treatment(struct technique_probe *probe, struct span value)
{
    struct buffer first = BUFFER_INIT;
    const enum treatment treatment = treat(probe, value, false);

    ck_assert(buffer_append(&first, buffer_span(&probe->out)));
    ck_assert_int_eq(treat(probe, value, false), treatment);
    if (treatment == TREATMENT_REPLACED) {
        ck_assert(span_equal(buffer_span(&first), buffer_span(&probe->out)));
        ck_assert(!span_equal(buffer_span(&first), value));
        ck_assert(formula_starts(value) || !formula_starts(buffer_span(&first)));
        (void)treat(probe, buffer_span(&first), true);
    }
    buffer_release(&first);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct span input = {(const char *)data, size};
    const struct span rule = fuzz_part(&input);
    struct technique_probe probe;

    technique_probe_begin(&probe);
    const enum status status = technique_probe_compile(&probe, rule);
    ck_assert(status == STATUS_OK || status == STATUS_RULES);
    ck_assert((status == STATUS_OK) == (probe.diagnostics.errors == 0));
    if (status == STATUS_OK) {
        check_treatment(&probe, input);
        ck_assert_ptr_nonnull(
            probe.compiled.technique->describe(probe.compiled.state, &probe.arena));
    }
    technique_probe_close(&probe);
    return 0;
}
