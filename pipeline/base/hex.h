/*
 * Bytes as lower-case hexadecimal digits, and back.
 */
#ifndef EFFACE_BASE_HEX_H
#define EFFACE_BASE_HEX_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buffer.h"
#include "base/span.h"
#include "base/status.h"

/* Writes two digits a byte and a NUL. */
void hex_put(const void *bytes, size_t size, char *text);

/* Two digits a byte; no NUL. False where memory ran out. */
MUST_USE bool hex_append(struct buffer *out, const void *bytes, size_t size);

/* Reads exactly `size` bytes. False where the digits are not two for each, or not lower-case. */
MUST_USE bool hex_read(struct span digits, void *bytes, size_t size);

#endif
