/*
 * anonymization-report.xlsx: what a run did, by contact, entity, field and file.
 */
#include <errno.h>

#include "report/reports.h"
#include "report/run_tables.h"
#include "report/workbook_child.h"
#include "report/workbook_sheet.h"

static void add_overview(struct book *book, const struct run_report *report)
{
    struct touch_matrix touched;
    struct run_overview overview;

    touch_matrix_make(report, &touched);
    run_overview_make(report, &overview);
    book_facts(book, &(struct fact_sheet){
                         .sheet = "Overview",
                         .title = "Anonymization report",
                         .sentence = run_report_sentence(report),
                         .facts = overview.facts,
                         .fact_count = overview.count,
                         .matrix = touched.matrix.row_count != 0 ? &touched.matrix : NULL,
                     });
}

static void add_table(struct book *book, const struct run_report *report,
                      struct report_table (*make)(struct row_walk *walk))
{
    struct row_walk walk = {.report = report};
    const struct report_table table = make(&walk);

    book_table(book, &table);
}

static int build(const char *path, const char *scratch_folder, const void *argument)
{
    const struct run_report *report = argument;
    const struct book_properties properties = {"Anonymization report", "efface", report->ended};
    struct book *book = book_open(path, scratch_folder, &properties);
    if (book == NULL)
        return ENOMEM;

    add_overview(book, report);
    add_table(book, report, leaks_table);
    add_table(book, report, targets_table);
    add_table(book, report, entities_table);
    add_table(book, report, fields_table);
    add_table(book, report, records_table);
    add_table(book, report, files_table);
    return book_close(book);
}

enum status anonymization_workbook_start(const struct run_report *report, const char *name,
                                         const char *scratch_folder, struct child_workbook **book,
                                         struct diagnostics *diagnostics)
{
    return child_workbook_start(build, report, name, scratch_folder, book, diagnostics);
}
