/*
 * What facts and tables are made of: sheets and single cells, in the one look of all
 * workbooks. For workbook_sheet.c.
 *
 * Rows and columns count from 0. A row is written once, from left to right, and before the
 * rows below it: memory is flat. After a failure nothing is written any more; book_close
 * tells.
 */
#ifndef EFFACE_REPORT_WORKBOOK_CELLS_H
#define EFFACE_REPORT_WORKBOOK_CELLS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "report/workbook_chart.h"
#include "report/workbook_sheet.h"

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
    LOOK_SHARE,
    LOOK_TOTAL,
    LOOK_TOTAL_LABEL,
    LOOK_FACT_HEADING,
    LOOK_FACT_LABEL,
    LOOK_FACT_TEXT,
    LOOK_FACT_COUNT,
    LOOK_LIMIT,
};

struct sheet {
    struct book *book;
    struct lxw_worksheet *worksheet; /* the book's; NULL after a failure */
    const char *name;                /* borrowed */
};

enum sheet_form {
    SHEET_PAGE,  /* printed on one page, upright */
    SHEET_TABLE, /* as many pages as it takes, across */
};

/* Adds a sheet, with room for a title in its first row. */
struct sheet sheet_add(struct book *book, const char *name, enum sheet_form form);

/* Whether nothing has failed so far. */
bool sheet_is_well(const struct sheet *sheet);

void sheet_set_width(const struct sheet *sheet, size_t column, double width);

/* How many lines a text takes in cells that are so wide. */
size_t sheet_lines_of(const char *text, double width);

/* Makes room for so many lines. Before the row's cells. */
void sheet_set_lines(const struct sheet *sheet, size_t row, size_t lines);

/* Keeps the rows up to `row` in sight, and prints `row` on every page. */
void sheet_keep_head(const struct sheet *sheet, size_t row);

/* Filters on the headings in row `first`, for the rows below it to `last`. */
void sheet_set_filter(const struct sheet *sheet, size_t first, size_t last, size_t columns);

/* Where a cell goes, and how it looks. */
struct spot {
    size_t row, column;
    enum look look;
};

/* NULL is an empty text. */
void sheet_put_text(const struct sheet *sheet, struct spot spot, const char *text);

/* The same in joined cells, up to the column `last`. */
void sheet_put_wide_text(const struct sheet *sheet, struct spot spot, size_t last,
                         const char *text);

void sheet_put_number(const struct sheet *sheet, struct spot spot, double number);

void sheet_put_blank(const struct sheet *sheet, struct spot spot);

void sheet_put_chart(const struct sheet *sheet, const struct stacked_chart *chart);

#endif
