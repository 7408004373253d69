#include "deidentify/option_reader.h"
#include "deidentify/technique.h"

static enum treatment null_treat(const void *state, const struct cell *cell, struct tagger *tagger,
                                 struct buffer *out)
{
    (void)state, (void)cell, (void)tagger, (void)out;
    return TREATMENT_NULL;
}

const struct technique technique_null = {
    .name = "null",
    .label = LABEL_REMOVED,
    .compile = no_options_compile,
    .treat = null_treat,
    .describe = no_options_describe,
};
