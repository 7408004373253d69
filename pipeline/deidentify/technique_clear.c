#include "deidentify/option_reader.h"
#include "deidentify/technique.h"

/* The new value is the empty `out`. */
static enum treatment clear_treat(const void *state, const struct cell *cell, struct tagger *tagger,
                                  struct buffer *out)
{
    (void)state, (void)cell, (void)tagger, (void)out;
    return TREATMENT_REPLACED;
}

const struct technique technique_clear = {
    .name = "clear",
    .label = LABEL_REMOVED,
    .compile = no_options_compile,
    .treat = clear_treat,
    .describe = no_options_describe,
};
