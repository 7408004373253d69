#include "base/decimal.h"

static bool is_digit(char byte)
{
    return byte >= '0' && byte <= '9';
}

/* The digits at the head of the text. */
static struct span leading_digits(struct span text)
{
    size_t size = 0;
    while (size < text.size && is_digit(text.at[size]))
        size++;
    return (struct span){text.at, size};
}

static struct span behind(struct span text, size_t size)
{
    return (struct span){text.at + size, text.size - size};
}

bool decimal_split(struct span text, struct decimal_text *decimal)
{
    decimal->negative = text.size > 0 && text.at[0] == '-';
    struct span rest = behind(text, decimal->negative);

    decimal->whole = leading_digits(rest);
    if (decimal->whole.size == 0)
        return false;
    rest = behind(rest, decimal->whole.size);

    decimal->has_fraction = rest.size > 0 && rest.at[0] == '.';
    rest = behind(rest, decimal->has_fraction);
    decimal->fraction = leading_digits(rest);
    if (decimal->fraction.size != rest.size || decimal->has_fraction != (rest.size > 0))
        return false;

    while (decimal->whole.size > 0 && decimal->whole.at[0] == '0')
        decimal->whole = behind(decimal->whole, 1);
    while (decimal->fraction.size > 0 && decimal->fraction.at[decimal->fraction.size - 1] == '0')
        decimal->fraction.size--;
    return true;
}

static bool is_zero(const struct decimal_text *decimal)
{
    return decimal->whole.size == 0 && decimal->fraction.size == 0;
}

static int compare_magnitudes(const struct decimal_text *a, const struct decimal_text *b)
{
    if (a->whole.size != b->whole.size)
        return a->whole.size < b->whole.size ? -1 : 1;
    const int whole = span_compare(a->whole, b->whole);
    return whole != 0 ? whole : span_compare(a->fraction, b->fraction);
}

int decimal_compare(const struct decimal_text *a, const struct decimal_text *b)
{
    const bool a_negative = a->negative && !is_zero(a);
    const bool b_negative = b->negative && !is_zero(b);

    if (a_negative != b_negative)
        return a_negative ? -1 : 1;
    return a_negative ? compare_magnitudes(b, a) : compare_magnitudes(a, b);
}

bool decimal_floor(const struct decimal_text *decimal, size_t scale, int64_t *units)
{
    int64_t magnitude = 0;

    if (scale > DECIMAL_DIGITS || decimal->whole.size > DECIMAL_DIGITS - scale)
        return false;
    for (size_t i = 0; i < decimal->whole.size; i++)
        magnitude = magnitude * 10 + (decimal->whole.at[i] - '0');
    for (size_t i = 0; i < scale; i++) {
        const char digit = i < decimal->fraction.size ? decimal->fraction.at[i] : '0';
        magnitude = magnitude * 10 + (digit - '0');
    }

    /* The fraction ends in no zero, so what was cut off is more than nothing. */
    const bool cut = decimal->fraction.size > scale;
    *units = decimal->negative ? -magnitude - cut : magnitude;
    return true;
}

bool decimal_append_all(struct buffer *out, int64_t units, size_t scale)
{
    uint64_t divisor = 1;
    for (size_t i = 0; i < scale; i++)
        divisor *= 10;

    const uint64_t magnitude = units < 0 ? -(uint64_t)units : (uint64_t)units;
    if ((units < 0 && !buffer_append_byte(out, '-')) ||
        !buffer_append_number(out, magnitude / divisor, 0))
        return false;
    return scale == 0 ||
           (buffer_append_byte(out, '.') && buffer_append_number(out, magnitude % divisor, scale));
}

bool decimal_append(struct buffer *out, int64_t units, size_t scale)
{
    for (; scale > 0 && units % 10 == 0; scale--)
        units /= 10;
    return decimal_append_all(out, units, scale);
}
