/*
 * A run of bytes that somebody else owns.
 *
 * Never assumed to be NUL-terminated; may hold any byte, NUL included. A span is
 * passed by value and stays good as long as the memory it points into does.
 */
#ifndef EFFACE_BASE_SPAN_H
#define EFFACE_BASE_SPAN_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

struct span {
    const char *at; /* may be NULL only where size is 0 */
    size_t size;    /* in bytes */
};

/* The span of a string literal. */
#define SPAN(literal) ((struct span){"" literal, sizeof("" literal) - 1})

/* The span of a NUL-terminated string, without its NUL. */
static inline struct span span_of(const char *string)
{
    return (struct span){string, strlen(string)};
}

static inline bool span_equal(struct span a, struct span b)
{
    return a.size == b.size && (a.size == 0 || memcmp(a.at, b.at, a.size) == 0);
}

/* The bytes from `start` on. To add 0 to a NULL is undefined, so the empty span is left as it is.
 */
static inline struct span span_from(struct span bytes, size_t start)
{
    return (struct span){start > 0 ? bytes.at + start : bytes.at, bytes.size - start};
}

/* A capital of ASCII as its small letter; any other byte as it is. */
static inline char lower_ascii(char byte)
{
    return byte >= 'A' && byte <= 'Z' ? (char)(byte - 'A' + 'a') : byte;
}

/* Order by bytes, as unsigned values, shorter first where one begins the other. */
static inline int span_compare(struct span a, struct span b)
{
    size_t common = a.size < b.size ? a.size : b.size;
    int order = common ? memcmp(a.at, b.at, common) : 0;

    return order ? order : (a.size > b.size) - (a.size < b.size);
}

#endif
