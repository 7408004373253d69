#include "deidentify/scrub_patterns.h"

#include <stdbool.h>
#include <string.h>

#define LETTER "A-Za-z\\x80-\\xff"

/* RFC 5322 without quotes and comments; a host needs a dot. */
#define EMAIL                                                                                      \
    "[" LETTER "0-9.!#$%&'*+/=?^_`{|}~-]{1,64}+@"                                                  \
    "(?:[" LETTER "0-9-]{1,63}+\\.){1,10}[" LETTER "][" LETTER "0-9-]{1,62}"

/* A blank of ASCII or beyond (no-break, thin), or a sign between digits. */
#define GAP "(?:[ ./()-]|\\xc2\\xa0|\\xe2\\x80[\\x80-\\xaf])"

/* Dates would else be phones, and so would the end of one with the time behind it. */
#define DATE                                                                                       \
    "(?<![0-9])(?:[12][0-9]{3}([-./])[01]?[0-9]\\g{-1}[0-3]?[0-9]"                                 \
    "|[0-3]?[0-9]([-./] ?)[01]?[0-9]\\g{-1}[12][0-9]{3})(?![0-9])"

/* 7 digits or more behind + or 00, else 8. */
#define PHONE                                                                                      \
    DATE "(*SKIP)(*FAIL)|(?<![0-9])(?:(?:\\+|\\(\\+|00)" GAP "?[0-9](?:" GAP "{0,3}[0-9]){6,29}"   \
         "|\\(?[0-9](?:" GAP "{0,3}[0-9]){7,29})(?![0-9])"

/* ISO 13616: its length differs by country, so the checksum finds the end. */
#define IBAN "[A-Za-z]{2}[0-9]{2}(?:(?:[ -]|\\xc2\\xa0)?[A-Za-z0-9]){11,30}"

#define OCTET "(?:25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])"
#define IPV4 "(?<![0-9.])" OCTET "(?:\\." OCTET "){3}(?![0-9]|\\.[0-9])"

/* RFC 4291. One or more groups beside the ::, of which too many are not minded. */
#define GROUP "[0-9A-Fa-f]{1,4}"
#define IPV6                                                                                       \
    "(?<![0-9A-Za-z:])(?:(?:" GROUP ":){7}" GROUP "|(?:" GROUP ":){6}" OCTET "(?:\\." OCTET "){3}" \
    "|(?:" GROUP "(?::" GROUP "){0,6})?::" GROUP "(?::" GROUP "){0,6}(?:(?:\\." OCTET "){3})?"     \
    "|" GROUP "(?::" GROUP "){0,6}::)(?![0-9A-Za-z]|:[0-9A-Fa-f:])"

/* Up to a blank, a quote or a pointed bracket; the signs of a sentence's end are taken off it. */
#define URL "(?:[A-Za-z][A-Za-z0-9+.-]{1,30}+://|www\\.)[^\\x00-\\x20<>\"]++"

/* ISO/IEC 7812. */
#define CREDIT_CARD "(?<![0-9])[0-9](?:(?:[ -]|\\xc2\\xa0)?[0-9]){12,18}(?![0-9])"

enum { IBAN_LEAST = 15, IBAN_HEAD = 4, CARD_LEAST = 13, FOUND_MAX = 34 };

/* What counts in a number: its letters and digits, the first FOUND_MAX of them. */
struct compact {
    char characters[FOUND_MAX];
    size_t count;
};

static bool is_digit(char byte)
{
    return byte >= '0' && byte <= '9';
}

static bool is_letter(char byte)
{
    return (byte | 0x20) >= 'a' && (byte | 0x20) <= 'z';
}

/* Digits count as they are, letters as 10 to 35 (ISO 7064, mod 97-10). */
static bool is_iban(const struct compact *iban)
{
    unsigned rest = 0;

    if (iban->count < IBAN_LEAST)
        return false;
    for (size_t i = 0; i < iban->count; i++) {
        const char character = iban->characters[(i + IBAN_HEAD) % iban->count];

        if (is_digit(character))
            rest = (rest * 10 + (unsigned)(character - '0')) % 97;
        else
            rest = (rest * 100 + (unsigned)((character | 0x20) - 'a') + 10) % 97;
    }
    return rest == 1;
}

/* The formula of Luhn: every second digit from the end counts twice. */
static bool is_card(const struct compact *card)
{
    unsigned sum = 0;

    if (card->count < CARD_LEAST)
        return false;
    for (size_t i = 0; i < card->count; i++) {
        const unsigned digit = (unsigned)(card->characters[card->count - 1 - i] - '0');
        const unsigned counted = i % 2 ? 2 * digit : digit;

        sum += counted / 10 + counted % 10;
    }
    return sum % 10 == 0;
}

/* The longest head that is right and ends where a word does. */
static size_t longest_head(struct span found, bool (*is_right)(const struct compact *))
{
    struct compact compact = {.count = 0};
    size_t size = 0;

    for (size_t i = 0; i < found.size && compact.count < FOUND_MAX; i++) {
        if (!is_digit(found.at[i]) && !is_letter(found.at[i]))
            continue;
        compact.characters[compact.count++] = found.at[i];

        const bool ends =
            i + 1 == found.size || !(is_digit(found.at[i + 1]) || is_letter(found.at[i + 1]));
        if (ends && is_right(&compact))
            size = i + 1;
    }
    return size;
}

static size_t accept_iban(struct span found)
{
    return longest_head(found, is_iban);
}

static size_t accept_card(struct span found)
{
    return longest_head(found, is_card);
}

/*
 * Without the signs of a sentence's end, of which there may be millions: a pattern that steps back
 * over them would come to its limit. Something must be left behind the scheme, or `www.`.
 */
static size_t accept_url(struct span found)
{
    const char *scheme = memmem(found.at, found.size, "://", 3);
    size_t size = found.size, least = 4;

    while (size > 0 && memchr(".,;:!?)]}'", found.at[size - 1], 10))
        size--;
    if (found.size < 4 || memcmp(found.at, "www.", 4) != 0)
        least = scheme ? (size_t)(scheme - found.at) + 3 : found.size;
    return size > least ? size : 0;
}

const struct scrub_pattern scrub_patterns[SCRUB_PATTERN_COUNT] = {
    {"email", EMAIL, 0, "@", NULL},     {"phone", PHONE, 7, "", NULL},
    {"iban", IBAN, 2, "", accept_iban}, {"ip", IPV4 "|" IPV6, 0, ".:", NULL},
    {"url", URL, 0, ":.", accept_url},  {"credit_card", CREDIT_CARD, CARD_LEAST, "", accept_card},
};
