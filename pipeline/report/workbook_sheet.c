#include "report/workbook_sheet.h"

#include <assert.h>
#include <errno.h>
#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <xlsxwriter.h>

#include "base/buffer.h"
#include "report/report_text.h"
#include "report/workbook_check.h"

enum { CELL_LIMIT = 32767 }; /* UTF-16 code units; Excel refuses a file with more */

enum look {
    LOOK_TITLE,
    LOOK_SENTENCE,
    LOOK_NOTE,
    LOOK_WARNING,
    LOOK_HEADING,
    LOOK_COUNT_HEADING,
    LOOK_TEXT,
    LOOK_CODE,
    LOOK_COUNT,
    LOOK_FACT_HEADING,
    LOOK_FACT_LABEL,
    LOOK_FACT_TEXT,
    LOOK_FACT_COUNT,
    LOOK_LIMIT,
};

enum { INK = 0x1F3447, GREY = 0x6B7680, RED = 0xA61B1B, PALE = 0xE4ECF3, LINE = 0xD5DBE1 };

struct design {
    double size; /* 0: the default, 11 */
    bool is_bold;
    int color;  /* 0: black */
    int fill;   /* 0: none */
    int border; /* below; 0: none */
    bool wraps;
    bool is_right;
    bool is_high; /* at the top of its row, not in the middle */
    const char *number;
    const char *font;
};

static const struct design designs[LOOK_LIMIT] = {
    [LOOK_TITLE] = {.size = 16, .is_bold = true, .color = INK},
    [LOOK_SENTENCE] = {.color = GREY, .wraps = true},
    [LOOK_NOTE] = {.color = GREY},
    [LOOK_WARNING] = {.is_bold = true, .color = RED},
    [LOOK_HEADING] = {.is_bold = true,
                      .color = INK,
                      .fill = PALE,
                      .border = INK,
                      .wraps = true,
                      .is_high = true},
    /* A filter's button covers the lower right corner. */
    [LOOK_COUNT_HEADING] = {.is_bold = true,
                            .color = INK,
                            .fill = PALE,
                            .border = INK,
                            .wraps = true,
                            .is_right = true,
                            .is_high = true},
    [LOOK_TEXT] = {.border = LINE, .wraps = true},
    [LOOK_CODE] = {.size = 10, .border = LINE, .font = "Courier New"},
    [LOOK_COUNT] = {.border = LINE, .is_right = true, .number = "#,##0"},
    [LOOK_FACT_HEADING] = {.size = 12, .is_bold = true, .color = INK, .border = INK},
    [LOOK_FACT_LABEL] = {.color = GREY},
    [LOOK_FACT_TEXT] = {.wraps = true},
    [LOOK_FACT_COUNT] = {.is_right = true, .number = "#,##0"},
};

/* The columns of an overview. A text spreads over the count's column and the one behind it. */
enum { FACT_LABEL, FACT_VALUE, FACT_REST };

static const double fact_widths[] = {[FACT_LABEL] = 30, [FACT_VALUE] = 16, [FACT_REST] = 64};

/* Heights in points, of a line of the default font and of what else a row needs. */
static const double LINE_HEIGHT = 15, ROW_MARGIN = 3, TITLE_HEIGHT = 27, MAX_HEIGHT = 409;

struct book {
    lxw_workbook *workbook;
    lxw_format *formats[LOOK_LIMIT];
    const char *path;
    struct workbook_contents contents; /* so far */
    struct buffer clean;               /* room for one text */
    int error;                         /* errno of the first failure, or 0 */
};

/*
 * What the library says, as an errno, which it leaves alone where the system was the
 * reason. Some of its failed allocations it doesn't tell, but errno does.
 */
static void note(struct book *book, lxw_error error)
{
    if (book->error != 0 || (error == LXW_NO_ERROR && errno != ENOMEM))
        return;
    if (error == LXW_ERROR_MEMORY_MALLOC_FAILED)
        book->error = ENOMEM;
    else
        book->error = errno != 0 ? errno : EIO;
}

