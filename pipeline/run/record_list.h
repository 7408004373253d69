/*
 * records.csv.gz: a row for every record that something became of, in the order of the data.
 *
 *     entity,file,record,outcome,targets,route
 *     tickets,tickets.csv,5d1c...,anonymized,0f3c...,tickets.ContactId > contacts
 *
 *     record_list_open     in the staging folder
 *     record_rows_make     the rows of one batch; pure, on any thread
 *     record_list_add      adds them, on one thread, in the order of the data
 *     record_list_close
 *
 * Records and targets are named by digests as touched_records.h says. The first rows are kept
 * for the workbook, and how many records were touched for each target is counted.
 */
#ifndef EFFACE_RUN_RECORD_LIST_H
#define EFFACE_RUN_RECORD_LIST_H

#include "base/arena.h"
#include "base/diagnostics.h"
#include "base/staged_folder.h"
#include "base/status.h"
#include "report/run_report.h"
#include "run/file_plan.h"
#include "run/record_words.h"
#include "run/touch_counts.h"
#include "run/touched_records.h"
#include "write/byte_sink.h"
#include "write/gzip_block.h"

/* The touched records of one batch, and their rows, packed. All zero: none. */
struct record_rows {
    struct touched_records touched;
    struct gzip_block block;
};

void record_rows_release(struct record_rows *rows);

/* What a thread writes rows with, a batch's after the other. All zero: empty. */
struct record_scribe {
    struct record_words words;
    struct buffer file;  /* what all rows of a file begin with */
    struct buffer route; /* what this row, and often the next, ends with */
    struct buffer text;
};

void record_scribe_release(struct record_scribe *scribe);

/* Makes the block of rows->touched. False where memory ran out. */
MUST_USE bool record_rows_make(struct record_rows *rows, struct record_scribe *scribe,
                               const struct file_plan *file, const struct resolution *resolution,
                               struct gzip_block_compressor *compressor);

struct record_list {
    const struct resolution *resolution;
    struct arena *arena;
    struct touch_counts counts;
    struct reported_record *kept; /* the first */
    size_t kept_count, kept_room;
    uint64_t count;
    struct record_words words;
    struct byte_sink *sink;
    int fd;
    const char *name; /* where the file is being made; borrowed from the staging folder */
};

#define RECORD_LIST_INIT                                                                           \
    {                                                                                              \
        .fd = -1                                                                                   \
    }

/* Without `staged` nothing is written, and no rows need be made. `arena` gets the text of the rows
 * that are kept. Whatever is returned, ended with record_list_release. */
MUST_USE enum status record_list_open(struct record_list *list, const struct resolution *resolution,
                                      int gzip_level, struct staged_folder *staged,
                                      struct arena *arena, struct diagnostics *diagnostics);

/* Rows of a file's batch. */
MUST_USE enum status record_list_add(struct record_list *list, const struct file_plan *file,
                                     const struct record_rows *rows,
                                     struct diagnostics *diagnostics);

/* Ends the file and tells of it, and of the rows that were kept: good until the release. */
MUST_USE enum status record_list_close(struct record_list *list, struct reported_records *records,
                                       struct diagnostics *diagnostics);

void record_list_release(struct record_list *list);

#endif
