#include "report/workbook_chart.h"

#include <assert.h>
#include <xlsxwriter.h>

/* Told apart also where they are printed in grey: from dark to light. */
static const lxw_color_t series_colors[CHART_SERIES] = {0x1F3447, 0x9C3D2E, 0x2F80A8,
                                                        0xE0A83A, 0xA9C5A0, 0xD5DBE1};

enum { GAP_PERCENT = 60, DEFAULT_WIDTH = 480, DEFAULT_HEIGHT = 288, GRID = 0xD5DBE1 };

static bool add_series(lxw_chart *to, const char *name, const struct stacked_chart *chart,
                       uint16_t index)
{
    lxw_chart_series *series = chart_add_series(to, NULL, NULL);
    lxw_chart_fill fill = {.color = series_colors[index]};
    const lxw_col_t column = (lxw_col_t)(chart->series_column + index);

    if (series == NULL)
        return false;
    chart_series_set_categories(series, name, chart->first, chart->label_column, chart->last,
                                chart->label_column);
    chart_series_set_values(series, name, chart->first, column, chart->last, column);
    chart_series_set_name_range(series, name, chart->heading_row, column);
    chart_series_set_fill(series, &fill);
    return true;
}

static void lay_out(lxw_chart *to, const struct stacked_chart *chart)
{
    lxw_chart_font font = {.size = 12, .bold = LXW_TRUE};
    lxw_chart_line grid = {.color = GRID, .width = 0.75F};

    chart_title_set_name(to, chart->title);
    chart_title_set_name_font(to, &font);
    chart_legend_set_position(to, LXW_CHART_LEGEND_BOTTOM);
    chart_set_series_gap(to, GAP_PERCENT);
    chart_axis_set_min(to->y_axis, 0);
    chart_axis_set_num_format(to->y_axis, "#,##0");
    chart_axis_major_gridlines_set_line(to->y_axis, &grid);
}

bool stacked_chart_add(struct lxw_workbook *workbook, struct lxw_worksheet *worksheet,
                       const char *name, const struct stacked_chart *chart)
{
    assert(chart->series_count <= CHART_SERIES);
    lxw_chart_options options = {
        .x_scale = (double)chart->width / DEFAULT_WIDTH,
        .y_scale = (double)chart->height / DEFAULT_HEIGHT,
        .description = (char *)chart->description,
    };
    lxw_chart *added = workbook_add_chart(workbook, LXW_CHART_COLUMN_STACKED);
    if (added == NULL)
        return false;

    for (uint16_t i = 0; i < chart->series_count; i++)
        if (!add_series(added, name, chart, i))
            return false;
    lay_out(added, chart);
    return worksheet_insert_chart_opt(worksheet, chart->row, 0, added, &options) == LXW_NO_ERROR;
}
