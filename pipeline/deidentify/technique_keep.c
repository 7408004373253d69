#include "deidentify/option_reader.h"
#include "deidentify/technique.h"

static enum treatment keep_treat(const void *state, const struct cell *cell, struct tagger *tagger,
                                 struct buffer *out)
{
    (void)state, (void)cell, (void)tagger, (void)out;
    return TREATMENT_UNCHANGED;
}

const struct technique technique_keep = {
    .name = "keep",
    .label = LABEL_KEPT,
    .compile = no_options_compile,
    .treat = keep_treat,
    .describe = no_options_describe,
};
