#include "run/record_trace.h"

#include <stdlib.h>

#include "base/array.h"

void record_trace_release(struct record_trace *trace)
{
    buffer_release(&trace->values);
    free(trace->records);
    free(trace->cells);
    free(trace->seen);
    *trace = (struct record_trace){.records = NULL};
}

void record_trace_batch(struct record_trace *trace, const struct batch *batch, bool wants_cells)
{
    buffer_clear(&trace->values);
    trace->wants_cells = wants_cells;
    trace->count = 0;
    trace->cell_count = 0;
    trace->line = batch->first_line;
    trace->at = 0;
}

/* The line that the view's record begins in, counted on from the record before. */
static uint64_t count_on(struct record_trace *trace, const struct record_view *view)
{
    const struct batch *batch = view->batch;
    const size_t start = batch->record_start[view->record];

    trace->line += newline_count((struct span){batch->bytes.at + trace->at, start - trace->at});
    trace->at = start;
    return trace->line;
}

bool record_trace_record(struct record_trace *trace, const struct record_view *view)
{
    struct traced_record *records =
        array_room(trace->records, trace->count + 1, &trace->room, sizeof(*records));

    if (!records)
        return false;
    trace->records = records;
    records[trace->count++] =
        (struct traced_record){.line = count_on(trace, view), .first_cell = trace->cell_count};
    return true;
}

bool record_trace_cell(struct record_trace *trace, struct record_view *view, size_t column,
                       enum cell_change change, struct span after)
{
    const struct span before = view_value(view, column);
    struct traced_cell *cells;

    if (!trace->wants_cells)
        return true;
    cells = array_room(trace->cells, trace->cell_count + 1, &trace->cell_room, sizeof(*cells));
    if (!cells)
        return false;
    trace->cells = cells;
    cells[trace->cell_count++] = (struct traced_cell){
        .column = column,
        .before = trace->values.size,
        .before_size = before.size,
        .after = trace->values.size + before.size,
        .after_size = after.size,
        .change = change,
    };
    return buffer_append(&trace->values, before) && buffer_append(&trace->values, after);
}

static size_t cells_end(const struct record_trace *trace, size_t index)
{
    return index + 1 < trace->count ? trace->records[index + 1].first_cell : trace->cell_count;
}

/* Makes the cells of a record in trace->seen. */
static bool show_cells(struct record_trace *trace, const struct file_plan *file, size_t index,
                       size_t *count)
{
    const size_t first = trace->records[index].first_cell;
    const char *values = trace->values.at;
    struct seen_cell *seen;

    *count = cells_end(trace, index) - first;
    seen = array_room(trace->seen, *count, &trace->seen_room, sizeof(*seen));
    if (!seen && *count)
        return false;
    trace->seen = seen;
    for (size_t i = 0; i < *count; i++) {
        const struct traced_cell *cell = &trace->cells[first + i];

        seen[i] = (struct seen_cell){.field = file->names[cell->column],
                                     .before = {values + cell->before, cell->before_size},
                                     .after = {values + cell->after, cell->after_size},
                                     .change = cell->change};
    }
    return true;
}

bool record_trace_tell(struct record_trace *trace, const struct file_plan *file,
                       const struct resolution *resolution, const struct touched_records *touched,
                       struct record_words *words, const struct record_watcher *watcher)
{
    for (size_t i = 0; i < trace->count; i++) {
        struct seen_record record = {.file = file->name,
                                     .line = trace->records[i].line,
                                     .entity = file->entity->name.text.at};

        if (!record_words_make(words, touched, i, resolution, file->entity) ||
            !show_cells(trace, file, i, &record.cell_count))
            return false;
        record.outcome = words->outcome;
        record.route = buffer_span(&words->route);
        record.cells = trace->seen;
        watcher->seen(watcher->context, &record);
    }
    return true;
}
