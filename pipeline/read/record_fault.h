/*
 * What is wrong with a record, and where: the framers' error messages.
 *
 *     path:line:column: error: text after the closing quote of field 'Position'
 *
 * The line is the record's first, the column the byte within the record.
 */
#ifndef EFFACE_READ_RECORD_FAULT_H
#define EFFACE_READ_RECORD_FAULT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/diagnostics.h"
#include "base/span.h"
#include "base/status.h"
#include "read/framer.h"

enum fault {
    FAULT_STRAY_QUOTE,       /* a quote inside an unquoted field */
    FAULT_TEXT_BEHIND_QUOTE, /* neither delimiter nor line end behind a closing quote */
    FAULT_OPEN_QUOTE,        /* a quote never closed */
    FAULT_LONE_RETURN,       /* a CR outside quotes that no newline follows */
    FAULT_NONE,
};

/* Where a record lies. */
struct record_site {
    struct span bytes;   /* the batch's, or another stretch that begins at a record's start */
    uint64_t first_line; /* of `bytes` */
    size_t start;        /* of the record within them */
};

/* Reports a fault at byte `at` of site.bytes, in field number `field` from 0. STATUS_INPUT. */
enum status fault_report(const struct framing *framing, const struct record_site *site,
                         enum fault fault, size_t field, size_t at,
                         struct diagnostics *diagnostics);

/* Reports a record of so many fields, which ends at byte `at`. STATUS_INPUT. */
enum status fault_report_ragged(const struct framing *framing, const struct record_site *site,
                                size_t fields, size_t at, struct diagnostics *diagnostics);

/* Reports that the line before a record is blank, which makes it one of too few fields. */
enum status fault_report_blank(const struct framing *framing, const struct record_site *site,
                               struct diagnostics *diagnostics);

/*
 * Walks byte by byte, by the strict rules, from the record at `site`, before which the line is
 * blank or not, to the first fault, which is known to be there, and reports it. STATUS_INPUT. A
 * framing of 0 fields stands for a header: any number of fields is right.
 */
enum status fault_find(const struct framing *framing, struct record_site site, bool after_blank,
                       struct diagnostics *diagnostics);

#endif
