/*
 * Which file of the export is what: every file with its entity, its header bound to
 * the rules, and what may happen to its columns. Made before a record is read.
 */
#ifndef EFFACE_RUN_RUN_PLAN_H
#define EFFACE_RUN_RUN_PLAN_H

#include <stddef.h>

#include "base/arena.h"
#include "base/diagnostics.h"
#include "base/folder_listing.h"
#include "base/status.h"
#include "match/resolution.h"
#include "read/export_reader.h"
#include "ruleset/ruleset.h"
#include "run/file_plan.h"
#include "run/technique_book.h"

struct run_plan {
    struct arena arena;
    const struct ruleset *ruleset;
    const char *folder; /* as the operator named it */
    int folder_fd;
    struct reader_options reader;
    bool blame_rules;        /* what all headers of an entity lack is the fault of the rules */
    struct file_plan *files; /* sorted by the bytes of their paths */
    size_t file_count;
};

#define RUN_PLAN_INIT                                                                              \
    {                                                                                              \
        .arena = ARENA_INIT, .folder_fd = -1                                                       \
    }

/* Opens the input folder. Caller ends the plan with run_plan_release whatever is returned. */
MUST_USE enum status run_plan_open_folder(struct run_plan *plan, const char *folder,
                                          const struct reader_options *reader,
                                          struct diagnostics *diagnostics);

/*
 * Lists the folder and gives every file its entity. STATUS_INPUT for a file that no
 * entity or more than one takes, an entity without file, and what is no regular file; all are
 * reported, and the files that are none of these are planned.
 */
MUST_USE enum status run_plan_files(struct run_plan *plan, const struct ruleset *ruleset,
                                    struct diagnostics *diagnostics);

/* Reads every header and binds it. STATUS_INPUT with all problems of all headers, by file. */
MUST_USE enum status run_plan_columns(struct run_plan *plan, const struct resolution *resolution,
                                      const struct technique_book *book,
                                      struct diagnostics *diagnostics);

/* Whether a technique takes the targets' own identifiers out of texts. */
bool run_plan_scrubs_known(const struct run_plan *plan);

/* Plans what the leak check does in each file. False where memory ran out. */
MUST_USE bool run_plan_leaks(struct run_plan *plan);

/*
 * Opens a planned file for another reading, and checks that it is still the same.
 * Caller frees the reader.
 */
MUST_USE enum status run_plan_open(const struct run_plan *plan, const struct file_plan *file,
                                   bool checksum, struct export_reader **reader,
                                   struct diagnostics *diagnostics);

/* Whether a pass reads a file. `context` is the pass's. */
typedef bool file_choice(const void *context, const struct file_plan *file);

/*
 * Opens the first of the files from *next on that is read, as run_plan_open does, without a
 * checksum, and moves *next behind it. *reader is NULL where none is left.
 */
MUST_USE enum status run_plan_open_next(const struct run_plan *plan, size_t *next,
                                        file_choice *is_read, const void *context,
                                        struct export_reader **reader, const void **file,
                                        struct diagnostics *diagnostics);

/* The planned files of an entity, or all where it is NULL: how many, and their size on disk. */
struct file_amount {
    uint64_t files;
    uint64_t bytes;
};

struct file_amount run_plan_amount(const struct run_plan *plan, const struct entity_rule *entity);

/*
 * Lists the folder once more. STATUS_INPUT where a file is there that was not planned and would
 * have been: somebody still writes the export, and what was read is a part of it.
 */
MUST_USE enum status run_plan_look_again(const struct run_plan *plan,
                                         struct diagnostics *diagnostics);

/* Whether two looks at a file saw the same, as far as the file system tells. */
bool same_file(const struct stat *a, const struct stat *b);

void run_plan_release(struct run_plan *plan);

#endif
