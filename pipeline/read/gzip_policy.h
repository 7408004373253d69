/*
 * What is asked of gzip data besides RFC 1952, and the words for what is wrong: the same
 * whichever library decompresses. For the implementations of gzip_members.h only.
 */
#ifndef EFFACE_READ_GZIP_POLICY_H
#define EFFACE_READ_GZIP_POLICY_H

#include <stddef.h>
#include <stdint.h>

#include "read/gzip_members.h"

/* What went in and came out so far, all members together. */
struct gzip_tally {
    uint64_t expansion_limit;
    uint64_t in;
    uint64_t out;
    uint64_t member; /* where in the input the latest member begins */
    char head[2];    /* the first bytes that came out */
};

void gzip_tally_add_out(struct gzip_tally *tally, const char *made, size_t size);

/* Why to go no further: gzip within gzip, or a bomb. NULL: nothing. */
const struct gzip_problem *gzip_tally_problem(const struct gzip_tally *tally);

extern const struct gzip_problem gzip_no_member;
extern const struct gzip_problem gzip_truncated;
extern const struct gzip_problem gzip_corrupt;
extern const struct gzip_problem gzip_wrong_crc;
extern const struct gzip_problem gzip_wrong_length;

#endif
