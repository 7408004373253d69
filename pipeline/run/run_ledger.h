/*
 * A run and its ledger of erasures (ledger/ledger.h).
 *
 *     run_ledger_open       locks and settles it; its key makes the run's fingerprints
 *     run_ledger_load       what stands in it; for a replay, its contacts become targets
 *     run_ledger_recognize  which targets stand in it and yet are back; before anybody confirms
 *     run_ledger_enter      adds those who are erased and don't stand in it yet
 *     ledger_prepare, ledger_commit or ledger_revoke, around the commit of OUT
 */
#ifndef EFFACE_RUN_RUN_LEDGER_H
#define EFFACE_RUN_RUN_LEDGER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/diagnostics.h"
#include "base/key_map.h"
#include "base/secret.h"
#include "base/status.h"
#include "ledger/ledger.h"
#include "match/resolution.h"
#include "report/run_report.h"
#include "run/collect_erased.h"

struct run_ledger {
    struct ledger ledger;
    bool is_open;
    bool replays;
    struct key_map entered;        /* the digests that stand in it; flags: how they were erased */
    struct erased_contacts erased; /* who this run erases */
    struct ledger_state before;    /* as it was when the run began */
    size_t added;                  /* lines of contacts */
};

#define RUN_LEDGER_INIT                                                                            \
    {                                                                                              \
        .entered = KEY_MAP_OF(KEY_MAP_FLAGS), .erased = {.borne = KEY_MAP_OF(KEY_MAP_FLAGS) }      \
    }

MUST_USE enum status run_ledger_open(struct run_ledger *ledger, const char *path,
                                     enum ledger_access access, bool replays,
                                     const struct secret *secret, struct diagnostics *diagnostics);
void run_ledger_release(struct run_ledger *ledger);

/*
 * Reads all of it. STATUS_INPUT where it was changed, or, for a replay, has contacts that these
 * rules have no column to know by.
 */
MUST_USE enum status run_ledger_load(struct run_ledger *ledger, struct resolution *resolution,
                                     struct diagnostics *diagnostics);

/* Sets `resurrected` of targets. The resolution is sealed. */
MUST_USE enum status run_ledger_recognize(struct run_ledger *ledger, const struct run_plan *plan,
                                          struct stream *stream, struct resolution *resolution,
                                          struct diagnostics *diagnostics);

MUST_USE enum status run_ledger_enter(struct run_ledger *ledger, struct span date,
                                      const struct resolution *resolution,
                                      struct diagnostics *diagnostics);

/* What the reports say of it, once all is entered. */
struct ledger_report run_ledger_report(const struct run_ledger *ledger);

#endif
