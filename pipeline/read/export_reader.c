#include "read/export_reader.h"

#include <assert.h>
#include <stdlib.h>

#include "read/framer.h"
#include "read/lenient_framer.h"

/* So many bytes are read for a header at first; twice as many each time they don't do. */
enum { FIRST_HEADER_READ = 64 << 10 };

/* Offsets in a batch have 32 bits. */
static const size_t longest_record = (size_t)UINT32_MAX - 2;

struct export_reader {
    const char *name;
    struct byte_source *source;
    struct dialect dialect;
    struct header header;
    struct framing framing;
    struct lenient_framer *lenient; /* NULL: strict */
    struct arena arena;             /* of the header and the dialect */
    size_t batch_size;
    size_t record_limit;
    struct buffer ahead; /* bytes read but not given out yet: from ahead_at on */
    size_t ahead_at;
    bool source_ended;
    /* of the next batch */
    uint64_t line;
    uint64_t offset;
    bool after_blank;
};

/* Reads `size` bytes onto the end of `to`, less where the source ends. */
static enum status read_onto(struct export_reader *reader, struct buffer *to, size_t size,
                             struct diagnostics *diagnostics)
{
    size_t got;

    if (!buffer_reserve(to, size))
        return diagnostics_no_memory(diagnostics);
    const enum status status =
        byte_source_read(reader->source, to->at + to->size, size, &got, diagnostics);
    if (status != STATUS_OK)
        return status;
    to->size += got;
    reader->source_ended = got < size;
    return STATUS_OK;
}

static enum status read_header(struct export_reader *reader, struct diagnostics *diagnostics)
{
    enum status status = STATUS_OK;
    bool complete = false;

    while (status == STATUS_OK && !complete) {
        const size_t size = reader->ahead.size != 0 ? reader->ahead.size : FIRST_HEADER_READ;

        status = read_onto(reader, &reader->ahead, size, diagnostics);
        if (status != STATUS_OK)
            break;
        const struct file_head head = {reader->name, buffer_span(&reader->ahead),
                                       reader->source_ended};
        status = header_parse(&head, &reader->arena, &reader->header, &reader->dialect.delimiter,
                              &complete, diagnostics);
    }
    return status;
}

static enum status prepare_framing(struct export_reader *reader, struct diagnostics *diagnostics)
{
    const struct header *header = &reader->header;

    reader->framing =
        (struct framing){reader->name, reader->dialect.delimiter, header->names, header->count};
    reader->ahead_at = header->raw.size;
    reader->offset = header->raw.size;
    reader->line = 1 + newline_count(header->raw);
    if (reader->dialect.quoting == QUOTING_STRICT)
        return STATUS_OK;
    reader->lenient = lenient_framer_new(&reader->framing);
    return reader->lenient != NULL ? STATUS_OK : diagnostics_no_memory(diagnostics);
}

/* A reader without a source. NULL where memory ran out. */
static struct export_reader *make(const char *name, const struct dialect *dialect,
                                  const struct reader_options *options)
{
    struct export_reader *reader = calloc(1, sizeof *reader);
    const struct span null = dialect->null;

    assert(options->batch_size > 0);
    if (reader == NULL)
        return NULL;
    reader->name = name;
    reader->dialect = *dialect;
    reader->batch_size = options->batch_size;
    reader->record_limit =
        options->record_limit < longest_record ? options->record_limit : longest_record;
    reader->dialect.null = arena_span(&reader->arena, null);
    if (reader->dialect.null.at != NULL || null.size == 0)
        return reader;
    export_reader_free(reader);
    return NULL;
}

/* Gives out a reader that has its source, or frees it. */
static enum status begin(struct export_reader *reader, struct export_reader **result,
                         struct diagnostics *diagnostics)
{
    enum status status = read_header(reader, diagnostics);

    if (status == STATUS_OK)
        status = prepare_framing(reader, diagnostics);
    if (status == STATUS_OK)
        *result = reader;
    else
        export_reader_free(reader);
    return status;
}

enum status export_reader_open(int folder_fd, const char *path, const char *name,
                               const struct dialect *dialect, const struct reader_options *options,
                               struct export_reader **result, struct diagnostics *diagnostics)
{
    struct export_reader *reader = make(name, dialect, options);

    *result = NULL;
    if (reader == NULL)
        return diagnostics_no_memory(diagnostics);
    const enum status status =
        byte_source_open(folder_fd, path, name, &options->source, &reader->source, diagnostics);
    if (status == STATUS_OK)
        return begin(reader, result, diagnostics);
    export_reader_free(reader);
    return status;
}

enum status export_reader_open_bytes(struct span bytes, const char *name,
                                     const struct dialect *dialect,
                                     const struct reader_options *options,
                                     struct export_reader **result, struct diagnostics *diagnostics)
{
    struct export_reader *reader = make(name, dialect, options);

    *result = NULL;
    if (reader == NULL)
        return diagnostics_no_memory(diagnostics);
    reader->source = byte_source_of_bytes(bytes, name);
    if (reader->source != NULL)
        return begin(reader, result, diagnostics);
    export_reader_free(reader);
    return diagnostics_no_memory(diagnostics);
}

const struct header *export_reader_header(const struct export_reader *reader)
{
    return &reader->header;
}

const struct dialect *export_reader_dialect(const struct export_reader *reader)
{
    return &reader->dialect;
}

const struct byte_source *export_reader_source(const struct export_reader *reader)
{
    return reader->source;
}

