#include "report/workbook_sheet.h"

#include <assert.h>
#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>

#include "report/workbook_cells.h"

/* The columns of an overview. A text spreads from the count's column to the last. */
enum { FACT_LABEL, FACT_VALUE, FACT_REST = FACT_VALUE + MATRIX_COLUMNS };

static const double fact_widths[FACT_REST + 1] = {30, 16, 16, 16, 16, 16};

/* The chart is as wide as the columns. */
enum { CHART_WIDTH = 800, CHART_HEIGHT = 300 };

/* Writes a text into joined cells, up to the last column of an overview. */
static void write_wide_text(const struct sheet *sheet, struct spot spot, const char *text)
{
    double width = 0;

    for (size_t i = spot.column; i <= FACT_REST; i++)
        width += fact_widths[i];
    sheet_set_lines(sheet, spot.row, sheet_lines_of(text, width));
    sheet_put_wide_text(sheet, spot, FACT_REST, text);
}

static void write_fact_heading(const struct sheet *sheet, size_t row, const char *text)
{
    sheet_put_text(sheet, (struct spot){row, FACT_LABEL, LOOK_FACT_HEADING}, text);
    for (size_t i = FACT_VALUE; i <= FACT_REST; i++)
        sheet_put_blank(sheet, (struct spot){row, i, LOOK_FACT_HEADING});
}

static void write_fact(const struct sheet *sheet, size_t row, const struct fact *fact)
{
    const struct spot label = {row, FACT_LABEL, LOOK_FACT_LABEL};

    switch (fact->kind) {
    case FACT_HEADING:
        write_fact_heading(sheet, row, fact->label);
        break;
    case FACT_TEXT:
        sheet_put_text(sheet, label, fact->label);
        write_wide_text(sheet, (struct spot){row, FACT_VALUE, LOOK_FACT_TEXT}, fact->text);
        break;
    case FACT_COUNT:
        sheet_put_text(sheet, label, fact->label);
        sheet_put_number(sheet, (struct spot){row, FACT_VALUE, LOOK_FACT_COUNT},
                         (double)fact->count);
        break;
    }
}

/* A row of counts and their sum. */
static void write_matrix_row(const struct sheet *sheet, struct spot first, const char *label,
                             const uint64_t *counts, size_t count)
{
    const struct spot end = {first.row, FACT_VALUE + count, LOOK_TOTAL};
    uint64_t total = 0;

    sheet_put_text(sheet, first, label);
    for (size_t i = 0; i < count; i++) {
        const enum look look = first.look == LOOK_TEXT ? LOOK_COUNT : LOOK_TOTAL;

        sheet_put_number(sheet, (struct spot){first.row, FACT_VALUE + i, look}, (double)counts[i]);
        total += counts[i];
    }
    sheet_put_number(sheet, end, (double)total);
}

static void write_matrix_totals(const struct sheet *sheet, size_t row,
                                const struct fact_matrix *matrix)
{
    uint64_t totals[MATRIX_COLUMNS] = {0};

    for (size_t i = 0; i < matrix->row_count * matrix->column_count; i++)
        totals[i % matrix->column_count] += matrix->counts[i];
    write_matrix_row(sheet, (struct spot){row, FACT_LABEL, LOOK_TOTAL_LABEL}, "Total", totals,
                     matrix->column_count);
}

static void write_matrix_head(const struct sheet *sheet, size_t row,
                              const struct fact_matrix *matrix)
{
    const struct spot end = {row, FACT_VALUE + matrix->column_count, LOOK_COUNT_HEADING};

    size_t lines = 1;

    for (size_t i = 0; i < matrix->column_count; i++) {
        const size_t needed = sheet_lines_of(matrix->columns[i], fact_widths[FACT_VALUE]);
        lines = needed > lines ? needed : lines;
    }
    sheet_set_lines(sheet, row, lines);
    sheet_put_text(sheet, (struct spot){row, FACT_LABEL, LOOK_HEADING}, matrix->row_title);
    for (size_t i = 0; i < matrix->column_count; i++)
        sheet_put_text(sheet, (struct spot){row, FACT_VALUE + i, LOOK_COUNT_HEADING},
                       matrix->columns[i]);
    sheet_put_text(sheet, end, "Total");
}

/* The chart stands below the table it shows. */
static void write_matrix(const struct sheet *sheet, size_t row, const struct fact_matrix *matrix)
{
    const size_t first = row + 2, last = row + 1 + matrix->row_count;

    assert(matrix->column_count <= MATRIX_COLUMNS && matrix->row_count > 0);
    write_fact_heading(sheet, row, matrix->title);
    write_matrix_head(sheet, row + 1, matrix);
    for (size_t i = 0; i < matrix->row_count; i++)
        write_matrix_row(sheet, (struct spot){first + i, FACT_LABEL, LOOK_TEXT}, matrix->rows[i],
                         matrix->counts + i * matrix->column_count, matrix->column_count);
    write_matrix_totals(sheet, last + 1, matrix);
    sheet_put_chart(sheet, &(struct stacked_chart){
                               .title = matrix->title,
                               .description = "The counts of the table above, a bar for each row.",
                               .heading_row = (uint32_t)row + 1,
                               .first = (uint32_t)first,
                               .last = (uint32_t)last,
                               .label_column = FACT_LABEL,
                               .series_column = FACT_VALUE,
                               .series_count = (uint16_t)matrix->column_count,
                               .row = (uint32_t)last + 3,
                               .width = CHART_WIDTH,
                               .height = CHART_HEIGHT,
                           });
}

