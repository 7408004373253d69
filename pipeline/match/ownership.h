/*
 * Whose the record before us is.
 */
#ifndef EFFACE_MATCH_OWNERSHIP_H
#define EFFACE_MATCH_OWNERSHIP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/status.h"
#include "match/file_binding.h"
#include "match/record_view.h"

/* An owner that one link of the record found. */
struct claim {
    uint32_t link; /* index into the binding's links; CLAIM_BY_KEY: a record of the subject */
    uint32_t owner;
    uint16_t route; /* of the value that the link found: see claim_step */
};

#define CLAIM_BY_KEY UINT32_MAX

/* One record's claims. A thread keeps one for all records. */
struct ownership {
    struct claim *claims; /* those of unfollowed links too: see `claims_record`; and those of links
                             to dropped records, whose owner may be nobody */
    size_t count;
    size_t room;
    size_t orphans; /* link values that name a target no subject record has */
};

void ownership_release(struct ownership *ownership);

/*
 * Finds the claims on the view's record: for a record of the subject, by its key; for
 * any record, what each link whose condition holds found in its set. False where
 * memory ran out.
 */
MUST_USE bool ownership_find(const struct file_binding *binding,
                             const struct resolution *resolution, struct record_view *view,
                             struct ownership *ownership);

/* Whether a claim makes the record its owner's, not only points at it. */
static inline bool claims_record(const struct file_binding *binding, const struct claim *claim)
{
    return claim->link == CLAIM_BY_KEY || binding->links[claim->link].rule->follow;
}

/* How the claim reaches the record. */
static inline struct route_step claim_step(const struct file_binding *binding,
                                           const struct claim *claim)
{
    return claim->link == CLAIM_BY_KEY
               ? ROUTE_STEP_SUBJECT
               : (struct route_step){binding->links[claim->link].rule, claim->route};
}

/*
 * Where contacts like that of the subject's record before us are held, and the slot of this one;
 * KEY_MAP_NONE: it is no target. False where memory ran out.
 */
MUST_USE bool contact_find(const struct file_binding *binding, const struct resolution *resolution,
                           struct record_view *view, const struct key_map **map, size_t *slot);

/*
 * What tells the view's record from others: its key or, without key, its bytes. A record of
 * the subject is its contact's by this. NAMES_VALUE or NAMING_FAILED.
 */
MUST_USE enum naming record_fingerprint(const struct file_binding *binding,
                                        struct record_view *view, struct fingerprint *fingerprint,
                                        bool *has_key);

/*
 * Reads the identifiers of the subject's record before us into the slots that are `wanted` (NULL:
 * all); slot 0, the key, and the slots of others stay. False where memory ran out.
 */
MUST_USE bool contact_identifiers_read(const struct file_binding *binding, struct record_view *view,
                                       const bool *wanted, struct contact_values *values);

#endif
