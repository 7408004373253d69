/*
 * The lines of a ledger, without the link that ends each: values with commas between.
 *
 *     efface-ledger,1,ID,KEY           first: the ledger's name, 16 random bytes, and the key of
 *                                      its digests, wrapped (base/fingerprint.h)
 *     run,DATE,RULES,key,COLUMN,...    a run: the day, the SHA-256 of the rules, and what the
 *                                      digests of its lines are of: the subject's key (several
 *                                      times for a composite one), then its identifiers, each
 *                                      behind the way it compares: key, exact, email ...
 *     erased,MODE,DIGEST,...           somebody erased by that run: anonymize or delete, and a
 *                                      digest for the key and each identifier, or nothing
 *     forgotten,DATE,LINK              where a line was taken out: the day, and the line's link
 *
 * Digests, keys and links are in lower-case hexadecimal. In the name of a column, bytes that
 * are a comma, a quote, a percent sign or no printable ASCII are written %XX.
 *
 * Writers append to `out`, and are false where memory ran out. Readers are false where the line is
 * not of that kind, or not well-formed.
 */
#ifndef EFFACE_LEDGER_LEDGER_LINE_H
#define EFFACE_LEDGER_LEDGER_LINE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buffer.h"
#include "base/checksum.h"
#include "base/fingerprint.h"
#include "base/span.h"
#include "base/status.h"
#include "ledger/ledger_chain.h"
#include "ruleset/ruleset.h"

enum {
    LEDGER_ID_SIZE = 16,
    LEDGER_SLOT_LIMIT = 16,
    LEDGER_COLUMN_LIMIT = KEY_COLUMNS_LIMIT + LEDGER_SLOT_LIMIT - 1
};

/* Of the key, a column; or an identifier. */
struct ledger_column {
    bool is_key;
    enum match_kind match; /* of an identifier */
    struct span name;
};

struct ledger_run {
    struct span date;                                  /* YYYY-MM-DD */
    struct span rules;                                 /* 64 hexadecimal digits */
    struct ledger_column columns[LEDGER_COLUMN_LIMIT]; /* the key's first */
    size_t column_count;
    size_t slot_count;   /* digests a line: one for the key, one an identifier */
    struct buffer names; /* what all of these texts lie in */
};

struct ledger_erasure {
    bool deletes;
    size_t slot_count;
    bool named[LEDGER_SLOT_LIMIT];
    struct fingerprint digests[LEDGER_SLOT_LIMIT];
};

MUST_USE bool ledger_header_write(struct buffer *out, const unsigned char id[LEDGER_ID_SIZE],
                                  const unsigned char key[WRAPPED_KEY_SIZE]);
MUST_USE bool ledger_header_read(struct span line, unsigned char id[LEDGER_ID_SIZE],
                                 unsigned char key[WRAPPED_KEY_SIZE]);

MUST_USE bool ledger_run_write(struct buffer *out, struct span date,
                               const unsigned char rules[CHECKSUM_SIZE],
                               const struct entity_rule *subject);
/*
 * `run` was read before, or is all zero; ended with ledger_run_release. STATUS_INPUT where the line
 * is none, STATUS_SYSTEM where memory ran out; nothing is told.
 */
MUST_USE enum status ledger_run_read(struct span line, struct ledger_run *run);
void ledger_run_release(struct ledger_run *run);

MUST_USE bool ledger_erasure_write(struct buffer *out, const struct ledger_erasure *erasure);
MUST_USE bool ledger_erasure_read(struct span line, struct ledger_erasure *erasure);

MUST_USE bool ledger_forgotten_write(struct buffer *out, struct span date,
                                     const unsigned char link[LINK_SIZE]);
MUST_USE bool ledger_forgotten_read(struct span line, struct span *date,
                                    unsigned char link[LINK_SIZE]);

/* Takes the next value off the front of a line. False where none is left: `line->at` is NULL. */
bool ledger_value(struct span *line, struct span *value);

#endif
