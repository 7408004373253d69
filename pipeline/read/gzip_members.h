/*
 * The decompressed bytes of a gzip file (RFC 1952), member by member.
 *
 * Input is handed over as it is read; the state between calls is kept here. Several
 * members, as of BGZF, and empty ones are taken. What is not, and why and where, is said
 * in the words of a message.
 *
 * There are two implementations, of which a build has one: gzip_members_isal.c by ISA-L,
 * the faster, and gzip_members_zlib.c. They agree on any data but one kind, which no
 * compressor makes: codes that leave bit patterns unused are refused by zlib, and taken
 * by ISA-L, CRC and length checked as ever.
 */
#ifndef EFFACE_READ_GZIP_MEMBERS_H
#define EFFACE_READ_GZIP_MEMBERS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/span.h"
#include "base/status.h"

struct gzip_members; /* opaque */

/* What is wrong, and how that lies to the place that gzip_members_offset gives. Both literals. */
struct gzip_problem {
    const char *what;
    const char *where;
};

/* Whether the bytes begin as a gzip member does. */
static inline bool gzip_begins(struct span bytes)
{
    return bytes.size >= 2 && memcmp(bytes.at, "\x1f\x8b", 2) == 0;
}

/*
 * More than `expansion_limit` bytes out for each one in are refused, once 64 MiB are out. NULL
 * where memory ran out. Caller frees with gzip_members_free.
 */
struct gzip_members *gzip_members_new(uint64_t expansion_limit);

/*
 * Decompresses from the front of *input, which is moved on, and adds to *got the number of bytes
 * put at `to`, at most `size` > 0. Returns with room left only when it needs more input, or, with
 * `ended` (nothing follows *input), at the end of the last member, all checked. STATUS_INPUT with
 * *problem set to a static one; STATUS_SYSTEM where memory ran out.
 */
MUST_USE enum status gzip_members_inflate(struct gzip_members *members, struct span *input,
                                          bool ended, char *to, size_t size, size_t *got,
                                          const struct gzip_problem **problem);

/* Where the latest member begins: how many bytes were handed over before it. */
uint64_t gzip_members_offset(const struct gzip_members *members);

/* NULL is fine. */
void gzip_members_free(struct gzip_members *members);

#endif
