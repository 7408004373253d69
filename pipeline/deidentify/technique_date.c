/*
 * The year, month, week (ISO 8601) or day of a date. A date that is already as coarse as
 * that, or coarser, stays, so that treating an output again changes nothing.
 */
#include "base/calendar.h"
#include "deidentify/option_reader.h"
#include "deidentify/technique.h"

struct coarsening {
    enum date_precision to;
};

static const char *const option_names[] = {"to", NULL};

/* By enum date_precision. */
static const char *const precision_names[] = {"day", "week", "month", "year", NULL};

static enum status date_compile(const struct node *options, const struct technique_setting *setting,
                                const void **state)
{
    struct coarsening *coarsening = arena_alloc(setting->arena, sizeof *coarsening);
    if (coarsening == NULL)
        return diagnostics_no_memory(setting->diagnostics);
    *state = coarsening;

    struct option_reader reader;
    option_reader_init(&reader, option_names, "to", options, setting);
    option_require(&reader, "to");
    coarsening->to = (enum date_precision)option_word(&reader, "to", "precision", precision_names,
                                                      PRECISION_YEAR);
    return option_reader_status(&reader);
}

static bool append_date(struct buffer *out, struct date date, enum date_precision precision)
{
    const struct iso_week week = date_iso_week(date);

    switch (precision) {
    case PRECISION_YEAR:
        return buffer_append_format(out, "%04d", date.year);
    case PRECISION_MONTH:
        return buffer_append_format(out, "%04d-%02d", date.year, date.month);
    case PRECISION_WEEK:
        return buffer_append_format(out, "%04d-W%02d", week.year, week.week);
    case PRECISION_DAY:
        return buffer_append_format(out, "%04d-%02d-%02d", date.year, date.month, date.day);
    }
    return false;
}

static enum treatment date_treat(const void *state, const struct cell *cell, struct tagger *tagger,
                                 struct buffer *out)
{
    const struct coarsening *coarsening = state;
    enum date_precision precision;
    struct date date;

    (void)tagger;
    if (date_parse_coarse(cell->value, &precision) && precision >= coarsening->to)
        return TREATMENT_UNCHANGED;
    if (!date_parse(cell->value, &date))
        return TREATMENT_UNTAKEN;
    return append_date(out, date, coarsening->to) ? TREATMENT_REPLACED : TREATMENT_FAILED;
}

static const char *date_describe(const void *state, struct arena *arena)
{
    const struct coarsening *coarsening = state;

    (void)arena;
    return precision_names[coarsening->to];
}

const struct technique technique_date = {
    .name = "date",
    .label = LABEL_GENERALIZED,
    .compile = date_compile,
    .treat = date_treat,
    .describe = date_describe,
};
