/*
 * What `efface preview` prints for people, on lines of at most 80 columns as long as names are not
 * longer. Of a report that is to be reproducible, not how long anything took.
 */
#ifndef EFFACE_CLI_PREVIEW_TEXT_H
#define EFFACE_CLI_PREVIEW_TEXT_H

#include <stdint.h>
#include <stdio.h>

#include "report/run_report.h"

/* Milliseconds that the preview took, and that a run is thought to take. */
struct preview_time {
    uint64_t taken;
    uint64_t estimated;
};

void preview_text_print(const struct run_report *report, const char *folder,
                        const struct preview_time *time, FILE *stream);

/*
 * How long a run would take: as long as its preview, and to write besides what was read, plain or
 * compressed by as many threads. The speeds are those of one processor of 2023, so this is a guess
 * for deciding between coffee and lunch.
 */
uint64_t preview_estimate(const struct run_report *report, uint64_t taken, size_t jobs);

#endif
