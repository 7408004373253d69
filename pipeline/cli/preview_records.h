/*
 * The records of `efface preview --explain` and `--diff`, as they are found:
 *
 *     export/members.csv:7: anonymized
 *       members.ContactId > contacts
 *       Email                     a.a@a.a -> (empty)
 *
 * or, for programs, an object a line, with `event` ("record"), file, line, entity, outcome, route
 * and, for --diff, cells: field, before, after (null where the cell becomes null or its column is
 * left out) and change ("value", "null" or "left out").
 */
#ifndef EFFACE_CLI_PREVIEW_RECORDS_H
#define EFFACE_CLI_PREVIEW_RECORDS_H

#include <stdbool.h>

#include "base/buffer.h"
#include "run/record_watcher.h"

/* All false: text, values masked. Ended with preview_records_release. */
struct preview_records {
    bool json;
    bool cells;
    bool in_clear;
    struct buffer before, after; /* a cell's, as they are shown */
};

/* Prints to the standard output. Memory that runs out leaves a value out. */
void preview_records_print(struct preview_records *records, const struct seen_record *record);

void preview_records_release(struct preview_records *records);

#endif
