/*
 * What one batch adds to the resolution.
 *
 * findings_collect is pure: it reads the resolution as it stands and writes into the
 * findings of its thread. findings_merge adds them, on one thread, while nothing
 * collects from an entity that reads what it writes. Since sets only grow, the order of merging
 * does not change what is reached in the end; merging in the order of the data makes the
 * targets' numbers, and so the reports, the same every time.
 */
#ifndef EFFACE_MATCH_FINDINGS_H
#define EFFACE_MATCH_FINDINGS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/diagnostics.h"
#include "base/secret.h"
#include "base/status.h"
#include "match/file_binding.h"
#include "match/ownership.h"
#include "match/record_view.h"
#include "match/resolution.h"
#include "match/target_matches.h"
#include "match/value_sieve.h"

/* What a pass over a file looks for. */
enum search {
    SEARCH_CONDITIONS, /* keys of records of which a condition being filled holds (in_entity) */
    SEARCH_TARGETS,    /* records of the subject that are named or selected */
    SEARCH_SAME_KEY,   /* further records of contacts that were found by something else */
    SEARCH_OWNED,      /* values of records that belong to targets */
    SEARCH_DROPPED,    /* values of records that drop because their list runs empty */
};

/* A value that goes into a set. */
struct found_value {
    struct value_set *set;
    struct fingerprint value;
    uint64_t quick;         /* its quick hash */
    struct route_step step; /* how its record was reached */
    uint32_t owner;         /* of a contact's values: not known until merged */
    uint8_t flags;
};

/* A record of the subject that is a target's. */
struct found_contact {
    struct fingerprint contact; /* of its key, or of its bytes where it has none */
    uint64_t quick;             /* the quick hash of its key */
    unsigned char digest[DIGEST_SIZE];
    size_t key_at, key_size; /* its key in `key_text`, where the resolution keeps keys */
    size_t first_value;      /* its values, but the key */
    size_t value_count;
    uint32_t name;                /* the first of the list that agrees; UINT32_MAX: none */
    const struct hold_rule *hold; /* that the record matches; NULL: none */
    uint8_t mode;
    bool has_key;
    bool named; /* by a name or as one of everybody; else only by a key already known */
    bool unmarked;
};

/* A key of which a condition holds. */
struct found_key {
    struct condition_set *set;
    struct fingerprint key;
};

/* A record that holds its owner back. */
struct found_holding {
    struct holder holder;
    uint32_t owner;
};

struct findings {
    struct found_value *values;
    size_t value_count, value_room;
    struct found_contact *contacts;
    size_t contact_count, contact_room;
    struct found_key *keys;
    size_t key_count, key_room;
    struct found_holding *holdings;
    size_t holding_count, holding_room;
    struct target_matches matches;
    struct buffer key_text;
    struct buffer owned; /* the raw bytes of the records that are targets', each with a line end,
                            where the finder keeps them */
};

void findings_clear(struct findings *findings);
void findings_release(struct findings *findings);

/* What a thread needs to collect. */
struct finder {
    struct record_view view;
    struct value_sieve sieve; /* the records of the batch that are looked at */
    struct ownership ownership;
    struct tagger *tagger; /* of the run's secret, for the targets' digests */
    bool keeps;            /* the records that are targets' */
};

/* Whether findings of such a search change what the same search reads, so that it can't run ahead.
 */
bool search_reads_own_findings(enum search search, const struct entity_rule *entity);

/*
 * Collects from every record of an indexed batch. The view of `finder` is pointed at
 * the batch by the caller. False where memory ran out, or a condition failed: see
 * condition_report_failure.
 */
MUST_USE bool findings_collect(enum search search, const struct file_binding *binding,
                               const struct resolution *resolution, struct finder *finder,
                               struct findings *findings);

MUST_USE enum status findings_merge(const struct findings *findings, struct resolution *resolution,
                                    struct diagnostics *diagnostics);

#endif
