/*
 * apply(batch): the output bytes and the tallies of one batch, and nothing else.
 *
 * A pure function of the batch, the file's plan, the sealed resolution and the key:
 * no I/O, nothing shared that changes. Records that nothing can happen to are sifted out column
 * by column (match/value_sieve.h), and leave as part of one long stretch.
 */
#ifndef EFFACE_RUN_RECORD_EDITOR_H
#define EFFACE_RUN_RECORD_EDITOR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/secret.h"
#include "base/status.h"
#include "match/ownership.h"
#include "match/record_view.h"
#include "match/value_sieve.h"
#include "run/file_plan.h"
#include "run/file_tally.h"
#include "run/known_ranges.h"
#include "run/leak_watch.h"
#include "run/record_trace.h"
#include "run/touched_records.h"
#include "write/splice.h"

/* What a thread needs to edit; kept from batch to batch. */
struct record_editor {
    struct record_view view;
    struct value_sieve sieve; /* the records of the batch to which something may happen */
    struct ownership ownership;
    struct tagger *tagger;   /* of the run's secret */
    struct span marker_date; /* the run's date, YYYY-MM-DD */
    struct buffer value;     /* a cell's new value */
    struct buffer normal;    /* a cell's normal form */
    struct leak_watch leaks;
    struct known_ranges known;                /* of the cell being treated */
    struct touched_records *touched;          /* gets those of the batch; NULL: nobody asks */
    struct record_trace *trace;               /* of the batch; NULL: nobody asks */
    const struct fingerprint_key *digest_key; /* of the records of the file's entity */
};

/*
 * Edits every record of an indexed batch. False where memory, libcrypto or a condition failed:
 * see condition_report_failure.
 */
MUST_USE bool edit_batch(const struct file_plan *plan, const struct resolution *resolution,
                         const struct batch *batch, struct record_editor *editor,
                         struct splice *output, struct file_tally *tally);

/* The header as it is written: without the columns that are dropped. */
MUST_USE bool edit_header(const struct file_plan *plan, struct span raw, const struct span *fields,
                          struct splice *output);

void record_editor_release(struct record_editor *editor);

#endif
