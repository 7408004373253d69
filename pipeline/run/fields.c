#include "run/fields.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/new_file.h"
#include "report/field_walk.h"
#include "report/reports.h"
#include "report/workbook_child.h"
#include "run/field_facts.h"
#include "run/fill_count.h"
#include "run/output_place.h"
#include "run/run_plan.h"
#include "run/stream.h"

/* Room for /proc/self/fd/N. */
enum { SCRATCH_SIZE = 40 };

/* Everything that is held, in the order it comes to be. */
struct summing {
    const struct fields_options *options;
    struct diagnostics *diagnostics;
    struct arena arena; /* techniques, facts */
    struct ruleset ruleset;
    struct technique_book book;
    struct resolution resolution; /* without targets: what rules are bound to */
    struct run_plan plan;
    struct new_file *out;
    struct stream *stream;
    struct file_tally *tallies; /* beside the plan's files */
    struct file_tally *batches; /* one a slot of the stream */
    size_t next;                /* of the plan's files: the first that was not looked at */
    struct run_report report;
};

static enum status make_plan(struct summing *summing)
{
    const struct fields_options *options = summing->options;
    enum status status =
        technique_book_load(options->rules, options->pack_folders, &summing->arena,
                            &summing->ruleset, &summing->book, summing->diagnostics);

    if (status == STATUS_OK)
        status = resolution_init(&summing->resolution, &summing->ruleset, summing->diagnostics);
    if (status == STATUS_OK)
        status = run_plan_open_folder(&summing->plan, options->in, &options->reader,
                                      summing->diagnostics);
    if (status == STATUS_OK)
        status = check_output_place(summing->plan.folder_fd, options->out, summing->diagnostics);
    if (status == STATUS_OK)
        status = run_plan_files(&summing->plan, &summing->ruleset, summing->diagnostics);
    if (status == STATUS_OK)
        status = run_plan_columns(&summing->plan, &summing->resolution, &summing->book,
                                  summing->diagnostics);
    return status;
}

static bool is_read(const void *context, const struct file_plan *file)
{
    (void)context;
    return file->entity != NULL;
}

static enum status open_next(void *context, struct export_reader **reader, const void **item,
                             struct diagnostics *diagnostics)
{
    struct summing *summing = context;

    return run_plan_open_next(&summing->plan, &summing->next, is_read, summing, reader, item,
                              diagnostics);
}

static enum status work(void *context, struct flight *flight)
{
    const struct summing *summing = context;
    struct file_tally *batch = &summing->batches[flight->slot];
    const struct file_plan *file = flight->file;

    if (!file_tally_begin(batch, file->column_count))
        return diagnostics_no_memory(&flight->diagnostics);
    batch->records = flight->batch.record_count;
    count_filled(&file->columns, &flight->batch, &file->dialect, batch);
    return STATUS_OK;
}

static enum status collect(void *context, struct flight *flight, struct diagnostics *diagnostics)
{
    const struct summing *summing = context;
    const struct file_plan *file = flight->file;
    struct file_tally *tally = &summing->tallies[file - summing->plan.files];

    if ((flight->first && !file_tally_init(tally, file->column_count)) ||
        !file_tally_add(tally, &summing->batches[flight->slot]))
        return diagnostics_no_memory(diagnostics);
    return STATUS_OK;
}

static enum status start_threads(struct summing *summing)
{
    const size_t jobs = summing->options->jobs;

    summing->stream = stream_new(jobs > 1 ? jobs : 0, summing->options->stop);
    if (summing->stream == NULL)
        return diagnostics_no_threads(summing->diagnostics);
    summing->tallies =
        arena_array(&summing->arena, summing->plan.file_count, sizeof(*summing->tallies));
    summing->batches =
        arena_array(&summing->arena, stream_slots(summing->stream), sizeof(*summing->batches));
    return summing->tallies != NULL && summing->batches != NULL
               ? STATUS_OK
               : diagnostics_no_memory(summing->diagnostics);
}

static void end_threads(struct summing *summing)
{
    for (size_t i = 0; summing->batches != NULL && i < stream_slots(summing->stream); i++)
        file_tally_release(&summing->batches[i]);
    summing->batches = NULL;
    stream_free(summing->stream);
    summing->stream = NULL;
}

static enum status count(struct summing *summing)
{
    const struct stage stage = {summing, open_next, work, collect, NULL, false};
    enum status status = start_threads(summing);

    if (status == STATUS_OK)
        status = stream_files(summing->stream, &stage, summing->diagnostics);
    /* the workbook is written by a child of a process of one thread */
    end_threads(summing);
    return status;
}

static enum status gather(struct summing *summing, struct fields_counts *counts)
{
    const struct fields_options *options = summing->options;
    struct run_report *report = &summing->report;
    enum status status;

    *report = (struct run_report){
        .version = options->version,
        .rules_path = options->rules,
        .rules_name = summing->ruleset.name.size ? summing->ruleset.name.at : "",
        .started = options->now,
        .ended = options->reproducible ? options->now : time(NULL),
        .reproducible = options->reproducible,
    };
    memcpy(report->rules_digest, summing->ruleset.digest, sizeof(report->rules_digest));
    status = field_facts_gather(&summing->plan, summing->tallies, report->key_is_kept,
                                &summing->arena, report, summing->diagnostics);
    if (status != STATUS_OK)
        return status;
    *counts = (struct fields_counts){
        .personal = field_walk_count(personal_fields(report, NULL)),
        .columns = report->field_count,
        .files = summing->plan.file_count,
    };
    for (size_t i = 0; i < summing->plan.file_count; i++)
        counts->records += summing->tallies[i].records;
    return STATUS_OK;
}

static enum status publish(struct summing *summing)
{
    struct child_workbook *book;
    char scratch[SCRATCH_SIZE];
    enum status status;

    snprintf(scratch, sizeof(scratch), "/proc/self/fd/%d", new_file_folder_fd(summing->out));
    status = field_summary_start(&summing->report, summing->options->out, scratch, &book,
                                 summing->diagnostics);
    if (status == STATUS_OK)
        status = child_workbook_finish(book, new_file_fd(summing->out), summing->diagnostics);
    if (status == STATUS_OK && *summing->options->stop) {
        diagnostics_error(summing->diagnostics, (struct place){NULL, 0, 0}, "interrupted");
        status = STATUS_SYSTEM;
    }
    if (status == STATUS_OK)
        status = new_file_publish(summing->out, summing->diagnostics);
    if (status == STATUS_OK)
        summing->out = NULL;
    return status;
}

static void release(struct summing *summing)
{
    for (size_t i = 0; summing->tallies != NULL && i < summing->plan.file_count; i++)
        file_tally_release(&summing->tallies[i]);
    new_file_abandon(summing->out);
    run_plan_release(&summing->plan);
    resolution_release(&summing->resolution);
    ruleset_release(&summing->ruleset);
    arena_release(&summing->arena);
}

enum status fields(const struct fields_options *options, struct fields_counts *counts,
                   struct diagnostics *diagnostics)
{
    struct summing summing = {
        .options = options, .diagnostics = diagnostics, .arena = ARENA_INIT, .plan = RUN_PLAN_INIT};
    enum status status = make_plan(&summing);

    if (status == STATUS_OK)
        status = new_file_open(options->out, options->replace, &summing.out, diagnostics);
    if (status == STATUS_OK)
        status = count(&summing);
    if (status == STATUS_OK)
        status = gather(&summing, counts);
    if (status == STATUS_OK)
        status = publish(&summing);
    release(&summing);
    return status;
}