static lxw_format *make_format(lxw_workbook *workbook, const struct design *design)
{
    lxw_format *format = workbook_add_format(workbook);
    if (format == NULL)
        return NULL;

    format_set_align(format, design->is_high ? LXW_ALIGN_VERTICAL_TOP : LXW_ALIGN_VERTICAL_CENTER);
    format_set_align(format, design->is_right ? LXW_ALIGN_RIGHT : LXW_ALIGN_LEFT);
    if (design->size > 0)
        format_set_font_size(format, design->size);
    if (design->is_bold)
        format_set_bold(format);
    if (design->color != 0)
        format_set_font_color(format, (lxw_color_t)design->color);
    if (design->fill != 0)
        format_set_bg_color(format, (lxw_color_t)design->fill);
    if (design->border != 0) {
        format_set_bottom(format, LXW_BORDER_THIN);
        format_set_bottom_color(format, (lxw_color_t)design->border);
    }
    if (design->wraps)
        format_set_text_wrap(format);
    if (design->number != NULL)
        format_set_num_format(format, design->number);
    if (design->font != NULL)
        format_set_font_name(format, design->font);
    return format;
}

static void set_properties(struct book *book, const struct book_properties *properties)
{
    lxw_doc_properties document = {
        .title = (char *)properties->title,
        .author = (char *)properties->author,
        .created = properties->created,
    };

    note(book, workbook_set_properties(book->workbook, &document));
}

struct book *book_open(const char *path, const char *scratch_folder,
                       const struct book_properties *properties)
{
    lxw_workbook_options options = {.constant_memory = true, .tmpdir = (char *)scratch_folder};
    struct book *book = calloc(1, sizeof(*book));
    if (book == NULL)
        return NULL;

    errno = 0;
    book->path = path;
    book->workbook = workbook_new_opt(path, &options);
    if (book->workbook == NULL) {
        free(book);
        return NULL;
    }
    for (size_t i = 0; i < LOOK_LIMIT; i++) {
        book->formats[i] = make_format(book->workbook, &designs[i]);
        if (book->formats[i] == NULL)
            note(book, LXW_ERROR_MEMORY_MALLOC_FAILED);
    }
    set_properties(book, properties);
    return book;
}

/* NULL where it can't be, or something failed before. */
static lxw_worksheet *add_sheet(struct book *book, const char *name)
{
    if (book->error != 0)
        return NULL;

    lxw_worksheet *sheet = workbook_add_worksheet(book->workbook, name);
    if (sheet == NULL) {
        note(book, LXW_ERROR_CREATING_TMPFILE);
        return NULL;
    }
    worksheet_gridlines(sheet, LXW_HIDE_ALL_GRIDLINES);
    worksheet_set_paper(sheet, 9); /* A4 */
    worksheet_set_default_row(sheet, LINE_HEIGHT + ROW_MARGIN, false);
    note(book, worksheet_set_row(sheet, 0, TITLE_HEIGHT, NULL));
    note(book, worksheet_set_footer(sheet, "&L&9&A&R&9Page &P of &N"));
    return sheet;
}

/* Cleans a text into the book's room for one; "" where it fails. */
static const char *clean(struct book *book, const char *text)
{
    if (report_text_clean(&book->clean, text != NULL ? text : "", CELL_LIMIT))
        return book->clean.at;
    note(book, LXW_ERROR_MEMORY_MALLOC_FAILED);
    return "";
}

static void write_text(struct book *book, lxw_worksheet *sheet, lxw_row_t row, lxw_col_t column,
                       const char *text, enum look look)
{
    if (book->error != 0)
        return;

    const char *cleaned = clean(book, text);
    note(book, worksheet_write_string(sheet, row, column, cleaned, book->formats[look]));
    book->contents.cells++;
    book->contents.text_bytes += strlen(cleaned);
}

static void write_count(struct book *book, lxw_worksheet *sheet, lxw_row_t row, lxw_col_t column,
                        uint64_t count, enum look look)
{
    if (book->error != 0)
        return;

    note(book, worksheet_write_number(sheet, row, column, (double)count, book->formats[look]));
    book->contents.cells++;
}

static void write_blank(struct book *book, lxw_worksheet *sheet, lxw_row_t row, lxw_col_t column,
                        enum look look)
{
    if (book->error != 0)
        return;

