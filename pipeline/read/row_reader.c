#include "read/row_reader.h"

#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "read/field_parser.h"
#include "read/framer.h"
#include "read/header_parser.h"
#include "read/record_fault.h"

enum { READ_SIZE = 256 << 10, TABLE_LIMIT = 1 << 30 };

const struct source_options row_source_options = {EXPANSION_LIMIT_DEFAULT, true, true};

struct row_reader {
    struct byte_source *source;  /* owned */
    struct field_parser *parser; /* owned */
    struct header header;
    struct framing framing;
    struct buffer bytes;     /* of the file, from `site.start` or before it on */
    struct record_site site; /* the row at hand within them */
    size_t at;               /* of them, taken */
    uint64_t read;           /* bytes of the file, decompressed */
    bool ended;              /* nothing follows `bytes` */
    bool was_ended;          /* the end was reached before, and then the checksum was `digest` */
    unsigned char digest[CHECKSUM_SIZE];
    struct buffer text; /* the cells of the row at hand */
    size_t *ends;       /* of each cell in it */
    struct span *cells;
    size_t fields; /* of the row at hand, so far */
    uint64_t line; /* of the row at hand */
};

void row_reader_free(struct row_reader *reader)
{
    if (!reader)
        return;
    byte_source_free(reader->source);
    field_parser_free(reader->parser);
    buffer_release(&reader->bytes);
    buffer_release(&reader->text);
    free(reader->ends);
    free(reader->cells);
    free(reader);
}

const struct span *row_reader_names(const struct row_reader *reader)
{
    return reader->header.names;
}

size_t row_reader_columns(const struct row_reader *reader)
{
    return reader->header.count;
}

/* Lets go of what is before the row at hand. */
static void drop_rows(struct row_reader *reader)
{
    struct record_site *site = &reader->site;

    if (site->start == 0)
        return;
    site->first_line += newline_count((struct span){reader->bytes.at, site->start});
    reader->bytes.size -= site->start;
    memmove(reader->bytes.at, reader->bytes.at + site->start, reader->bytes.size);
    reader->at -= site->start;
    site->start = 0;
}

static enum status refuse_changed(const struct row_reader *reader, struct diagnostics *diagnostics)
{
    diagnostics_error(diagnostics, (struct place){reader->framing.path, 0, 0},
                      "the file changed since it was first read");
    return STATUS_INPUT;
}

/* Whoever walks the rows again must meet the same. */
static enum status check_end(struct row_reader *reader, struct diagnostics *diagnostics)
{
    const unsigned char *digest = byte_source_checksum(reader->source);

    if (reader->was_ended && memcmp(reader->digest, digest, CHECKSUM_SIZE) != 0)
        return refuse_changed(reader, diagnostics);
    memcpy(reader->digest, digest, CHECKSUM_SIZE);
    reader->was_ended = true;
    return STATUS_OK;
}

/* Reads a piece behind what is there. */
static enum status read_more(struct row_reader *reader, struct diagnostics *diagnostics)
{
    enum status status;
    size_t got;

    if (reader->read > TABLE_LIMIT) {
        diagnostics_error(diagnostics, (struct place){reader->framing.path, 0, 0},
                          "larger than the limit of 1 GiB");
        return STATUS_INPUT;
    }
    drop_rows(reader);
    if (!buffer_reserve(&reader->bytes, READ_SIZE))
        return diagnostics_no_memory(diagnostics);
    status = byte_source_read(reader->source, reader->bytes.at + reader->bytes.size, READ_SIZE,
                              &got, diagnostics);
    reader->bytes.size += got;
    reader->read += got;
    reader->ended = got < READ_SIZE;
    reader->site.bytes = buffer_span(&reader->bytes);
    return status == STATUS_OK && reader->ended ? check_end(reader, diagnostics) : status;
}

/* The bytes behind the header come next. */
static void pass_header(struct row_reader *reader)
{
    const struct span raw = reader->header.raw;

    reader->at = reader->site.start = raw.size;
    reader->site.first_line = 1;
    reader->line = 1 + newline_count((struct span){reader->bytes.at, raw.size});
    reader->fields = 0;
    buffer_clear(&reader->text);
}

static enum status read_header(struct row_reader *reader, struct arena *arena,
                               struct diagnostics *diagnostics)
{
    struct header *header = &reader->header;
    bool complete = false;

    reader->framing.delimiter = DELIMITER_AUTO;
    while (!complete) {
        enum status status = read_more(reader, diagnostics);
        if (status != STATUS_OK)
            return status;
        const struct file_head head = {reader->framing.path, buffer_span(&reader->bytes),
                                       reader->ended};
        status =
            header_parse(&head, arena, header, &reader->framing.delimiter, &complete, diagnostics);
        if (status != STATUS_OK)
            return status;
    }
    reader->framing.names = header->names;
    reader->framing.field_count = header->count;
    reader->parser = field_parser_new(reader->framing.delimiter, QUOTING_STRICT);
    reader->ends = calloc(header->count, sizeof *reader->ends);
    reader->cells = calloc(header->count, sizeof *reader->cells);
    if (!reader->parser || !reader->ends || !reader->cells || !buffer_reserve(&reader->text, 1))
        return diagnostics_no_memory(diagnostics);
    pass_header(reader);
    return STATUS_OK;
}

enum status row_reader_new(struct byte_source *source, const char *name, struct arena *arena,
                           struct row_reader **result, struct diagnostics *diagnostics)
{
    struct row_reader *reader = calloc(1, sizeof *reader);

