/*
 * What was done in a file, counted. Tallies of batches add up to a file's.
 */
#ifndef EFFACE_RUN_FILE_TALLY_H
#define EFFACE_RUN_FILE_TALLY_H

#include <stddef.h>
#include <stdint.h>

#include <stdbool.h>

#include "base/status.h"
#include "match/identifier_set.h"

/* The cells of one column. */
struct column_tally {
    uint64_t changed; /* given a new value, whatever the reason */
    uint64_t
        untaken; /* of these, cleared because the technique of their field could not take them */
    uint64_t leaks[IDENTIFIER_KINDS]; /* identifiers of targets that are left */
};

struct file_tally {
    uint64_t records; /* the sum of the next five */
    uint64_t unchanged;
    uint64_t anonymized;
    uint64_t unlinked;
    uint64_t dropped;
    uint64_t already;
    uint64_t mentions; /* of the unchanged and already: records in which something was treated all
                          the same */
    uint64_t changed;  /* records whose bytes changed, those dropped included */
    uint64_t orphans;
    struct column_tally *columns;
    size_t column_count;
};

/* An empty tally for so many columns. False where memory ran out. */
MUST_USE bool file_tally_init(struct file_tally *tally, size_t columns);
void file_tally_clear(struct file_tally *tally);
void file_tally_release(struct file_tally *tally);

/* Adds `from` to `to`; both count the same columns. */
void file_tally_add(struct file_tally *to, const struct file_tally *from);

#endif
