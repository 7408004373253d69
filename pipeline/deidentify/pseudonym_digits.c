/*
 * Pseudonyms of digits, so few that values may share one.
 *
 * An integer has `length` digits, of which the first is not 0 (unless it is the only one). Of
 * n values among N = 9 * 10^(length - 1) integers, two share one with a probability of about
 * n^2 / 2N: at 12 digits, 1 % for 130,000 values and half for 1.1 million. Use a token
 * or uuid where each value needs its own.
 *
 * A phone keeps its blanks, signs and the zeros it begins with, so that it looks like the one
 * before it. One that begins with + or 00 gets the country code 999, which belongs to
 * nobody: no such number rings. Any other may be somebody's. What is no phone (digits with
 * blanks and + - . / ( ) between, 5 to 20 of them) is untaken.
 */
#include "deidentify/keyed_draws.h"
#include "deidentify/pseudonym_kind.h"

enum { PHONE_DIGITS_LEAST = 5, PHONE_DIGITS_MOST = 20, COUNTRY_DIGITS = 3 };

static const char country_digit = '9';

static bool is_digit(char byte)
{
    return byte >= '0' && byte <= '9';
}

static uint64_t power_of_ten(size_t exponent)
{
    uint64_t power = 1;
    while (exponent-- > 0)
        power *= 10;
    return power;
}

static enum treatment put_integer(const struct pseudonym *pseudonym, const struct cell *cell,
                                  struct tagger *tagger, struct buffer *out)
{
    const uint64_t least = pseudonym->length == 1 ? 0 : power_of_ten(pseudonym->length - 1);
    const uint64_t bound = power_of_ten(pseudonym->length) - least;
    struct keyed_draws draws;

    if (!keyed_draws_begin(&draws, tagger, pseudonym->domain, cell_source(cell)))
        return TREATMENT_FAILED;
    const uint64_t integer = least + keyed_draws_below(&draws, bound);
    return !draws.failed && buffer_append_number(out, integer, 0) ? TREATMENT_REPLACED
                                                                  : TREATMENT_FAILED;
}

static bool is_integer(const struct pseudonym *pseudonym, struct span value)
{
    if (value.size != pseudonym->length || (value.at[0] == '0' && value.size > 1))
        return false;
    for (size_t i = 0; i < value.size; i++)
        if (!is_digit(value.at[i]))
            return false;
    return true;
}

const struct pseudonym_kind pseudonym_integer = {
    .name = "integer",
    .least_length = 1,
    .most_length = 18,
    .usual_length = 12,
    .append = put_integer,
    .has_shape = is_integer,
};

/* Where the digits of a phone begin that are replaced. */
struct phone {
    size_t first;          /* behind the signs and zeros at its head; the size: there are none */
    bool is_international; /* begins with + or 00 */
};

static bool phone_split(struct span value, struct phone *phone)
{
    size_t digits = 0, zeros = 0;

    *phone = (struct phone){.first = value.size};
    for (size_t i = 0; i < value.size; i++) {
        if (!is_digit(value.at[i])) {
            if (memchr(" +-./()", value.at[i], 7) == NULL)
                return false;
            phone->is_international |= value.at[i] == '+' && digits == 0;
            continue;
        }
        digits++;
        zeros += value.at[i] == '0' && phone->first == value.size;
        if (value.at[i] != '0' && phone->first == value.size)
            phone->first = i;
    }
    phone->is_international |= zeros >= 2;
    return digits >= PHONE_DIGITS_LEAST && digits <= PHONE_DIGITS_MOST;
}

/* The digit at `index` of those that are replaced. */
static char phone_digit(const struct phone *phone, size_t index, struct keyed_draws *draws)
{
    if (phone->is_international && index < COUNTRY_DIGITS)
        return country_digit;
    return index == 0 ? (char)('1' + keyed_draws_below(draws, 9))
                      : (char)('0' + keyed_draws_below(draws, 10));
}

static enum treatment put_phone(const struct pseudonym *pseudonym, const struct cell *cell,
                                struct tagger *tagger, struct buffer *out)
{
    const struct span value = cell->value;
    struct keyed_draws draws;
    struct phone phone;
    size_t index = 0;

    if (!phone_split(value, &phone))
        return TREATMENT_UNTAKEN;
    if (!keyed_draws_begin(&draws, tagger, pseudonym->domain, cell_source(cell)))
        return TREATMENT_FAILED;
    for (size_t i = 0; i < value.size; i++) {
        const bool replaced = i >= phone.first && is_digit(value.at[i]);

        if (!buffer_append_byte(out, replaced ? phone_digit(&phone, index, &draws) : value.at[i]))
            return TREATMENT_FAILED;
        index += replaced;
    }
    return draws.failed ? TREATMENT_FAILED : TREATMENT_REPLACED;
}

/* The country code that only a pseudonym has. */
static bool is_phone(const struct pseudonym *pseudonym, struct span value)
{
    struct phone phone;
    size_t index = 0;

    (void)pseudonym;
    if (!phone_split(value, &phone) || !phone.is_international)
        return false;
    for (size_t i = phone.first; i < value.size && index < COUNTRY_DIGITS; i++) {
        if (is_digit(value.at[i]) && value.at[i] != country_digit)
            return false;
        index += is_digit(value.at[i]);
    }
    return index == COUNTRY_DIGITS;
}

const struct pseudonym_kind pseudonym_phone = {
    .name = "phone",
    .append = put_phone,
    .has_shape = is_phone,
};