void book_facts(struct book *book, const struct fact_sheet *facts)
{
    const struct sheet sheet = sheet_add(book, facts->sheet, SHEET_PAGE);
    size_t row = 0;

    for (size_t i = FACT_LABEL; i <= FACT_REST; i++)
        sheet_set_width(&sheet, i, fact_widths[i]);
    sheet_put_text(&sheet, (struct spot){row++, FACT_LABEL, LOOK_TITLE}, facts->title);
    write_wide_text(&sheet, (struct spot){row++, FACT_LABEL, LOOK_SENTENCE}, facts->sentence);
    for (size_t i = 0; i < facts->fact_count; i++) {
        row += facts->facts[i].kind == FACT_HEADING;
        write_fact(&sheet, row++, &facts->facts[i]);
    }
    if (facts->matrix != NULL)
        write_matrix(&sheet, row + 1, facts->matrix);
}

static bool is_count(enum column_kind kind)
{
    return kind == COLUMN_COUNT || kind == COLUMN_SHARE || kind == COLUMN_PLACE;
}

/* Beside a heading on the right of its cell there is no room for the filter's button. */
static size_t heading_lines(const struct report_table *table)
{
    for (size_t i = 0; i < table->column_count; i++)
        if (is_count(table->columns[i].kind))
            return 2;
    return 1;
}

static void write_note(const struct sheet *sheet, const struct report_table *table)
{
    char warning[200];

    if (table->left_out == 0 && table->row_count <= TABLE_ROWS) {
        sheet_put_text(sheet, (struct spot){1, 0, LOOK_NOTE}, table->note);
        return;
    }
    if (table->left_out != 0)
        snprintf(warning, sizeof(warning),
                 "Cut: the first %" PRIu64 " of %" PRIu64 " stand here, all of them in %s.",
                 table->row_count, table->row_count + table->left_out, table->whole);
    else
        snprintf(warning, sizeof(warning),
                 "Cut: a sheet ends after 1,048,576 rows. The last %" PRIu64 " of %" PRIu64
                 " stand in anonymization-report.json only.",
                 table->row_count - TABLE_ROWS, table->row_count);
    sheet_put_text(sheet, (struct spot){1, 0, LOOK_WARNING}, warning);
}

/* Title, note and headings, which stay in sight and are printed again on every page. */
static void write_head(const struct sheet *sheet, const struct report_table *table)
{
    const size_t headings = TABLE_HEADING_ROWS - 1;

    sheet_put_text(sheet, (struct spot){0, 0, LOOK_TITLE}, table->title);
    write_note(sheet, table);
    sheet_set_lines(sheet, headings, heading_lines(table));
    for (size_t i = 0; i < table->column_count; i++) {
        const struct table_column *column = &table->columns[i];
        const enum look look = is_count(column->kind) ? LOOK_COUNT_HEADING : LOOK_HEADING;

        sheet_set_width(sheet, i, column->width);
        sheet_put_text(sheet, (struct spot){headings, i, look}, column->title);
    }
    sheet_keep_head(sheet, headings);
}

static void write_count(const struct sheet *sheet, size_t row, size_t column, enum column_kind kind,
                        const struct table_cell *cell)
{
    const bool is_blank =
        (kind == COLUMN_PLACE && cell->count == 0) || (kind == COLUMN_SHARE && cell->whole == 0);
    const struct spot spot = {row, column, kind == COLUMN_SHARE ? LOOK_SHARE : LOOK_COUNT};

    if (is_blank)
        sheet_put_blank(sheet, spot);
    else if (kind == COLUMN_SHARE)
        sheet_put_number(sheet, spot, (double)cell->count / (double)cell->whole);
    else
        sheet_put_number(sheet, spot, (double)cell->count);
}

static void write_cell(const struct sheet *sheet, size_t row, size_t column, enum column_kind kind,
                       const struct table_cell *cell)
{
    const enum look look = kind == COLUMN_CODE ? LOOK_CODE : LOOK_TEXT;

    if (is_count(kind))
        write_count(sheet, row, column, kind, cell);
    else
        sheet_put_text(sheet, (struct spot){row, column, look}, cell->text);
}

static void write_row(const struct sheet *sheet, size_t row, const struct report_table *table)
{
    struct table_cell cells[TABLE_COLUMNS] = {0};
    size_t lines = 1;

    table->next_row(table->source, cells);
    for (size_t i = 0; i < table->column_count; i++) {
        const struct table_column *column = &table->columns[i];
        if (!is_count(column->kind) && cells[i].text != NULL) {
            const size_t needed = sheet_lines_of(cells[i].text, column->width);
            lines = needed > lines ? needed : lines;
        }
    }
    sheet_set_lines(sheet, row, lines); /* before the cells: a row is written once */
    for (size_t i = 0; i < table->column_count; i++)
        write_cell(sheet, row, i, table->columns[i].kind, &cells[i]);
}

void book_table(struct book *book, const struct report_table *table)
{
    assert(table->column_count > 0 && table->column_count <= TABLE_COLUMNS);
    const uint64_t rows = table->row_count < TABLE_ROWS ? table->row_count : TABLE_ROWS;
    const struct sheet sheet = sheet_add(book, table->sheet, SHEET_TABLE);

    write_head(&sheet, table);
    for (size_t i = 0; i < rows && sheet_is_well(&sheet); i++)
        write_row(&sheet, TABLE_HEADING_ROWS + i, table);
    if (rows > 0)
        sheet_set_filter(&sheet, TABLE_HEADING_ROWS - 1, TABLE_HEADING_ROWS - 1 + rows,
                         table->column_count);
}