    note(book, worksheet_write_blank(sheet, row, column, book->formats[look]));
    book->contents.cells++;
}

/*
 * Programs don't agree on fitting a row's height to wrapped text, least of all in joined
 * cells, so it is set. `width` is in digits, of which letters are narrower on average, but
 * not all of a line is filled.
 */
static size_t line_count(const char *text, double width)
{
    const size_t bytes = strlen(text);

    return bytes == 0 ? 1 : 1 + (size_t)((double)(bytes - 1) / width);
}

static void set_lines(struct book *book, lxw_worksheet *sheet, lxw_row_t row, size_t lines)
{
    const double height = LINE_HEIGHT * (double)lines + ROW_MARGIN;

    if (lines > 1 && book->error == 0)
        note(book, worksheet_set_row(sheet, row, height < MAX_HEIGHT ? height : MAX_HEIGHT, NULL));
}

/* Writes a text into the joined cells from `first` to the last column of an overview. */
static void write_wide_text(struct book *book, lxw_worksheet *sheet, lxw_row_t row, lxw_col_t first,
                            const char *text, enum look look)
{
    if (book->error != 0)
        return;

    const char *cleaned = clean(book, text);
    double width = 0;
    for (size_t i = first; i <= FACT_REST; i++)
        width += fact_widths[i];
    set_lines(book, sheet, row, line_count(cleaned, width));
    note(book,
         worksheet_merge_range(sheet, row, first, row, FACT_REST, cleaned, book->formats[look]));
    book->contents.cells += FACT_REST - first + 1U;
    book->contents.text_bytes += strlen(cleaned);
}

static void write_fact(struct book *book, lxw_worksheet *sheet, lxw_row_t row,
                       const struct fact *fact)
{
    switch (fact->kind) {
    case FACT_HEADING:
        write_text(book, sheet, row, FACT_LABEL, fact->label, LOOK_FACT_HEADING);
        write_blank(book, sheet, row, FACT_VALUE, LOOK_FACT_HEADING);
        write_blank(book, sheet, row, FACT_REST, LOOK_FACT_HEADING);
        break;
    case FACT_TEXT:
        write_text(book, sheet, row, FACT_LABEL, fact->label, LOOK_FACT_LABEL);
        write_wide_text(book, sheet, row, FACT_VALUE, fact->text, LOOK_FACT_TEXT);
        break;
    case FACT_COUNT:
        write_text(book, sheet, row, FACT_LABEL, fact->label, LOOK_FACT_LABEL);
        write_count(book, sheet, row, FACT_VALUE, fact->count, LOOK_FACT_COUNT);
        break;
    }
}

void book_facts(struct book *book, const struct fact_sheet *facts)
{
    lxw_worksheet *sheet = add_sheet(book, facts->sheet);
    if (sheet == NULL)
        return;

    worksheet_fit_to_pages(sheet, 1, 1);
    for (lxw_col_t i = FACT_LABEL; i <= FACT_REST; i++)
        note(book, worksheet_set_column(sheet, i, i, fact_widths[i], NULL));

    lxw_row_t row = 0;
    write_text(book, sheet, row++, 0, facts->title, LOOK_TITLE);
    write_wide_text(book, sheet, row++, FACT_LABEL, facts->sentence, LOOK_SENTENCE);
    for (size_t i = 0; i < facts->fact_count; i++) {
        row += facts->facts[i].kind == FACT_HEADING;
        write_fact(book, sheet, row++, &facts->facts[i]);
    }
}

static bool is_count(enum column_kind kind)
{
    return kind == COLUMN_COUNT || kind == COLUMN_PLACE;
}

/* Beside a heading on the right of its cell there is no room for the filter's button. */
static size_t heading_lines(const struct table *table)
{
    for (size_t i = 0; i < table->column_count; i++)
        if (is_count(table->columns[i].kind))
            return 2;
    return 1;
}

