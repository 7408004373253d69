#include "base/calendar.h"

#include <stddef.h>

enum { YEAR_MAX = 9999 };

/* The readers below take what they read off the head of `rest`; on failure it is undefined. */

static bool take_byte(struct span *rest, char byte)
{
    if (rest->size == 0 || rest->at[0] != byte)
        return false;
    rest->at++;
    rest->size--;
    return true;
}

/* Exactly `digits` digits that make a number from `least` to `most`. */
static bool take_number(struct span *rest, size_t digits, int least, int most, int *number)
{
    int value = 0;

    if (rest->size < digits)
        return false;
    for (size_t i = 0; i < digits; i++) {
        const char digit = rest->at[i];
        if (digit < '0' || digit > '9')
            return false;
        value = value * 10 + (digit - '0');
    }
    rest->at += digits;
    rest->size -= digits;
    *number = value;
    return value >= least && value <= most;
}

static bool is_leap(int year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static int days_of_month(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

    return days[month - 1] + (month == 2 && is_leap(year));
}

static bool take_year(struct span *rest, int *year)
{
    return take_number(rest, 4, 1, YEAR_MAX, year);
}

static bool take_month(struct span *rest, int *month)
{
    return take_byte(rest, '-') && take_number(rest, 2, 1, 12, month);
}

static bool take_day(struct span *rest, struct date *date)
{
    return take_byte(rest, '-') &&
           take_number(rest, 2, 1, days_of_month(date->year, date->month), &date->day);
}

/* One digit or more. */
static bool take_digits(struct span *rest)
{
    int ignored;

    if (!take_number(rest, 1, 0, 9, &ignored))
        return false;
    while (rest->size > 0 && rest->at[0] >= '0' && rest->at[0] <= '9')
        take_byte(rest, rest->at[0]);
    return true;
}

/* HH:MM, then maybe :SS (60 in a leap second), then maybe a fraction. */
static bool take_clock(struct span *rest)
{
    int ignored;

    if (!take_number(rest, 2, 0, 23, &ignored) || !take_byte(rest, ':') ||
        !take_number(rest, 2, 0, 59, &ignored))
        return false;
    if (!take_byte(rest, ':'))
        return true;
    return take_number(rest, 2, 0, 60, &ignored) && (!take_byte(rest, '.') || take_digits(rest));
}

/* Nothing, Z, or a sign and hh, hhmm or hh:mm. */
static bool take_zone(struct span *rest)
{
    int ignored;

    if (rest->size == 0 || take_byte(rest, 'Z'))
        return true;
    if (!take_byte(rest, '+') && !take_byte(rest, '-'))
        return false;
    if (!take_number(rest, 2, 0, 23, &ignored))
        return false;
    if (rest->size == 0)
        return true;
    take_byte(rest, ':');
    return take_number(rest, 2, 0, 59, &ignored);
}

bool date_parse(struct span text, struct date *date)
{
    struct span rest = text;

    if (!take_year(&rest, &date->year) || !take_month(&rest, &date->month) ||
        !take_day(&rest, date))
        return false;
    if (rest.size == 0)
        return true;
    return (take_byte(&rest, 'T') || take_byte(&rest, ' ')) && take_clock(&rest) &&
           take_zone(&rest) && rest.size == 0;
}

/* 0 is Sunday (Sakamoto's method). */
static int day_of_week(struct date date)
{
    static const int offsets[] = {0, 3, 2, 5, 0, 3, 5, 1, 4, 6, 2, 4};
    const int year = date.year - (date.month < 3);

    return (year + year / 4 - year / 100 + year / 400 + offsets[date.month - 1] + date.day) % 7;
}

/* A year has 53 weeks if its 31 December is a Thursday, or a Friday of a leap year. */
static int weeks_of_year(int year)
{
    const int last = day_of_week((struct date){year, 12, 31});

    return last == 4 || (last == 5 && is_leap(year)) ? 53 : 52;
}

struct iso_week date_iso_week(struct date date)
{
    const int weekday = (day_of_week(date) + 6) % 7; /* 0 is Monday */
    int day_of_year = date.day;
    for (int month = 1; month < date.month; month++)
        day_of_year += days_of_month(date.year, month);

    const int week = (day_of_year - weekday + 9) / 7;
    if (week == 0)
        return (struct iso_week){date.year - 1, weeks_of_year(date.year - 1)};
    if (week > weeks_of_year(date.year))
        return (struct iso_week){date.year + 1, 1};
    return (struct iso_week){date.year, week};
}

bool date_parse_coarse(struct span text, enum date_precision *precision)
{
    struct span rest = text;
    struct date date;
    int ignored;

    if (!take_year(&rest, &date.year))
        return false;
    *precision = PRECISION_YEAR;
    if (rest.size == 0)
        return true;

    if (rest.size == 4 && rest.at[1] == 'W') {
        *precision = PRECISION_WEEK;
        return take_byte(&rest, '-') && take_byte(&rest, 'W') &&
               take_number(&rest, 2, 1, weeks_of_year(date.year), &ignored);
    }

    if (rest.size == 3 && rest.at[1] == 'Q') {
        *precision = PRECISION_QUARTER;
        return take_byte(&rest, '-') && take_byte(&rest, 'Q') &&
               take_number(&rest, 1, 1, 4, &ignored);
    }

    *precision = PRECISION_MONTH;
    if (!take_month(&rest, &date.month))
        return false;
    if (rest.size == 0)
        return true;

    *precision = PRECISION_DAY;
    return take_day(&rest, &date) && rest.size == 0;
}

bool date_exists(struct date date)
{
    return date.year >= 1 && date.year <= YEAR_MAX && date.month >= 1 && date.month <= 12 &&
           date.day >= 1 && date.day <= days_of_month(date.year, date.month);
}

int date_quarter(struct date date)
{
    return (date.month + 2) / 3;
}

/* Days from 0000-03-01 on, of years that begin in March, so that leap days are their last. */
static int day_number(struct date date)
{
    const int year = date.year - (date.month < 3);
    const int month = (date.month + 9) % 12; /* 0 is March */

    return year * 365 + year / 4 - year / 100 + year / 400 + (month * 153 + 2) / 5 + date.day - 1;
}

/* The year of the March before, found by its 1 March; then the month by the same sum. */
static struct date date_of_day_number(int number)
{
    int year = number / 366;
    while (day_number((struct date){year + 1, 3, 1}) <= number)
        year++;

    const int day_of_year = number - day_number((struct date){year, 3, 1});
    const int month = (day_of_year * 5 + 2) / 153; /* 0 is March */
    return (struct date){year + (month >= 10), (month + 2) % 12 + 1,
                         day_of_year - (month * 153 + 2) / 5 + 1};
}

bool date_add_days(struct date *date, int days)
{
    const int first = day_number((struct date){1, 1, 1});
    const int last = day_number((struct date){YEAR_MAX, 12, 31});
    const int number = day_number(*date);

    if (days < first - number || days > last - number)
        return false;
    *date = date_of_day_number(number + days);
    return true;
}

bool date_append_year(struct buffer *out, int year)
{
    return buffer_append_number(out, (uint64_t)year, 4);
}

bool date_append_month(struct buffer *out, struct date date)
{
    return date_append_year(out, date.year) && buffer_append_byte(out, '-') &&
           buffer_append_number(out, (uint64_t)date.month, 2);
}

bool date_append(struct buffer *out, struct date date)
{
    return date_append_month(out, date) && buffer_append_byte(out, '-') &&
           buffer_append_number(out, (uint64_t)date.day, 2);
}

bool date_text_utc(time_t time, char text[DATE_TEXT_SIZE])
{
    struct tm date;

    return gmtime_r(&time, &date) && strftime(text, DATE_TEXT_SIZE, "%Y-%m-%d", &date) > 0;
}
