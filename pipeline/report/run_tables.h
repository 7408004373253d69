/*
 * The facts and tables of the anonymization report, for the workbook and the page.
 */
#ifndef EFFACE_REPORT_RUN_TABLES_H
#define EFFACE_REPORT_RUN_TABLES_H

#include "report/report_table.h"
#include "report/report_text.h"
#include "report/run_report.h"

enum { LEDGER_FACTS = 5, OVERVIEW_FACTS = 40 };

/* What is told of the ledger of erasures. */
struct ledger_facts {
    struct fact facts[LEDGER_FACTS]; /* of which the first is a heading */
    size_t count;                    /* 0: none is kept */
    char head[LEDGER_HEAD_SIZE];
};

/* The facts borrow the struct. */
void ledger_facts_make(const struct run_report *report, struct ledger_facts *ledger);

/* Whether the target stood in the ledger, and yet had data: "yes", or NULL. */
const char *resurrection_words(const struct reported_target *target);

/* What stands in few lines. */
struct run_overview {
    struct fact facts[OVERVIEW_FACTS];
    size_t count;
    /* texts of the facts */
    char digest[CHECKSUM_TEXT_SIZE], started[REPORT_TIME_SIZE], ended[REPORT_TIME_SIZE];
    struct ledger_facts ledger;
};

/* What the report is, and whether it names contacts in clear: its first words. */
const char *run_report_sentence(const struct run_report *report);

/* Borrows the report's texts, and its own. */
void run_overview_make(const struct run_report *report, struct run_overview *overview);

enum { TOUCH_KINDS = 4, TOUCH_ROWS = 32 };

/*
 * The touched records by entity and outcome. Entities of which nothing was touched are left out,
 * and those behind the first TOUCH_ROWS.
 */
struct touch_matrix {
    struct fact_matrix matrix; /* of what follows; may have no row */
    const char *rows[TOUCH_ROWS];
    uint64_t counts[TOUCH_ROWS][TOUCH_KINDS];
};

void touch_matrix_make(const struct run_report *report, struct touch_matrix *touched);

/* Room for "contacts 1, tickets 12"; what doesn't fit becomes "...". */
enum { TOUCHED_WORDS_SIZE = 400 };

enum { TARGET_COLUMNS = 10 };

/* A walk over an array of a report; each table has one. */
struct row_walk {
    const struct run_report *report;
    size_t next;
    /* of the row at hand */
    struct reported_target target;
    char touched[TOUCHED_WORDS_SIZE];
    struct table_column target_columns[TARGET_COLUMNS];
    char checksums[2][CHECKSUM_TEXT_SIZE];
};

/* Each borrows the walk, which stands at its beginning: {.report = report}. */
struct report_table targets_table(struct row_walk *walk);
struct report_table records_table(struct row_walk *walk);
struct report_table entities_table(struct row_walk *walk);
struct report_table fields_table(struct row_walk *walk);
struct report_table files_table(struct row_walk *walk);
struct report_table leaks_table(struct row_walk *walk);

#endif
