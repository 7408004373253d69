/*
 * The bucket that a number falls into. Bucket k of size s holds the numbers from k * s up
 * to, not including, (k + 1) * s. It is written 30-39 for a whole number from 0 and a whole
 * size, else [30,40).
 *
 * Everything is counted in units of the last decimal of the bucket's size, in which the
 * bounds of all buckets are whole; decimals of the value beyond that never matter.
 */
#include "base/decimal.h"
#include "deidentify/option_reader.h"
#include "deidentify/technique.h"

enum { BUCKET_DECIMALS_MAX = 9 };

struct buckets {
    const char *text; /* the size as the rules write it */
    int64_t size;     /* in units, above 0 */
    size_t scale;     /* a unit is 10^-scale */
};

enum notation { NOTATION_WHOLE, NOTATION_INTERVAL };

static const char *const option_names[] = {"bucket", NULL};

static void read_bucket(struct option_reader *reader, struct buckets *buckets)
{
    const struct span text = option_text(reader, "bucket", SPAN("1"));
    struct decimal_text decimal;

    buckets->text = text.at;
    if (!decimal_split(text, &decimal)) {
        option_reject(reader, "bucket", "expected a decimal number for 'bucket'");
        return;
    }
    buckets->scale = decimal.fraction.size;
    if (buckets->scale > BUCKET_DECIMALS_MAX)
        option_reject(reader, "bucket", "more than 9 decimals in 'bucket'");
    else if (!decimal_floor(&decimal, buckets->scale, &buckets->size))
        option_reject(reader, "bucket", "more digits in 'bucket' than can be counted exactly");
    else if (buckets->size <= 0)
        option_reject(reader, "bucket", "expected a number above 0 for 'bucket'");
}

static enum status number_compile(const struct node *options,
                                  const struct technique_setting *setting, const void **state)
{
    struct buckets *buckets = arena_alloc(setting->arena, sizeof *buckets);
    if (buckets == NULL)
        return diagnostics_no_memory(setting->diagnostics);
    *state = buckets;

    struct option_reader reader;
    option_reader_init(&reader, option_names, NULL, options, setting);
    option_require(&reader, "bucket");
    read_bucket(&reader, buckets);
    return option_reader_status(&reader);
}

/* Appends the bucket that holds `units`. */
static bool append_bucket(const struct buckets *buckets, int64_t units, enum notation notation,
                          struct buffer *out)
{
    const int64_t excess = units % buckets->size;
    const int64_t low = units - excess - (excess < 0 ? buckets->size : 0);
    const int64_t high = low + buckets->size;

    if (notation == NOTATION_WHOLE)
        return decimal_append(out, low, 0) && buffer_append_byte(out, '-') &&
               decimal_append(out, high - 1, 0);
    return buffer_append_byte(out, '[') && decimal_append(out, low, buckets->scale) &&
           buffer_append_byte(out, ',') && decimal_append(out, high, buckets->scale) &&
           buffer_append_byte(out, ')');
}

static struct span until(struct span text, char byte)
{
    const char *found = text.size ? memchr(text.at, byte, text.size) : NULL;
    return (struct span){text.at, found ? (size_t)(found - text.at) : 0};
}

/* The lower bound that stands in what may be a bucket: "30" of "30-39" and of "[30,40)". */
static struct span find_low(struct span value, enum notation notation)
{
    if (notation == NOTATION_WHOLE)
        return until(value, '-');
    if (value.size == 0 || value.at[0] != '[')
        return (struct span){value.at, 0};
    return until((struct span){value.at + 1, value.size - 1}, ',');
}

/*
 * Whether the value is a bucket already: whether the bucket of its lower bound is written
 * exactly so. Leaves `out` as it was.
 */
static bool is_bucket(const struct buckets *buckets, struct span value, enum notation notation,
                      struct buffer *out)
{
    struct decimal_text low;
    int64_t units;

    if (notation == NOTATION_WHOLE && buckets->scale > 0)
        return false;
    if (!decimal_split(find_low(value, notation), &low) ||
        !decimal_floor(&low, buckets->scale, &units))
        return false;
    const bool same =
        append_bucket(buckets, units, notation, out) && span_equal(buffer_span(out), value);
    buffer_clear(out);
    return same;
}

static enum treatment number_treat(const void *state, const struct cell *cell,
                                   struct tagger *tagger, struct buffer *out)
{
    const struct buckets *buckets = state;
    struct decimal_text number;
    int64_t units;

    (void)tagger;
    if (is_bucket(buckets, cell->value, NOTATION_WHOLE, out) ||
        is_bucket(buckets, cell->value, NOTATION_INTERVAL, out))
        return TREATMENT_UNCHANGED;
    if (!decimal_split(cell->value, &number) || !decimal_floor(&number, buckets->scale, &units))
        return TREATMENT_UNTAKEN;

    const bool whole = buckets->scale == 0 && !number.has_fraction && units >= 0;
    return append_bucket(buckets, units, whole ? NOTATION_WHOLE : NOTATION_INTERVAL, out)
               ? TREATMENT_REPLACED
               : TREATMENT_FAILED;
}

static const char *number_describe(const void *state, struct arena *arena)
{
    const struct buckets *buckets = state;

    return arena_printf(arena, "buckets of %s", buckets->text);
}

const struct technique technique_number = {
    .name = "number",
    .label = LABEL_GENERALIZED,
    .compile = number_compile,
    .treat = number_treat,
    .describe = number_describe,
};
