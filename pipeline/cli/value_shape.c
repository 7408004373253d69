#include "cli/value_shape.h"

#include <stdbool.h>

#include "report/report_text.h"

/* The sign of a byte. A letter beyond ASCII is many bytes, none of them told apart. */
static char sign_of(unsigned char byte)
{
    if (byte >= 0x80 || (byte >= 'a' && byte <= 'z'))
        return 'a';
    if (byte >= 'A' && byte <= 'Z')
        return 'A';
    if (byte >= '0' && byte <= '9')
        return '9';
    return byte >= ' ' && byte < 0x7F ? (char)byte : '?';
}

static bool is_letter(char sign)
{
    return sign == 'a' || sign == 'A';
}

bool value_shape(struct buffer *shape, struct span value)
{
    char last = '\0';

    buffer_clear(shape);
    for (size_t i = 0; i < value.size; i++) {
        const char sign = sign_of((unsigned char)value.at[i]);

        if (sign == last || (is_letter(sign) && is_letter(last)))
            continue;
        if (shape->size == SHAPE_LIMIT - 3)
            return buffer_append(shape, SPAN("...\0"));
        if (!buffer_append_byte(shape, sign))
            return false;
        last = sign;
    }
    return buffer_append_byte(shape, '\0');
}

bool value_text(struct buffer *text, struct span value)
{
    struct buffer whole = BUFFER_INIT;
    bool done = buffer_append(&whole, value) && buffer_append_byte(&whole, '\0');

    /* the cleaner ends at a NUL */
    for (size_t i = 0; done && i < value.size; i++)
        if (whole.at[i] == '\0')
            whole.at[i] = '\x01';
    done = done && report_text_clean(text, whole.at, VALUE_LIMIT);

    buffer_release(&whole);
    return done;
}
