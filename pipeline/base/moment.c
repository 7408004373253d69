#include "base/moment.h"

#include <stddef.h>
#include <stdint.h>

enum { DATE_SIZE = 10, HOUR_MINUTES = 60, DAY_MINUTES = 24 * HOUR_MINUTES };

/* Takes two digits, which are known to stand there, off the head of `rest`. */
static int take_two(struct span *rest)
{
    const int number = (rest->at[0] - '0') * 10 + (rest->at[1] - '0');

    rest->at += 2;
    rest->size -= 2;
    return number;
}

static bool take_if(struct span *rest, char byte)
{
    if (rest->size == 0 || rest->at[0] != byte)
        return false;
    rest->at++;
    rest->size--;
    return true;
}

static struct span take_fraction(struct span *rest)
{
    struct span digits = {rest->at, 0};

    while (rest->size > 0 && rest->at[0] >= '0' && rest->at[0] <= '9')
        take_if(rest, rest->at[0]);
    digits.size = (size_t)(rest->at - digits.at);
    while (digits.size > 0 && digits.at[digits.size - 1] == '0')
        digits.size--;
    return digits;
}

static void take_zone(struct span *rest, struct moment *moment)
{
    moment->has_zone = rest->size > 0;
    if (!moment->has_zone || take_if(rest, 'Z'))
        return;

    const bool behind = rest->at[0] == '-';
    take_if(rest, rest->at[0]);
    moment->offset = take_two(rest) * HOUR_MINUTES;
    take_if(rest, ':');
    if (rest->size > 0)
        moment->offset += take_two(rest);
    if (behind)
        moment->offset = -moment->offset;
}

bool moment_parse(struct span text, struct moment *moment)
{
    *moment = (struct moment){.has_time = text.size > DATE_SIZE};
    if (!date_parse(text, &moment->date))
        return false;
    if (!moment->has_time)
        return true;

    /* the form of what follows has been checked */
    struct span rest = {text.at + DATE_SIZE + 1, text.size - DATE_SIZE - 1};
    moment->minute = take_two(&rest) * HOUR_MINUTES;
    take_if(&rest, ':');
    moment->minute += take_two(&rest);
    if (take_if(&rest, ':'))
        moment->second = take_two(&rest);
    if (take_if(&rest, '.'))
        moment->fraction = take_fraction(&rest);
    take_zone(&rest, moment);
    return true;
}

/* Days in a row, counted from March of year 0, so that a leap day ends its year. */
static int64_t day_number(struct date date)
{
    const int64_t year = date.year - (date.month < 3);
    const int64_t month = (date.month + 9) % 12;

    return year * 365 + year / 4 - year / 100 + year / 400 + (month * 153 + 2) / 5 + date.day;
}

static int order(int64_t a, int64_t b)
{
    return (a > b) - (a < b);
}

static int64_t minute_number(const struct moment *moment, bool in_utc)
{
    return day_number(moment->date) * DAY_MINUTES + moment->minute - (in_utc ? moment->offset : 0);
}

int moment_compare(const struct moment *a, const struct moment *b)
{
    if (!a->has_time || !b->has_time)
        return order(day_number(a->date), day_number(b->date));

    const bool in_utc = a->has_zone && b->has_zone;
    const int minutes = order(minute_number(a, in_utc), minute_number(b, in_utc));
    if (minutes != 0)
        return minutes;
    if (a->second != b->second)
        return order(a->second, b->second);
    return span_compare(a->fraction, b->fraction);
}
