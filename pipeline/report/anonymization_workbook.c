/*
 * anonymization-report.xlsx: what a run did, by contact, entity, field and file.
 */
#include <errno.h>

#include "report/reports.h"
#include "report/run_tables.h"
#include "report/workbook_child.h"
#include "report/workbook_sheet.h"

enum { TOUCH_KINDS = 4, MATRIX_ROWS = 32 };

/* The touched records by entity and outcome. */
struct touch_matrix {
    const char *rows[MATRIX_ROWS];
    uint64_t counts[MATRIX_ROWS][TOUCH_KINDS];
    size_t row_count;
};

/* Entities of which nothing was touched are left out, and those behind the first MATRIX_ROWS. */
static void count_touched(const struct run_report *report, struct touch_matrix *matrix)
{
    for (size_t i = 0; i < report->entity_count && matrix->row_count < MATRIX_ROWS; i++) {
        const struct entity_tally *entity = &report->entities[i];
        uint64_t *counts = matrix->counts[matrix->row_count];

        if (entity->unchanged == entity->records)
            continue;
        matrix->rows[matrix->row_count++] = entity->name;
        counts[0] = entity->anonymized;
        counts[1] = entity->unlinked;
        counts[2] = entity->dropped;
        counts[3] = entity->already;
    }
}

static void add_overview(struct book *book, const struct run_report *report)
{
    static const char *const kinds[TOUCH_KINDS] = {"Anonymized", "Unlinked", "Dropped",
                                                   "Already anonymized"};
    struct touch_matrix touched = {.row_count = 0};
    struct run_overview overview;

    count_touched(report, &touched);
    const struct fact_matrix matrix = {
        .title = "Records touched, by entity and outcome",
        .row_title = "Entity",
        .rows = touched.rows,
        .columns = kinds,
        .row_count = touched.row_count,
        .column_count = TOUCH_KINDS,
        .counts = touched.counts[0],
    };

    run_overview_make(report, &overview);
    book_facts(book,
               &(struct fact_sheet){
                   .sheet = "Overview",
                   .title = "Anonymization report",
                   .sentence = "What one run did to the records of the contacts it was given. "
                               "No personal value stands here: a contact is named by a digest.",
                   .facts = overview.facts,
                   .fact_count = overview.count,
                   .matrix = touched.row_count != 0 ? &matrix : NULL,
               });
}

static void add_table(struct book *book, const struct run_report *report,
                      struct table (*make)(struct row_walk *walk))
{
    struct row_walk walk = {.report = report};
    const struct table table = make(&walk);

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

enum status anonymization_workbook_write(const struct run_report *report, int fd, const char *name,
                                         const char *scratch_folder,
                                         struct diagnostics *diagnostics)
{
    return child_write_workbook(build, report, fd, name, scratch_folder, diagnostics);
}
