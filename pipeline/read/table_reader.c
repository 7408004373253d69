#include "read/table_reader.h"

#include "base/buffer.h"
#include "base/file_trust.h"
#include "read/byte_source.h"
#include "read/field_parser.h"
#include "read/framer.h"
#include "read/header_parser.h"
#include "read/record_fault.h"

enum { READ_SIZE = 1 << 20, TABLE_LIMIT = 1 << 30 };

static const struct source_options source_options = {EXPANSION_LIMIT_DEFAULT, false};

static enum status read_all(const char *path, struct byte_source *source, struct buffer *bytes,
                            struct diagnostics *diagnostics)
{
    enum status status = STATUS_OK;
    size_t got = READ_SIZE;

    while (status == STATUS_OK && got == READ_SIZE) {
        if (bytes->size > TABLE_LIMIT) {
            diagnostics_error(diagnostics, (struct place){path, 0, 0},
                              "larger than the limit of 1 GiB");
            status = STATUS_INPUT;
        } else if (!buffer_reserve(bytes, READ_SIZE)) {
            status = diagnostics_no_memory(diagnostics);
        } else {
            status =
                byte_source_read(source, bytes->at + bytes->size, READ_SIZE, &got, diagnostics);
            bytes->size += got;
        }
    }
    return status;
}

/* The rows of a table, as they are read. */
struct row_walk {
    struct framing framing;
    struct record_site site;     /* the bytes behind the header, and the row at hand */
    struct field_parser *parser; /* owned */
    size_t at;                   /* bytes taken */
    size_t fields;               /* of the row at hand */
    uint64_t line;               /* of the row at hand */
};

/* The lines that are not empty: blank ones are no rows, and a file of nothing else has millions. */
static size_t filled_lines(struct span bytes)
{
    size_t count = bytes.size > 0 && bytes.at[0] != '\n';

    for (size_t i = 1; i < bytes.size; i++)
        count += bytes.at[i - 1] == '\n' && bytes.at[i] != '\n';
    return count;
}

/* Room for as many rows as the bytes can hold, each of at least a line and a byte a column. */
static bool reserve(struct table *table, struct span bytes, struct arena *arena)
{
    const size_t by_lines = filled_lines(bytes);
    const size_t by_size = bytes.size / table->column_count + 1;
    const size_t rows = by_lines < by_size ? by_lines : by_size;

    table->cells = arena_array(arena, rows * table->column_count, sizeof *table->cells);
    table->lines = arena_array(arena, rows, sizeof *table->lines);
    return table->cells != NULL && table->lines != NULL;
}

/* Begins a row, or passes a blank line. */
static void begin_row(struct row_walk *walk)
{
    const struct span passed = {walk->site.bytes.at + walk->site.start,
                                walk->at - walk->site.start};

    walk->line += newline_count(passed);
    walk->site.start = walk->at;
    walk->fields = 0;
}

static enum status add_cell(struct row_walk *walk, const struct parsed *parsed, struct arena *arena,
                            struct table *table, struct diagnostics *diagnostics)
{
    const size_t columns = table->column_count;

    if (walk->fields < columns) {
        const struct span cell = arena_span(arena, parsed->value);

        if (cell.at == NULL && parsed->value.size != 0)
            return diagnostics_no_memory(diagnostics);
        table->cells[table->row_count * columns + walk->fields] = cell;
    }
    walk->fields++;
    if (parsed->event == PARSE_FIELD)
        return STATUS_OK;
    if (walk->fields != columns)
        return fault_report_ragged(&walk->framing, &walk->site, walk->fields,
                                   walk->at - parsed->end_size, diagnostics);
    table->lines[table->row_count++] = walk->line;
    begin_row(walk);
    return STATUS_OK;
}

static enum status add_rows(struct row_walk *walk, struct arena *arena, struct table *table,
                            struct diagnostics *diagnostics)
{
    enum status status = STATUS_OK;

    while (status == STATUS_OK) {
        const struct span all = walk->site.bytes;
        const struct span rest = {all.at + walk->at, all.size - walk->at};
        const struct parsed parsed = field_parser_next(walk->parser, rest, true);

        walk->at += parsed.taken;
        switch (parsed.event) {
        case PARSE_FIELD:
        case PARSE_RECORD:
            status = add_cell(walk, &parsed, arena, table, diagnostics);
            break;
        case PARSE_BLANK:
            begin_row(walk);
            break;
        case PARSE_LONE_CR:
        case PARSE_BROKEN:
            return fault_find(&walk->framing, walk->site, false, diagnostics);
        case PARSE_NO_MEMORY:
            return diagnostics_no_memory(diagnostics);
        case PARSE_HUNGRY: /* can't be, of the last bytes */
        case PARSE_END:
            return STATUS_OK;
        }
    }
    return status;
}

static enum status read_rows(const char *path, struct span bytes, const struct header *header,
                             char delimiter, struct arena *arena, struct table *table,
                             struct diagnostics *diagnostics)
{
    struct row_walk walk = {
        .framing = {path, delimiter, header->names, header->count},
        .site = {bytes, 1 + newline_count(header->raw), 0},
        .parser = field_parser_new(delimiter, QUOTING_STRICT),
        .line = 1 + newline_count(header->raw),
    };
    enum status status = STATUS_OK;

    *table = (struct table){.names = header->names, .column_count = header->count};
    if (walk.parser == NULL || !reserve(table, bytes, arena))
        status = diagnostics_no_memory(diagnostics);
    else
        status = add_rows(&walk, arena, table, diagnostics);
    field_parser_free(walk.parser);
    return status;
}

/* Ends the source. */
static enum status read_table(const char *path, struct byte_source *source, struct arena *arena,
                              struct table *table, struct diagnostics *diagnostics)
{
    struct buffer bytes = BUFFER_INIT;
    struct header header;
    char delimiter = DELIMITER_AUTO;
    bool complete;

    enum status status = read_all(path, source, &bytes, diagnostics);
    byte_source_free(source);
    if (status != STATUS_OK)
        goto out;
    const struct file_head head = {path, buffer_span(&bytes), true};
    status = header_parse(&head, arena, &header, &delimiter, &complete, diagnostics);
    if (status != STATUS_OK)
        goto out;
    const struct span rest = {bytes.at + header.raw.size, bytes.size - header.raw.size};
    status = read_rows(path, rest, &header, delimiter, arena, table, diagnostics);

out:
    buffer_release(&bytes);
    return status;
}

enum status table_read(const char *path, struct arena *arena, struct table *table,
                       struct diagnostics *diagnostics)
{
    struct byte_source *source;
    const enum status status = byte_source_open_own(path, &source_options, &source, diagnostics);

    return status == STATUS_OK ? read_table(path, source, arena, table, diagnostics) : status;
}

enum status table_read_below(int folder_fd, const char *path, const char *name, struct arena *arena,
                             struct table *table, struct diagnostics *diagnostics)
{
    struct byte_source *source;
    const enum status status =
        byte_source_open(folder_fd, path, name, &source_options, &source, diagnostics);

    if (status != STATUS_OK)
        return status;
    if (writable_by_others(byte_source_stat(source))) {
        byte_source_free(source);
        diagnostics_error(diagnostics, (struct place){name, 0, 0},
                          "writable by others than its owner");
        return STATUS_INPUT;
    }
    return read_table(name, source, arena, table, diagnostics);
}
