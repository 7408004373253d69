/*
 * A chart on a sheet, of counts that stand in its cells.
 *
 * By libxlsxwriter, whose structs are named here only: see workbook_sheet.h, which is
 * what to use.
 */
#ifndef EFFACE_REPORT_WORKBOOK_CHART_H
#define EFFACE_REPORT_WORKBOOK_CHART_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct lxw_workbook;
struct lxw_worksheet;

/* Rows and columns count from 0. */
struct stacked_chart {
    const char *title;
    const char *description; /* what it shows, for those who can't see it */
    uint32_t heading_row;    /* names the series, one a column */
    uint32_t first, last;    /* rows below it, one a bar */
    uint16_t label_column;   /* names the bars */
    uint16_t series_column;  /* the first of the counts */
    uint16_t series_count;   /* at most CHART_SERIES */
    uint32_t row;            /* where the chart begins, at the left border */
    uint32_t width, height;  /* in pixels */
};

enum { CHART_SERIES = 6 };

/* Adds the chart to the sheet of that name. False where the library can't, with errno or not. */
bool stacked_chart_add(struct lxw_workbook *workbook, struct lxw_worksheet *worksheet,
                       const char *name, const struct stacked_chart *chart);

#endif
