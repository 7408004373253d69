/*
 * Dates in a notation that the rules give, as strptime(3) would read them.
 *
 *     %Y    the year, four digits
 *     %m    the month, one or two digits
 *     %b    the month's name, Jan to Dec, in any case
 *     %d    the day, one or two digits
 *     %H    the hour, %M the minute, %S the second (60 in a leap second), one or two digits each
 *     %%    %
 *
 * Any other byte of a format stands for itself, a blank too. There are no others: they would
 * depend on the locale, or, as %y does, on a guess.
 */
#ifndef EFFACE_DEIDENTIFY_DATE_FORMAT_H
#define EFFACE_DEIDENTIFY_DATE_FORMAT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/calendar.h"
#include "base/span.h"

enum { DATE_FORMAT_PARTS_MAX = 64 };

/* A format taken apart. Owns all it holds. */
struct date_format {
    struct date_format_part {
        char letter;  /* of the directive; 0: a byte as it stands */
        char literal; /* that byte */
    } parts[DATE_FORMAT_PARTS_MAX];
    size_t count;
};

/* NULL, or what is wrong with the text: a message in English. */
const char *date_format_compile(struct span text, struct date_format *format);

/* False where the text is not written so, as a whole, or says a day that no calendar has. */
bool date_format_parse(const struct date_format *format, struct span text, struct date *date);

#endif
