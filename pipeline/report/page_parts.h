/*
 * What pages are made of: facts, tables and charts, as report_table.h has them.
 */
#ifndef EFFACE_REPORT_PAGE_PARTS_H
#define EFFACE_REPORT_PAGE_PARTS_H

#include <stddef.h>

#include "report/html_page.h"
#include "report/report_table.h"

enum {
    PAGE_ROWS = 1000, /* of a table; the rows behind are left out, and a line says so */
    CHART_BARS = 40,  /* likewise */
};

/* A list for each heading among the facts, which must come first. */
void page_facts(struct page *page, const struct fact *facts, size_t count);

/*
 * A section with a heading and the table. `id` names the section, and is our own; `rest` says
 * where the rows are that are left out, unless the table does.
 */
void page_table(struct page *page, const char *id, const struct report_table *table,
                const char *rest);

/* A figure: a stacked bar for each row, a legend, and all of it in words for who can't see it. */
void page_chart(struct page *page, const char *id, const struct fact_matrix *matrix);

#endif
