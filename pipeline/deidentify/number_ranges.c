#include "deidentify/number_ranges.h"

#include "base/decimal.h"

static bool append_interval(const struct number_ranges *ranges, int64_t low, int64_t high,
                            struct buffer *out)
{
    return buffer_append_byte(out, '[') && decimal_append(out, low, ranges->scale) &&
           buffer_append_byte(out, ',') && decimal_append(out, high, ranges->scale) &&
           buffer_append_byte(out, ')');
}

static bool append_bucket(const struct number_ranges *ranges, int64_t units,
                          enum range_notation notation, struct buffer *out)
{
    const int64_t excess = units % ranges->bucket;
    const int64_t low = units - excess - (excess < 0 ? ranges->bucket : 0);
    const int64_t high = low + ranges->bucket;

    if (notation == NOTATION_WHOLE)
        return decimal_append(out, low, 0) && buffer_append_byte(out, '-') &&
               decimal_append(out, high - 1, 0);
    return append_interval(ranges, low, high, out);
}

/* `units` are from the first edge up to, not including, the last. */
static bool append_between_edges(const struct number_ranges *ranges, int64_t units,
                                 struct buffer *out)
{
    size_t above = 1;
    while (ranges->edges[above] <= units)
        above++;
    return append_interval(ranges, ranges->edges[above - 1], ranges->edges[above], out);
}

bool number_ranges_append(const struct number_ranges *ranges, int64_t units,
                          enum range_notation notation, struct buffer *out)
{
    if (ranges->has_bottom && units < ranges->bottom)
        return buffer_append_byte(out, '<') && decimal_append(out, ranges->bottom, ranges->scale);
    if (ranges->has_top && units >= ranges->top)
        return buffer_append(out, SPAN(">=")) && decimal_append(out, ranges->top, ranges->scale);
    if (ranges->edge_count > 0)
        return append_between_edges(ranges, units, out);
    return ranges->bucket == 0 || append_bucket(ranges, units, notation, out);
}

/* Whether the range of a number is written as the value is. */
static bool is_range_of(const struct number_ranges *ranges, int64_t units,
                        enum range_notation notation, struct span value, struct buffer *scratch)
{
    const bool same = number_ranges_append(ranges, units, notation, scratch) &&
                      span_equal(buffer_span(scratch), value);

    buffer_clear(scratch);
    return same;
}

static struct span until(struct span text, char byte)
{
    const char *found = text.size ? memchr(text.at, byte, text.size) : NULL;
    return (struct span){text.at, found ? (size_t)(found - text.at) : 0};
}

/* The lower bound that stands in what may be a range: "30" of "30-39" and of "[30,40)". */
static struct span find_low(struct span value, enum range_notation notation)
{
    if (notation == NOTATION_WHOLE)
        return until(value, '-');
    if (value.size == 0 || value.at[0] != '[')
        return (struct span){value.at, 0};
    return until((struct span){value.at + 1, value.size - 1}, ',');
}

static bool holds_in(const struct number_ranges *ranges, struct span value,
                     enum range_notation notation, struct buffer *scratch)
{
    struct decimal_text low;
    int64_t units;

    return decimal_split(find_low(value, notation), &low) &&
           decimal_floor(&low, ranges->scale, &units) &&
           is_range_of(ranges, units, notation, value, scratch);
}

bool number_ranges_hold(const struct number_ranges *ranges, struct span value,
                        struct buffer *scratch)
{
    if (ranges->has_bottom &&
        is_range_of(ranges, ranges->bottom - 1, NOTATION_INTERVAL, value, scratch))
        return true;
    if (ranges->has_top && is_range_of(ranges, ranges->top, NOTATION_INTERVAL, value, scratch))
        return true;
    return holds_in(ranges, value, NOTATION_INTERVAL, scratch) ||
           (ranges->scale == 0 && holds_in(ranges, value, NOTATION_WHOLE, scratch));
}
