/*
 * Up to eight bytes as one number, the first of them lowest, to be looked at side by side.
 */
#ifndef EFFACE_BASE_BYTE_WORD_H
#define EFFACE_BASE_BYTE_WORD_H

#include <endian.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

enum { WORD_BYTES = 8 };

/* `size` is at most WORD_BYTES; what lacks is 0. */
static inline uint64_t byte_word(const char *at, size_t size)
{
    uint64_t bytes = 0;

    memcpy(&bytes, at, size);
    return le64toh(bytes);
}

#endif
