#include "deidentify/code_points.h"
#include "deidentify/option_reader.h"
#include "deidentify/technique.h"

enum { LENGTH_MAX = 1000 };

struct truncation {
    size_t length; /* code points */
};

static const char *const option_names[] = {"length", NULL};

static enum status truncate_compile(const struct node *options,
                                    const struct technique_setting *setting, const void **state)
{
    struct truncation *truncation = arena_alloc(setting->arena, sizeof *truncation);
    if (truncation == NULL)
        return diagnostics_no_memory(setting->diagnostics);
    *state = truncation;

    struct option_reader reader;
    option_reader_init(&reader, option_names, "length", options, setting);
    option_require(&reader, "length");
    truncation->length = option_size(&reader, "length", 1, LENGTH_MAX, LENGTH_MAX);
    return option_reader_status(&reader);
}

static enum treatment truncate_treat(const void *state, const struct cell *cell,
                                     struct tagger *tagger, struct buffer *out)
{
    const struct truncation *truncation = state;
    const struct span prefix = {cell->value.at,
                                code_points_offset(cell->value, truncation->length)};

    (void)tagger;
    return buffer_append(out, prefix) ? TREATMENT_REPLACED : TREATMENT_FAILED;
}

static const char *truncate_describe(const void *state, struct arena *arena)
{
    const struct truncation *truncation = state;

    return arena_printf(arena, "keep the first %zu", truncation->length);
}

const struct technique technique_truncate = {
    .name = "truncate",
    .options = option_names,
    .label = LABEL_GENERALIZED,
    .compile = truncate_compile,
    .treat = truncate_treat,
    .describe = truncate_describe,
};
