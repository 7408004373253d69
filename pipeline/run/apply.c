#include "run/apply.h"

#include <stdlib.h>
#include <string.h>

#include "run/copy_file.h"
#include "run/record_editor.h"
#include "write/byte_sink.h"
#include "write/gzip_block.h"

/* What a thread keeps. */
struct apply_worker {
    struct record_editor editor;
    struct gzip_block_compressor *compressor;
};

/* The output of one batch in flight. */
struct apply_product {
    struct splice splice;
    struct pieces pieces;
    struct gzip_block block;
    struct file_tally tally;
    struct record_rows rows;
};

/* What the stages of this pass share. */
struct applying {
    const struct run_plan *plan;
    struct stream *stream;
    const struct resolution *resolution;
    const struct apply_options *options;
    struct diagnostics *diagnostics;
    struct apply_worker *workers;
    struct apply_product *products; /* one a slot */
    /* of the file being written */
    const struct file_plan *file;
    bool gzip;              /* to be compressed */
    struct byte_sink *sink; /* NULL: nothing is written */
    struct file_tally *tally;
    struct fingerprint_key digest_key; /* of its entity's records */
};

static enum status work(void *context, struct flight *flight)
{
    struct applying *applying = context;
    struct apply_worker *worker = &applying->workers[flight->worker];
    struct apply_product *product = &applying->products[flight->slot];

    file_tally_clear(&product->tally);
    touched_records_clear(&product->rows.touched);
    worker->editor.touched = &product->rows.touched;
    worker->editor.digest_key = &applying->digest_key;
    if (edit_batch(applying->file, applying->resolution, &flight->batch, &worker->editor,
                   &product->splice, &product->tally) &&
        splice_pieces(&product->splice, &product->pieces) &&
        (!applying->gzip ||
         gzip_block_compress(worker->compressor, &product->pieces, &product->block)) &&
        (!applying->sink || record_rows_make(&product->rows, applying->file, applying->resolution,
                                             worker->compressor)))
        return STATUS_OK;
    return condition_report_failure(&worker->editor.view, applying->file->name,
                                    &flight->diagnostics);
}

static enum status write_product(struct applying *applying, const struct apply_product *product,
                                 struct diagnostics *diagnostics)
{
    if (applying->gzip)
        return byte_sink_write_block(applying->sink, &product->block, diagnostics);
    return byte_sink_write(applying->sink, &product->pieces, diagnostics);
}

static enum status collect(void *context, struct flight *flight, struct diagnostics *diagnostics)
{
    struct applying *applying = context;
    const struct apply_product *product = &applying->products[flight->slot];
    enum status status;

    if (!file_tally_add(applying->tally, &product->tally))
        return diagnostics_no_memory(diagnostics);
    status =
        record_list_add(applying->options->records, applying->file, &product->rows, diagnostics);
    if (status != STATUS_OK || !applying->sink)
        return status;
    return write_product(applying, product, diagnostics);
}

static enum status write_header(struct applying *applying, const struct header *header)
{
    struct apply_product *product = &applying->products[0];

    if (!edit_header(applying->file, header->raw, header->fields, &product->splice) ||
        !splice_pieces(&product->splice, &product->pieces) ||
        (applying->gzip &&
         !gzip_block_compress(applying->workers[0].compressor, &product->pieces, &product->block)))
        return diagnostics_no_memory(applying->diagnostics);
    return write_product(applying, product, applying->diagnostics);
}

static bool make_tallies(struct applying *applying)
{
    size_t columns = applying->file->column_count;

    for (size_t i = 0; i < stream_slots(applying->stream); i++) {
        file_tally_release(&applying->products[i].tally);
        if (!file_tally_init(&applying->products[i].tally, columns))
            return false;
    }
    return file_tally_init(applying->tally, columns);
}

/* So that equal keys of different entities have different digests. */
static enum status make_digest_key(struct applying *applying)
{
    unsigned char tag[TAG_SIZE];

    if (!tagger_tag(applying->workers[0].editor.tagger, SPAN("record"),
                    applying->file->entity->name.text, tag))
        return diagnostics_no_memory(applying->diagnostics);
    memcpy(applying->digest_key.bytes, tag, sizeof(applying->digest_key.bytes));
    return STATUS_OK;
}

/* Everything between an open reader and what is written of it. */
static enum status stream_records(struct applying *applying, struct export_reader *reader)
{
    struct stage stage = {applying, work, collect, false};
    enum status status =
        make_tallies(applying) ? STATUS_OK : diagnostics_no_memory(applying->diagnostics);

