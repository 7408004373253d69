/*
 * The touched records of one batch, as a preview tells of them: where they are, what becomes of
 * them and, if that is asked for, what their cells become.
 *
 *     record_trace_batch    the trace is of this batch from now on
 *     record_trace_record   ... a record that something becomes of
 *     record_trace_cell     ... ... one of its cells that changes
 *     record_trace_tell     all of them, in order, on one thread
 *
 * The trace has copies of what it tells. It runs beside the batch's touched_records, from which a
 * record's routes come.
 */
#ifndef EFFACE_RUN_RECORD_TRACE_H
#define EFFACE_RUN_RECORD_TRACE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buffer.h"
#include "base/status.h"
#include "match/record_view.h"
#include "run/file_plan.h"
#include "run/record_watcher.h"
#include "run/record_words.h"
#include "run/touched_records.h"

struct traced_record {
    uint64_t line;
    size_t first_cell;
};

struct traced_cell {
    size_t column;
    size_t before, before_size; /* in `values` */
    size_t after, after_size;
    enum cell_change change;
};

/* All zero: empty. */
struct record_trace {
    bool wants_cells;
    struct traced_record *records;
    size_t count, room;
    struct traced_cell *cells;
    size_t cell_count, cell_room;
    struct buffer values;
    struct seen_cell *seen; /* the cells of the record that is told */
    size_t seen_room;
    uint64_t line; /* of the batch's byte `at` */
    size_t at;
};

void record_trace_batch(struct record_trace *trace, const struct batch *batch, bool wants_cells);

/* Both false where memory ran out. */
MUST_USE bool record_trace_record(struct record_trace *trace, const struct record_view *view);
MUST_USE bool record_trace_cell(struct record_trace *trace, struct record_view *view, size_t column,
                                enum cell_change change, struct span after);

/* `touched` is of the same batch, `words` scratch room. False where memory ran out. */
MUST_USE bool record_trace_tell(struct record_trace *trace, const struct file_plan *file,
                                const struct resolution *resolution,
                                const struct touched_records *touched, struct record_words *words,
                                const struct record_watcher *watcher);

void record_trace_release(struct record_trace *trace);

#endif
