/*
 * The head of a ledger: the file FILE.head, a line that says how much of FILE stands.
 *
 *     efface-ledger-head,1,LINES,BYTES,LINK,SEAL
 *     efface-ledger-head,1,LINES,BYTES,LINK,LINES,BYTES,LINK,MANIFEST,OUT,SEAL
 *
 * LINK is that of the last line, OUT a path in hexadecimal, SEAL as ledger_chain_seal has it. It is
 * replaced by a rename, so it is the old one or the new one, whatever happens. What FILE has
 * beyond BYTES was never finished. What it lacks was taken away.
 *
 * With a pending state, a run has written its lines and was about to make OUT appear, in which
 * efface-report/manifest.json has the SHA-256 MANIFEST. Whether it did is for the next one to find
 * out (ledger_settle.h).
 */
#ifndef EFFACE_LEDGER_LEDGER_HEAD_H
#define EFFACE_LEDGER_LEDGER_HEAD_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buffer.h"
#include "base/checksum.h"
#include "base/span.h"
#include "base/status.h"
#include "ledger/ledger_chain.h"

struct ledger_state {
    uint64_t lines;
    uint64_t bytes;
    unsigned char link[LINK_SIZE];
};

struct ledger_head {
    struct ledger_state stands;
    bool has_pending;
    struct ledger_state pending;
    unsigned char manifest[CHECKSUM_SIZE];
    struct buffer out; /* the path, and a NUL */
};

void ledger_head_release(struct ledger_head *head);

/* Appends the head's text with its line end. False where memory or libcrypto failed. */
MUST_USE bool ledger_head_write(const struct ledger_head *head, struct ledger_chain *chain,
                                struct span id, struct buffer *out);

/*
 * STATUS_INPUT where the text is none, or not sealed under this key for this ledger; STATUS_SYSTEM
 * where memory or libcrypto failed. Nothing is told.
 */
MUST_USE enum status ledger_head_read(struct span text, struct ledger_chain *chain, struct span id,
                                      struct ledger_head *head);

#endif
