#include "deidentify/option_reader.h"
#include "deidentify/technique.h"

/* The column as a whole goes; a cell that is treated nevertheless loses its value. */
static enum treatment drop_column_treat(const void *state, const struct cell *cell,
                                        struct tagger *tagger, struct buffer *out)
{
    (void)state, (void)cell, (void)tagger, (void)out;
    return TREATMENT_REPLACED;
}

const struct technique technique_drop_column = {
    .name = "drop_column",
    .label = LABEL_REMOVED,
    .whole_column = true,
    .compile = no_options_compile,
    .treat = drop_column_treat,
    .describe = no_options_describe,
};
