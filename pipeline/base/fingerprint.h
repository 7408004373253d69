/*
 * Keyed fingerprints: 128 bits that stand for a value in memory.
 *
 * SipHash-2-4 with a 128-bit result (Aumasson, Bernstein) by libsodium, under a
 * key drawn at random for each run, so that no input can be made to collide and
 * no fingerprint means anything outside the run.
 */
#ifndef EFFACE_BASE_FINGERPRINT_H
#define EFFACE_BASE_FINGERPRINT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/span.h"

struct fingerprint_key {
    unsigned char bytes[16];
};

struct fingerprint {
    uint64_t high;
    uint64_t low;
};

/* A new random key. */
void fingerprint_key_draw(struct fingerprint_key *key);

struct fingerprint fingerprint_of(const struct fingerprint_key *key, struct span value);

static inline bool fingerprint_equal(struct fingerprint a, struct fingerprint b)
{
    return a.high == b.high && a.low == b.low;
}

#endif
