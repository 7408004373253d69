/*
 * A growing run of bytes.
 *
 * Growth doubles, so appending costs amortized constant time. Every function that
 * can grow returns false where memory runs out or the buffer's limit would be
 * passed; the contents are then as they were.
 */
#ifndef EFFACE_BASE_BUFFER_H
#define EFFACE_BASE_BUFFER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/span.h"
#include "base/status.h"

struct buffer {
    char *at;
    size_t size;     /* bytes in use */
    size_t capacity; /* bytes allocated */
    size_t limit;    /* size never grows past this; 0: no limit */
};

#define BUFFER_INIT                                                                                \
    {                                                                                              \
        NULL, 0, 0, 0                                                                              \
    }

void buffer_release(struct buffer *buffer);

/* Empties the buffer and keeps its memory. */
static inline void buffer_clear(struct buffer *buffer)
{
    buffer->size = 0;
}

static inline struct span buffer_span(const struct buffer *buffer)
{
    return (struct span){buffer->at, buffer->size};
}

/* Makes room for `extra` more bytes behind those in use. */
MUST_USE bool buffer_reserve(struct buffer *buffer, size_t extra);

/* The bytes must not be the buffer's own. */
MUST_USE bool buffer_append(struct buffer *buffer, struct span bytes);

MUST_USE bool buffer_append_byte(struct buffer *buffer, char byte);

/* The number in decimal digits, with zeros in front where there are fewer than `width`. */
MUST_USE bool buffer_append_number(struct buffer *buffer, uint64_t number, size_t width);

/* printf onto the end. */
MUST_USE bool buffer_append_format(struct buffer *buffer, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

#endif
