/*
 * The year, quarter, month, week (ISO 8601) or day of a date: 2024, 2024-Q1, 2024-01,
 * 2024-W05, 2024-01-31. Dates are read in the notation of ISO 8601, a time behind them too, or
 * as `format` says (date_format.h), and then only so; they are always written in ISO 8601.
 *
 * A date that is already as coarse as that, or coarser, stays, so that treating an output
 * again changes nothing.
 */
#include "base/calendar.h"
#include "deidentify/date_format.h"
#include "deidentify/option_reader.h"
#include "deidentify/technique.h"

struct coarsening {
    enum date_precision to;
    const char *written;              /* the format as the rules write it; NULL: ISO 8601 */
    const struct date_format *format; /* the same; NULL: ISO 8601 */
};

static const char *const option_names[] = {"to", "format", NULL};

/* By enum date_precision. */
static const char *const precision_names[] = {"day", "week", "month", "quarter", "year", NULL};

/* Whether the format reads a date of ISO 8601, in which days are written, as another day. */
static bool is_ambiguous(const struct coarsening *coarsening, const struct date_format *format)
{
    struct date date;

    return coarsening->to == PRECISION_DAY &&
           date_format_parse(format, SPAN("2024-01-02"), &date) && date.month != 1;
}

static void read_format(struct option_reader *reader, struct date_format *format,
                        struct coarsening *coarsening)
{
    const struct span text = option_text(reader, "format", SPAN(""));
    if (text.size == 0)
        return;

    const char *problem = date_format_compile(text, format);
    if (problem == NULL && is_ambiguous(coarsening, format))
        problem = "'format' reads days as they are written here as other days";
    if (problem != NULL)
        option_reject(reader, "format", problem);
    coarsening->written = text.at;
    coarsening->format = format;
}

static enum status date_compile(const struct node *options, const struct technique_setting *setting,
                                const void **state)
{
    struct coarsening *coarsening = arena_alloc(setting->arena, sizeof *coarsening);
    struct date_format *format = arena_alloc(setting->arena, sizeof *format);
    if (coarsening == NULL || format == NULL)
        return diagnostics_no_memory(setting->diagnostics);
    *state = coarsening;

    struct option_reader reader;
    option_reader_init(&reader, option_names, "to", options, setting);
    option_require(&reader, "to");
    coarsening->to = (enum date_precision)option_word(&reader, "to", "precision", precision_names,
                                                      PRECISION_YEAR);
    read_format(&reader, format, coarsening);
    return option_reader_status(&reader);
}

static bool append_date(struct buffer *out, struct date date, enum date_precision precision)
{
    const struct iso_week week = date_iso_week(date);

    switch (precision) {
    case PRECISION_YEAR:
        return date_append_year(out, date.year);
    case PRECISION_QUARTER:
        return date_append_year(out, date.year) && buffer_append(out, SPAN("-Q")) &&
               buffer_append_number(out, (uint64_t)date_quarter(date), 1);
    case PRECISION_MONTH:
        return date_append_month(out, date);
    case PRECISION_WEEK:
        return date_append_year(out, week.year) && buffer_append(out, SPAN("-W")) &&
               buffer_append_number(out, (uint64_t)week.week, 2);
    case PRECISION_DAY:
        return date_append(out, date);
    }
    return false;
}

static bool read_date(const struct coarsening *coarsening, struct span value, struct date *date)
{
    return coarsening->format != NULL ? date_format_parse(coarsening->format, value, date)
                                      : date_parse(value, date);
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
    if (!read_date(coarsening, cell->value, &date))
        return TREATMENT_UNTAKEN;
    return append_date(out, date, coarsening->to) ? TREATMENT_REPLACED : TREATMENT_FAILED;
}

static const char *date_describe(const void *state, struct arena *arena)
{
    const struct coarsening *coarsening = state;
    const char *to = precision_names[coarsening->to];

    if (coarsening->written == NULL)
        return to;
    return arena_printf(arena, "%s, read as %s", to, coarsening->written);
}

const struct technique technique_date = {
    .name = "date",
    .options = option_names,
    .label = LABEL_GENERALIZED,
    .compile = date_compile,
    .treat = date_treat,
    .describe = date_describe,
};
