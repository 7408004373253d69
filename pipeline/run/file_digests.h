/*
 * The SHA-256 of a plain file and of what is written of it, each by a thread of its own, so that
 * neither who reads nor who writes waits for them.
 *
 *     file_digests_new
 *     file_digests_begin       a file
 *     file_digests_add_head    ... sums its first bytes at once
 *     file_digests_add         ... starts on the next bytes of both, behind those before
 *     file_digests_settle      ... waits until these bytes are summed; any thread may
 *     file_digests_end         gives both
 *     file_digests_free
 *
 * As long as what is written are the bytes that were read, from the same memory, they are summed
 * once: up to the first change both sums are the same.
 */
#ifndef EFFACE_RUN_FILE_DIGESTS_H
#define EFFACE_RUN_FILE_DIGESTS_H

#include <stdbool.h>

#include "base/checksum.h"
#include "base/span.h"
#include "base/status.h"
#include "base/task_pool.h"
#include "write/pieces.h"

struct file_digests; /* opaque */
struct digest_side;  /* opaque: one of the two sums */

/* Bytes that are to be added to one of the sums. */
struct digest_share {
    struct digest_side *side; /* NULL: it has no part in them */
    struct span first;
    const struct span *rest;
    size_t rest_count;
    struct task task;
};

/* A stretch of a file, and of what is written of it, while they are summed. All zero at first. */
struct digest_stretch {
    struct digest_share in;
    struct digest_share out;
};

/* Not `threaded`: on the caller's thread. NULL where memory or threads can't be had. */
struct file_digests *file_digests_new(bool threaded);

/* False where memory ran out. */
MUST_USE bool file_digests_begin(struct file_digests *digests);

/*
 * The few bytes that a file begins with, before any stretch, on the caller's thread. Nothing stays
 * borrowed.
 */
void file_digests_add_head(struct file_digests *digests, struct span in, const struct pieces *out);

/*
 * `in` and `out` are borrowed until the stretch is settled, or the file ended; the stretch itself
 * until file_digests_end or file_digests_free. A stretch that is settled may be used again.
 */
void file_digests_add(struct file_digests *digests, struct digest_stretch *stretch, struct span in,
                      const struct pieces *out);

/* Also of a stretch that was settled before, or never added. */
void file_digests_settle(struct file_digests *digests, const struct digest_stretch *stretch);

/* Settles every stretch. False where memory ran out, now or when bytes were added. */
MUST_USE bool file_digests_end(struct file_digests *digests, unsigned char in[CHECKSUM_SIZE],
                               unsigned char out[CHECKSUM_SIZE]);

/* Settles every stretch. NULL is fine. */
void file_digests_free(struct file_digests *digests);

#endif
