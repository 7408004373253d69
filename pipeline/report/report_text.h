/*
 * Text as the reports may hold it.
 *
 * Names of files and columns may be any bytes; XML and JSON take only valid UTF-8,
 * and a control character in a report is a trap for whoever prints it.
 */
#ifndef EFFACE_REPORT_REPORT_TEXT_H
#define EFFACE_REPORT_REPORT_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <time.h>

#include "base/buffer.h"
#include "base/status.h"

/*
 * Replaces what `clean` holds by `text` and a NUL, with U+FFFD in the place of every
 * ill-formed sequence (one for each maximal subpart, Unicode chapter 3.9), control
 * character and noncharacter. Longer than `limit` UTF-16 code units, it is cut and
 * ends with U+2026, an ellipsis. False where memory ran out.
 */
MUST_USE bool report_text_clean(struct buffer *clean, const char *text, size_t limit);

/* Whether report_text_clean would replace nothing. */
bool report_text_is_clean(const char *text);

enum { REPORT_TIME_SIZE = 32 };

/* ISO 8601 in UTC: "2024-05-31T23:59:59Z"; empty for a time no calendar holds. */
void report_time_text(time_t time, char text[REPORT_TIME_SIZE]);

#endif
