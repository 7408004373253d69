/*
 * What the leak check knows of the targets, and whether a text holds any of it.
 *
 * Email addresses, phones and full names are kept here, as fingerprints. The keys that
 * surrogates replace are not kept again: the resolution has them.
 *
 *     known_identifiers_init
 *     identifiers_in_...,     what a target's cells add: pure, on any thread
 *     identifier_of_...
 *     known_identifiers_add   adds it, on one thread, while nobody looks anything up
 */
#ifndef EFFACE_MATCH_KNOWN_IDENTIFIERS_H
#define EFFACE_MATCH_KNOWN_IDENTIFIERS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/bit_filter.h"
#include "base/buffer.h"
#include "base/status.h"
#include "match/email_look.h"
#include "match/email_text.h"
#include "match/identifier_set.h"
#include "match/letter_table.h"
#include "match/name_text.h"
#include "match/phone_text.h"
#include "match/word_look.h"

struct known_identifiers {
    struct identifier_set set; /* emails, phones, full names */
    struct letter_table letters;
    /* Of addresses' looks in pairs, of numbers' tails, of the looks of what begins behind the gap
     * of a name, and of both its sides: enough to tell that most is unknown. */
    struct bit_filter parts;
    uint64_t initials;      /* with which right sides of names begin (gap_look) */
    unsigned least_digits;  /* of any phone */
    bool keys_are_replaced; /* some are, or may be */
};

/* Something to be added. */
struct found_identifier {
    enum identifier_kind kind;
    struct fingerprint value;
    uint64_t parts[4]; /* for the filter of parts */
    uint64_t initials; /* of a name */
    uint8_t digits;    /* of a phone */
};

struct found_identifiers {
    struct found_identifier *items;
    size_t count;
    size_t room;
};

void found_identifiers_release(struct found_identifiers *found);

/*
 * For about so many targets: more cost time, no hits.
 * False where memory ran out. Ended with known_identifiers_release either way.
 */
MUST_USE bool known_identifiers_init(struct known_identifiers *known, size_t targets);
void known_identifiers_release(struct known_identifiers *known);

MUST_USE bool known_identifiers_add(struct known_identifiers *known,
                                    const struct found_identifiers *found);

/* Appends the addresses and, if `phones`, the phone numbers in a cell. False: out of memory. */
MUST_USE bool identifiers_in_cell(const struct known_identifiers *known, struct span value,
                                  bool phones, struct buffer *scratch,
                                  struct found_identifiers *found);

/* Appends the full name that two cells make; nothing if either is no name. False: out of memory. */
MUST_USE bool identifier_of_names(const struct known_identifiers *known, struct span first,
                                  struct span last, struct found_identifiers *found);

/*
 * Appends the full names that one cell may stand for: `Smith, Ann`, or `Ann M. van Smith`, of which
 * the last may be `Smith` or `van Smith`.
 */
MUST_USE bool identifier_of_full_name(const struct known_identifiers *known, struct span value,
                                      struct found_identifiers *found);

/* False: no target's number has this tail (phone_text.h). */
static inline bool phone_tail_may_be_known(const struct known_identifiers *known, uint64_t tail)
{
    return bit_filter_may_have(&known->parts, identifier_part(&known->set, tail));
}

/* False: no form of the digits and signs from `start` to `end` is a target's number. */
bool phone_may_be_known(const struct known_identifiers *known, struct span text, size_t start,
                        size_t end);

/* False: no target's full name has this behind its gap: the first look of its right side. */
static inline bool name_start_may_be_known(const struct known_identifiers *known, uint64_t look)
{
    return bit_filter_may_have(&known->parts, identifier_part(&known->set, look));
}

/* Whether words on both sides of the gap make a target's full name: sets where it stands. */
bool name_gap_is_known(const struct known_identifiers *known, struct span text,
                       const struct name_gap *gap, size_t *start, size_t *end);

#endif
