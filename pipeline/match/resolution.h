/*
 * Whose is what: everything that resolution finds out and the apply pass reads.
 *
 * First the targets are found among the records of the subject. Then ownership
 * spreads: a record that links to a value of a target's record belongs to that target,
 * and its own values, where other entities refer to them, are added to their sets;
 * until nothing is added any more (the fixed point, which loops of links reach too,
 * because the sets only grow). Last, where contacts are to be deleted, records that
 * drop because their list runs empty spread in the same way.
 *
 * Ownership of one target never depends on another's, so a target that turns out
 * to be held back needs no second resolution: resolution_seal gives it no fate.
 *
 *     resolution_init       the sets, from the rules
 *     findings_...          (findings.h) what one batch adds; pure, on any thread
 *     resolution_merge_...  adds findings, on one thread
 *     resolution_seal       from here on fates can be asked for
 */
#ifndef EFFACE_MATCH_RESOLUTION_H
#define EFFACE_MATCH_RESOLUTION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/diagnostics.h"
#include "base/fingerprint.h"
#include "base/key_map.h"
#include "base/status.h"
#include "match/owner_table.h"
#include "match/route_table.h"
#include "match/target_list.h"
#include "match/value_set.h"
#include "ruleset/ruleset.h"

/* What becomes of the records of an owner: the sum over its targets. */
enum fate {
    FATE_ANONYMIZE = 1,
    FATE_DELETE = 2,
    FATE_UNMARKED = 4, /* of some target, a record of the subject bears no marker */
};

enum { DIGEST_SIZE = 16 };

/* What holds a target back: a hold, or an entity that restricts deletion. Zero: nothing does. */
struct holder {
    const struct hold_rule *hold;
    const struct entity_rule *restricting;
};

/* There may be millions: 24 bytes. */
struct target {
    unsigned char digest[DIGEST_SIZE]; /* keyed, of the contact's key: its name in reports */
    uint32_t name;        /* the first name of the list that found it; UINT32_MAX: none */
    uint32_t holder : 27; /* by which target_holder finds what holds it back; 0: nothing does */
    bool restricted : 1;  /* that is an entity */
    bool to_delete : 1;   /* wins over anonymize */
    bool unmarked : 1;    /* some of its records bear no marker */
    bool resurrected : 1; /* was erased before, as the ledger says, and has data again */
};

static inline bool holder_holds(const struct holder *holder)
{
    return holder->hold || holder->restricting;
}

/* A condition can be asked once those inside it are ready. */
enum condition_state { CONDITION_WAITING, CONDITION_FILLING, CONDITION_READY };

/* The keys of an entity's records of which a condition holds (`in_entity`). */
struct condition_set {
    const struct test *test; /* of kind TEST_IN_ENTITY */
    struct key_map map;
    enum condition_state state;
};

struct resolution {
    const struct ruleset *ruleset;
    struct fingerprint_key key;
    struct value_set *sets;
    size_t set_count;
    struct condition_set *conditions;
    size_t condition_count;
    size_t condition_room;
    struct owner_table owners;
    struct route_table routes;
    struct target *targets;
    size_t target_count;
    size_t target_room;
    bool keeps_keys;        /* in clear, for the reports; set before any target is found */
    struct buffer key_text; /* if so: the targets' keys, each with a NUL behind */
    size_t *key_starts;     /* ... where in it, by target */
    size_t key_room;
    struct value_set *contacts; /* one of sets: the subject's key, compared exactly */
    struct key_map keyless; /* records of the subject without key, by their raw bytes -> owner */
    struct target_list list;
    uint8_t *set_fates; /* fate of each set of owners; from resolution_seal on */
    bool sealed;
    bool deletes; /* some target is to be deleted; from resolution_seal on */
};

/*
 * Makes the sets that the rules need. `list` is empty; fill it before the targets
 * are looked for. Caller ends it with resolution_release.
 */
