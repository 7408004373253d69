/*
 * Sheets of a workbook: facts, and tables, all in one look.
 *
 *     book_open      on a path
 *     book_facts     an overview: labels and values below a sentence
 *     book_table     title, note, headings that stay in sight, rows
 *     book_close     writes the file
 *
 * By libxlsxwriter, a row at a time, so memory stays flat. Only for a child process
 * (workbook_child.h): the library may crash where memory runs out. All text is
 * cleaned as report_text.h says and cut to what a cell holds. Errors are kept until
 * book_close.
 */
#ifndef EFFACE_REPORT_WORKBOOK_SHEET_H
#define EFFACE_REPORT_WORKBOOK_SHEET_H

#include <stddef.h>
#include <stdint.h>
#include <time.h>

#include "base/status.h"

struct book; /* opaque */

struct book_properties {
    const char *title;
    const char *author;
    time_t created; /* the only time the file holds */
};

/* A line of an overview: a heading (no value), a text, or a count where `text` is NULL. */
enum fact_kind { FACT_HEADING, FACT_TEXT, FACT_COUNT };

struct fact {
    enum fact_kind kind;
    const char *label;
    const char *text;
    uint64_t count;
};

/*
 * Counts by two properties, below the facts: a table with totals, and the same as a chart
 * of stacked bars, a row each.
 */
struct fact_matrix {
    const char *title;
    const char *row_title; /* what the rows are */
    const char *const *rows;
    const char *const *columns;
    size_t row_count, column_count; /* of rows at least one, of columns at most MATRIX_COLUMNS */
    const uint64_t *counts;         /* row by row */
};

enum { MATRIX_COLUMNS = 4 };

struct fact_sheet {
    const char *sheet; /* on its tab: at most 31 characters, none of []:*?/\ */
    const char *title;
    const char *sentence; /* what this workbook is */
    const struct fact *facts;
    size_t fact_count;
    const struct fact_matrix *matrix; /* NULL: none */
};

enum column_kind {
    COLUMN_TEXT,
    COLUMN_CODE, /* a digest: letters of one width */
    COLUMN_COUNT,
    COLUMN_SHARE, /* a count of so many, as a percentage; empty of none */
    COLUMN_PLACE, /* a line number, empty where it is 0 */
};

struct table_column {
    const char *title;
    double width; /* in characters; longer text is wrapped */
    enum column_kind kind;
};

/* A text or a count, as the column's kind wants. */
struct table_cell {
    const char *text; /* borrowed until the next row is asked for; NULL: empty */
    uint64_t count;
    uint64_t whole; /* of a share: what it is a share of */
};

struct table {
    const char *sheet;
    const char *title;
    const char *note; /* a line below the title */
    const struct table_column *columns;
    size_t column_count; /* at most TABLE_COLUMNS */
    uint64_t row_count;
    /* Fills the cells of the next row; called row_count times at most. */
    void (*next_row)(void *source, struct table_cell *cells);
    void *source;
};

enum {
    TABLE_COLUMNS = 16,
    TABLE_HEADING_ROWS = 4, /* title, note, an empty one, headings */
    TABLE_ROWS =
        1048576 - TABLE_HEADING_ROWS, /* the rows behind are left out, and the note says so */
};

/*
 * NULL where memory ran out. Must be ended with book_close. The path is borrowed until
 * then, the rest until the return.
 */
struct book *book_open(const char *path, const char *scratch_folder,
                       const struct book_properties *properties);

void book_facts(struct book *book, const struct fact_sheet *sheet);

void book_table(struct book *book, const struct table *table);

/* Writes the file, checks that all is in it (workbook_check.h), frees. Returns 0 or an errno. */
MUST_USE int book_close(struct book *book);

#endif
