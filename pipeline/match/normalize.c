#include "match/normalize.h"

#include <stdint.h>

#include <utf8proc.h>

/* A folded code point is at most this many times as long as it was (U+023A: 2 to 3 bytes). */
enum { FOLD_GROWTH = 2 };

static bool is_trimmed_off(char byte)
{
    return byte == ' ' || byte == '\t' || byte == '\r' || byte == '\n';
}

static struct span trim(struct span value)
{
    while (value.size && is_trimmed_off(value.at[0])) {
        value.at++;
        value.size--;
    }
    while (value.size && is_trimmed_off(value.at[value.size - 1]))
        value.size--;
    return value;
}

enum { CAPITAL_I_WITH_DOT = 0x130 };

/*
 * Full folding is what the library knows. Where it gives several characters (CaseFolding.txt,
 * F), the simple folding is the lower case; but U+0130 has none.
 */
static utf8proc_int32_t fold_simply(utf8proc_int32_t character)
{
    utf8proc_int32_t folded[4];
    int boundary = 0;
    utf8proc_ssize_t count =
        utf8proc_decompose_char(character, folded, 4, UTF8PROC_CASEFOLD, &boundary);

    if (count == 1)
        return folded[0];
    return character == CAPITAL_I_WITH_DOT ? character : utf8proc_tolower(character);
}

/* Appends one character of `rest` folded, and returns how many bytes of it that took. */
static size_t fold_one(struct span rest, struct buffer *out)
{
    utf8proc_int32_t character = 0;
    utf8proc_ssize_t length = utf8proc_iterate((const utf8proc_uint8_t *)rest.at,
                                               (utf8proc_ssize_t)rest.size, &character);

    if (length <= 0) {
        out->at[out->size++] = rest.at[0];
        return 1;
    }
    out->size += (size_t)utf8proc_encode_char(fold_simply(character),
                                              (utf8proc_uint8_t *)out->at + out->size);
    return (size_t)length;
}

enum { STRIDE = 16 }; /* what compilers make one step of */

/* Lowers so many bytes. Not 0: one is not ASCII. */
static unsigned char lower_stride(const char *from, char *to)
{
    unsigned char any = 0;

    for (size_t i = 0; i < STRIDE; i++) {
        any |= (unsigned char)from[i];
        to[i] = lower_ascii(from[i]);
    }
    return any & 0x80;
}

/* Folds a value that is ASCII alone, as most are. False: it isn't. */
static bool fold_ascii(struct span value, char *to)
{
    unsigned char any = 0;
    size_t i = 0;

    for (; value.size - i >= STRIDE; i += STRIDE)
        any |= lower_stride(value.at + i, to + i);
    if (i > 0 && i < value.size) {
        /* some bytes twice, rather than one by one */
        any |= lower_stride(value.at + value.size - STRIDE, to + value.size - STRIDE);
        i = value.size;
    }
    for (; i < value.size; i++) {
        any |= (unsigned char)value.at[i] & 0x80;
        to[i] = lower_ascii(value.at[i]);
    }
    return any == 0;
}

static void fold(struct span value, struct buffer *out)
{
    if (fold_ascii(value, out->at)) {
        out->size = value.size;
        return;
    }
    for (size_t i = 0; i < value.size;) {
        if ((unsigned char)value.at[i] < 0x80)
            out->at[out->size++] = lower_ascii(value.at[i++]);
        else
            i += fold_one((struct span){value.at + i, value.size - i}, out);
    }
}

static void keep_digits(struct span value, struct buffer *out)
{
    for (size_t i = 0; i < value.size; i++)
        if (value.at[i] >= '0' && value.at[i] <= '9')
            out->at[out->size++] = value.at[i];
}

static struct span without_leading_00(struct span digits)
{
    if (digits.size >= 2 && digits.at[0] == '0' && digits.at[1] == '0')
        return (struct span){digits.at + 2, digits.size - 2};
    return digits;
}

static void keep_uuid(struct span value, struct buffer *out)
{
    for (size_t i = 0; i < value.size; i++)
        if (!memchr("{}-", value.at[i], 3))
            out->at[out->size++] = lower_ascii(value.at[i]);
}

bool normalize(enum match_kind match, struct span value, struct buffer *scratch,
               struct span *normal)
{
    buffer_clear(scratch);
    *normal = value;
    if (match == MATCH_EXACT || value.size == 0)
        return true;
    if (!buffer_reserve(scratch, value.size * FOLD_GROWTH + 4))
        return false;
    switch (match) {
    case MATCH_EXACT:
        break;
    case MATCH_CASEFOLD:
        fold(value, scratch);
        break;
    case MATCH_EMAIL:
        fold(trim(value), scratch);
        break;
    case MATCH_PHONE:
        keep_digits(value, scratch);
        *normal = without_leading_00(buffer_span(scratch));
        return true;
    case MATCH_UUID:
        keep_uuid(value, scratch);
        break;
    }
    *normal = buffer_span(scratch);
    return true;
}
