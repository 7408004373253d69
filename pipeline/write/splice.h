/*
 * The output of one batch, while it is put together: ranges of the batch's own
 * bytes and new bytes, in order.
 *
 * Long ranges stay where they are and are written from there. Short ones between
 * new bytes are copied beside these, because a system call's cost per piece is that
 * of copying a few hundred bytes.
 */
#ifndef EFFACE_WRITE_SPLICE_H
#define EFFACE_WRITE_SPLICE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buffer.h"
#include "base/span.h"
#include "base/status.h"
#include "write/pieces.h"

/* A stretch of output: of the source where `made` is false, else of the new bytes. */
struct stretch {
    size_t start;
    size_t size;
    bool made;
};

struct splice {
    struct span source; /* borrowed until the pieces are written */
    size_t taken;       /* bytes of the source kept, replaced, or left out so far */
    struct buffer made; /* the new bytes */
    struct stretch *stretches;
    size_t count;
    size_t room;
};

#define SPLICE_INIT                                                                                \
    {                                                                                              \
        {NULL, 0}, 0, BUFFER_INIT, NULL, 0, 0                                                      \
    }

/* Begins anew, over another source. Keeps the memory. */
void splice_start(struct splice *splice, struct span source);

void splice_release(struct splice *splice);

/* Keeps the source's bytes from where it stands up to `end`. False where memory ran out. */
MUST_USE bool splice_keep(struct splice *splice, size_t end);

/* Leaves out the source's bytes from where it stands up to `end`. */
void splice_skip(struct splice *splice, size_t end);

/*
 * Where new bytes are to be appended, behind what is kept so far; splice_made then
 * takes what was appended into the output.
 */
struct buffer *splice_new_bytes(struct splice *splice);

/* `before` is the size of splice_new_bytes before bytes were appended. */
MUST_USE bool splice_made(struct splice *splice, size_t before);

/* The output as pieces, in memory kept by `pieces`. Good until the next splice_start. */
MUST_USE bool splice_pieces(const struct splice *splice, struct pieces *pieces);

#endif