    if (status == STATUS_OK)
        status = make_digest_key(applying);
    if (status == STATUS_OK && applying->sink)
        status = write_header(applying, export_reader_header(reader));
    if (status == STATUS_OK)
        status = stream_file(applying->stream, reader, &stage, applying->diagnostics);
    if (status == STATUS_OK && applying->sink)
        status = byte_sink_finish(applying->sink, applying->diagnostics);
    return status;
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
    if (!applying->sink)
        return;
    report->size_out = byte_sink_size(applying->sink);
    memcpy(report->checksum_in, byte_source_checksum(source), CHECKSUM_SIZE);
    memcpy(report->checksum_out, byte_sink_checksum(applying->sink), CHECKSUM_SIZE);
}

static enum status apply_to_sink(struct applying *applying, struct export_reader *reader,
                                 struct staged_folder *staged, struct file_report *report)
{
    const char *path = applying->file->path;
    int fd = -1;
    enum status closed, status = staged_file_create(staged, path, &fd, applying->diagnostics);

    if (status != STATUS_OK)
        return status;
    applying->gzip = byte_source_is_gzip(export_reader_source(reader));
    status = byte_sink_new(fd, path, applying->gzip, &applying->sink, applying->diagnostics);
    if (status == STATUS_OK)
        status = stream_records(applying, reader);
    if (status == STATUS_OK)
        report_file(applying, reader, report);
    byte_sink_free(applying->sink);
    applying->sink = NULL;
    closed = staged_file_close(fd, path, applying->diagnostics);
    return status == STATUS_OK ? closed : status;
}

static enum status apply_file(struct applying *applying, struct staged_folder *staged,
                              struct file_report *report)
{
    struct export_reader *reader = NULL;
    enum status status = run_plan_open(applying->plan, applying->file, staged != NULL, &reader,
                                       applying->diagnostics);

    if (status != STATUS_OK)
        return status;
    if (staged) {
        status = apply_to_sink(applying, reader, staged, report);
    } else {
        status = stream_records(applying, reader);
        if (status == STATUS_OK)
            report_file(applying, reader, report);
    }
    export_reader_free(reader);
    return status;
}

static enum status prepare(struct applying *applying, const struct secret *secret)
{
    size_t workers = stream_workers(applying->stream);

    applying->workers = calloc(workers, sizeof(*applying->workers));
    applying->products = calloc(stream_slots(applying->stream), sizeof(*applying->products));
    if (!applying->workers || !applying->products)
        return diagnostics_no_memory(applying->diagnostics);
    for (size_t i = 0; i < workers; i++) {
        struct apply_worker *worker = &applying->workers[i];

        worker->editor.marker_date = applying->options->marker_date;
        worker->editor.known.known = applying->options->known;
        worker->editor.leaks.known = applying->options->leaks;
        worker->editor.leaks.resolution = applying->resolution;
        worker->editor.tagger = tagger_new(secret);
        worker->compressor = gzip_block_compressor_new(applying->options->gzip_level);
        if (!worker->editor.tagger || !worker->compressor)
            return diagnostics_no_memory(applying->diagnostics);
    }
    return STATUS_OK;
}

static void release(struct applying *applying)
{
    for (size_t i = 0; applying->workers && i < stream_workers(applying->stream); i++) {
        tagger_free(applying->workers[i].editor.tagger);
        record_editor_release(&applying->workers[i].editor);
        gzip_block_compressor_free(applying->workers[i].compressor);
    }
    for (size_t i = 0; applying->products && i < stream_slots(applying->stream); i++) {
        splice_release(&applying->products[i].splice);
        pieces_release(&applying->products[i].pieces);
        gzip_block_release(&applying->products[i].block);
        file_tally_release(&applying->products[i].tally);
        record_rows_release(&applying->products[i].rows);
    }
    free(applying->workers);
    free(applying->products);
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
                                .diagnostics = diagnostics};
    const struct file_amount amount = run_plan_amount(plan, NULL);
    enum status status = prepare(&applying, secret);

    phase_meter_begin(stream_meter(stream), PHASE_APPLY, amount.files, amount.bytes);
    for (size_t i = 0; i < plan->file_count && status == STATUS_OK; i++) {
        applying.file = &plan->files[i];
        applying.tally = &tallies[i];
        if (applying.file->entity)
            status = apply_file(&applying, staged, &reports[i]);
        else
            status = copy_file(plan, applying.file, options->leaks, staged, stream_meter(stream),
                               &tallies[i], &reports[i], diagnostics);
    }
    if (status == STATUS_OK)
        phase_meter_end(stream_meter(stream));
    release(&applying);
    return status;
}
