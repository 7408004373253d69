/*
 * The bytes of one input file, decompressed if it is gzipped.
 *
 * A name that ends in .gz must be gzip (RFC 1952) and no other may be. Members are
 * decompressed one by one by zlib: several of them (BGZF too) and empty ones are
 * fine; truncation, a wrong CRC or length, anything behind the last member that is
 * no member, gzip within gzip, and more bytes than `expansion_limit` times the
 * compressed ones (counted once 64 MiB have come out) are errors: STATUS_INPUT.
 *
 * The SHA-256 and size of the file as it stands on disk are taken along the way.
 * A file that changes while it is read (size or time) is an error, seen at its end.
 */
#ifndef EFFACE_READ_BYTE_SOURCE_H
#define EFFACE_READ_BYTE_SOURCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/stat.h>

#include "base/checksum.h"
#include "base/diagnostics.h"
#include "base/span.h"
#include "base/status.h"

struct byte_source; /* opaque */

struct source_options {
    uint64_t expansion_limit; /* decompressed bytes per compressed one */
    bool checksum;            /* take the SHA-256 */
    bool again;               /* it is read again: the file stays open at its end */
};

#define EXPANSION_LIMIT_DEFAULT 1100 /* deflate itself can't pass 1032 */

/*
 * Opens a regular file below `folder_fd`, following no symbolic link in any part of
 * `path`. `name` is the path for messages and must outlive the source. Caller frees
 * with byte_source_free. STATUS_INPUT where the file can't be taken, for whatever reason that
 * lies in the file; STATUS_SYSTEM where descriptors, memory or the device fail.
 */
MUST_USE enum status byte_source_open(int folder_fd, const char *path, const char *name,
                                      const struct source_options *options,
                                      struct byte_source **source, struct diagnostics *diagnostics);

/*
 * The same for a file of the operator's own: relative to the working folder, symbolic links
 * followed.
 */
MUST_USE enum status byte_source_open_own(const char *path, const struct source_options *options,
                                          struct byte_source **source,
                                          struct diagnostics *diagnostics);

/*
 * The same for bytes that are in memory, as they came out of a plain file; `bytes` must outlive the
 * source. All that byte_source_stat says of them is their number. Nothing is read from a file, and
 * no checksum taken. NULL: out of memory.
 */
struct byte_source *byte_source_of_bytes(struct span bytes, const char *name);

/*
 * Reads up to `size` bytes; *got is less only at the end of the file, where every
 * check has been made.
 */
MUST_USE enum status byte_source_read(struct byte_source *source, char *to, size_t size,
                                      size_t *got, struct diagnostics *diagnostics);

/*
 * Back to the beginning, where the options say that the file is read again. It may have changed
 * meanwhile: its checksum tells.
 */
MUST_USE enum status byte_source_rewind(struct byte_source *source,
                                        struct diagnostics *diagnostics);

bool byte_source_is_gzip(const struct byte_source *source);

/* How many bytes of the file on disk have been read. */
uint64_t byte_source_position(const struct byte_source *source);

/* What the file was when it was opened, or rewound. */
const struct stat *byte_source_stat(const struct byte_source *source);

/* The SHA-256 of the file on disk; only at its end, and if asked for. */
const unsigned char *byte_source_checksum(const struct byte_source *source);

void byte_source_free(struct byte_source *source);

#endif
