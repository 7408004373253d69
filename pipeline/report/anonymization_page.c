/*
 * anonymization-report.html: the facts of the workbook of that name, on one page.
 */
#include "report/field_walk.h"
#include "report/page_parts.h"
#include "report/reports.h"
#include "report/run_tables.h"

/* In the order of the page. */
static const struct section {
    const char *id;
    const char *title;
    struct report_table (*make)(struct row_walk *walk);
} sections[] = {
    {"leaks", "Leaks", leaks_table},          {"targets", "Targets", targets_table},
    {"entities", "Entities", entities_table}, {"fields", "Fields", fields_table},
    {"records", "Records", records_table},    {"files", "Files", files_table},
};

enum { SECTION_COUNT = sizeof(sections) / sizeof(sections[0]) };

static void put_introduction(struct page *page, const struct run_report *report)
{
    PAGE_MARKUP(page, "<p>");
    page_text(page, run_report_sentence(report));
    PAGE_MARKUP(page, "</p>\n<p class=\"verdict\"><strong>Leak check:</strong> ");
    page_text(page, report->leak_check);
    PAGE_MARKUP(page, "</p>\n<nav aria-label=\"Sections\"><ul>"
                      "<li><a href=\"#overview\">Overview</a></li>");
    for (size_t i = 0; i < SECTION_COUNT; i++) {
        PAGE_MARKUP(page, "<li><a href=\"#");
        page_text(page, sections[i].id);
        PAGE_MARKUP(page, "\">");
        page_text(page, sections[i].title);
        PAGE_MARKUP(page, "</a></li>");
    }
    PAGE_MARKUP(page, "</ul></nav>\n");
}

static void put_target_chart(struct page *page, const struct run_report *report)
{
    static const char *const outcomes[] = {"Targets"};
    const char *rows[OUTCOME_COUNT];
    for (size_t i = 0; i < OUTCOME_COUNT; i++)
        rows[i] = target_outcome_words((enum target_outcome)i);

    page_chart(page, "chart-targets",
               &(struct fact_matrix){
                   .title = "Targets by outcome",
                   .row_title = "Outcome",
                   .rows = rows,
                   .columns = outcomes,
                   .row_count = OUTCOME_COUNT,
                   .column_count = 1,
                   .counts = report->targets.outcomes,
               });
}

static void put_overview(struct page *page, const struct run_report *report)
{
    struct run_overview overview;
    struct class_matrix classes;
    struct touch_matrix touched;

    run_overview_make(report, &overview);
    class_matrix_make(report, &classes);
    touch_matrix_make(report, &touched);
    PAGE_MARKUP(page, "<section>\n<h2 id=\"overview\">Overview</h2>\n");
    page_facts(page, overview.facts, overview.count);
    PAGE_MARKUP(page, "<div class=\"charts\">\n");
    put_target_chart(page, report);
    if (touched.matrix.row_count > 0)
        page_chart(page, "chart-records", &touched.matrix);
    page_chart(page, "chart-fields", &classes.matrix);
    PAGE_MARKUP(page, "</div>\n</section>\n");
}

static void put_section(struct page *page, const struct run_report *report,
                        const struct section *section)
{
    struct row_walk walk = {.report = report};
    const struct report_table table = section->make(&walk);

    page_table(page, section->id, &table, "All of them stand in anonymization-report.json.");
}

enum status anonymization_page_write(const struct run_report *report, int fd, const char *name,
                                     struct diagnostics *diagnostics)
{
    struct page page;

    page_open(&page, fd);
    page_head(&page, PAGE_ACROSS, "Anonymization report", report->rules_name);
    put_introduction(&page, report);
    put_overview(&page, report);
    for (size_t i = 0; i < SECTION_COUNT; i++)
        put_section(&page, report, &sections[i]);
    return page_close(&page, name, diagnostics);
}