/* Adds `size` bytes to the batch, those read ahead first; if there are less, they are the last. */
static enum status take(struct export_reader *reader, struct batch *batch, size_t size,
                        struct diagnostics *diagnostics)
{
    const size_t held = reader->ahead.size - reader->ahead_at;
    const struct span ahead = {reader->ahead.at + reader->ahead_at, held < size ? held : size};
    const size_t wanted = batch->bytes.size + size;
    enum status status = STATUS_OK;

    if (!buffer_append(&batch->bytes, ahead))
        return diagnostics_no_memory(diagnostics);
    reader->ahead_at += ahead.size;
    if (ahead.size < size && !reader->source_ended)
        status = read_onto(reader, &batch->bytes, size - ahead.size, diagnostics);
    batch->last = batch->bytes.size < wanted;
    return status;
}

/* Cuts the batch to `size` bytes; what is behind them will come again. */
static bool give_back(struct export_reader *reader, struct batch *batch, size_t size)
{
    const struct span rest = span_from(buffer_span(&batch->bytes), size);

    batch->bytes.size = size;
    if (reader->ahead_at < reader->ahead.size) {
        /* All of the batch came from there, where it still stands. */
        reader->ahead_at -= rest.size;
        return true;
    }
    buffer_clear(&reader->ahead);
    reader->ahead_at = 0;
    return buffer_append(&reader->ahead, rest);
}

/* How a batch's whole records are found while it grows. */
struct cutter {
    struct lenient_framer *lenient; /* NULL: strict */
    size_t seen;                    /* strict: bytes looked at */
    bool inside;                    /* strict: they end within quotes */
    size_t complete;                /* the size of the whole records; 0: none yet */
};

static enum status cut(struct cutter *cutter, struct batch *batch, struct diagnostics *diagnostics)
{
    if (cutter->lenient != NULL)
        return lenient_framer_frame(cutter->lenient, batch, &cutter->complete, diagnostics);

    const struct span piece = span_from(buffer_span(&batch->bytes), cutter->seen);
    const size_t size = framer_cut(piece, &cutter->inside);
    if (size > 0)
        cutter->complete = cutter->seen + size;
    cutter->seen = batch->bytes.size;
    return STATUS_OK;
}

static enum status refuse_length(const struct export_reader *reader,
                                 struct diagnostics *diagnostics)
{
    diagnostics_error(diagnostics, (struct place){reader->name, reader->line, 1},
                      "record longer than the limit of %zu bytes", reader->record_limit);
    return STATUS_INPUT;
}

/* Adds bytes until they hold a whole record or the file ends. */
static enum status fill(struct export_reader *reader, struct batch *batch, struct cutter *cutter,
                        struct diagnostics *diagnostics)
{
    /* A newline may stand behind the longest record: no batch needs more than that. */
    const size_t most = reader->record_limit + 1;
    enum status status = STATUS_OK;

    while (status == STATUS_OK && cutter->complete == 0 && !batch->last) {
        const size_t room = most - batch->bytes.size;

        if (room == 0)
            return refuse_length(reader, diagnostics);
        status =
            take(reader, batch, reader->batch_size < room ? reader->batch_size : room, diagnostics);
        if (status == STATUS_OK)
            status = cut(cutter, batch, diagnostics);
    }
    return status;
}

/* Whether the last line of bytes that begin and end with a record is blank. */
static bool ends_with_blank(struct span bytes)
{
    size_t size = bytes.size;

    if (size == 0 || bytes.at[--size] != '\n')
        return false;
    if (size > 0 && bytes.at[size - 1] == '\r')
        size--;
    return size == 0 || bytes.at[size - 1] == '\n';
}

static void begin_batch(const struct export_reader *reader, struct batch *batch)
{
    batch_clear(batch);
    batch->first_line = reader->line;
    batch->offset = reader->offset;
    batch->after_blank = reader->after_blank;
}

static void pass_batch(struct export_reader *reader, const struct batch *batch)
{
    const struct span bytes = buffer_span(&batch->bytes);

    reader->line += newline_count(bytes);
    reader->offset += bytes.size;
    reader->after_blank = ends_with_blank(bytes);
}

enum status export_reader_next(struct export_reader *reader, struct batch *batch,
                               struct diagnostics *diagnostics)
{
    struct cutter cutter = {reader->lenient, 0, false, 0};

    begin_batch(reader, batch);
    if (reader->lenient != NULL && !lenient_framer_start(reader->lenient, batch))
        return diagnostics_no_memory(diagnostics);
    const enum status status = fill(reader, batch, &cutter, diagnostics);
    if (status != STATUS_OK)
        return status;
    if (!batch->last && !give_back(reader, batch, cutter.complete))
        return diagnostics_no_memory(diagnostics);
    if (reader->lenient != NULL)
        lenient_framer_finish(batch);
    pass_batch(reader, batch);
    return STATUS_OK;
}

enum status export_reader_index(const struct export_reader *reader, struct batch *batch,
                                struct diagnostics *diagnostics)
{
    if (reader->lenient != NULL)
        return STATUS_OK;
    return framer_index(&reader->framing, batch, diagnostics);
}

void export_reader_free(struct export_reader *reader)
{
    if (reader == NULL)
        return;
    lenient_framer_free(reader->lenient);
    byte_source_free(reader->source);
    buffer_release(&reader->ahead);
    arena_release(&reader->arena);
    free(reader);
}
