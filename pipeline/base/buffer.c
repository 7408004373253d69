#include "base/buffer.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

enum { FIRST_CAPACITY = 64 };

void buffer_release(struct buffer *buffer)
{
    free(buffer->at);
    buffer->at = NULL;
    buffer->size = 0;
    buffer->capacity = 0;
}

static bool within_limit(const struct buffer *buffer, size_t extra)
{
    const size_t limit = buffer->limit != 0 ? buffer->limit : SIZE_MAX;

    return buffer->size <= limit && extra <= limit - buffer->size;
}

static bool grow(struct buffer *buffer, size_t needed)
{
    size_t capacity = buffer->capacity != 0 ? buffer->capacity : FIRST_CAPACITY;

    if (needed <= buffer->capacity)
        return true;
    while (capacity < needed)
        capacity = capacity <= SIZE_MAX / 2 ? 2 * capacity : needed;
    char *at = realloc(buffer->at, capacity);
    if (at == NULL)
        return false;
    buffer->at = at;
    buffer->capacity = capacity;
    return true;
}

bool buffer_reserve(struct buffer *buffer, size_t extra)
{
    return within_limit(buffer, extra) && grow(buffer, buffer->size + extra);
}

bool buffer_append(struct buffer *buffer, struct span bytes)
{
    if (bytes.size == 0)
        return true;
    if (!buffer_reserve(buffer, bytes.size))
        return false;
    memcpy(buffer->at + buffer->size, bytes.at, bytes.size);
    buffer->size += bytes.size;
    return true;
}

bool buffer_append_byte(struct buffer *buffer, char byte)
{
    if (!buffer_reserve(buffer, 1))
        return false;
    buffer->at[buffer->size++] = byte;
    return true;
}

bool buffer_append_number(struct buffer *buffer, uint64_t number, size_t width)
{
    char digits[20]; /* of the largest */
    size_t start = sizeof digits;

    do {
        digits[--start] = (char)('0' + number % 10);
        number /= 10;
    } while (number > 0);
    for (; width > sizeof digits - start; width--)
        if (!buffer_append_byte(buffer, '0'))
            return false;
    return buffer_append(buffer, (struct span){digits + start, sizeof digits - start});
}

bool buffer_append_format(struct buffer *buffer, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    const int length = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    if (length < 0 || !within_limit(buffer, (size_t)length))
        return false;

    /* vsnprintf also writes a NUL, which does not count against the limit. */
    const size_t written = (size_t)length + 1;
    if (written > SIZE_MAX - buffer->size || !grow(buffer, buffer->size + written))
        return false;
    va_start(arguments, format);
    vsnprintf(buffer->at + buffer->size, written, format, arguments);
    va_end(arguments);
    buffer->size += (size_t)length;
    return true;
}
