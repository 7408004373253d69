#include "read/table_reader.h"

#include "base/file_trust.h"
#include "read/row_reader.h"

static bool add_row(struct table *table, const struct row *row, struct arena *arena)
{
    struct span *cells = table->cells + table->row_count * table->column_count;

    for (size_t i = 0; i < table->column_count; i++) {
        cells[i] = arena_span(arena, row->cells[i]);
        if (cells[i].at == NULL && row->cells[i].size != 0)
            return false;
    }
    table->lines[table->row_count++] = row->line;
    return true;
}

static enum status read_rows(struct row_reader *reader, struct arena *arena, struct table *table,
                             struct diagnostics *diagnostics)
{
    struct row row;
    size_t rows;
    enum status status = row_reader_count(reader, &rows, diagnostics);

    if (status != STATUS_OK)
        return status;
    table->cells = arena_array(arena, rows * table->column_count, sizeof *table->cells);
    table->lines = arena_array(arena, rows, sizeof *table->lines);
    if (table->cells == NULL || table->lines == NULL)
        return diagnostics_no_memory(diagnostics);
    do {
        status = row_reader_next(reader, &row, diagnostics);
        if (row.cells != NULL && !add_row(table, &row, arena))
            status = diagnostics_no_memory(diagnostics);
    } while (status == STATUS_OK && row.cells != NULL);
    return status;
}

/* Ends the source. */
static enum status read_table(struct byte_source *source, const char *name, struct arena *arena,
                              struct table *table, struct diagnostics *diagnostics)
{
    struct row_reader *reader;
    enum status status = row_reader_new(source, name, arena, &reader, diagnostics);

    if (status != STATUS_OK)
        return status;
    *table = (struct table){.names = row_reader_names(reader),
                            .column_count = row_reader_columns(reader)};
    status = read_rows(reader, arena, table, diagnostics);
    row_reader_free(reader);
    return status;
}

enum status table_read(const char *path, struct arena *arena, struct table *table,
                       struct diagnostics *diagnostics)
{
    struct byte_source *source;
    const enum status status =
        byte_source_open_own(path, &row_source_options, &source, diagnostics);

    return status == STATUS_OK ? read_table(source, path, arena, table, diagnostics) : status;
}

enum status table_read_below(int folder_fd, const char *path, const char *name, struct arena *arena,
                             struct table *table, struct diagnostics *diagnostics)
{
    struct byte_source *source;
    const enum status status =
        byte_source_open(folder_fd, path, name, &row_source_options, &source, diagnostics);

    if (status != STATUS_OK)
        return status;
    if (writable_by_others(byte_source_stat(source))) {
        byte_source_free(source);
        diagnostics_error(diagnostics, (struct place){name, 0, 0},
                          "writable by others than its owner");
        return STATUS_INPUT;
    }
    return read_table(source, name, arena, table, diagnostics);
}
