/*
 * What several JSON documents say of a run, in the same words.
 */
#ifndef EFFACE_REPORT_JSON_FACTS_H
#define EFFACE_REPORT_JSON_FACTS_H

#include "report/json_document.h"
#include "report/run_report.h"

/* Members of the document: which program, when, and how. */
void json_put_run(struct document *document, const struct run_report *report);

/* The member "ledger"; nothing where none is kept. */
void json_put_ledger(struct document *document, const struct ledger_report *ledger);

/* Members of an object about all targets: how many came to what. */
void json_put_outcomes(struct document *document, const struct reported_targets *targets);

/* The first members of an object about one target: which it is, by its digest, and what became of
 * it. */
void json_put_target(struct document *document, const struct reported_target *target);

#endif
