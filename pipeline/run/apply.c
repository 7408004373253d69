#include "run/apply.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file_closer.h"
#include "run/copy_file.h"
#include "run/file_digests.h"
#include "run/record_editor.h"
#include "write/byte_sink.h"
#include "write/gzip_block.h"

/* They mostly wait for the disk, which syncs several files at less than the cost of each. */
enum { CLOSING_THREADS = 4 };

/* What a thread keeps. */
struct apply_worker {
    struct record_editor editor;
    const struct entity_rule *entity; /* whose records the digest key is for */
    struct fingerprint_key digest_key;
    struct gzip_block_compressor *compressor;
    struct record_scribe scribe;
};

/* The output of a batch in flight, or of a header. */
struct apply_product {
    struct splice splice;
    struct pieces pieces;
    struct gzip_block block;
    struct file_tally tally;
    struct record_rows rows;
    struct record_trace trace;
    struct digest_stretch sums;
};

/* What the stages of this pass share. */
struct applying {
    const struct run_plan *plan;
    struct stream *stream;
    const struct resolution *resolution;
    const struct apply_options *options;
    struct staged_folder *staged;
    struct file_tally *tallies; /* of the plan's files */
    struct file_report *reports;
    struct diagnostics *diagnostics;
    struct apply_worker *workers;
    struct apply_product *products; /* one a slot */
    size_t next;                    /* of the plan's files, to be opened */
    /* of the file being written, and of the thread that writes */
    const struct file_plan *file;
    bool gzip;                    /* to be compressed */
    int fd;                       /* -1: none */
    const char *name;             /* of what `fd` is; borrowed from the staging folder */
    struct byte_sink *sink;       /* NULL: nothing is written */
    struct file_digests *digests; /* of a plain one */
    struct file_closer *closer;
    struct file_tally *tally;
    struct record_words words; /* of the record that the watcher is told of */
    struct apply_product header;
    struct gzip_block_compressor *header_compressor;
};

/* Whether what becomes of the file is to be compressed. */
static bool is_packed(const struct applying *applying, const struct export_reader *reader)
{
    return applying->staged && byte_source_is_gzip(export_reader_source(reader));
}

/* The plan's files up to the first that is copied as it is. */
static enum status open_next(void *context, struct export_reader **reader, const void **item,
                             struct diagnostics *diagnostics)
{
    struct applying *applying = context;
    const struct run_plan *plan = applying->plan;
    const struct file_plan *file = &plan->files[applying->next];

    *reader = NULL;
    if (applying->next == plan->file_count || !file->entity)
        return STATUS_OK;
    applying->next++;
    *item = file;
    return run_plan_open(plan, file, applying->staged && file->gzip, reader, diagnostics);
}

static bool pack(struct apply_product *product, struct gzip_block_compressor *compressor, bool gzip)
{
    return splice_pieces(&product->splice, &product->pieces) &&
           (!gzip || gzip_block_compress(compressor, &product->pieces, &product->block));
}

/* So that equal keys of different entities have different digests. False where libcrypto failed. */
static bool take_digest_key(struct apply_worker *worker, const struct entity_rule *entity)
{
    unsigned char tag[TAG_SIZE];

    if (worker->entity == entity)
        return true;
    if (!tagger_tag(worker->editor.tagger, SPAN("record"), entity->name.text, tag))
        return false;
    memcpy(worker->digest_key.bytes, tag, sizeof(worker->digest_key.bytes));
    worker->entity = entity;
    return true;
}

static enum status work(void *context, struct flight *flight)
{
    struct applying *applying = context;
    struct apply_worker *worker = &applying->workers[flight->worker];
    struct apply_product *product = &applying->products[flight->slot];
    const struct file_plan *file = flight->file;

    if (!file_tally_begin(&product->tally, file->column_count) ||
        !take_digest_key(worker, file->entity))
        return diagnostics_no_memory(&flight->diagnostics);
    touched_records_clear(&product->rows.touched);
    worker->editor.touched = &product->rows.touched;
    if (applying->options->watcher.seen) {
        record_trace_batch(&product->trace, &flight->batch, applying->options->watcher.cells);
        worker->editor.trace = &product->trace;
    }
    if (edit_batch(file, applying->resolution, &flight->batch, &worker->editor, &product->splice,
                   &product->tally) &&
        pack(product, worker->compressor, is_packed(applying, flight->reader)) &&
        (!applying->staged || record_rows_make(&product->rows, &worker->scribe, file,
                                               applying->resolution, worker->compressor)))
        return STATUS_OK;
    return condition_report_failure(&worker->editor.view, file->name, &flight->diagnostics);
}

static enum status write_product(struct applying *applying, const struct apply_product *product,
                                 struct diagnostics *diagnostics)
{
    return applying->gzip ? byte_sink_write_block(applying->sink, &product->block, diagnostics)
                          : byte_sink_write(applying->sink, &product->pieces, diagnostics);
}

/* Writes what became of some bytes of the file, while both are summed up. */
static enum status write_batch(struct applying *applying, struct span in,
                               struct apply_product *product, struct diagnostics *diagnostics)
{
    if (!applying->gzip)
        file_digests_add(applying->digests, &product->sums, in, &product->pieces);
    return write_product(applying, product, diagnostics);
}

