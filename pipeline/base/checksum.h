/*
 * SHA-256 (FIPS 180-4) over a stream of bytes, by libcrypto.
 */
#ifndef EFFACE_BASE_CHECKSUM_H
#define EFFACE_BASE_CHECKSUM_H

#include <stdbool.h>
#include <stdint.h>

#include "base/span.h"
#include "base/status.h"

enum { CHECKSUM_SIZE = 32, CHECKSUM_TEXT_SIZE = 65, CHECKSUM_BASE64_SIZE = 45 };

struct checksum {
    void *context; /* libcrypto's */
};

#define CHECKSUM_INIT                                                                              \
    {                                                                                              \
        NULL                                                                                       \
    }

/* Starts a new sum, in memory kept from the one before. False where memory ran out. */
MUST_USE bool checksum_start(struct checksum *checksum);

MUST_USE bool checksum_add(struct checksum *checksum, struct span bytes);

/* Goes on, in `to`, from where `from` stands, whatever `to` was. False where memory ran out. */
MUST_USE bool checksum_copy(struct checksum *to, const struct checksum *from);

MUST_USE bool checksum_finish(struct checksum *checksum, unsigned char digest[CHECKSUM_SIZE]);

void checksum_release(struct checksum *checksum);

/* The sum and size of all that an open file holds, wherever it stands. False with errno set. */
MUST_USE bool checksum_file(int fd, unsigned char digest[CHECKSUM_SIZE], uint64_t *size);

/*
 * Makes `digest` the sum of itself and the bytes behind it, so that one digest stands for any
 * number of texts in their order. False where memory ran out.
 */
MUST_USE bool checksum_chain(unsigned char digest[CHECKSUM_SIZE], struct span bytes);

/* Lower-case hexadecimal and a NUL. */
void checksum_text(const unsigned char digest[CHECKSUM_SIZE], char text[CHECKSUM_TEXT_SIZE]);

/* Base 64 (RFC 4648) and a NUL. */
void checksum_base64(const unsigned char digest[CHECKSUM_SIZE], char text[CHECKSUM_BASE64_SIZE]);

#endif
