#include "match/email_text.h"

#include <stdint.h>
#include <string.h>

enum byte_class {
    LOCAL = 1,   /* stands in the part before the sign */
    SPLIT = 2,   /* may stand there, but is more often what comes before an address */
    DOMAIN = 4,  /* stands in the part behind the sign */
    FOREIGN = 8, /* of a character that is not ASCII: may stand in either, or around it */
    EDGE = 16,   /* stands in a part, but not at an address's ends */
};

#define LETTERS(class) ['0' ... '9'] = (class), ['A' ... 'Z'] = (class), ['a' ... 'z'] = (class)

/* clang-format off */
__extension__ static const uint8_t classes[256] = {
    LETTERS(LOCAL | DOMAIN),
    ['.'] = LOCAL | DOMAIN | EDGE, ['-'] = LOCAL | DOMAIN | EDGE,
    ['_'] = LOCAL | EDGE, ['+'] = LOCAL | EDGE, ['\''] = LOCAL | EDGE,
    ['!'] = SPLIT, ['#'] = SPLIT, ['$'] = SPLIT, ['%'] = SPLIT, ['&'] = SPLIT, ['*'] = SPLIT,
    ['='] = SPLIT, ['?'] = SPLIT, ['^'] = SPLIT, ['`'] = SPLIT, ['{'] = SPLIT, ['}'] = SPLIT,
    ['~'] = SPLIT,
    [0x80 ... 0xff] = FOREIGN,
};
/* clang-format on */

static bool is(struct span text, size_t at, unsigned class)
{
    return classes[(unsigned char)text.at[at]] & class;
}

/* The start of the local part whose end is `at`, edges left out. */
static size_t local_start(struct span text, size_t at)
{
    size_t start = at;

    while (start > 0 && at - start <= EMAIL_SIZE_LIMIT &&
           is(text, start - 1, LOCAL | SPLIT | FOREIGN))
        start--;
    while (start < at && is(text, start, EDGE))
        start++;
    return start;
}

static size_t domain_end(struct span text, size_t at)
{
    size_t end = at + 1;

    while (end < text.size && end - at <= EMAIL_SIZE_LIMIT && is(text, end, DOMAIN | FOREIGN))
        end++;
    while (end > at + 1 && is(text, end - 1, EDGE))
        end--;
    return end;
}

bool email_at(struct span text, size_t at, struct found_email *found)
{
    const size_t start = local_start(text, at);
    const size_t end = domain_end(text, at);

    *found = (struct found_email){start, at, end, start, end};
    return start < at && end > at + 1;
}

bool email_next(struct span text, size_t *from, struct found_email *found)
{
    while (*from < text.size) {
        const char *sign = memchr(text.at + *from, '@', text.size - *from);

        if (!sign)
            break;
        *from = (size_t)(sign - text.at) + 1;
        if (email_at(text, *from - 1, found))
            return true;
    }
    *from = text.size;
    return false;
}

/* The end of the domain's ASCII beginning, if it goes on behind that; else found->at. */
static size_t ascii_end(struct span text, const struct found_email *found)
{
    size_t end = found->at + 1;

    while (end < found->end && !is(text, end, FOREIGN))
        end++;
    if (end == found->end)
        return found->at;
    while (end > found->at + 1 && is(text, end - 1, EDGE))
        end--;
    return end > found->at + 1 ? end : found->at;
}

/* The next place behind `start` where an address may begin; found->at: none. */
static size_t later_start(struct span text, const struct found_email *found, size_t start)
{
    while (start < found->at && !is(text, start, SPLIT | FOREIGN))
        start++;
    while (start < found->at && is(text, start, SPLIT | FOREIGN | EDGE))
        start++;
    return start;
}

bool email_form_next(struct span text, struct found_email *found, struct span *form)
{
    if (found->next_start >= found->at)
        return false;
    *form = (struct span){text.at + found->next_start, found->next_end - found->next_start};
    if (found->next_end == found->end)
        found->next_end = ascii_end(text, found);
    else
        found->next_end = found->at;
    if (found->next_end == found->at) {
        found->next_start = later_start(text, found, found->next_start);
        found->next_end = found->end;
    }
    return true;
}
