/*
 * A chart as SVG 1.1: for each row its label, and below it a bar of segments with the sum
 * at its end. Lengths are in units of the drawing, which is as wide as the page allows.
 */
#include <assert.h>

#include "report/page_parts.h"

static const double ROW_HEIGHT = 40, BAR_HEIGHT = 14, LABEL_BASE = 14, BAR_TOP = 20;
static const double LONGEST_BAR = 400, GAP = 6;

enum { LABEL_LIMIT = 56 }; /* of a row, in UTF-16 code units */

/* What is drawn: the matrix, cut at so many bars. */
struct chart {
    const char *id;
    const struct fact_matrix *matrix;
    size_t bars;
    uint64_t longest;
};

static uint64_t count_at(const struct chart *chart, size_t row, size_t column)
{
    return chart->matrix->counts[row * chart->matrix->column_count + column];
}

static uint64_t sum_of(const struct chart *chart, size_t row)
{
    uint64_t sum = 0;

    for (size_t i = 0; i < chart->matrix->column_count; i++)
        sum += count_at(chart, row, i);
    return sum;
}

static void put_series_class(struct page *page, size_t series)
{
    static const char *const classes[MATRIX_COLUMNS] = {"s0", "s1", "s2", "s3"};

    PAGE_MARKUP(page, " class=\"");
    page_put_markup(page, classes[series]);
    PAGE_MARKUP(page, "\"");
}

/* "contacts: 4 anonymized, 1 dropped." */
static void put_words(struct page *page, const struct chart *chart)
{
    const struct fact_matrix *matrix = chart->matrix;

    PAGE_MARKUP(page, "<desc id=\"");
    page_text(page, chart->id);
    PAGE_MARKUP(page, "-words\">");
    for (size_t row = 0; row < chart->bars; row++) {
        page_text(page, matrix->rows[row]);
        for (size_t i = 0; i < matrix->column_count; i++) {
            page_text(page, i == 0 ? ": " : ", ");
            page_text(page, matrix->columns[i]);
            PAGE_MARKUP(page, " ");
            page_count(page, count_at(chart, row, i));
        }
        PAGE_MARKUP(page, ". ");
    }
    PAGE_MARKUP(page, "</desc>\n");
}

static void put_segment(struct page *page, double left, double top, double width, size_t series)
{
    PAGE_MARKUP(page, "<rect x=\"");
    page_length(page, left);
    PAGE_MARKUP(page, "\" y=\"");
    page_length(page, top);
    PAGE_MARKUP(page, "\" width=\"");
    page_length(page, width);
    PAGE_MARKUP(page, "\" height=\"");
    page_length(page, BAR_HEIGHT);
    PAGE_MARKUP(page, "\"");
    put_series_class(page, series);
    PAGE_MARKUP(page, "/>");
}

static void begin_label(struct page *page, double left, double base)
{
    PAGE_MARKUP(page, "<text x=\"");
    page_length(page, left);
    PAGE_MARKUP(page, "\" y=\"");
    page_length(page, base);
    PAGE_MARKUP(page, "\">");
}

static void put_bar(struct page *page, const struct chart *chart, size_t row)
{
    const double top = ROW_HEIGHT * (double)row;
    double left = 0;

    begin_label(page, 0, top + LABEL_BASE);
    page_short_text(page, chart->matrix->rows[row], LABEL_LIMIT);
    PAGE_MARKUP(page, "</text>");
    for (size_t i = 0; i < chart->matrix->column_count; i++) {
        const double width = LONGEST_BAR * (double)count_at(chart, row, i) / (double)chart->longest;

        if (width > 0)
            put_segment(page, left, top + BAR_TOP, width, i);
        left += width;
    }
    begin_label(page, left + GAP, top + BAR_TOP + BAR_HEIGHT - 2);
    page_count(page, sum_of(chart, row));
    PAGE_MARKUP(page, "</text>\n");
}

static void put_drawing(struct page *page, const struct chart *chart)
{
    PAGE_MARKUP(page, "<svg viewBox=\"0 0 480 ");
    page_length(page, ROW_HEIGHT * (double)chart->bars);
    PAGE_MARKUP(page, "\" role=\"img\" aria-labelledby=\"");
    page_text(page, chart->id);
    PAGE_MARKUP(page, "\" aria-describedby=\"");
    page_text(page, chart->id);
    PAGE_MARKUP(page, "-words\">\n");
    put_words(page, chart);
    for (size_t row = 0; row < chart->bars; row++)
        put_bar(page, chart, row);
    PAGE_MARKUP(page, "</svg>\n");
}

static void put_legend(struct page *page, const struct fact_matrix *matrix)
{
    PAGE_MARKUP(page, "<ul class=\"legend\">");
    for (size_t i = 0; i < matrix->column_count; i++) {
        PAGE_MARKUP(page, "<li><svg viewBox=\"0 0 10 10\" aria-hidden=\"true\">"
                          "<rect width=\"10\" height=\"10\"");
        put_series_class(page, i);
        PAGE_MARKUP(page, "/></svg>");
        page_text(page, matrix->columns[i]);
        PAGE_MARKUP(page, "</li>");
    }
    PAGE_MARKUP(page, "</ul>\n");
}

static void put_caption(struct page *page, const struct chart *chart)
{
    PAGE_MARKUP(page, "<figcaption id=\"");
    page_text(page, chart->id);
    PAGE_MARKUP(page, "\">");
    page_text(page, chart->matrix->title);
    if (chart->bars < chart->matrix->row_count) {
        PAGE_MARKUP(page, " (the first ");
        page_count(page, chart->bars);
        PAGE_MARKUP(page, " of ");
        page_count(page, chart->matrix->row_count);
        PAGE_MARKUP(page, ")");
    }
    PAGE_MARKUP(page, "</figcaption>\n");
}

void page_chart(struct page *page, const char *id, const struct fact_matrix *matrix)
{
    struct chart chart = {id, matrix, matrix->row_count, 1};

    assert(matrix->column_count <= MATRIX_COLUMNS);
    if (chart.bars > CHART_BARS)
        chart.bars = CHART_BARS;
    for (size_t row = 0; row < chart.bars; row++) {
        const uint64_t sum = sum_of(&chart, row);

        chart.longest = sum > chart.longest ? sum : chart.longest;
    }
    PAGE_MARKUP(page, "<figure>\n");
    put_caption(page, &chart);
    put_legend(page, matrix);
    put_drawing(page, &chart);
    PAGE_MARKUP(page, "</figure>\n");
}
