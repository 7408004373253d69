/*
 * What a ledger is to know of the contacts that are erased: their key and identifiers, as
 * fingerprints. Two more searches over the records of the subject, once it is settled whose each
 * is.
 *
 * An identifier that somebody else bears too, who isn't erased, is no way to know the erased by: it
 * is left out.
 */
#ifndef EFFACE_RUN_COLLECT_ERASED_H
#define EFFACE_RUN_COLLECT_ERASED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/diagnostics.h"
#include "base/key_map.h"
#include "base/status.h"
#include "match/resolution.h"
#include "run/run_plan.h"
#include "run/stream.h"

/* A record of the subject whose target is to be erased. */
struct erased_contact {
    uint32_t target; /* index */
    uint16_t named;  /* a bit for each slot that has a value */
    bool unmarked;
};

struct erased_contacts {
    size_t slot_count;
    struct erased_contact *items; /* in the order of the data */
    size_t count, room;
    struct fingerprint *values; /* slot_count for each */
    size_t value_room;
    struct key_map borne; /* their identifiers; flag 1: somebody else bears it too */
};

/* Ended with erased_contacts_release whatever is returned. */
MUST_USE enum status collect_erased(const struct run_plan *plan, struct stream *stream,
                                    const struct resolution *resolution,
                                    struct erased_contacts *erased,
                                    struct diagnostics *diagnostics);
void erased_contacts_release(struct erased_contacts *erased);

/* Whether the contact of this index is known by its value in a slot. */
bool erased_contact_names(const struct erased_contacts *erased, size_t index, size_t slot);

static inline struct fingerprint erased_contact_value(const struct erased_contacts *erased,
                                                      size_t index, size_t slot)
{
    return erased->values[index * erased->slot_count + slot];
}

#endif
