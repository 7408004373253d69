/*
 * Numbers that look random and depend on nothing but the key, a domain and a value.
 *
 *     struct keyed_draws draws;
 *
 *     if (!keyed_draws_begin(&draws, tagger, SPAN("scramble"), value))
 *         return TREATMENT_FAILED;
 *     digit = keyed_draws_below(&draws, 10);
 *     ...
 *     return draws.failed ? TREATMENT_FAILED : TREATMENT_REPLACED;
 *
 * The bytes drawn are the tag of the value, then the tag of that tag, and so on, so any
 * number of them can be had. Numbers are exactly uniform: what would favour some of them is
 * drawn again.
 */
#ifndef EFFACE_DEIDENTIFY_KEYED_DRAWS_H
#define EFFACE_DEIDENTIFY_KEYED_DRAWS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/secret.h"
#include "base/span.h"
#include "base/status.h"

struct keyed_draws {
    struct tagger *tagger; /* borrowed, as is the domain */
    struct span domain;
    unsigned char tag[TAG_SIZE];
    size_t used; /* bytes of the tag */
    bool failed; /* latched: libcrypto failed, and what is drawn means nothing */
};

/* False where libcrypto failed. */
MUST_USE bool keyed_draws_begin(struct keyed_draws *draws, struct tagger *tagger,
                                struct span domain, struct span value);

/* A number from 0 to bound - 1; `bound` is from 1 to 2^63. */
uint64_t keyed_draws_below(struct keyed_draws *draws, uint64_t bound);

#endif
