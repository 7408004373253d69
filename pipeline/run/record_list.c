#include "run/record_list.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/array.h"

#include "write/cell_writer.h"

#define HEADER "entity,file,record,outcome,targets,route\n"

void record_rows_release(struct record_rows *rows)
{
    touched_records_release(&rows->touched);
    gzip_block_release(&rows->block);
}

void record_scribe_release(struct record_scribe *scribe)
{
    record_words_release(&scribe->words);
    buffer_release(&scribe->file);
    buffer_release(&scribe->route);
    buffer_release(&scribe->text);
}

static bool put_cell(struct buffer *text, struct span value, char end)
{
    return cell_write(text, value, ',', SPAN(""), false, false) && buffer_append_byte(text, end);
}

/* What all rows of a file begin with. */
static bool put_file(struct record_scribe *scribe, const struct file_plan *file)
{
    buffer_clear(&scribe->file);
    return put_cell(&scribe->file, file->entity->name.text, ',') &&
           put_cell(&scribe->file, span_of(file->path), ',');
}

/* Digests and outcomes need no quotes. */
static bool put_row(struct record_scribe *scribe)
{
    const struct record_words *words = &scribe->words;
    struct buffer *text = &scribe->text;

    return buffer_append(text, buffer_span(&scribe->file)) &&
           buffer_append(text, span_of(words->digest)) && buffer_append_byte(text, ',') &&
           buffer_append(text, span_of(words->outcome)) && buffer_append_byte(text, ',') &&
           buffer_append(text, buffer_span(&words->targets)) && buffer_append_byte(text, ',') &&
           buffer_append(text, buffer_span(&scribe->route));
}

static bool put_route(struct record_scribe *scribe)
{
    if (!scribe->words.is_new)
        return true;
    buffer_clear(&scribe->route);
    return put_cell(&scribe->route, buffer_span(&scribe->words.route), '\n');
}

static bool compress(struct gzip_block_compressor *compressor, struct span text,
                     struct gzip_block *block)
{
    struct pieces pieces = {&text, text.size ? 1 : 0, 1};

    return gzip_block_compress(compressor, &pieces, block);
}

bool record_rows_make(struct record_rows *rows, struct record_scribe *scribe,
                      const struct file_plan *file, const struct resolution *resolution,
                      struct gzip_block_compressor *compressor)
{
    if (rows->touched.count == 0)
        return true;
    if (!put_file(scribe, file))
        return false;
    record_words_clear(&scribe->words);
    buffer_clear(&scribe->text);
    for (size_t i = 0; i < rows->touched.count; i++)
        if (!record_words_make(&scribe->words, &rows->touched, i, resolution, file->entity) ||
            !put_route(scribe) || !put_row(scribe))
            return false;
    return compress(compressor, buffer_span(&scribe->text), &rows->block);
}

static enum status write_header(struct record_list *list, int gzip_level,
                                struct diagnostics *diagnostics)
{
    struct gzip_block_compressor *compressor = gzip_block_compressor_new(gzip_level);
    struct gzip_block block = GZIP_BLOCK_INIT;
    enum status status;

    if (compressor && compress(compressor, SPAN(HEADER), &block))
        status = byte_sink_write_block(list->sink, &block, diagnostics);
    else
        status = diagnostics_no_memory(diagnostics);
    gzip_block_release(&block);
    gzip_block_compressor_free(compressor);
    return status;
}

enum status record_list_open(struct record_list *list, const struct resolution *resolution,
                             int gzip_level, struct staged_folder *staged, struct arena *arena,
                             struct diagnostics *diagnostics)
{
    enum status status;

    *list = (struct record_list){.resolution = resolution, .arena = arena, .fd = -1};
    if (!touch_counts_init(&list->counts, resolution->target_count,
                           resolution->ruleset->entity_count, &resolution->key))
        return diagnostics_no_memory(diagnostics);
    if (!staged)
        return STATUS_OK;
    list->name = staged_file_name(staged, RECORD_LIST_PATH);
    status = staged_file_create(staged, RECORD_LIST_PATH, &list->fd, diagnostics);
    if (status == STATUS_OK)
        status = byte_sink_new(list->fd, list->name, SINK_GZIP, &list->sink, diagnostics);
    return status == STATUS_OK ? write_header(list, gzip_level, diagnostics) : status;
}

static bool keep(struct record_list *list, const struct file_plan *file,
                 const struct touched_records *touched, size_t index)
{
    struct record_words *words = &list->words;
    struct reported_record *record;
    struct reported_record *kept =
        array_room(list->kept, list->kept_count + 1, &list->kept_room, sizeof(*kept));

    if (!kept)
        return false;
    list->kept = kept;
    if (!record_words_make(words, touched, index, list->resolution, file->entity))
        return false;
    record = &kept[list->kept_count++];
    *record =
        (struct reported_record){.entity = file->entity->name.text.at,
                                 .file = file->path,
                                 .outcome = words->outcome,
                                 .targets = arena_string(list->arena, buffer_span(&words->targets)),
                                 .route = arena_string(list->arena, buffer_span(&words->route))};
    memcpy(record->digest, words->digest, sizeof(record->digest));
    return record->targets && record->route;
}

enum status record_list_add(struct record_list *list, const struct file_plan *file,
                            const struct record_rows *rows, struct diagnostics *diagnostics)
{
    const struct touched_records *touched = &rows->touched;
    const size_t entity = (size_t)(file->entity - list->resolution->ruleset->entities);

    if (touched->count == 0)
        return STATUS_OK;
    record_words_clear(&list->words);
    for (size_t i = 0; i < touched->count && list->kept_count < REPORT_ROWS; i++)
        if (!keep(list, file, touched, i))
            return diagnostics_no_memory(diagnostics);
    list->count += touched->count;
    if (!touch_counts_add(&list->counts, entity, touched->targets, touched->target_count))
        return diagnostics_no_memory(diagnostics);
    return list->sink ? byte_sink_write_block(list->sink, &rows->block, diagnostics) : STATUS_OK;
}

enum status record_list_close(struct record_list *list, struct reported_records *records,
                              struct diagnostics *diagnostics)
{
    const int fd = list->fd;
    enum status status;

    *records = (struct reported_records){
        .count = list->count, .first = list->kept, .first_count = list->kept_count};
    records->file.path = RECORD_LIST_PATH;
    if (!list->sink)
        return STATUS_OK;
    status = byte_sink_finish(list->sink, diagnostics);
    if (status != STATUS_OK)
        return status;
    records->file.size_out = byte_sink_size(list->sink);
    memcpy(records->file.checksum_out, byte_sink_checksum(list->sink), CHECKSUM_SIZE);
    list->fd = -1;
    return staged_file_close(fd, list->name, diagnostics);
}

void record_list_release(struct record_list *list)
{
    byte_sink_free(list->sink);
    if (list->fd >= 0)
        close(list->fd);
    free(list->kept);
    record_words_release(&list->words);
    touch_counts_release(&list->counts);
    *list = (struct record_list)RECORD_LIST_INIT;
}
