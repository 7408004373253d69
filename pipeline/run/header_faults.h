/*
 * The columns that the rules name and that headers lack or repeat, said in messages.
 */
#ifndef EFFACE_RUN_HEADER_FAULTS_H
#define EFFACE_RUN_HEADER_FAULTS_H

#include "base/diagnostics.h"
#include "run/run_plan.h"

/*
 * Adds an error at the header for every column that a file of the plan has not exactly once.
 * Where the plan says blame_rules, a column that no file of its entity has is one error, at the
 * place in the rules that names it.
 */
void header_faults_report(const struct run_plan *plan, struct diagnostics *diagnostics);

/* The columns of a planned file, as its header names them. */
struct file_columns header_columns(struct file_plan *file);

#endif
