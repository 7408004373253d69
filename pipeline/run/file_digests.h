/*
 * The SHA-256 of a plain file and of what is written of it, each by a thread of its own, so that
 * neither who reads nor who writes waits for them.
 *
 *     file_digests_new
 *     file_digests_begin       a file
 *     file_digests_add         ... starts on the next bytes of both
 *     file_digests_settle      ... waits for that
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
#include "write/pieces.h"

struct file_digests; /* opaque */

/* Not `threaded`: on the caller's thread. NULL where memory or threads can't be had. */
struct file_digests *file_digests_new(bool threaded);

/* False where memory ran out. */
MUST_USE bool file_digests_begin(struct file_digests *digests);

/* Both are borrowed until file_digests_settle, which must come next. */
void file_digests_add(struct file_digests *digests, struct span in, const struct pieces *out);

/* False where memory ran out. */
MUST_USE bool file_digests_settle(struct file_digests *digests);

/* False where memory ran out. */
MUST_USE bool file_digests_end(struct file_digests *digests, unsigned char in[CHECKSUM_SIZE],
                               unsigned char out[CHECKSUM_SIZE]);

/* NULL is fine. */
void file_digests_free(struct file_digests *digests);

#endif