static enum status write_header(struct applying *applying, const struct header *header,
                                struct diagnostics *diagnostics)
{
    struct apply_product *product = &applying->header;

    if (!edit_header(applying->file, header->raw, header->fields, &product->splice) ||
        !pack(product, applying->header_compressor, applying->gzip))
        return diagnostics_no_memory(diagnostics);
    /* at once, as its bytes go with the reader, and a failure does not wait for sums */
    if (!applying->gzip)
        file_digests_add_head(applying->digests, header->raw, &product->pieces);
    return write_product(applying, product, diagnostics);
}

static size_t index_of(const struct applying *applying)
{
    return (size_t)(applying->file - applying->plan->files);
}

static enum status begin_output(struct applying *applying, const struct export_reader *reader,
                                struct diagnostics *diagnostics)
{
    const char *path = applying->file->path;
    enum status status = staged_file_create(applying->staged, path, &applying->fd, diagnostics);

    applying->name = staged_file_name(applying->staged, path);
    applying->gzip = is_packed(applying, reader);
    if (status == STATUS_OK)
        status =
            byte_sink_new(applying->fd, applying->name, applying->gzip ? SINK_GZIP : SINK_UNSUMMED,
                          &applying->sink, diagnostics);
    if (status == STATUS_OK && !applying->gzip && !file_digests_begin(applying->digests))
        status = diagnostics_no_memory(diagnostics);
    if (status == STATUS_OK)
        status = write_header(applying, export_reader_header(reader), diagnostics);
    return status;
}

static enum status begin_file(struct applying *applying, const struct flight *flight,
                              struct diagnostics *diagnostics)
{
    applying->file = flight->file;
    applying->tally = &applying->tallies[index_of(applying)];
    if (!file_tally_init(applying->tally, applying->file->column_count))
        return diagnostics_no_memory(diagnostics);
    return applying->staged ? begin_output(applying, flight->reader, diagnostics) : STATUS_OK;
}

static void report_file(const struct applying *applying, const struct export_reader *reader,
                        struct file_report *report)
{
    const struct byte_source *source = export_reader_source(reader);
    const struct file_tally *tally = applying->tally;

    report->gzip = byte_source_is_gzip(source);
    report->size_in = (uint64_t)byte_source_stat(source)->st_size;
    report->records_in = tally->records;
    report->records_out = tally->records - tally->dropped;
    report->records_changed = tally->changed;
}

static enum status report_output(const struct applying *applying,
                                 const struct export_reader *reader, struct file_report *report,
                                 struct diagnostics *diagnostics)
{
    report->size_out = byte_sink_size(applying->sink);
    if (!applying->gzip)
        return file_digests_end(applying->digests, report->checksum_in, report->checksum_out)
                   ? STATUS_OK
                   : diagnostics_no_memory(diagnostics);
    memcpy(report->checksum_in, byte_source_checksum(export_reader_source(reader)), CHECKSUM_SIZE);
    memcpy(report->checksum_out, byte_sink_checksum(applying->sink), CHECKSUM_SIZE);
    return STATUS_OK;
}

static enum status end_output(struct applying *applying, const struct export_reader *reader,
                              struct file_report *report, struct diagnostics *diagnostics)
{
    enum status status = byte_sink_finish(applying->sink, diagnostics);

    if (status == STATUS_OK)
        status = report_output(applying, reader, report, diagnostics);
    if (status != STATUS_OK)
        return status;
    byte_sink_free(applying->sink);
    applying->sink = NULL;
    file_closer_take(applying->closer, applying->fd, applying->name);
    applying->fd = -1;
    return STATUS_OK;
}

static enum status end_file(struct applying *applying, const struct flight *flight,
                            struct diagnostics *diagnostics)
{
    struct file_report *report = &applying->reports[index_of(applying)];

    report_file(applying, flight->reader, report);
    return applying->sink ? end_output(applying, flight->reader, report, diagnostics) : STATUS_OK;
}

static bool tell_records(struct applying *applying, struct apply_product *product)
{
    const struct record_watcher *watcher = &applying->options->watcher;

    record_words_clear(&applying->words);
    return !watcher->seen ||
           record_trace_tell(&product->trace, applying->file, applying->resolution,
                             &product->rows.touched, &applying->words, watcher);
}

static enum status collect(void *context, struct flight *flight, struct diagnostics *diagnostics)
{
    struct applying *applying = context;
    struct apply_product *product = &applying->products[flight->slot];
    enum status status = STATUS_OK;

    if (flight->first)
        status = begin_file(applying, flight, diagnostics);
    if (status == STATUS_OK && !tell_records(applying, product))
        status = diagnostics_no_memory(diagnostics);
    if (status == STATUS_OK && !file_tally_add(applying->tally, &product->tally))
        status = diagnostics_no_memory(diagnostics);
    if (status == STATUS_OK)
        status = record_list_add(applying->options->records, applying->file, &product->rows,
                                 diagnostics);
    if (status == STATUS_OK && applying->sink)
        status = write_batch(applying, buffer_span(&flight->batch.bytes), product, diagnostics);
    if (status == STATUS_OK && flight->batch.last)
        status = end_file(applying, flight, diagnostics);
    return status;
}

