/*
 * What makes a changed ledger show: every line ends with a keyed digest of itself and of the
 * link before it.
 *
 *     link 0 = 16 bytes of zero
 *     link n = the first 16 bytes of HMAC-SHA-256(key, domain || 0x00 || link n-1 || line n)
 *
 * The domain begins with a byte that no text of the rules can hold, so nothing that a rule
 * makes of a value equals a link.
 */
#ifndef EFFACE_LEDGER_LEDGER_CHAIN_H
#define EFFACE_LEDGER_LEDGER_CHAIN_H

#include <stdbool.h>

#include "base/buffer.h"
#include "base/secret.h"
#include "base/span.h"
#include "base/status.h"

enum { LINK_SIZE = 16, LINK_DIGITS = 2 * LINK_SIZE };

struct ledger_chain {
    struct tagger *tagger;
    struct buffer scratch;
    unsigned char link[LINK_SIZE]; /* the latest */
};

/* False where memory ran out. Ended with ledger_chain_release either way. */
MUST_USE bool ledger_chain_init(struct ledger_chain *chain, const struct secret *secret);
void ledger_chain_release(struct ledger_chain *chain);

/* Begins at link 0 again. */
void ledger_chain_restart(struct ledger_chain *chain);

/* The link that `line` would have; the chain stays. False where memory or libcrypto failed. */
MUST_USE bool ledger_chain_link(struct ledger_chain *chain, struct span line,
                                unsigned char link[LINK_SIZE]);

/* The same of a text that stands alone, under another domain and behind the ledger's id. */
MUST_USE bool ledger_chain_seal(struct ledger_chain *chain, struct span id, struct span text,
                                unsigned char link[LINK_SIZE]);

#endif
