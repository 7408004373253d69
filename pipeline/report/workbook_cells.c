#include "report/workbook_cells.h"

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <xlsxwriter.h>

#include "base/buffer.h"
#include "report/report_text.h"
#include "report/workbook_check.h"

enum { CELL_LIMIT = 32767 }; /* UTF-16 code units; Excel refuses a file with more */

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
    [LOOK_CODE] = {.size = 10, .border = LINE, .wraps = true, .font = "Courier New"},
    [LOOK_COUNT] = {.border = LINE, .is_right = true, .number = "#,##0"},
    [LOOK_SHARE] = {.border = LINE, .is_right = true, .number = "0.0%"},
    [LOOK_TOTAL] = {.is_bold = true, .border = LINE, .is_right = true, .number = "#,##0"},
    [LOOK_TOTAL_LABEL] = {.is_bold = true, .border = LINE},
    [LOOK_FACT_HEADING] = {.size = 12, .is_bold = true, .color = INK, .border = INK},
    [LOOK_FACT_LABEL] = {.color = GREY},
    [LOOK_FACT_TEXT] = {.wraps = true},
    [LOOK_FACT_COUNT] = {.is_right = true, .number = "#,##0"},
};

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

/* What no call that succeeds leaves in errno. */
static bool is_failure(int reason)
{
    return reason == ENOMEM || reason == ENOSPC || reason == EDQUOT || reason == EFBIG ||
           reason == EIO;
}

/*
 * What the library says, as an errno, which it leaves alone where the system was the
 * reason. Some of its failed allocations and writes it doesn't tell, but errno does.
 */
static void note(struct book *book, lxw_error error)
{
    if (book->error != 0 || (error == LXW_NO_ERROR && !is_failure(errno)))
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

struct sheet sheet_add(struct book *book, const char *name, enum sheet_form form)
{
    struct sheet sheet = {.book = book, .name = name};
    lxw_worksheet *worksheet;

    if (book->error != 0)
        return sheet;
    sheet.worksheet = worksheet = workbook_add_worksheet(book->workbook, name);
    if (worksheet == NULL) {
        note(book, LXW_ERROR_CREATING_TMPFILE);
        return sheet;
    }
    worksheet_gridlines(worksheet, LXW_HIDE_ALL_GRIDLINES);
    worksheet_set_paper(worksheet, 9); /* A4 */
    worksheet_fit_to_pages(worksheet, 1, form == SHEET_PAGE);
    if (form == SHEET_TABLE) {
        worksheet_set_landscape(worksheet);
        worksheet_set_margins(worksheet, 0.5, 0.5, 0.6, 0.6); /* inches */
    }
    worksheet_set_default_row(worksheet, LINE_HEIGHT + ROW_MARGIN, false);
    note(book, worksheet_set_row(worksheet, 0, TITLE_HEIGHT, NULL));
    note(book, worksheet_set_footer(worksheet, "&L&9&A&R&9Page &P of &N"));
    return sheet;
}

bool sheet_is_well(const struct sheet *sheet)
{
    return sheet->book->error == 0;
}

void sheet_set_width(const struct sheet *sheet, size_t column, double width)
{
    const lxw_col_t at = (lxw_col_t)column;

    if (sheet_is_well(sheet))
        note(sheet->book, worksheet_set_column(sheet->worksheet, at, at, width, NULL));
}

/*
 * Programs don't agree on fitting a row's height to wrapped text, least of all in joined
 * cells, so it is set. `width` is in digits, of which letters are narrower on average, but
 * not all of a line is filled.
 */
size_t sheet_lines_of(const char *text, double width)
{
    const size_t bytes = text != NULL ? strlen(text) : 0;

    return bytes == 0 ? 1 : 1 + (size_t)((double)(bytes - 1) / width);
}

void sheet_set_lines(const struct sheet *sheet, size_t row, size_t lines)
{
    const double wanted = LINE_HEIGHT * (double)lines + ROW_MARGIN;
    const double height = wanted < MAX_HEIGHT ? wanted : MAX_HEIGHT;

    if (lines > 1 && sheet_is_well(sheet))
        note(sheet->book, worksheet_set_row(sheet->worksheet, (lxw_row_t)row, height, NULL));
}

void sheet_keep_head(const struct sheet *sheet, size_t row)
{
    const lxw_row_t at = (lxw_row_t)row;

    if (!sheet_is_well(sheet))
        return;
    worksheet_freeze_panes(sheet->worksheet, at + 1, 0);
    note(sheet->book, worksheet_repeat_rows(sheet->worksheet, at, at));
}

void sheet_set_filter(const struct sheet *sheet, size_t first, size_t last, size_t columns)
{
    if (sheet_is_well(sheet))
        note(sheet->book, worksheet_autofilter(sheet->worksheet, (lxw_row_t)first, 0,
                                               (lxw_row_t)last, (lxw_col_t)(columns - 1)));
}

/* Cleans a text into the book's room for one, and counts it; "" where it fails. */
static const char *take_text(struct book *book, const char *text)
{
    if (!report_text_clean(&book->clean, text != NULL ? text : "", CELL_LIMIT)) {
        note(book, LXW_ERROR_MEMORY_MALLOC_FAILED);
        return "";
    }
    book->contents.text_bytes += strlen(book->clean.at);
    return book->clean.at;
}

void sheet_put_text(const struct sheet *sheet, struct spot spot, const char *text)
{
    struct book *book = sheet->book;

    if (!sheet_is_well(sheet))
        return;
    note(book, worksheet_write_string(sheet->worksheet, (lxw_row_t)spot.row, (lxw_col_t)spot.column,
                                      take_text(book, text), book->formats[spot.look]));
    book->contents.cells++;
}

void sheet_put_wide_text(const struct sheet *sheet, struct spot spot, size_t last, const char *text)
{
    struct book *book = sheet->book;
    const lxw_row_t row = (lxw_row_t)spot.row;

    if (!sheet_is_well(sheet))
        return;
    note(book,
         worksheet_merge_range(sheet->worksheet, row, (lxw_col_t)spot.column, row, (lxw_col_t)last,
                               take_text(book, text), book->formats[spot.look]));
    book->contents.cells += last - spot.column + 1;
}

void sheet_put_number(const struct sheet *sheet, struct spot spot, double number)
{
    struct book *book = sheet->book;

    if (!sheet_is_well(sheet))
        return;
    note(book, worksheet_write_number(sheet->worksheet, (lxw_row_t)spot.row, (lxw_col_t)spot.column,
                                      number, book->formats[spot.look]));
    book->contents.cells++;
}

void sheet_put_blank(const struct sheet *sheet, struct spot spot)
{
    struct book *book = sheet->book;

    if (!sheet_is_well(sheet))
        return;
    note(book, worksheet_write_blank(sheet->worksheet, (lxw_row_t)spot.row, (lxw_col_t)spot.column,
                                     book->formats[spot.look]));
    book->contents.cells++;
}

void sheet_put_chart(const struct sheet *sheet, const struct stacked_chart *chart)
{
    if (sheet_is_well(sheet) &&
        !stacked_chart_add(sheet->book->workbook, sheet->worksheet, sheet->name, chart))
        note(sheet->book, LXW_ERROR_MEMORY_MALLOC_FAILED);
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
