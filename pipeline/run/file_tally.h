/*
 * What was done in a file, counted. Tallies of batches add up to a file's.
 */
#ifndef EFFACE_RUN_FILE_TALLY_H
#define EFFACE_RUN_FILE_TALLY_H

#include <stddef.h>
#include <stdint.h>

#include <stdbool.h>

#include "base/fingerprint.h"
#include "base/status.h"
#include "match/identifier_set.h"

/* The cells of one column. */
struct column_tally {
    uint64_t changed; /* given a new value, whatever the reason */
    uint64_t
        untaken; /* of these, cleared because the technique of their field could not take them */
    uint64_t filled; /* neither empty nor null as they came; of columns the plan counts, only */
    uint64_t leaks[IDENTIFIER_KINDS];  /* identifiers of targets that are left */
    uint64_t shared[IDENTIFIER_KINDS]; /* ... that others bear, too; from leak_facts_share on */
};

/* An email address or phone that is left, by its fingerprint: counted in column_tally, too. */
struct left_identifier {
    struct fingerprint value;
    uint32_t column;
    uint8_t kind;
    bool borne; /* by a contact that is no target, as its own: it is that one's as well */
};

/* More of them in a file are only counted. */
enum { LEFT_LIMIT = 1 << 16 };

struct file_tally {
    uint64_t records; /* the sum of the next five */
    uint64_t unchanged;
    uint64_t anonymized;
    uint64_t unlinked;
    uint64_t dropped;
    uint64_t already;
    uint64_t mentions; /* of the unchanged and already: records of which a cell changed all the
                          same: a mention, a whole column, a link */
    uint64_t changed;  /* records whose bytes changed, those dropped included */
    uint64_t orphans;
    struct column_tally *columns;
    size_t column_count;
    struct left_identifier *left; /* in the order of the data */
    size_t left_count, left_room;
};

/* An empty tally for so many columns. False where memory ran out. */
MUST_USE bool file_tally_init(struct file_tally *tally, size_t columns);
void file_tally_clear(struct file_tally *tally);

/* Makes a tally of another file, or one of zeros, one of this file. False where memory ran out. */
MUST_USE bool file_tally_begin(struct file_tally *tally, size_t columns);
void file_tally_release(struct file_tally *tally);

/* Notes and counts an address or phone that is left. False where memory ran out. */
MUST_USE bool file_tally_leave(struct file_tally *tally, const struct left_identifier *left);

/* Adds `from` to `to`; both count the same columns. False where memory ran out. */
MUST_USE bool file_tally_add(struct file_tally *to, const struct file_tally *from);

#endif
