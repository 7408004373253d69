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
#include "report/report_table.h"

struct book; /* opaque */

struct book_properties {
    const char *title;
    const char *author;
    time_t created; /* the only time the file holds */
};

struct fact_sheet {
    const char *sheet; /* on its tab: at most 31 characters, none of []:*?/\ */
    const char *title;
    const char *sentence; /* what this workbook is */
    const struct fact *facts;
    size_t fact_count;
    const struct fact_matrix *matrix; /* NULL: none */
};

enum {
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

void book_table(struct book *book, const struct report_table *table);

/* Writes the file, checks that all is in it (workbook_check.h), frees. Returns 0 or an errno. */
MUST_USE int book_close(struct book *book);

#endif
