#include "base/hex.h"

#include <endian.h>
#include <stdint.h>
#include <string.h>

/* As many bytes are made into digits at a time. */
enum { WORD = sizeof(uint32_t) };

/* The digits of four bytes, the first of each lowest. */
static uint64_t digits_of(uint32_t bytes)
{
    uint64_t digits = bytes;
    uint64_t letters;

    digits = (digits | digits << 16) & 0x0000ffff0000ffff;
    digits = (digits | digits << 8) & 0x00ff00ff00ff00ff;
    digits = (digits >> 4 | digits << 8) & 0x0f0f0f0f0f0f0f0f;
    letters = (digits + 0x0606060606060606) >> 4 & 0x0101010101010101;
    return digits + 0x3030303030303030 + letters * ('a' - '9' - 1);
}

static void put_word(const unsigned char *bytes, size_t size, char *text)
{
    uint32_t word = 0;
    uint64_t digits;

    memcpy(&word, bytes, size);
    digits = htole64(digits_of(le32toh(word)));
    memcpy(text, &digits, 2 * size);
}

void hex_put(const void *bytes, size_t size, char *text)
{
    const unsigned char *at = bytes;

    for (; size >= WORD; size -= WORD, at += WORD, text += (size_t)2 * WORD)
        put_word(at, WORD, text);
    if (size > 0)
        put_word(at, size, text);
    text[2 * size] = '\0';
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
