/*
 * The problems that `efface check` finds, as JSON for editors and continuous integration:
 *
 *     {"format": "efface-check", "version": 1, "rules": "rules.yaml", "in": "export" or null,
 *      "status": 3, "errors": 1, "warnings": 0, "dropped": 0,
 *      "problems": [{"path": "rules.yaml", "line": 7, "column": 5, "severity": "error",
 *                    "message": "unknown key 'fieldz' (did you mean 'fields'?)"}]}
 *
 * `line` and `column` count from 1, columns in bytes of UTF-8; what is unknown is null, of
 * `path` too. `status` is the exit status. `dropped` counts messages beyond DIAGNOSTICS_LIMIT.
 * `version` changes where a member changes its meaning or goes; others may be added any time.
 */
#ifndef EFFACE_REPORT_PROBLEM_JSON_H
#define EFFACE_REPORT_PROBLEM_JSON_H

#include "base/diagnostics.h"
#include "base/status.h"
#include "report/json_document.h"

struct problem_report {
    const char *rules;
    const char *in; /* NULL: the rules alone were checked */
    enum status status;
    const struct diagnostics *problems;
};

/*
 * Adds the members from `errors` on to an object that is open: other commands list their problems
 * in the same way.
 */
void problem_json_list(struct document *document, const struct diagnostics *problems);

/* Adds the members of one problem, from `path` on, to an object that is open. */
void problem_json_members(struct document *document, const struct diagnostic *problem);

/* Writes the document to a descriptor, which stays the caller's. STATUS_SYSTEM if that fails. */
MUST_USE enum status problem_json_write(const struct problem_report *report, int fd,
                                        struct diagnostics *diagnostics);

#endif
