#include "deidentify/date_format.h"

#include <strings.h>

static const char letters[] = "YmbdHMS%";

static const char *check(const struct date_format *format)
{
    size_t counts[sizeof letters] = {0};

    for (size_t i = 0; i < format->count; i++)
        if (format->parts[i].letter)
            counts[strchr(letters, format->parts[i].letter) - letters]++;
    for (size_t i = 0; i < sizeof counts / sizeof counts[0]; i++)
        if (counts[i] > 1)
            return "a directive stands twice in 'format'";
    if (counts[0] != 1 || counts[1] + counts[2] != 1 || counts[3] != 1)
        return "expected %Y, %m or %b, and %d in 'format'";
    return NULL;
}

const char *date_format_compile(struct span text, struct date_format *format)
{
    format->count = 0;
    for (size_t i = 0; i < text.size; i++) {
        struct date_format_part *part = &format->parts[format->count];

        if (format->count++ == DATE_FORMAT_PARTS_MAX)
            return "'format' is too long";
        *part = (struct date_format_part){0, text.at[i]};
        if (text.at[i] != '%')
            continue;
        if (++i == text.size || text.at[i] == '\0' || strchr(letters, text.at[i]) == NULL)
            return "expected %Y, %m, %b, %d, %H, %M, %S or %% in 'format'";
        if (text.at[i] != '%')
            part->letter = text.at[i];
    }
    return check(format);
}

/* Takes at least `least` and at most `most` digits off the head of `rest`. */
static bool take_digits(struct span *rest, size_t least, size_t most, int *number)
{
    size_t size = 0;

    *number = 0;
    while (size < rest->size && size < most && rest->at[size] >= '0' && rest->at[size] <= '9')
        *number = *number * 10 + (rest->at[size++] - '0');
    *rest = (struct span){rest->at + size, rest->size - size};
    return size >= least;
}

static bool take_month_name(struct span *rest, int *month)
{
    static const char names[][4] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                    "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

    for (int i = 0; i < 12 && rest->size >= 3; i++) {
        if (strncasecmp(rest->at, names[i], 3) != 0)
            continue;
        *month = i + 1;
        *rest = (struct span){rest->at + 3, rest->size - 3};
        return true;
    }
    return false;
}

static bool take_part(struct date_format_part part, struct span *rest, struct date *date)
{
    int number;

    switch (part.letter) {
    case 'Y':
        return take_digits(rest, 4, 4, &date->year);
    case 'm':
        return take_digits(rest, 1, 2, &date->month);
    case 'b':
        return take_month_name(rest, &date->month);
    case 'd':
        return take_digits(rest, 1, 2, &date->day);
    case 'H':
        return take_digits(rest, 1, 2, &number) && number <= 23;
    case 'M':
        return take_digits(rest, 1, 2, &number) && number <= 59;
    case 'S':
        return take_digits(rest, 1, 2, &number) && number <= 60;
    default:
        break;
    }
    if (rest->size == 0 || rest->at[0] != part.literal)
        return false;
    *rest = (struct span){rest->at + 1, rest->size - 1};
    return true;
}

bool date_format_parse(const struct date_format *format, struct span text, struct date *date)
{
    struct span rest = text;

    for (size_t i = 0; i < format->count; i++)
        if (!take_part(format->parts[i], &rest, date))
            return false;
    return rest.size == 0 && date_exists(*date);
}
