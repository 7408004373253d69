/*
 * `efface run`, whole: rules, targets, plan, resolve, confirm, apply, reports, commit. And `efface
 * preview`: the same up to apply, which writes nothing.
 */
#ifndef EFFACE_RUN_RUN_H
#define EFFACE_RUN_RUN_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <time.h>

#include "base/diagnostics.h"
#include "base/secret.h"
#include "base/status.h"
#include "match/target_list.h"
#include "read/export_reader.h"
#include "report/run_report.h"
#include "run/phase_meter.h"
#include "run/record_watcher.h"

/* What is about to be done, for the one who confirms it. */
struct run_intent {
    const char *in;
    const char *out;
    const char *selection; /* by which contacts were chosen; NULL: by something else */
    bool replays;          /* contacts of a ledger were chosen */
    size_t to_anonymize;   /* contacts */
    size_t to_delete;
    size_t already;     /* ... anonymized by an earlier run */
    size_t resurrected; /* of those to be processed: erased by an earlier run, and back */
    size_t held;
    size_t not_found; /* names */
    size_t entities;  /* that the rules know and the export has */
    size_t files;
};

struct run_observer {
    void *context;
    /* Asked once everything is known and before any output is written. Not STATUS_OK: nothing is.
     */
    enum status (*confirm)(void *context, const struct run_intent *intent,
                           struct diagnostics *diagnostics);
    /* Told once the output folder is published; of a preview, once all is known. */
    void (*reported)(void *context, const struct run_report *report);
    struct progress_watcher progress;
    struct record_watcher records; /* of a preview: told of every touched record, in order */
};

struct run_options {
    const char *rules;
    const char *const *pack_folders; /* ends with NULL */
    const char *in;
    const char *out; /* NULL: a preview */
    /* exactly one way to name the targets, or none where a ledger is replayed */
    const char *targets;
    const char *const *contacts;
    size_t contact_count;
    const char *selection;
    bool everybody;
    enum mode mode;
    const char *ledger; /* of erasures, with a kept key only; NULL: none */
    bool replays;       /* its contacts are targets too */
    const struct secret *secret;
    bool tells_keys;  /* the reports name targets by their keys in clear */
    bool key_is_kept; /* the secret outlives the run */
    size_t jobs;
    int gzip_level;
    struct reader_options reader;
    const char *version;
    time_t now;
    bool reproducible; /* `now` is SOURCE_DATE_EPOCH */
    bool confined;     /* give up the rights that the run has no use for */
    const atomic_int *stop;
};

/*
 * Does all that a run does but to ask, to write and to compress, and has the report told; its
 * files have no checksums and no size of what would be written. The status is what the run's would
 * be: also STATUS_LEAK, after the report. `out` is NULL, `confirm` isn't called.
 */
MUST_USE enum status preview(const struct run_options *options, const struct run_observer *observer,
                             struct diagnostics *diagnostics);

/*
 * Runs. STATUS_OK, or STATUS_INCOMPLETE where a target was found nowhere or held
 * back; any other status: nothing was published.
 */
MUST_USE enum status run(const struct run_options *options, const struct run_observer *observer,
                         struct diagnostics *diagnostics);

#endif
