/*
 * `efface verify`: a published folder against its manifest.
 *
 * Every file must be there, with the size, the bytes (by SHA-256) and the number of records that
 * the manifest says, and no other file. Modes and times don't matter. Records are counted anew by
 * the reader that runs use, so a file that no longer is sound CSV or gzip is told as such.
 */
#ifndef EFFACE_RUN_VERIFY_H
#define EFFACE_RUN_VERIFY_H

#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>

#include "base/diagnostics.h"
#include "base/status.h"

struct verify_options {
    const char *folder;
    size_t jobs;
    const atomic_int *stop;
};

/* What was looked at, and how it differs. */
struct verify_counts {
    uint64_t files; /* of the export, that are there and in the manifest */
    uint64_t records;
    uint64_t bytes;
    uint64_t missing; /* in the manifest alone; from here on, reports count too */
    uint64_t extra;   /* in the folder alone */
    uint64_t changed;
};

/*
 * All differences are errors in `diagnostics`, located at their files, and make STATUS_INPUT; so
 * does a manifest that is missing or can't be trusted (nothing is compared then). STATUS_SYSTEM
 * where the system fails.
 */
MUST_USE enum status verify(const struct verify_options *options, struct verify_counts *counts,
                            struct diagnostics *diagnostics);

#endif