/* Title, note and headings, which stay in sight and are printed again on every page. */
static void write_head(struct book *book, lxw_worksheet *sheet, const struct table *table)
{
    const lxw_row_t headings = TABLE_HEADING_ROWS - 1;
    char warning[200];

    snprintf(warning, sizeof(warning),
             "Cut: a sheet ends after 1,048,576 rows. The last %" PRIu64 " of %" PRIu64
             " stand in anonymization-report.json only.",
             table->row_count - TABLE_ROWS, table->row_count);
    worksheet_set_landscape(sheet);
    worksheet_set_margins(sheet, 0.5, 0.5, 0.6, 0.6); /* inches */
    worksheet_fit_to_pages(sheet, 1, 0);
    write_text(book, sheet, 0, 0, table->title, LOOK_TITLE);
    if (table->row_count > TABLE_ROWS)
        write_text(book, sheet, 1, 0, warning, LOOK_WARNING);
    else
        write_text(book, sheet, 1, 0, table->note, LOOK_NOTE);

    set_lines(book, sheet, headings, heading_lines(table));
    for (size_t i = 0; i < table->column_count; i++) {
        const struct table_column *column = &table->columns[i];
        note(book, worksheet_set_column(sheet, (lxw_col_t)i, (lxw_col_t)i, column->width, NULL));
        write_text(book, sheet, headings, (lxw_col_t)i, column->title,
                   is_count(column->kind) ? LOOK_COUNT_HEADING : LOOK_HEADING);
    }
    worksheet_freeze_panes(sheet, TABLE_HEADING_ROWS, 0);
    note(book, worksheet_repeat_rows(sheet, headings, headings));
}

static void write_cell(struct book *book, lxw_worksheet *sheet, lxw_row_t row, lxw_col_t column,
                       enum column_kind kind, const struct table_cell *cell)
{
    if (kind == COLUMN_TEXT)
        write_text(book, sheet, row, column, cell->text, LOOK_TEXT);
    else if (kind == COLUMN_CODE)
        write_text(book, sheet, row, column, cell->text, LOOK_CODE);
    else if (kind == COLUMN_PLACE && cell->count == 0)
        write_blank(book, sheet, row, column, LOOK_COUNT);
    else
        write_count(book, sheet, row, column, cell->count, LOOK_COUNT);
}

static void write_row(struct book *book, lxw_worksheet *sheet, lxw_row_t row,
                      const struct table *table)
{
    struct table_cell cells[TABLE_COLUMNS] = {0};
    size_t lines = 1;

    table->next_row(table->source, cells);
    for (size_t i = 0; i < table->column_count; i++) {
        const struct table_column *column = &table->columns[i];
        if (column->kind == COLUMN_TEXT && cells[i].text != NULL) {
            const size_t needed = line_count(cells[i].text, column->width);
            lines = needed > lines ? needed : lines;
        }
    }
    set_lines(book, sheet, row, lines); /* before the cells: a row is written once */
    for (lxw_col_t i = 0; i < table->column_count; i++)
        write_cell(book, sheet, row, i, table->columns[i].kind, &cells[i]);
}

void book_table(struct book *book, const struct table *table)
{
    assert(table->column_count > 0 && table->column_count <= TABLE_COLUMNS);
    const uint64_t rows = table->row_count < TABLE_ROWS ? table->row_count : TABLE_ROWS;
    lxw_worksheet *sheet = add_sheet(book, table->sheet);
    if (sheet == NULL)
        return;

    write_head(book, sheet, table);
    for (lxw_row_t i = 0; i < rows && book->error == 0; i++)
        write_row(book, sheet, TABLE_HEADING_ROWS + i, table);
    if (rows > 0)
        note(book, worksheet_autofilter(sheet, TABLE_HEADING_ROWS - 1, 0,
                                        (lxw_row_t)(TABLE_HEADING_ROWS - 1 + rows),
                                        (lxw_col_t)(table->column_count - 1)));
}

int book_close(struct book *book)
{
    if (book->error == 0)
        note(book, workbook_close(book->workbook));
    else
        lxw_workbook_free(book->workbook);
    if (book->error == 0)
        book->error = workbook_check(book->path, &book->contents);

    const int error = book->error;
    buffer_release(&book->clean);
    free(book);
    return error;
}
