/*
 * manifest.json, read back.
 *
 * Refused as STATUS_INPUT: what is no JSON, of another kind or version, holds a value that it
 * can't, names a path twice, or doesn't end with the SHA-256 of what stands before it (it was cut
 * or edited). The sum has no key: it finds accidents and careless hands, not a forger.
 */
#ifndef EFFACE_REPORT_MANIFEST_READER_H
#define EFFACE_REPORT_MANIFEST_READER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/checksum.h"
#include "base/diagnostics.h"
#include "base/status.h"
#include "record/dialect.h"

/* What a published file must be. */
struct manifest_file {
    const char *path; /* its very bytes, relative to the folder */
    uint64_t size;
    unsigned char checksum[CHECKSUM_SIZE];
    bool is_report;
    bool has_records; /* an export's file that an entity takes; the next two are for it alone */
    uint64_t records;
    struct dialect dialect;
};

struct manifest {
    struct manifest_file *files; /* reports too; sorted by the bytes of their paths */
    size_t count;
};

/* Reads an open file from its beginning; `name` is for messages. All memory is the arena's. */
MUST_USE enum status manifest_read(int fd, const char *name, struct arena *arena,
                                   struct manifest *manifest, struct diagnostics *diagnostics);

#endif
