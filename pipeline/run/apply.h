/*
 * The second pass: streams every file once, from the export to the staged folder.
 */
#ifndef EFFACE_RUN_APPLY_H
#define EFFACE_RUN_APPLY_H

#include "base/diagnostics.h"
#include "base/secret.h"
#include "base/staged_folder.h"
#include "base/status.h"
#include "match/known_identifiers.h"
#include "match/resolution.h"
#include "report/run_report.h"
#include "run/file_tally.h"
#include "run/record_list.h"
#include "run/record_watcher.h"
#include "run/run_plan.h"
#include "run/stream.h"

struct apply_options {
    int gzip_level;
    struct span marker_date;               /* the run's date, YYYY-MM-DD */
    const struct known_identifiers *known; /* the targets' own; NULL: not collected */
    const struct known_identifiers *leaks; /* of these what must not be left; NULL: no leak check */
    struct record_watcher watcher;         /* of touched records, told on one thread, in order */
    struct record_list *records;           /* open; gets the records that are touched */
};

/*
 * Writes every planned file; where `staged` is NULL all is done but the writing: nothing is
 * compressed, and reports get no checksums and no size of what would be written. `tallies` and
 * `reports` are beside the plan's files; tallies are initialized here and released by the caller,
 * reports get their sizes, counts and checksums.
 */
MUST_USE enum status apply(const struct run_plan *plan, struct stream *stream,
                           const struct secret *secret, const struct resolution *resolution,
                           const struct apply_options *options, struct staged_folder *staged,
                           struct file_tally *tallies, struct file_report *reports,
                           struct diagnostics *diagnostics);

#endif
