/*
 * The raw bytes of the records that belong to targets, kept from resolve, so that what is
 * asked of them afterwards needs no further reading of the files they are in.
 *
 * Of each planned file there is its header, with those records behind it: a small file of the same
 * dialect. What is kept of all files is bounded; a file that would pass that gives up what
 * was kept of it, and is read again.
 *
 *     kept_records_init        nothing is kept yet
 *     kept_records_begin       a file is about to be searched: what was kept of it goes
 *     kept_records_wanted      on any thread: whether its records are still to be kept
 *     kept_records_add         in the order of the data, on one thread
 *     kept_records_forget      what was kept is not all of it
 *     kept_records_open        once nobody adds: reads what is kept
 */
#ifndef EFFACE_RUN_KEPT_RECORDS_H
#define EFFACE_RUN_KEPT_RECORDS_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/buffer.h"
#include "base/diagnostics.h"
#include "base/span.h"
#include "base/status.h"
#include "read/export_reader.h"
#include "run/run_plan.h"

/* In all: some 50,000 records. */
enum { KEPT_LIMIT_DEFAULT = 32 << 20 };

struct kept_file {
    struct buffer bytes; /* the header and the records; empty where there are none */
    atomic_bool whole;   /* all records of targets, as the latest search found them */
};

struct kept_records {
    const struct run_plan *plan;
    struct kept_file *files; /* beside the plan's */
    size_t limit;            /* bytes, of all files */
    size_t size;
};

/* Ended with kept_records_release, whatever is returned. False where memory ran out. */
MUST_USE bool kept_records_init(struct kept_records *kept, const struct run_plan *plan,
                                size_t limit);
void kept_records_release(struct kept_records *kept);

void kept_records_begin(struct kept_records *kept, const struct file_plan *file);

bool kept_records_wanted(const struct kept_records *kept, const struct file_plan *file);

/*
 * Keeps records of a file that has this header. Where there is no room, it is as if they had
 * never been kept.
 */
void kept_records_add(struct kept_records *kept, const struct file_plan *file, struct span header,
                      struct span records);

void kept_records_forget(struct kept_records *kept, const struct file_plan *file);

/* Whether all records of targets are kept; *size is what that takes, 0 where there are none. */
bool kept_records_have(const struct kept_records *kept, const struct file_plan *file, size_t *size);

/* As run_plan_open. `kept` must outlive the reader. */
MUST_USE enum status kept_records_open(const struct kept_records *kept,
                                       const struct file_plan *file, struct export_reader **reader,
                                       struct diagnostics *diagnostics);

#endif
