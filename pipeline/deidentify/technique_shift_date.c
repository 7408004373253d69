/*
 * All dates of one contact move by the same number of days, from 1 to `days`, forth or back,
 * so that the time between them stays. How far depends on the key and the contact alone, so it
 * is the same in every column, file and run that has the same `days`.
 *
 * Dates are read in the notation of ISO 8601, alone or with a time, which stays as it is. A
 * date that is nobody's has no offset and is untaken, and so is one that would leave the
 * years 1 to 9999. A date that has moved can't be told from one that hasn't; so where an earlier
 * run was before, it moves again.
 */
#include "base/calendar.h"
#include "deidentify/keyed_draws.h"
#include "deidentify/option_reader.h"
#include "deidentify/technique.h"

enum { DAYS_MAX = 36500, DATE_SIZE = 10 };

struct shift {
    size_t days;
};

static const char *const option_names[] = {"days", NULL};

static enum status shift_date_compile(const struct node *options,
                                      const struct technique_setting *setting, const void **state)
{
    struct shift *shift = arena_alloc(setting->arena, sizeof *shift);
    if (shift == NULL)
        return diagnostics_no_memory(setting->diagnostics);
    *state = shift;

    struct option_reader reader;
    option_reader_init(&reader, option_names, "days", options, setting);
    option_require(&reader, "days");
    shift->days = option_size(&reader, "days", 1, DAYS_MAX, 1);
    return option_reader_status(&reader);
}

/* From -days to days, but not 0. */
static bool draw_offset(const struct shift *shift, struct span subject, struct tagger *tagger,
                        int *offset)
{
    struct keyed_draws draws;

    if (!keyed_draws_begin(&draws, tagger, SPAN("shift_date"), subject))
        return false;
    const int days = (int)shift->days;
    const int drawn = (int)keyed_draws_below(&draws, 2 * shift->days);
    *offset = drawn < days ? drawn - days : drawn - days + 1;
    return !draws.failed;
}

static enum treatment shift_date_treat(const void *state, const struct cell *cell,
                                       struct tagger *tagger, struct buffer *out)
{
    const struct span value = cell->value;
    struct date date;
    int offset;

    if (cell->subject.size == 0 || !date_parse(value, &date))
        return TREATMENT_UNTAKEN;
    if (!draw_offset(state, cell->subject, tagger, &offset))
        return TREATMENT_FAILED;
    if (!date_add_days(&date, offset))
        return TREATMENT_UNTAKEN;

    const struct span time = {value.at + DATE_SIZE, value.size - DATE_SIZE};
    return date_append(out, date) && buffer_append(out, time) ? TREATMENT_REPLACED
                                                              : TREATMENT_FAILED;
}

static const char *shift_date_describe(const void *state, struct arena *arena)
{
    const struct shift *shift = state;

    return arena_printf(arena, "by at most %zu days, the same for all of a contact", shift->days);
}

const struct technique technique_shift_date = {
    .name = "shift_date",
    .options = option_names,
    .label = LABEL_RANDOMIZED,
    .per_subject = true,
    .compile = shift_date_compile,
    .treat = shift_date_treat,
    .describe = shift_date_describe,
};
