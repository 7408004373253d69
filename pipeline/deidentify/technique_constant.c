#include "deidentify/formula.h"
#include "deidentify/option_reader.h"
#include "deidentify/technique.h"

struct constant {
    struct span text;
    bool fill_empty;
};

static const char *const option_names[] = {"text", "fill_empty", NULL};

static enum status constant_compile(const struct node *options,
                                    const struct technique_setting *setting, const void **state)
{
    struct constant *constant = arena_alloc(setting->arena, sizeof *constant);
    if (constant == NULL)
        return diagnostics_no_memory(setting->diagnostics);
    *state = constant;

    struct option_reader reader;
    option_reader_init(&reader, option_names, "text", options, setting);
    option_require(&reader, "text");
    constant->text = option_text(&reader, "text", SPAN(""));
    constant->fill_empty = option_flag(&reader, "fill_empty", false);
    if (formula_starts(constant->text))
        option_reject(&reader, "text", "text that would start a spreadsheet formula");
    return option_reader_status(&reader);
}

static enum treatment constant_treat(const void *state, const struct cell *cell,
                                     struct tagger *tagger, struct buffer *out)
{
    const struct constant *constant = state;

    (void)tagger;
    if (cell->blank && !constant->fill_empty)
        return TREATMENT_UNCHANGED;
    return buffer_append(out, constant->text) ? TREATMENT_REPLACED : TREATMENT_FAILED;
}

static const char *constant_describe(const void *state, struct arena *arena)
{
    const struct constant *constant = state;

    return arena_printf(arena, "%s%s", constant->text.at,
                        constant->fill_empty ? ", empty cells too" : "");
}

const struct technique technique_constant = {
    .name = "constant",
    .options = option_names,
    .label = LABEL_REMOVED,
    .fills_blank = true,
    .compile = constant_compile,
    .treat = constant_treat,
    .describe = constant_describe,
};
