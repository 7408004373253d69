#include "deidentify/formula.h"
#include "deidentify/technique.h"
#include "ruleset/node_reader.h"

/* One line a technique: technique_NAME of its own file. Messages list them in this order. */
/* clang-format off */
#define EACH_TECHNIQUE(entry) \
    entry(clear) \
    entry(null) \
    entry(constant) \
    entry(drop_column) \
    entry(pseudonym) \
    entry(hash) \
    entry(scramble) \
    entry(mask) \
    entry(truncate) \
    entry(date) \
    entry(number) \
    entry(lookup) \
    entry(noise) \
    entry(shift_date) \
    entry(scrub) \
    entry(keep)
/* clang-format on */

#define DECLARATION(name) extern const struct technique technique_##name;
#define ADDRESS(name) &technique_##name,

EACH_TECHNIQUE(DECLARATION)

const struct technique *const technique_table[] = {EACH_TECHNIQUE(ADDRESS) NULL};

enum { TECHNIQUE_COUNT = sizeof technique_table / sizeof technique_table[0] - 1 };

const char *const *technique_options(struct span name)
{
    static const char *const none[] = {NULL};

    for (size_t i = 0; i < TECHNIQUE_COUNT; i++) {
        const struct technique *technique = technique_table[i];
        if (span_equal(name, span_of(technique->name)))
            return technique->options != NULL ? technique->options : none;
    }
    return NULL;
}

enum status technique_compile(struct span name, const struct node *options,
                              const struct technique_setting *setting,
                              struct compiled_technique *compiled)
{
    const struct node word = {.kind = NODE_SCALAR, .place = setting->place, .text = name};
    struct node_reader reader = {.arena = setting->arena, .diagnostics = setting->diagnostics};
    const char *names[TECHNIQUE_COUNT + 1] = {NULL};

    *compiled = (struct compiled_technique){NULL, NULL};
    for (size_t i = 0; i < TECHNIQUE_COUNT; i++)
        names[i] = technique_table[i]->name;
    const int index = node_word(&reader, &word, "technique", names, -1);
    if (index < 0)
        return STATUS_RULES;

    compiled->technique = technique_table[index];
    return compiled->technique->compile(options, setting, &compiled->state);
}

enum treatment technique_treat(const struct compiled_technique *compiled, const struct cell *cell,
                               struct tagger *tagger, struct buffer *out)
{
    const struct technique *technique = compiled->technique;

    buffer_clear(out);
    if (cell->blank && !technique->fills_blank)
        return TREATMENT_UNCHANGED;

    const enum treatment treatment = technique->treat(compiled->state, cell, tagger, out);
    if (treatment != TREATMENT_REPLACED)
        return treatment;
    if (span_equal(buffer_span(out), cell->value))
        return TREATMENT_UNCHANGED;
    if (formula_starts(buffer_span(out)) && !formula_starts(cell->value)) {
        buffer_clear(out);
        return TREATMENT_UNTAKEN;
    }
    return TREATMENT_REPLACED;
}

bool technique_digest(const struct compiled_technique *compiled,
                      unsigned char digest[CHECKSUM_SIZE])
{
    return compiled->technique->digest == NULL ||
           compiled->technique->digest(compiled->state, digest);
}

bool technique_wants_known(const struct compiled_technique *compiled)
{
    const struct technique *technique = compiled->technique;

    return technique->wants_known != NULL && technique->wants_known(compiled->state);
}

const char *technique_label_name(enum technique_label label, bool key_is_kept)
{
    switch (label) {
    case LABEL_REMOVED:
        return "removed";
    case LABEL_GENERALIZED:
        return "generalized";
    case LABEL_RANDOMIZED:
        return "randomized";
    case LABEL_PSEUDONYMIZED:
        return key_is_kept ? "pseudonymized" : "anonymized";
    case LABEL_KEPT:
        return "kept";
    }
    return "";
}