    *result = NULL;
    if (!reader) {
        byte_source_free(source);
        return diagnostics_no_memory(diagnostics);
    }
    reader->source = source;
    reader->framing.path = name;
    const enum status status = read_header(reader, arena, diagnostics);
    if (status == STATUS_OK)
        *result = reader;
    else
        row_reader_free(reader);
    return status;
}

enum status row_reader_open(const char *path, struct arena *arena, struct row_reader **reader,
                            struct diagnostics *diagnostics)
{
    struct byte_source *source;
    const enum status status =
        byte_source_open_own(path, &row_source_options, &source, diagnostics);

    *reader = NULL;
    return status == STATUS_OK ? row_reader_new(source, path, arena, reader, diagnostics) : status;
}

enum status row_reader_rewind(struct row_reader *reader, struct diagnostics *diagnostics)
{
    enum status status = byte_source_rewind(reader->source, diagnostics);

    field_parser_reset(reader->parser);
    buffer_clear(&reader->bytes);
    reader->site.start = reader->at = 0;
    reader->read = 0;
    reader->ended = false;
    while (status == STATUS_OK && !reader->ended && reader->bytes.size < reader->header.raw.size)
        status = read_more(reader, diagnostics);
    if (status == STATUS_OK && reader->bytes.size < reader->header.raw.size)
        status = refuse_changed(reader, diagnostics);
    if (status == STATUS_OK)
        pass_header(reader);
    return status;
}

/* The lines that are not empty: blank ones are no rows, and a file of nothing else has millions. */
static size_t filled_lines(struct span bytes, char *before)
{
    size_t count = 0;

    for (size_t i = 0; i < bytes.size; i++) {
        count += *before == '\n' && bytes.at[i] != '\n';
        *before = bytes.at[i];
    }
    return count;
}

enum status row_reader_count(struct row_reader *reader, size_t *rows,
                             struct diagnostics *diagnostics)
{
    enum status status = STATUS_OK;
    size_t lines = 0, size = 0;
    char before = '\n';

    while (status == STATUS_OK) {
        const struct span rest = {reader->bytes.at + reader->at, reader->bytes.size - reader->at};

        lines += filled_lines(rest, &before);
        size += rest.size;
        reader->at = reader->site.start = reader->bytes.size;
        if (reader->ended)
            break;
        status = read_more(reader, diagnostics);
    }
    const size_t by_size = size / reader->header.count + 1;
    *rows = lines < by_size ? lines : by_size;
    return status == STATUS_OK ? row_reader_rewind(reader, diagnostics) : status;
}

/* Begins a row, or passes a blank line. */
static void begin_row(struct row_reader *reader)
{
    const struct span passed = {reader->bytes.at + reader->site.start,
                                reader->at - reader->site.start};

    reader->line += newline_count(passed);
    reader->site.start = reader->at;
    reader->fields = 0;
    buffer_clear(&reader->text);
}

static bool add_cell(struct row_reader *reader, struct span value)
{
    if (reader->fields < reader->header.count) {
        if (!buffer_append(&reader->text, value))
            return false;
        reader->ends[reader->fields] = reader->text.size;
    }
    reader->fields++;
    return true;
}

/* Hands out the row that has ended. */
static enum status end_row(struct row_reader *reader, const struct parsed *parsed, struct row *row,
                           struct diagnostics *diagnostics)
{
    size_t start = 0;

    if (reader->fields != reader->header.count)
        return fault_report_ragged(&reader->framing, &reader->site, reader->fields,
                                   reader->at - parsed->end_size, diagnostics);
    for (size_t i = 0; i < reader->fields; i++) {
        reader->cells[i] = (struct span){reader->text.at + start, reader->ends[i] - start};
        start = reader->ends[i];
    }
    *row = (struct row){reader->cells, reader->line};
    begin_row(reader);
    return STATUS_OK;
}

/* Takes one event of the parser's; *row is set where a row has ended. */
static enum status take(struct row_reader *reader, struct row *row, bool *ended,
                        struct diagnostics *diagnostics)
{
    const struct span rest = {reader->bytes.at + reader->at, reader->bytes.size - reader->at};
    const struct parsed parsed = field_parser_next(reader->parser, rest, reader->ended);

    reader->at += parsed.taken;
    switch (parsed.event) {
    case PARSE_HUNGRY:
        return read_more(reader, diagnostics);
    case PARSE_FIELD:
    case PARSE_RECORD:
        if (!add_cell(reader, parsed.value))
            return diagnostics_no_memory(diagnostics);
        return parsed.event == PARSE_RECORD ? end_row(reader, &parsed, row, diagnostics)
                                            : STATUS_OK;
    case PARSE_BLANK:
        begin_row(reader);
        return STATUS_OK;
    case PARSE_LONE_CR:
    case PARSE_BROKEN:
        return fault_find(&reader->framing, reader->site, false, diagnostics);
    case PARSE_NO_MEMORY:
        return diagnostics_no_memory(diagnostics);
    case PARSE_END:
        *ended = true;
        break;
    }
    return STATUS_OK;
}

enum status row_reader_next(struct row_reader *reader, struct row *row,
                            struct diagnostics *diagnostics)
{
    enum status status = STATUS_OK;
    bool ended = false;

    *row = (struct row){NULL, 0};
    while (status == STATUS_OK && !row->cells && !ended)
        status = take(reader, row, &ended, diagnostics);
    return status;
}
