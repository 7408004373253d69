#include "base/digest_text.h"

enum {
    TOKEN_BYTES = 16,
    UUID_BYTES = 16,
    UUID_VERSION_AT = 14, /* in the text */
    UUID_VARIANT_AT = 19,
};

static const char hex_digits[] = "0123456789abcdef";
static const char base32_digits[] = "abcdefghijklmnopqrstuvwxyz234567";
static const char base64url_digits[] =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/*
 * Bits written as digits: `digit_bits` bits a digit, the most significant first, `lead_bits` zero
 * bits in front, and as many zero bits behind as the last digit lacks.
 */
struct bit_text {
    const char *digits;
    unsigned digit_bits;
    unsigned lead_bits; /* less than digit_bits */
    size_t bytes;
};

static const struct bit_text token_form = {base32_digits, 5, 0, TOKEN_BYTES};
static const struct bit_text hex_form = {hex_digits, 4, 0, TAG_SIZE};
static const struct bit_text base32_form = {base32_digits, 5, 0, TAG_SIZE};
static const struct bit_text base64url_form = {base64url_digits, 6, 1, TAG_SIZE};

static void write_bits(const struct bit_text *form, const unsigned char *bytes, char *text)
{
    const unsigned mask = (1u << form->digit_bits) - 1;
    unsigned pending = 0; /* its low `pending_bits` bits are not written yet */
    unsigned pending_bits = form->lead_bits;

    for (size_t i = 0; i < form->bytes; i++) {
        pending = (pending << 8 | bytes[i]) & 0xffff;
        pending_bits += 8;
        while (pending_bits >= form->digit_bits) {
            pending_bits -= form->digit_bits;
            *text++ = form->digits[pending >> pending_bits & mask];
        }
    }
    if (pending_bits > 0)
        *text = form->digits[pending << (form->digit_bits - pending_bits) & mask];
}

/* The value of a digit; as many as there are digits, or more: it is none. */
static size_t digit_value(const struct bit_text *form, char byte)
{
    const size_t count = (size_t)1 << form->digit_bits;
    const char *found = memchr(form->digits, byte, count);

    return found != NULL ? (size_t)(found - form->digits) : count;
}

static bool is_bit_text(const struct bit_text *form, struct span text)
{
    const size_t bits = form->lead_bits + 8 * form->bytes;
    const size_t size = (bits + form->digit_bits - 1) / form->digit_bits;
    const size_t spare = size * form->digit_bits - bits;

    if (text.size == 0 || text.size > size)
        return false;
    for (size_t i = 0; i < text.size; i++)
        if (digit_value(form, text.at[i]) >> form->digit_bits != 0)
            return false;
    if (digit_value(form, text.at[0]) >> (form->digit_bits - form->lead_bits) != 0)
        return false;
    return text.size < size || digit_value(form, text.at[size - 1]) % ((size_t)1 << spare) == 0;
}

void token_text(const unsigned char tag[TAG_SIZE], char text[TOKEN_SIZE])
{
    write_bits(&token_form, tag, text);
}

void hex_text(const unsigned char tag[TAG_SIZE], char text[HEX_SIZE])
{
    write_bits(&hex_form, tag, text);
}

void base32_text(const unsigned char tag[TAG_SIZE], char text[BASE32_SIZE])
{
    write_bits(&base32_form, tag, text);
}

void base64url_text(const unsigned char tag[TAG_SIZE], char text[BASE64URL_SIZE])
{
    write_bits(&base64url_form, tag, text);
}

bool is_token_text(struct span text)
{
    return is_bit_text(&token_form, text);
}

bool is_whole_token_text(struct span text)
{
    return text.size == TOKEN_SIZE && is_token_text(text);
}

bool is_hex_text(struct span text)
{
    return is_bit_text(&hex_form, text);
}

bool is_base32_text(struct span text)
{
    return is_bit_text(&base32_form, text);
}

bool is_base64url_text(struct span text)
{
    return is_bit_text(&base64url_form, text);
}

static bool is_dash_of_uuid(size_t position)
{
    return position == 8 || position == 13 || position == 18 || position == 23;
}

void uuid_text(const unsigned char tag[TAG_SIZE], char text[UUID_SIZE])
{
    unsigned char bytes[UUID_BYTES];
    size_t digit = 0;

    memcpy(bytes, tag, UUID_BYTES);
    bytes[6] = (unsigned char)(0x80 | (bytes[6] & 0x0f));
    bytes[8] = (unsigned char)(0x80 | (bytes[8] & 0x3f));

    for (size_t i = 0; i < UUID_SIZE; i++) {
        if (is_dash_of_uuid(i)) {
            text[i] = '-';
            continue;
        }
        const unsigned char byte = bytes[digit / 2];
        text[i] = hex_digits[digit % 2 ? byte & 15 : byte >> 4];
        digit++;
    }
}

bool is_uuid_text(struct span text)
{
    if (text.size != UUID_SIZE)
        return false;
    for (size_t i = 0; i < UUID_SIZE; i++) {
        if (is_dash_of_uuid(i) ? text.at[i] != '-' : digit_value(&hex_form, text.at[i]) == 16)
            return false;
    }
    return text.at[UUID_VERSION_AT] == '8' && memchr("89ab", text.at[UUID_VARIANT_AT], 4) != NULL;
}
