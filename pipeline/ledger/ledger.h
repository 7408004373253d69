/*
 * The ledger of erasures: who was erased, when, and by which rules, as keyed digests.
 *
 * FILE is read by people and programs (ledger_line.h); each of its lines is bound to the one
 * before by a keyed digest (ledger_chain.h); FILE.head says where it ends (ledger_head.h). The
 * digests are made under a key of the ledger's own, which FILE holds wrapped under the
 * pseudonymization key. So the latter can be replaced, and whoever has neither can try no values.
 *
 *     ledger_open        locks it, completes or takes back what an interrupted run left
 *     ledger_each        every line that stands, verified
 *     ledger_begin       a run's lines ...
 *     ledger_add         ... one for each contact erased
 *     ledger_prepare     before OUT appears: they are on the disk, and pending
 *     ledger_commit      after it did: they stand; or
 *     ledger_revoke      ... it did not: they are gone
 *     ledger_close
 *
 * An erasure that was published stands in the ledger or is pending there, and one that
 * wasn't is pending at most: whoever opens the ledger next settles that by looking at OUT
 * (ledger_settle.h).
 */
#ifndef EFFACE_LEDGER_LEDGER_H
#define EFFACE_LEDGER_LEDGER_H

#include "base/checksum.h"
#include "base/diagnostics.h"
#include "base/fingerprint.h"
#include "base/secret.h"
#include "base/span.h"
#include "base/status.h"
#include "ledger/ledger_file.h"
#include "ledger/ledger_head.h"
#include "ledger/ledger_scan.h"
#include "ruleset/ruleset.h"

struct ledger {
    struct ledger_file file;
    struct ledger_chain chain;
    unsigned char id[LEDGER_ID_SIZE];
    struct fingerprint_key key; /* of the digests */
    bool is_rekeyed;            /* a FILE.new was left that this key does not open */
    struct ledger_head head;
    struct ledger_state end; /* of what was added so far */
    struct buffer lines;     /* added and not yet written */
    struct buffer text;
};

/*
 * Who only looks (LEDGER_LOOK) changes no file, and is shown what whoever changes it next will make
 * of it: `head.stands` counts what is pending if its output appeared, and `file` is FILE.new where
 * that is the ledger already. A warning tells of the latter, and of what is only presumed.
 *
 * STATUS_USAGE where the key isn't the ledger's; STATUS_INPUT or STATUS_SYSTEM where the files
 * can't be used. `path` is borrowed. Ended with ledger_close whatever is returned.
 */
MUST_USE enum status ledger_open(struct ledger *ledger, const char *path, enum ledger_access access,
                                 const struct secret *secret, struct diagnostics *diagnostics);
void ledger_close(struct ledger *ledger);

/* STATUS_INPUT where a line is not as it was written. */
MUST_USE enum status ledger_each(struct ledger *ledger, ledger_visitor *visit, void *context,
                                 struct diagnostics *diagnostics);

/* Only behind a ledger_each, which leaves the chain at the end. */
MUST_USE enum status ledger_begin(struct ledger *ledger, struct span date,
                                  const unsigned char rules[CHECKSUM_SIZE],
                                  const struct entity_rule *subject,
                                  struct diagnostics *diagnostics);
MUST_USE enum status ledger_add(struct ledger *ledger, const struct ledger_erasure *erasure,
                                struct diagnostics *diagnostics);

/* `manifest` is the SHA-256 of OUT/efface-report/manifest.json, `out` the path of OUT. */
MUST_USE enum status ledger_prepare(struct ledger *ledger,
                                    const unsigned char manifest[CHECKSUM_SIZE], const char *out,
                                    struct diagnostics *diagnostics);
MUST_USE enum status ledger_commit(struct ledger *ledger, struct diagnostics *diagnostics);

/*
 * Where this fails, the next one settles it, if it finds what is staged; what there is to tell is
 * in `diagnostics`.
 */
enum status ledger_revoke(struct ledger *ledger, struct diagnostics *diagnostics);

/* Of the chooser: whether to take the line out. */
typedef bool ledger_chooser(void *context, const struct ledger_line *line);

/*
 * Writes the ledger anew, under `secret`, and puts `forgotten` lines in the place of those that
 * `choose` (NULL: none) chooses among the erasures. It is replaced at once or not at all. Only to
 * be closed afterwards.
 */
MUST_USE enum status ledger_rewrite(struct ledger *ledger, const struct secret *secret,
                                    ledger_chooser *choose, void *context, struct span date,
                                    struct diagnostics *diagnostics);

#endif
