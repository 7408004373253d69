#include "run/record_editor.h"

#include "match/disposition.h"
#include "match/normalize.h"
#include "match/owner_sieve.h"
#include "run/cell_editor.h"
#include "run/fill_count.h"
#include "write/cell_writer.h"

void record_editor_release(struct record_editor *editor)
{
    record_view_release(&editor->view);
    value_sieve_release(&editor->sieve);
    ownership_release(&editor->ownership);
    buffer_release(&editor->value);
    buffer_release(&editor->normal);
    leak_watch_release(&editor->leaks);
    known_ranges_release(&editor->known);
}

static void count_outcome(enum record_outcome outcome, struct file_tally *tally)
{
    tally->records++;
    tally->unchanged += outcome == RECORD_UNCHANGED;
    tally->anonymized += outcome == RECORD_ANONYMIZED;
    tally->unlinked += outcome == RECORD_UNLINKED;
    tally->dropped += outcome == RECORD_DROPPED;
    tally->already += outcome == RECORD_ALREADY;
}

/* Where a field of the record begins and ends in the batch. */
static size_t field_start(const struct record_view *view, size_t column)
{
    return (size_t)(view_raw(view, column).at - view->batch->bytes.at);
}

static size_t field_end(const struct record_view *view, size_t column)
{
    return field_start(view, column) + view_raw(view, column).size;
}

/* Behind the line end of a record; blank lines that follow it stay. */
static size_t line_end(const struct batch *batch, size_t record)
{
    size_t end = batch->field_end[(record + 1) * batch->field_count - 1];
    const char *bytes = batch->bytes.at;

    if (end < batch->bytes.size && bytes[end] == '\r')
        end++;
    if (end < batch->bytes.size && bytes[end] == '\n')
        end++;
    return end;
}

/* A dropped column goes with the delimiter before it, or, at the record's head, behind it. */
static bool leave_out(const struct file_plan *plan, const struct record_view *view, size_t column,
                      struct splice *output)
{
    bool at_head = column < plan->columns.first_kept;
    size_t from = at_head ? field_start(view, column) : field_end(view, column - 1);

    if (!splice_keep(output, from))
        return false;
    splice_skip(output, at_head ? field_start(view, column + 1) : field_end(view, column));
    return true;
}

static bool put_value(const struct file_plan *plan, const struct cell_editing *cell,
                      struct splice *output)
{
    const struct record_view *view = &cell->editor->view;
    struct span raw = view_raw(view, cell->index);
    struct buffer *made;
    size_t before;
    bool put;

    if (!splice_keep(output, field_start(view, cell->index)))
        return false;
    made = splice_new_bytes(output);
    before = made->size;
    if (cell->edit == EDIT_NULL && (plan->dialect.null.size || !plan->columns.one_left))
        put = buffer_append(made, plan->dialect.null);
    else
        put = cell_write(made, cell->edit == EDIT_NULL ? SPAN("") : cell->value,
                         plan->dialect.delimiter, plan->dialect.null, raw_is_quoted(raw),
                         plan->columns.one_left);
    splice_skip(output, field_end(view, cell->index));
    return put && splice_made(output, before);
}

static bool put_cell(const struct file_plan *plan, const struct cell_editing *cell,
                     struct splice *output, struct file_tally *tally)
{
    struct record_editor *editor = cell->editor;

    switch (cell->edit) {
    case EDIT_NONE:
        return true;
    case EDIT_LEAVE_OUT:
        return leave_out(plan, &editor->view, cell->index, output) &&
               leak_watch_left_out(&editor->leaks, cell->index);
    case EDIT_VALUE:
    case EDIT_NULL:
        return put_value(plan, cell, output) &&
               leak_watch_value(&editor->leaks, &editor->view, cell->index, cell->value, tally);
    case EDIT_FAILED:
        break;
    }
    return false;
}

/* Only in a record that is traced itself: what is done in all records tells nothing of anybody. */
static bool trace_cell(const struct record_editing *record, const struct cell_editing *cell)
{
    struct record_trace *trace = record->editor->trace;
    const bool becomes = cell->edit == EDIT_VALUE;
    const enum cell_change change = becomes                   ? CELL_BECOMES
                                    : cell->edit == EDIT_NULL ? CELL_BECOMES_NULL
                                                              : CELL_LEFT_OUT;

    if (!trace || cell->edit == EDIT_NONE || cell->edit == EDIT_FAILED ||
        record->disposition.outcome == RECORD_UNCHANGED)
        return true;
    return record_trace_cell(trace, &record->editor->view, cell->index, change,
                             becomes ? cell->value : SPAN(""));
}

/* Edits the columns of a record that stays. */
static bool edit_columns(const struct record_editing *record, const size_t *columns, size_t count,
                         struct splice *output, struct file_tally *tally)
{
    bool changed = false;

    for (size_t i = 0; i < count; i++) {
        struct cell_editing cell = {.editor = record->editor, .index = columns[i]};
        struct column_tally *counts = &tally->columns[columns[i]];

        edit_cell(record, &cell);
        if (!trace_cell(record, &cell) || !put_cell(record->plan, &cell, output, tally))
            return false;
        counts->changed += cell.edit != EDIT_NONE;
        counts->untaken += cell.untaken;
        changed |= cell.edit != EDIT_NONE;
    }
    tally->changed += changed;
    tally->mentions += changed && (record->disposition.outcome == RECORD_UNCHANGED ||
                                   record->disposition.outcome == RECORD_ALREADY);
    return true;
}