static void settle(void *context, size_t slot)
{
    struct applying *applying = context;

    file_digests_settle(applying->digests, &applying->products[slot].sums);
}

static enum status prepare(struct applying *applying, const struct secret *secret)
{
    size_t workers = stream_workers(applying->stream);

    applying->workers = calloc(workers, sizeof(*applying->workers));
    applying->products = calloc(stream_slots(applying->stream), sizeof(*applying->products));
    applying->header_compressor = gzip_block_compressor_new(applying->options->gzip_level);
    applying->digests = file_digests_new(workers > 1);
    applying->closer = file_closer_new(workers > 1 ? CLOSING_THREADS : 0);
    if (!applying->workers || !applying->products || !applying->header_compressor ||
        !applying->digests || !applying->closer)
        return diagnostics_no_threads(applying->diagnostics);
    for (size_t i = 0; i < workers; i++) {
        struct apply_worker *worker = &applying->workers[i];

        worker->editor.marker_date = applying->options->marker_date;
        worker->editor.known.known = applying->options->known;
        worker->editor.leaks.known = applying->options->leaks;
        worker->editor.leaks.resolution = applying->resolution;
        worker->editor.digest_key = &worker->digest_key;
        worker->editor.tagger = tagger_new(secret);
        worker->compressor = gzip_block_compressor_new(applying->options->gzip_level);
        if (!worker->editor.tagger || !worker->compressor)
            return diagnostics_no_memory(applying->diagnostics);
    }
    return STATUS_OK;
}

static void release_product(struct apply_product *product)
{
    splice_release(&product->splice);
    pieces_release(&product->pieces);
    gzip_block_release(&product->block);
    file_tally_release(&product->tally);
    record_rows_release(&product->rows);
    record_trace_release(&product->trace);
}

static void release(struct applying *applying)
{
    file_digests_free(applying->digests); /* which waits, and lets go of the products */
    for (size_t i = 0; applying->workers && i < stream_workers(applying->stream); i++) {
        tagger_free(applying->workers[i].editor.tagger);
        record_editor_release(&applying->workers[i].editor);
        gzip_block_compressor_free(applying->workers[i].compressor);
        record_scribe_release(&applying->workers[i].scribe);
    }
    for (size_t i = 0; applying->products && i < stream_slots(applying->stream); i++)
        release_product(&applying->products[i]);
    release_product(&applying->header);
    record_words_release(&applying->words);
    gzip_block_compressor_free(applying->header_compressor);
    byte_sink_free(applying->sink);
    file_closer_free(applying->closer);
    if (applying->fd >= 0)
        close(applying->fd);
    free(applying->workers);
    free(applying->products);
}

static enum status copy_next(struct applying *applying, struct diagnostics *diagnostics)
{
    size_t i = applying->next++;

    return copy_file(applying->plan, &applying->plan->files[i], applying->options->leaks,
                     applying->staged, stream_meter(applying->stream), &applying->tallies[i],
                     &applying->reports[i], diagnostics);
}

static enum status apply_files(struct applying *applying, struct diagnostics *diagnostics)
{
    const struct stage stage = {applying, open_next, work, collect, settle, false};
    enum status status = STATUS_OK;

    while (status == STATUS_OK && applying->next < applying->plan->file_count) {
        if (applying->plan->files[applying->next].entity)
            status = stream_files(applying->stream, &stage, diagnostics);
        else
            status = copy_next(applying, diagnostics);
    }
    return status;
}

/* A file that could not be closed comes before the one that could not be made, if there is one. */
static enum status make_files(struct applying *applying)
{
    struct diagnostics later = DIAGNOSTICS_INIT;
    enum status status = apply_files(applying, &later);
    enum status closed = file_closer_finish(applying->closer, applying->diagnostics);

    if (closed == STATUS_OK)
        diagnostics_move(applying->diagnostics, &later);
    diagnostics_release(&later);
    return closed == STATUS_OK ? status : closed;
}

enum status apply(const struct run_plan *plan, struct stream *stream, const struct secret *secret,
                  const struct resolution *resolution, const struct apply_options *options,
                  struct staged_folder *staged, struct file_tally *tallies,
                  struct file_report *reports, struct diagnostics *diagnostics)
{
    struct applying applying = {.plan = plan,
                                .stream = stream,
                                .resolution = resolution,
                                .options = options,
                                .staged = staged,
                                .tallies = tallies,
                                .reports = reports,
                                .diagnostics = diagnostics,
                                .fd = -1};
    const struct file_amount amount = run_plan_amount(plan, NULL);
    enum status status = prepare(&applying, secret);

    phase_meter_begin(stream_meter(stream), PHASE_APPLY, amount.files, amount.bytes);
    if (status == STATUS_OK)
        status = make_files(&applying);
    if (status == STATUS_OK)
        phase_meter_end(stream_meter(stream));
    release(&applying);
    return status;
}
