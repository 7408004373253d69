/*
 * `efface fields`: the field summary of an export, without a run.
 *
 * The steps of a run up to its plan, then one pass over the export that counts records and
 * filled cells. Nobody is looked for, and nothing is written but the summary.
 */
#ifndef EFFACE_RUN_FIELDS_H
#define EFFACE_RUN_FIELDS_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <time.h>

#include "base/diagnostics.h"
#include "base/status.h"
#include "read/export_reader.h"

struct fields_options {
    const char *rules;
    const char *const *pack_folders; /* ends with NULL */
    const char *in;
    const char *out; /* the workbook to be made */
    bool replace;    /* what stands there */
    size_t jobs;
    struct reader_options reader;
    const char *version;
    time_t now;
    bool reproducible; /* `now` is SOURCE_DATE_EPOCH */
    const atomic_int *stop;
};

/* What was looked at, to be told. */
struct fields_counts {
    uint64_t personal; /* fields */
    uint64_t columns;  /* of all entities, the personal fields among them */
    uint64_t records, files;
};

/* STATUS_OK, or any other status of a run: nothing was written. */
MUST_USE enum status fields(const struct fields_options *options, struct fields_counts *counts,
                            struct diagnostics *diagnostics);

#endif
