/*
 * Facts and tables as reports show them, whatever they are written as: a workbook, a page.
 */
#ifndef EFFACE_REPORT_REPORT_TABLE_H
#define EFFACE_REPORT_REPORT_TABLE_H

#include <stddef.h>
#include <stdint.h>

/* A line of an overview: a heading (no value), a text, or a count where `text` is NULL. */
enum fact_kind { FACT_HEADING, FACT_TEXT, FACT_COUNT };

struct fact {
    enum fact_kind kind;
    const char *label;
    const char *text;
    uint64_t count;
};

/*
 * Counts by two properties: shown as a table with totals, and as a chart of stacked bars,
 * a row each.
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

struct report_table {
    const char *sheet; /* on a workbook's tab: at most 31 characters, none of []:*?/\ */
    const char *title;
    const char *note; /* a sentence or two */
    const struct table_column *columns;
    size_t column_count; /* at most TABLE_COLUMNS */
    uint64_t row_count;
    uint64_t left_out; /* rows that stand behind these in the file `whole` only; 0: none */
    const char *whole;
    /* Fills the cells of the next row; called row_count times at most. */
    void (*next_row)(void *source, struct table_cell *cells);
    void *source;
};

enum { TABLE_COLUMNS = 16 };

static inline struct table_cell text_cell(const char *text)
{
    return (struct table_cell){.text = text};
}

static inline struct table_cell count_cell(uint64_t count)
{
    return (struct table_cell){.count = count};
}

#endif
