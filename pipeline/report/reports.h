/*
 * The files a run leaves beside its output, each written to an open descriptor.
 *
 * JSON is made by jansson, workbooks by libxlsxwriter in child processes that are
 * judged by their exit status, because the library does not survive a failed
 * allocation (workbook_child.h). Bytes depend on the report alone. The caller syncs and closes.
 *
 * All return STATUS_OK or STATUS_SYSTEM. `name` is the file's, for messages.
 */
#ifndef EFFACE_REPORT_REPORTS_H
#define EFFACE_REPORT_REPORTS_H

#include "base/diagnostics.h"
#include "base/status.h"
#include "report/run_report.h"

struct child_workbook;

/* field-summary.xlsx: an overview, a sheet a scope, the columns that stay as they are. */
MUST_USE enum status field_summary_start(const struct run_report *report, const char *name,
                                         const char *scratch_folder, struct child_workbook **book,
                                         struct diagnostics *diagnostics);

/* anonymization-report.xlsx: overview, targets, entities, fields, files. */
MUST_USE enum status anonymization_workbook_start(const struct run_report *report, const char *name,
                                                  const char *scratch_folder,
                                                  struct child_workbook **book,
                                                  struct diagnostics *diagnostics);

/* anonymization-report.json. */
MUST_USE enum status anonymization_json_write(const struct run_report *report, int fd,
                                              const char *name, struct diagnostics *diagnostics);

/* targets.csv.gz: all of them. */
MUST_USE enum status target_list_write(const struct run_report *report, int fd, const char *name,
                                       struct diagnostics *diagnostics);

/* anonymization-report.html. */
MUST_USE enum status anonymization_page_write(const struct run_report *report, int fd,
                                              const char *name, struct diagnostics *diagnostics);

/* manifest.json; `reports` are the report files written before it. */
MUST_USE enum status manifest_write(const struct run_report *report,
                                    const struct file_report *reports, size_t report_count, int fd,
                                    const char *name, struct diagnostics *diagnostics);

#endif
