/*
 * targets.csv.gz: all targets, a row each, with the records touched for it by entity.
 */
#include "report/reports.h"
#include "write/byte_sink.h"
#include "write/cell_writer.h"

/* About so many bytes are compressed at a time. */
enum { BLOCK_BYTES = 1 << 20 };

/* What the writing needs. */
struct target_rows {
    struct byte_sink *sink;
    struct gzip_block_compressor *compressor;
    struct gzip_block block;
    struct buffer text;
};

static bool put_text(struct buffer *text, const char *value, char end)
{
    return cell_write(text, span_of(value != NULL ? value : ""), ',', SPAN(""), false, false) &&
           buffer_append_byte(text, end);
}

/* An empty cell where there is nothing to count. */
static bool put_count(struct buffer *text, uint64_t count, char end)
{
    return (count == 0 || buffer_append_number(text, count, 1)) && buffer_append_byte(text, end);
}

/* The cell's end: the last column's is the record's. */
static char end_of(const struct run_report *report, size_t column)
{
    return column == report->entity_count ? '\n' : ',';
}

static bool put_header(const struct run_report *report, struct buffer *text)
{
    bool put =
        buffer_append(text, SPAN("target,key,mode,outcome,resurrected,hold,restricted_by,line")) &&
        buffer_append_byte(text, end_of(report, 0));

    for (size_t i = 0; i < report->entity_count && put; i++)
        put = put_text(text, report->entities[i].name, end_of(report, i + 1));
    return put;
}

static bool put_target(const struct run_report *report, const struct reported_target *target,
                       struct buffer *text)
{
    bool put = put_text(text, target->digest, ',') && put_text(text, target->key, ',') &&
               put_text(text, target->delete_mode ? "delete" : "anonymize", ',') &&
               put_text(text, target_outcome_name(target->outcome), ',') &&
               put_text(text, target->resurrected ? "true" : "", ',') &&
               put_text(text, target->hold, ',') && put_text(text, target->restricting, ',') &&
               put_count(text, target->line, end_of(report, 0));

    for (size_t i = 0; i < report->entity_count && put; i++)
        put = put_count(text, target->touched != NULL ? target->touched[i] : 0,
                        end_of(report, i + 1));
    return put;
}

static enum status write_block(struct target_rows *rows, struct diagnostics *diagnostics)
{
    struct span text = buffer_span(&rows->text);
    const struct pieces pieces = {&text, text.size != 0, 1};

    if (!gzip_block_compress(rows->compressor, &pieces, &rows->block))
        return diagnostics_no_memory(diagnostics);
    buffer_clear(&rows->text);
    return byte_sink_write_block(rows->sink, &rows->block, diagnostics);
}

static enum status write_rows(const struct run_report *report, struct target_rows *rows,
                              struct diagnostics *diagnostics)
{
    enum status status =
        put_header(report, &rows->text) ? STATUS_OK : diagnostics_no_memory(diagnostics);

    for (size_t i = 0; i < report->targets.count && status == STATUS_OK; i++) {
        const struct reported_target target = report_target(report, i);

        if (!put_target(report, &target, &rows->text))
            status = diagnostics_no_memory(diagnostics);
        else if (rows->text.size >= BLOCK_BYTES)
            status = write_block(rows, diagnostics);
    }
    return status == STATUS_OK ? write_block(rows, diagnostics) : status;
}

enum status target_list_write(const struct run_report *report, int fd, const char *name,
                              struct diagnostics *diagnostics)
{
    struct target_rows rows = {.compressor = gzip_block_compressor_new(report->gzip_level),
                               .block = GZIP_BLOCK_INIT,
                               .text = BUFFER_INIT};
    enum status status = rows.compressor != NULL ? STATUS_OK : diagnostics_no_memory(diagnostics);

    if (status == STATUS_OK)
        status = byte_sink_new(fd, name, SINK_GZIP, &rows.sink, diagnostics);
    if (status == STATUS_OK)
        status = write_rows(report, &rows, diagnostics);
    if (status == STATUS_OK)
        status = byte_sink_finish(rows.sink, diagnostics);
    byte_sink_free(rows.sink);
    gzip_block_release(&rows.block);
    gzip_block_compressor_free(rows.compressor);
    buffer_release(&rows.text);
    return status;
}
