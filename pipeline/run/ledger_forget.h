/*
 * Finds the lines of a ledger that are about a contact, by a value it was known by, or by a digest
 * that stands in them.
 */
#ifndef EFFACE_RUN_LEDGER_FORGET_H
#define EFFACE_RUN_LEDGER_FORGET_H

#include <stdbool.h>
#include <stddef.h>

#include "base/fingerprint.h"
#include "base/span.h"
#include "base/status.h"
#include "ledger/ledger_scan.h"

enum { FORGET_KINDS = MATCH_UUID + 1 };

/* One value: what its digest would be, by each way that identifiers compare. */
struct forget_value {
    struct fingerprint digests[FORGET_KINDS];
    bool named[FORGET_KINDS]; /* its normal form is not empty */
};

struct forget_search {
    struct forget_value *values;
    size_t value_count;
    struct fingerprint *digests;
    size_t digest_count;
    size_t found; /* lines; counted by forget_chooses */
};

void forget_search_release(struct forget_search *search);

/* `key` is the ledger's. False where memory ran out. */
MUST_USE bool forget_search_value(struct forget_search *search, const struct fingerprint_key *key,
                                  struct span value);

/* False where it is no digest of 32 hexadecimal digits, or memory ran out. */
MUST_USE bool forget_search_digest(struct forget_search *search, struct span digits);

/* A ledger_chooser; `context` is the search. */
bool forget_chooses(void *context, const struct ledger_line *line);

#endif
