/*
 * Keyed fingerprints: 128 bits that stand for a value in memory.
 *
 * SipHash-2-4 with a 128-bit result (Aumasson, Bernstein) by libsodium, under a
 * key drawn at random for each run, so that no input can be made to collide and
 * no fingerprint means anything outside the run; or under the key of a ledger, whose
 * digests these fingerprints then are. Another function would make old ledgers worthless.
 */
#ifndef EFFACE_BASE_FINGERPRINT_H
#define EFFACE_BASE_FINGERPRINT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/quick_hash.h"
#include "base/span.h"
#include "base/status.h"

struct fingerprint_key {
    unsigned char bytes[16];
    struct quick_key quick; /* for filters before fingerprints; drawn for the run, never kept */
};

struct fingerprint {
    uint64_t high;
    uint64_t low;
};

/* A new random key. */
void fingerprint_key_draw(struct fingerprint_key *key);

/*
 * A key as it can be kept in a file: encrypted and authenticated under another key
 * (XSalsa20 and Poly1305, libsodium's secretbox), behind a random nonce.
 */
enum { WRAPPING_KEY_SIZE = 32, WRAPPED_KEY_SIZE = 24 + 16 + 16 };

/* False only where libsodium fails. */
MUST_USE bool fingerprint_key_wrap(const struct fingerprint_key *key,
                                   const unsigned char wrapping[WRAPPING_KEY_SIZE],
                                   unsigned char wrapped[WRAPPED_KEY_SIZE]);

/* False where it was not wrapped under this key, or was changed since. Draws a new quick key. */
MUST_USE bool fingerprint_key_unwrap(const unsigned char wrapped[WRAPPED_KEY_SIZE],
                                     const unsigned char wrapping[WRAPPING_KEY_SIZE],
                                     struct fingerprint_key *key);

struct fingerprint fingerprint_of(const struct fingerprint_key *key, struct span value);

static inline bool fingerprint_equal(struct fingerprint a, struct fingerprint b)
{
    return a.high == b.high && a.low == b.low;
}

#endif