MUST_USE enum status resolution_init(struct resolution *resolution, const struct ruleset *ruleset,
                                     struct diagnostics *diagnostics);
void resolution_release(struct resolution *resolution);

/*
 * Makes fingerprints under this key, not under one drawn for the run, so that they equal
 * those of a ledger. Before anything is added.
 */
void resolution_use_key(struct resolution *resolution, const struct fingerprint_key *key);

/*
 * Makes targets of all contacts of whom a selection holds, and the sets that it needs.
 * Before any file is bound.
 */
MUST_USE enum status resolution_select(struct resolution *resolution,
                                       const struct selection_rule *selection, enum mode mode,
                                       struct diagnostics *diagnostics);

/*
 * Puts a filter before each set, for about as many values as the list has names, or as there are
 * about `contacts` in the export; none where everybody is a target, as nearly all values would
 * pass. Before the targets are looked for. False where memory ran out.
 */
MUST_USE bool resolution_expect(struct resolution *resolution, size_t contacts);

/* The set of a column or key by the way it compares; NULL: nothing refers to it. */
struct value_set *resolution_set(const struct resolution *resolution,
                                 const struct entity_rule *entity, const struct name *columns,
                                 size_t count, enum match_kind match);

/* The set that a link looks its values up in. */
struct value_set *resolution_link_set(const struct resolution *resolution,
                                      const struct link_rule *link);

/* The set that a field's mentions are looked up in; NULL: it mentions nobody. */
struct value_set *resolution_mention_set(const struct resolution *resolution,
                                         const struct mention_rule *mentions);

/* The set that a test of kind TEST_IN_ENTITY asks. */
struct condition_set *resolution_condition(const struct resolution *resolution,
                                           const struct test *test);

/*
 * Once all targets are found: the list's keys that no record has stand in the set of contacts as
 * well, so that records that refer to them are counted, and the list forgets its values. The list's
 * map becomes the set's, as the two hold nearly the same. False where memory ran out.
 */
MUST_USE bool resolution_take_keys(struct resolution *resolution);

/* Ends resolution: computes the fates. */
MUST_USE enum status resolution_seal(struct resolution *resolution,
                                     struct diagnostics *diagnostics);

/* No record is looked at any more: the targets stay, and what the reports ask of them. */
void resolution_forget_values(struct resolution *resolution);

/*
 * The key of a target in clear, of several columns with ", " between; NULL: it is not kept, or has
 * none. Good until a target is added.
 */
const char *resolution_key_text(const struct resolution *resolution, size_t target);

static inline bool target_is_held(const struct target *target)
{
    return target->holder != 0;
}

/* What holds it back. */
struct holder target_holder(const struct resolution *resolution, const struct target *target);

/*
 * Of several holds the first of the rules is kept, whatever was searched first. A hold
 * counts for any mode, and before a restriction, which counts for deletion.
 */
void target_hold(struct resolution *resolution, struct target *target, const struct holder *holder);

/* The enum fate of a target; 0: it is held back. */
uint8_t target_fate(const struct target *target);

/* The sum of enum fate of an owner's targets, those held back left out. Sealed only. */
uint8_t resolution_fate(const struct resolution *resolution, uint32_t owner);

/* The lowest-numbered of an owner's targets that isn't held back; NULL: none. Sealed only. */
const struct target *resolution_first_target(const struct resolution *resolution, uint32_t owner);

/* Whether a record that bears the value at `slot` of `set` is dropped. Sealed only. */
bool resolution_value_dropped(const struct resolution *resolution, const struct value_set *set,
                              size_t slot);

/*
 * Whether the value at `slot` of `set` is a key that is replaced by a surrogate. One that looks
 * like a surrogate stays where its owners were anonymized by an earlier run. Sealed only.
 */
bool resolution_value_rekeyed(const struct resolution *resolution, const struct value_set *set,
                              size_t slot);

#endif
