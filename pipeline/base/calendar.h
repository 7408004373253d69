/*
 * Dates of the Gregorian calendar in the notation of ISO 8601, years 0001 to 9999.
 */
#ifndef EFFACE_BASE_CALENDAR_H
#define EFFACE_BASE_CALENDAR_H

#include <stdbool.h>
#include <time.h>

#include "base/buffer.h"
#include "base/span.h"
#include "base/status.h"

struct date {
    int year;
    int month; /* 1 to 12 */
    int day;   /* 1 to 31 */
};

struct iso_week {
    int year; /* that the week counts to: the year of its Thursday */
    int week; /* 1 to 53 */
};

/* How much a date says, from much to little. */
enum date_precision {
    PRECISION_DAY,
    PRECISION_WEEK,
    PRECISION_MONTH,
    PRECISION_QUARTER,
    PRECISION_YEAR,
};

/*
 * Reads YYYY-MM-DD, alone or followed by a time, which is checked and dropped: 'T' or a
 * blank, HH:MM, HH:MM:SS or HH:MM:SS.fraction, and maybe Z or an offset +hh, +hhmm or
 * +hh:mm (or -). False for anything else, and for days that no calendar has.
 */
bool date_parse(struct span text, struct date *date);

/* Reads 2024-01-31, 2024-W05, 2024-01, 2024-Q1 or 2024: what coarser dates are written as. */
bool date_parse_coarse(struct span text, enum date_precision *precision);

struct iso_week date_iso_week(struct date date);

/* Whether the calendar has the day: its year is from 1 to 9999, and so on. */
bool date_exists(struct date date);

/* 1 to 4. */
int date_quarter(struct date date);

/* Appends YYYY-MM-DD, or as much of it as is asked for: YYYY, YYYY-MM. False: out of memory. */
MUST_USE bool date_append_year(struct buffer *out, int year);
MUST_USE bool date_append_month(struct buffer *out, struct date date);
MUST_USE bool date_append(struct buffer *out, struct date date);

/* Moves the date by so many days. False where that leads out of the years 1 to 9999. */
bool date_add_days(struct date *date, int days);

enum { DATE_TEXT_SIZE = 11 };

/* The day that a time falls on in UTC: "2024-05-31". False where it is not of four digits a year.
 */
bool date_text_utc(time_t time, char text[DATE_TEXT_SIZE]);

#endif
