/*
 * The fields of a report in groups: the personal ones by scope, and what isn't personal.
 */
#ifndef EFFACE_REPORT_FIELD_WALK_H
#define EFFACE_REPORT_FIELD_WALK_H

#include <stdint.h>

#include "report/report_table.h"
#include "report/run_report.h"
#include "ruleset/ruleset.h"

/* The words for a scope of the rules language. */
struct report_scope {
    const char *label; /* "Audience" */
    const char *title; /* "Personal fields of the audience" */
};

enum { SCOPE_COUNT = SCOPE_NONE + 1, CLASS_COUNT = CLASS_FREE_TEXT + 1 };

/* By enum scope; the last is of what stands outside any. */
extern const struct report_scope report_scopes[SCOPE_COUNT];

/* A walk over fields, group by group, in the report's order within each. */
struct field_walk {
    const struct run_report *report;
    const struct report_scope *scope; /* NULL: any */
    const unsigned *groups;           /* each the origins in it, as bits; the last is 0 */
    size_t group, next;
};

/* Over the personal fields of a scope; NULL: of all. */
struct field_walk personal_fields(const struct run_report *report,
                                  const struct report_scope *scope);

/* Over all other columns: undeclared, then exempted, then kept. */
struct field_walk other_columns(const struct run_report *report);

/* The next field, or NULL. */
const struct field_report *field_walk_next(struct field_walk *walk);

/* How many are left. */
uint64_t field_walk_count(struct field_walk walk);

uint64_t origin_count(const struct run_report *report, enum field_origin origin);

/* Personal fields by scope and class; those outside any scope only if there are some. */
struct class_matrix {
    struct fact_matrix matrix; /* of what follows */
    uint64_t counts[SCOPE_COUNT][CLASS_COUNT];
    const char *scopes[SCOPE_COUNT];
};

void class_matrix_make(const struct run_report *report, struct class_matrix *classes);

#endif