/* Whatever is touched is traced, so that the one list goes beside the other. */
static bool note_touched(const struct record_editing *record)
{
    struct record_editor *editor = record->editor;
    struct touched_records *touched = editor->touched;
    const size_t before = touched ? touched->count : 0;

    if (!touched || record->disposition.outcome == RECORD_FAILED)
        return true;
    if (!touched_records_add(touched, &record->plan->binding, record->resolution,
                             editor->digest_key, &editor->view, &editor->ownership,
                             &record->disposition))
        return false;
    return !editor->trace || touched->count == before ||
           record_trace_record(editor->trace, &editor->view);
}

static bool edit_record(struct record_editing *record, struct splice *output,
                        struct file_tally *tally)
{
    const struct file_columns_plan *columns = &record->plan->columns;
    struct record_editor *editor = record->editor;
    const struct batch *batch = editor->view.batch;
    size_t at = editor->view.record;
    bool edited;

    if (!ownership_find(&record->plan->binding, record->resolution, &editor->view,
                        &editor->ownership))
        return false;
    tally->orphans += editor->ownership.orphans;
    record->disposition = disposition_of(&record->plan->binding, record->resolution, &editor->view,
                                         &editor->ownership);
    count_outcome(record->disposition.outcome, tally);
    if (!note_touched(record))
        return false;
    switch (record->disposition.outcome) {
    case RECORD_FAILED:
        return false;
    case RECORD_DROPPED:
        tally->changed++;
        if (!splice_keep(output, batch->record_start[at]))
            return false;
        splice_skip(output, line_end(batch, at));
        return true;
    case RECORD_UNCHANGED:
    case RECORD_ANONYMIZED:
    case RECORD_UNLINKED:
    case RECORD_ALREADY:
        break;
    }
    leak_watch_record(&editor->leaks);
    if (editor->ownership.count == 0)
        edited =
            edit_columns(record, columns->everywhere, columns->everywhere_count, output, tally);
    else
        edited = edit_columns(record, columns->active, columns->active_count, output, tally);
    return edited &&
           leak_watch_record_written(&editor->leaks, &editor->view, &editor->ownership, tally);
}

/* Whether nothing happens to the column in a record of nobody that mentions nobody. */
static bool waits_for_mentions(const struct column_plan *column)
{
    return column->mentions && !column->is_dropped && !column->is_cleared &&
           !column->field->all_records;
}

/* Lets those records of nobody pass that are edited all the same. */
static bool sift_everywhere(const struct file_columns_plan *plan, struct record_editor *editor)
{
    bool sifted = true;

    for (size_t i = 0; sifted && i < plan->everywhere_count; i++) {
        const struct column_plan *column = &plan->columns[plan->everywhere[i]];

        if (waits_for_mentions(column)) {
            const struct sieved_cells cells = {.columns = &plan->everywhere[i],
                                               .column_count = 1,
                                               .match = column->mentions->match,
                                               .map = &column->mentions->map};

            sifted = value_sieve_add(&editor->sieve, &cells, &editor->view);
        } else {
            value_sieve_pass_all(&editor->sieve, editor->view.batch);
        }
    }
    return sifted;
}

/* Lets those records pass to which anything may happen, or at which the leak check has to look. */
static bool sift(const struct file_plan *plan, const struct resolution *resolution,
                 struct record_editor *editor)
{
    const struct link_rule *list = plan->binding.entity->drop_when_empty;

    if (!owner_sieve_fill(&editor->sieve, &plan->binding, NULL, resolution, &editor->view))
        return false;
    /* Whether a list may run empty is asked of every record, and the question may fail. */
    if (resolution->deletes && list && list->when)
        value_sieve_pass_all(&editor->sieve, editor->view.batch);
    return sift_everywhere(&plan->columns, editor) &&
           leak_watch_sift(&editor->leaks, &editor->view, &editor->sieve);
}

bool edit_batch(const struct file_plan *plan, const struct resolution *resolution,
                const struct batch *batch, struct record_editor *editor, struct splice *output,
                struct file_tally *tally)
{
    struct record_editing record = {.plan = plan, .resolution = resolution, .editor = editor};
    const size_t count = batch->record_count;
    size_t looked_at = 0;

    splice_start(output, buffer_span(&batch->bytes));
    record_view_open(&editor->view, batch, &plan->dialect, &resolution->key);
    if (!leak_watch_batch(&editor->leaks, plan, buffer_span(&batch->bytes)) ||
        !sift(plan, resolution, editor))
        return false;
    count_filled(&plan->columns, batch, &plan->dialect, tally);
    for (size_t i = 0; (i = value_sieve_next(&editor->sieve, i, count)) < count; i++, looked_at++)
        if (!record_view_at(&editor->view, i) || !edit_record(&record, output, tally))
            return false;
    tally->records += count - looked_at;
    tally->unchanged += count - looked_at;
    return splice_keep(output, batch->bytes.size);
}

bool edit_header(const struct file_plan *plan, struct span raw, const struct span *fields,
                 struct splice *output)
{
    const struct file_columns_plan *columns = &plan->columns;

    splice_start(output, raw);
    for (size_t i = 0; i < columns->count && columns->any_dropped; i++) {
        size_t start = (size_t)(fields[i].at - raw.at);

        if (!columns->columns[i].is_dropped)
            continue;
        if (i < columns->first_kept) {
            if (!splice_keep(output, start))
                return false;
            splice_skip(output, (size_t)(fields[i + 1].at - raw.at));
        } else {
            if (!splice_keep(output, start - 1))
                return false;
            splice_skip(output, start + fields[i].size);
        }
    }
    return splice_keep(output, raw.size);
}
