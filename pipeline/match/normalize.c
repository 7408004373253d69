#include "match/normalize.h"

#include <stdint.h>

#include <utf8proc.h>

#include "base/byte_lanes.h"

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

/* Lowers ASCII's letters. */
static byte_lanes lower(byte_lanes bytes)
{
    return bytes | ((byte_lanes)(bytes - (uint8_t)'A' < 26) & 0x20);
}

_Static_assert(LANE_WORDS == 2, "a word for each place");

/* The words at both places. */
static byte_lanes load_words(const char *first, const char *second)
{
    return (byte_lanes)(word_lanes){byte_word(first, WORD_BYTES), byte_word(second, WORD_BYTES)};
}

static void store_words(char *first, char *second, byte_lanes bytes)
{
    const uint64_t words[] = {htole64(((word_lanes)bytes)[0]), htole64(((word_lanes)bytes)[1])};

    memcpy(first, &words[0], WORD_BYTES);
    memcpy(second, &words[1], WORD_BYTES);
}

/* Lowers two words; returns all bits that any byte has. */
static byte_lanes lower_words(const char *from, char *to, size_t first, size_t second)
{
    const byte_lanes bytes = load_words(from + first, from + second);

    store_words(to + first, to + second, lower(bytes));
    return bytes;
}

/* Folds a value that is ASCII alone, as most are. False: it isn't. */
static bool fold_ascii(struct span value, char *to)
{
    enum { STRIDE = LANE_WORDS * WORD_BYTES };
    byte_lanes any = {0};
    unsigned char rest = 0;

    if (value.size < WORD_BYTES) {
        for (size_t i = 0; i < value.size; i++) {
            rest |= (unsigned char)value.at[i];
            to[i] = lower_ascii(value.at[i]);
        }
        return rest < 0x80;
    }
    for (size_t i = 0; i + STRIDE <= value.size; i += STRIDE)
        any |= lower_words(value.at, to, i, i + WORD_BYTES);
    /* what is left, and some bytes twice rather than one by one */
    any |= lower_words(value.at, to, value.size < STRIDE ? 0 : value.size - STRIDE,
                       value.size - WORD_BYTES);
    return !((((word_lanes)any)[0] | ((word_lanes)any)[1]) & UINT64_C(0x8080808080808080));
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
