#include "base/hex.h"

static const char digits_of[] = "0123456789abcdef";

void hex_put(const void *bytes, size_t size, char *text)
{
    const unsigned char *at = bytes;

    for (size_t i = 0; i < size; i++) {
        *text++ = digits_of[at[i] >> 4];
        *text++ = digits_of[at[i] & 15];
    }
    *text = '\0';
}

bool hex_append(struct buffer *out, const void *bytes, size_t size)
{
    if (!buffer_reserve(out, 2 * size + 1))
        return false;
    hex_put(bytes, size, out->at + out->size);
    out->size += 2 * size;
    return true;
}

/* -1: no digit. */
static int digit_value(char digit)
{
    if (digit >= '0' && digit <= '9')
        return digit - '0';
    return digit >= 'a' && digit <= 'f' ? digit - 'a' + 10 : -1;
}

bool hex_read(struct span digits, void *bytes, size_t size)
{
    unsigned char *at = bytes;

    if (digits.size != 2 * size)
        return false;
    for (size_t i = 0; i < size; i++) {
        const int high = digit_value(digits.at[2 * i]);
        const int low = digit_value(digits.at[2 * i + 1]);

        if (high < 0 || low < 0)
            return false;
        at[i] = (unsigned char)(high << 4 | low);
    }
    return true;
}
