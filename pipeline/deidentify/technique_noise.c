/*
 * A number with noise: something from -range to range, any of them as likely, is added. The
 * noise depends on the key, the domain, the contact and the number, so the same amount of the
 * same contact is the same in every run, and averaging many nights tells nobody more. A number
 * that is nobody's has the noise of its value alone.
 *
 * Written with `decimals` decimals; without that option as many as the value or the range has,
 * 9 at most; decimals of the value beyond are rounded down. The arithmetic is exact. A number from
 * 0 up stays so: a sum below 0 loses its sign, which also keeps a formula from starting.
 *
 * What is no number in plain decimals, or one of more than 18 digits, is untaken. A number with
 * noise can't be told from one without; so where an earlier run was before, it gets noise again.
 */
#include "base/decimal.h"
#include "deidentify/keyed_draws.h"
#include "deidentify/option_reader.h"
#include "deidentify/technique.h"

enum { RANGE_DIGITS_MAX = DECIMAL_DIGITS - OPTION_DECIMALS_MAX, NO_DECIMALS = -1 };

struct noise {
    struct decimal_text range; /* above 0, with RANGE_DIGITS_MAX digits before the point at most */
    const char *range_text;
    int decimals; /* NO_DECIMALS: those of value and range */
    struct span domain;
};

static const char *const option_names[] = {"range", "decimals", "domain", NULL};

static void read_range(struct option_reader *reader, struct noise *noise)
{
    const struct node *range = option_node(reader, "range");

    option_require(reader, "range");
    if (range == NULL || !option_decimal(reader, range, "range", &noise->range))
        return;
    noise->range_text = range->text.at;
    if (noise->range.whole.size > RANGE_DIGITS_MAX)
        option_reject(reader, "range", "more digits in 'range' than can be counted exactly");
    else if (noise->range.negative || noise->range.whole.size + noise->range.fraction.size == 0)
        option_reject(reader, "range", "expected a number above 0 for 'range'");
}

/* The range in units of 10^-scale. It has few enough digits for any scale. */
static int64_t range_units(const struct noise *noise, size_t scale)
{
    int64_t units = 0;

    return decimal_floor(&noise->range, scale, &units) ? units : 0;
}

static void read_decimals(struct option_reader *reader, struct noise *noise)
{
    const bool given = option_node(reader, "decimals") != NULL;
    const size_t decimals = option_size(reader, "decimals", 0, OPTION_DECIMALS_MAX, 0);

    noise->decimals = given ? (int)decimals : NO_DECIMALS;
    if (given && option_reader_status(reader) == STATUS_OK && range_units(noise, decimals) == 0)
        option_reject(reader, "decimals", "so few decimals leave nothing of 'range'");
}

static enum status noise_compile(const struct node *options,
                                 const struct technique_setting *setting, const void **state)
{
    struct noise *noise = arena_alloc(setting->arena, sizeof *noise);
    if (noise == NULL)
        return diagnostics_no_memory(setting->diagnostics);
    *state = noise;

    struct option_reader reader;
    option_reader_init(&reader, option_names, "range", options, setting);
    read_range(&reader, noise);
    read_decimals(&reader, noise);
    noise->domain = option_text(&reader, "domain", SPAN("noise"));
    return option_reader_status(&reader);
}

/* Behind the point, zeros at the end too. */
static size_t count_decimals(struct span value)
{
    const char *point = memchr(value.at, '.', value.size);

    return point != NULL ? value.size - (size_t)(point - value.at) - 1 : 0;
}

static size_t find_scale(const struct noise *noise, struct span value)
{
    size_t scale = count_decimals(value);

    if (noise->decimals != NO_DECIMALS)
        return (size_t)noise->decimals;
    if (scale < noise->range.fraction.size)
        scale = noise->range.fraction.size;
    return scale < OPTION_DECIMALS_MAX ? scale : OPTION_DECIMALS_MAX;
}

/* What the noise depends on: the contact's digest and the number as text, in one spelling. */
static bool append_seed(const struct cell *cell, const struct decimal_text *number,
                        struct buffer *out)
{
    return buffer_append(out, cell->subject) &&
           buffer_append_byte(out, number->negative ? '-' : '+') &&
           buffer_append(out, number->whole) && buffer_append_byte(out, '.') &&
           buffer_append(out, number->fraction);
}

static bool draw_noise(const struct noise *noise, size_t scale, struct span seed,
                       struct tagger *tagger, int64_t *units)
{
    const int64_t range = range_units(noise, scale);
    struct keyed_draws draws;

    if (!keyed_draws_begin(&draws, tagger, noise->domain, seed))
        return false;
    *units = (int64_t)keyed_draws_below(&draws, 2 * (uint64_t)range + 1) - range;
    return !draws.failed;
}

static enum treatment noise_treat(const void *state, const struct cell *cell, struct tagger *tagger,
                                  struct buffer *out)
{
    const struct noise *noise = state;
    struct decimal_text number;
    int64_t units, added;

    if (!decimal_split(cell->value, &number))
        return TREATMENT_UNTAKEN;
    const size_t scale = find_scale(noise, cell->value);
    if (!decimal_floor(&number, scale, &units))
        return TREATMENT_UNTAKEN;

    if (!append_seed(cell, &number, out) ||
        !draw_noise(noise, scale, buffer_span(out), tagger, &added))
        return TREATMENT_FAILED;
    buffer_clear(out);
    units += added;
    if (units < 0 && !number.negative)
        units = -units;
    return decimal_append_all(out, units, scale) ? TREATMENT_REPLACED : TREATMENT_FAILED;
}

static const char *noise_describe(const void *state, struct arena *arena)
{
    const struct noise *noise = state;

    return arena_printf(arena, "at most %s more or less", noise->range_text);
}

const struct technique technique_noise = {
    .name = "noise",
    .options = option_names,
    .label = LABEL_RANDOMIZED,
    .per_subject = true,
    .compile = noise_compile,
    .treat = noise_treat,
    .describe = noise_describe,
};
