#include "deidentify/code_points.h"

#include <stdint.h>
#include <utf8proc.h>

enum { SEQUENCE_MAX = 4 }; /* bytes of the longest sequence */

/* The first code point of a text that is not empty, -1 for a byte of none, and its size. */
static utf8proc_int32_t first_of(struct span text, size_t *size)
{
    const size_t visible = text.size < SEQUENCE_MAX ? text.size : SEQUENCE_MAX;
    utf8proc_int32_t code_point;
    const utf8proc_ssize_t taken =
        utf8proc_iterate((const utf8proc_uint8_t *)text.at, (utf8proc_ssize_t)visible, &code_point);

    *size = taken > 0 ? (size_t)taken : 1;
    return taken > 0 ? code_point : -1;
}

static struct span behind_first(struct span text)
{
    size_t size;

    (void)first_of(text, &size);
    return (struct span){text.at + size, text.size - size};
}

static bool is_printable(utf8proc_int32_t code_point)
{
    switch (utf8proc_category(code_point)) {
    case UTF8PROC_CATEGORY_CN:
    case UTF8PROC_CATEGORY_CC:
    case UTF8PROC_CATEGORY_CF:
    case UTF8PROC_CATEGORY_CS:
    case UTF8PROC_CATEGORY_CO:
    case UTF8PROC_CATEGORY_ZL:
    case UTF8PROC_CATEGORY_ZP:
        return false;
    default:
        return true;
    }
}

struct glyph code_point_glyph(struct span text)
{
    const size_t visible = text.size < SEQUENCE_MAX ? text.size : SEQUENCE_MAX;
    utf8proc_int32_t code_point;
    const utf8proc_ssize_t size =
        utf8proc_iterate((const utf8proc_uint8_t *)text.at, (utf8proc_ssize_t)visible, &code_point);

    if (size <= 0)
        return (struct glyph){1, 0, false};
    return (struct glyph){(size_t)size, (size_t)utf8proc_charwidth(code_point),
                          is_printable(code_point)};
}

size_t code_points_count(struct span text)
{
    size_t count = 0;
    for (struct span rest = text; rest.size > 0; rest = behind_first(rest))
        count++;
    return count;
}

size_t code_points_offset(struct span text, size_t count)
{
    struct span rest = text;
    for (; rest.size > 0 && count > 0; count--)
        rest = behind_first(rest);
    return text.size - rest.size;
}

static enum character_class ascii_class(char byte)
{
    if (byte >= '0' && byte <= '9')
        return CHARACTER_DIGIT;
    if (byte >= 'A' && byte <= 'Z')
        return CHARACTER_UPPER;
    if (byte >= 'a' && byte <= 'z')
        return CHARACTER_LOWER;
    return CHARACTER_OTHER;
}

enum character_class code_points_class(struct span text, size_t *size)
{
    const utf8proc_int32_t code_point = first_of(text, size);

    if (code_point < 0)
        return CHARACTER_LOWER;
    if (code_point < 0x80)
        return ascii_class((char)code_point);

    /* The categories stand in the order of Unicode's table: L, M, N, P, S, Z, C. */
    const utf8proc_category_t category = utf8proc_category(code_point);
    if (category == UTF8PROC_CATEGORY_LU || category == UTF8PROC_CATEGORY_LT)
        return CHARACTER_UPPER;
    if (category >= UTF8PROC_CATEGORY_ND && category <= UTF8PROC_CATEGORY_NO)
        return CHARACTER_DIGIT;
    if (category >= UTF8PROC_CATEGORY_PC && category <= UTF8PROC_CATEGORY_ZP)
        return CHARACTER_OTHER;
    return CHARACTER_LOWER;
}
