#include "deidentify/digest_text.h"

enum {
    TOKEN_BYTES = 16,
    UUID_BYTES = 16,
    UUID_VERSION_AT = 14, /* in the text */
    UUID_VARIANT_AT = 19,
};

static const char base32_digits[] = "abcdefghijklmnopqrstuvwxyz234567";
static const char hex_digits[] = "0123456789abcdef";

/* `digits` without its NUL. */
static bool is_digit_of(const char *digits, size_t count, char byte)
{
    return memchr(digits, byte, count) != NULL;
}

void token_text(const unsigned char tag[TAG_SIZE], char text[TOKEN_SIZE])
{
    unsigned pending = 0; /* its low `pending_bits` bits are not written yet */
    unsigned pending_bits = 0;
    size_t size = 0;

    for (size_t i = 0; i < TOKEN_BYTES; i++) {
        pending = (pending << 8 | tag[i]) & 0xfff;
        pending_bits += 8;
        while (pending_bits >= 5) {
            pending_bits -= 5;
            text[size++] = base32_digits[pending >> pending_bits & 31];
        }
    }
    text[size] = base32_digits[pending << (5 - pending_bits) & 31];
}

bool is_token_text(struct span text)
{
    if (text.size != TOKEN_SIZE)
        return false;
    for (size_t i = 0; i < TOKEN_SIZE; i++) {
        if (!is_digit_of(base32_digits, 32, text.at[i]))
            return false;
    }
    /* The last digit stands for 3 bits and two zeros. */
    return is_digit_of("aeimquy4", 8, text.at[TOKEN_SIZE - 1]);
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
        if (is_dash_of_uuid(i) ? text.at[i] != '-' : !is_digit_of(hex_digits, 16, text.at[i]))
            return false;
    }
    return text.at[UUID_VERSION_AT] == '8' && is_digit_of("89ab", 4, text.at[UUID_VARIANT_AT]);
}

void hex_text(const unsigned char tag[TAG_SIZE], char text[HEX_SIZE])
{
    for (size_t i = 0; i < TAG_SIZE; i++) {
        text[2 * i] = hex_digits[tag[i] >> 4];
        text[2 * i + 1] = hex_digits[tag[i] & 15];
    }
}

bool is_hex_text(struct span text)
{
    for (size_t i = 0; i < text.size; i++) {
        if (!is_digit_of(hex_digits, 16, text.at[i]))
            return false;
    }
    return true;
}
