/*
 * Sums over a run that more than one report gives.
 */
#ifndef EFFACE_REPORT_REPORT_TOTALS_H
#define EFFACE_REPORT_REPORT_TOTALS_H

#include <stdint.h>

#include "report/run_report.h"

struct report_totals {
    struct entity_tally records; /* of all entities; its name and scope are NULL */
    uint64_t size_in, size_out;  /* of all files */
};

struct report_totals report_totals(const struct run_report *report);

#endif
