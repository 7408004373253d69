/*
 * Points in time, as ISO 8601 writes them: a date, maybe a time of day behind it, maybe
 * how far that is from UTC.
 */
#ifndef EFFACE_BASE_MOMENT_H
#define EFFACE_BASE_MOMENT_H

#include <stdbool.h>

#include "base/calendar.h"
#include "base/span.h"

struct moment {
    struct date date;
    bool has_time;
    bool has_zone;
    int minute;           /* of the day */
    int second;           /* 0 to 60 */
    struct span fraction; /* of the second: digits, no trailing zero; borrowed from the text */
    int offset;           /* minutes that the time is ahead of UTC */
};

/* Reads what date_parse takes. False for anything else. */
bool moment_parse(struct span text, struct moment *moment);

/*
 * Less than, equal to or greater than 0 as `a` is before, at or after `b`. Where only one
 * has a time, the dates alone count. Times compare in UTC if both say how far from it they
 * are, else as they stand.
 */
int moment_compare(const struct moment *a, const struct moment *b);

#endif
