/*
 * An invented run and a place to write its reports to.
 */
#ifndef EFFACE_UNIT_REPORT_FIXTURE_H
#define EFFACE_UNIT_REPORT_FIXTURE_H

#include <stddef.h>

#include "base/buffer.h"
#include "report/run_report.h"
#include "report/workbook_child.h"

/* A run over five files of four entities, with some names that are no valid text. */
struct run_report report_fixture(void);

/* A document and, behind it, the checksum that ends a manifest; freed with buffer_release. */
struct buffer report_fixture_sealed(struct span document);

/* An empty scratch folder and an open file in none. Ended with report_place_release. */
struct report_place {
    char folder[32];
    int fd;
};

struct report_place report_place_open(void);

/* What was written, with a NUL behind it; caller frees. */
char *report_place_bytes(const struct report_place *place, size_t *size);

/* Fails the test where something was left in the scratch folder. */
void report_place_release(struct report_place *place);

typedef enum status workbook_starter(const struct run_report *report, const char *name,
                                     const char *scratch_folder, struct child_workbook **book,
                                     struct diagnostics *diagnostics);

/* Lets a workbook be made; caller frees its bytes. */
char *report_workbook_bytes(workbook_starter *start, const struct run_report *report, size_t *size);

#endif
