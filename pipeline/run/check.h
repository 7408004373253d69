/*
 * `efface check`: a rules file, alone or against the headers of an export.
 *
 * The same steps as a run takes before it reads a record, with the same verdict, but going on
 * where a run would stop; and advice about what is allowed but probably not meant.
 */
#ifndef EFFACE_RUN_CHECK_H
#define EFFACE_RUN_CHECK_H

#include <stddef.h>

#include "base/arena.h"
#include "base/diagnostics.h"
#include "base/status.h"
#include "match/resolution.h"
#include "read/export_reader.h"
#include "ruleset/ruleset.h"
#include "run/run_plan.h"
#include "run/technique_book.h"

struct check_options {
    const char *rules;
    const char *const *pack_folders; /* ends with NULL */
    const char *in;                  /* NULL: the rules alone */
    struct reader_options reader;
};

struct check {
    struct arena arena;
    struct ruleset ruleset; /* as ruleset_examine leaves it: with a source to quote */
    struct technique_book book;
    struct resolution resolution;
    struct run_plan plan; /* without files: the rules alone were checked */
};

/*
 * Checks. All problems are reported: those of the rules, and only where there are none, those
 * of the export, which are located at a header, or in the rules where these don't fit any file.
 * Errors give STATUS_RULES or STATUS_INPUT; warnings don't change the status. No record is read.
 * Caller ends `check` with check_release whatever is returned.
 */
MUST_USE enum status check_run(const struct check_options *options, struct check *check,
                               struct diagnostics *diagnostics);

void check_release(struct check *check);

/* What was checked, to be told. */
struct check_counts {
    size_t rule_files;
    size_t entities;
    size_t fields; /* personal ones, the default fields among them */
    size_t files;  /* whose headers were read */
    size_t columns;
};

struct check_counts check_count(const struct check *check);

#endif
