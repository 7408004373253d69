/*
 * Up to eight bytes as one number, the first of them lowest, to be looked at side by side.
 */
#ifndef EFFACE_BASE_BYTE_WORD_H
#define EFFACE_BASE_BYTE_WORD_H

#include <endian.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/span.h"

enum { WORD_BYTES = 8 };

/* `size` is at most WORD_BYTES; what lacks is 0. */
static inline uint64_t byte_word(const char *at, size_t size)
{
    uint64_t bytes = 0;

    memcpy(&bytes, at, size);
    return le64toh(bytes);
}

/* The eight bytes of a text from `start` on; zeros behind its end. */
static inline uint64_t bytes_from(struct span text, size_t start)
{
    const size_t left = text.size - start;

    if (left < WORD_BYTES)
        return byte_word(text.at + start, left);
    return byte_word(text.at + start, WORD_BYTES);
}

/* The eight bytes before `end`, the last highest; zeros before the text. */
static inline uint64_t bytes_before(struct span text, size_t end)
{
    if (end == 0)
        return 0;
    if (end < WORD_BYTES)
        return byte_word(text.at, end) << 8 * (WORD_BYTES - end);
    return byte_word(text.at + end - WORD_BYTES, WORD_BYTES);
}

#endif
