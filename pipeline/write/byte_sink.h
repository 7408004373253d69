/*
 * Where an output file's bytes go: a descriptor, plain or gzipped, with the SHA-256
 * and size of what was written.
 *
 *     byte_sink_new
 *     byte_sink_write        again and again, on a plain sink; or
 *     byte_sink_write_block  again and again, on a gzipped one
 *     byte_sink_finish       then size and checksum are final
 *     byte_sink_free         any time
 *
 * A gzipped file is one standard member (RFC 1952), without name and time:
 * gzip_block_compress makes blocks on any thread, and the sink joins them and their CRCs.
 * A file to which nothing was written is a valid member of no bytes.
 *
 * After a failure, which is STATUS_SYSTEM with a message, a sink can only be freed.
 */
#ifndef EFFACE_WRITE_BYTE_SINK_H
#define EFFACE_WRITE_BYTE_SINK_H

#include <stdbool.h>
#include <stdint.h>

#include "base/checksum.h"
#include "base/diagnostics.h"
#include "base/status.h"
#include "write/gzip_block.h"
#include "write/pieces.h"

struct byte_sink; /* opaque */

enum sink_kind {
    SINK_PLAIN,
    SINK_GZIP,
    SINK_UNSUMMED, /* plain, and who writes takes the SHA-256 */
};

/*
 * Writes to `fd`, which stays the caller's and must be blocking; `name` for messages,
 * borrowed for the life of the sink. Caller frees with byte_sink_free.
 */
MUST_USE enum status byte_sink_new(int fd, const char *name, enum sink_kind kind,
                                   struct byte_sink **sink, struct diagnostics *diagnostics);

/* Plain sinks only. */
MUST_USE enum status byte_sink_write(struct byte_sink *sink, const struct pieces *pieces,
                                     struct diagnostics *diagnostics);

/* Gzipped sinks only. */
MUST_USE enum status byte_sink_write_block(struct byte_sink *sink, const struct gzip_block *block,
                                           struct diagnostics *diagnostics);

/* Writes what ends the file. Afterwards size and checksum are final. */
MUST_USE enum status byte_sink_finish(struct byte_sink *sink, struct diagnostics *diagnostics);

/* Bytes written to the descriptor so far. */
uint64_t byte_sink_size(const struct byte_sink *sink);

/* The SHA-256 of them all, CHECKSUM_SIZE bytes, of a finished sink that is not SINK_UNSUMMED;
 * borrowed from it. */
const unsigned char *byte_sink_checksum(const struct byte_sink *sink);

/* Does not close the descriptor. NULL is fine. */
void byte_sink_free(struct byte_sink *sink);

#endif
