/*
 * The text of a CSV file, header and all, framed in memory: batches without a reader.
 */
#ifndef EFFACE_UNIT_CSV_TEXT_H
#define EFFACE_UNIT_CSV_TEXT_H

#include "base/arena.h"
#include "base/span.h"
#include "match/bound_condition.h"
#include "read/header_parser.h"
#include "record/batch.h"
#include "record/dialect.h"

struct csv_text {
    struct arena arena;
    struct header header;
    struct dialect dialect;      /* strict and without null; its delimiter as the header tells */
    struct span body;            /* the bytes behind the header; borrowed */
    struct batch batch;          /* all of them, indexed */
    struct column_faults faults; /* of its header, by whatever binds csv_text_columns */
};

/* Fails the test where the text is no CSV. `text` must outlive it. */
void csv_text_open(struct csv_text *csv, struct span text);
void csv_text_close(struct csv_text *csv);

/* The columns of the file, which messages call "x.csv". Borrows `csv`. */
struct file_columns csv_text_columns(struct csv_text *csv);

/* Asserts the faults of the header, as "NAME" and "NAME twice", each with a newline. */
void csv_text_expect_faults(const struct csv_text *csv, const char *expected);

/* Fills `batch` with the records from `first` up to, but without, `end`. */
void csv_text_cut(const struct csv_text *csv, size_t first, size_t end, struct batch *batch);

#endif
