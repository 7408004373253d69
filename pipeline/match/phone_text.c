#include "match/phone_text.h"

#include <stdint.h>

/* Between two groups stand at most so many signs: `) - `. */
enum { GAP_LIMIT = 4 };

static bool is_digit(char byte)
{
    return byte >= '0' && byte <= '9';
}

static bool is_sign(char byte)
{
    return byte == ' ' || byte == '-' || byte == '.' || byte == '/' || byte == '(' || byte == ')' ||
           byte == '+';
}

static bool is_phone_byte(char byte)
{
    /* one look instead of eight: bit n is byte 0x20 + n */
    const unsigned place = (unsigned)(unsigned char)byte - 0x20;

    return place < 32 && (0x03ffeb01U >> place & 1);
}

static bool is_word_byte(char byte)
{
    const char lower = (char)(byte | 0x20);

    return is_digit(byte) || (lower >= 'a' && lower <= 'z') || byte == '_';
}

/* A stretch of phone bytes, as it is first seen. */
struct stretch {
    size_t start, end;
    size_t digits;
};

static struct stretch stretch_around(struct span text, size_t at)
{
    struct stretch stretch = {at, at, 0};

    for (; stretch.start > 0 && is_phone_byte(text.at[stretch.start - 1]); stretch.start--)
        stretch.digits += is_digit(text.at[stretch.start - 1]);
    for (; stretch.end < text.size && is_phone_byte(text.at[stretch.end]); stretch.end++)
        stretch.digits += is_digit(text.at[stretch.end]);
    return stretch;
}

static bool starts_in_word(struct span text, size_t start)
{
    return start > 0 && is_word_byte(text.at[start - 1]);
}

/* Digits that are part of a word (C000017). */
static bool is_in_word(struct span text, const struct stretch *stretch)
{
    return stretch->digits == stretch->end - stretch->start &&
           (starts_in_word(text, stretch->start) ||
            (stretch->end < text.size && is_word_byte(text.at[stretch->end])));
}

bool phone_at(struct span text, size_t at, struct found_phone *found)
{
    const struct stretch stretch = stretch_around(text, at);

    found->next = stretch.start;
    found->end = stretch.end;
    found->group_count = 0;
    return stretch.digits >= PHONE_LEAST_DIGITS && !is_in_word(text, &stretch);
}

static uint64_t tail_with(uint64_t tail, char digit)
{
    return tail >> 8 | (uint64_t)(unsigned char)digit << 8 * (PHONE_TAIL_DIGITS - 1);
}

size_t phone_tails(struct span text, size_t start, size_t end, uint64_t tails[PHONE_TAIL_LIMIT])
{
    size_t digits = 0, count = 0;
    uint64_t tail = 0;

    for (size_t at = start; at < end; at++) {
        if (!is_digit(text.at[at])) {
            /* a (0) may be passed over */
            if (text.at[at] == '(' && at + 1 < end && text.at[at + 1] == '0')
                return PHONE_TAIL_LIMIT + 1;
            continue;
        }
        tail = tail_with(tail, text.at[at]);
        if (++digits < PHONE_LEAST_DIGITS || (at + 1 < end && is_digit(text.at[at + 1])))
            continue;
        if (count == PHONE_TAIL_LIMIT)
            return PHONE_TAIL_LIMIT + 1;
        tails[count++] = tail;
    }
    return count;
}

uint64_t phone_tail(struct span digits)
{
    uint64_t tail = 0;

    for (size_t i = 0; i < digits.size; i++)
        tail = tail_with(tail, digits.at[i]);
    return tail;
}

bool phone_next(struct span text, size_t *from, struct found_phone *found)
{
    for (size_t at = *from; at < text.size; at++) {
        if (!is_digit(text.at[at]))
            continue;
        if (phone_at(text, at, found)) {
            *from = found->end;
            return true;
        }
        at = found->end - 1;
    }
    *from = text.size;
    return false;
}

/* A trunk 0 that is not dialled from abroad: `(0)`, maybe behind a blank. Its size, or 0. */
static size_t optional_trunk(struct span text, size_t at)
{
    const size_t blank = at < text.size && text.at[at] == ' ';

    return text.size - at >= blank + 3 && memcmp(text.at + at + blank, "(0)", 3) == 0 ? blank + 3
                                                                                      : 0;
}

/* Where the group behind the gap at `at` begins; the text's size: none belongs to the number. */
static size_t skip_gap(struct span text, size_t at, bool abroad)
{
    size_t start = at + (abroad ? optional_trunk(text, at) : 0);
    const size_t most = start + GAP_LIMIT;

    while (start < text.size && start < most && is_sign(text.at[start]) && text.at[start] != '+')
        start++;
    return start < text.size && is_digit(text.at[start]) ? start : text.size;
}

/* Whether the digits begin with the 00 that stands for a plus. */
static bool starts_abroad(const struct found_phone *found, size_t digits)
{
    return digits >= 2 && found->digits[0] == '0' && found->digits[1] == '0';
}

/* Behind a + no other number begins before that one has digits enough. */
static void pass_groups(struct found_phone *found)
{
    for (size_t i = 0; i < found->group_count; i++) {
        if (found->ends[i] > found->next)
            found->next = found->ends[i];
        if (found->digit_counts[i] >= PHONE_LEAST_DIGITS)
            break;
    }
}

/* Reads the groups from found->start on, as far as they make one number. */
static void read_groups(struct span text, struct found_phone *found)
{
    const bool plus = found->start > 0 && text.at[found->start - 1] == '+';
    size_t at = found->start;
    size_t digits = 0;

    found->group_count = 0;
    while (at < text.size && found->group_count < PHONE_GROUP_LIMIT) {
        while (at < text.size && is_digit(text.at[at]) && digits < sizeof found->digits)
            found->digits[digits++] = text.at[at++];
        if (digits == sizeof found->digits)
            break;
        found->ends[found->group_count] = at;
        found->digit_counts[found->group_count++] = digits;
        at = skip_gap(text, at, plus || starts_abroad(found, digits));
    }
    if (plus)
        pass_groups(found);
}

/* What stands before a number: nothing it belongs to, signs that tie it to a word, or a word. */
enum tie { TIE_NONE, TIE_SIGNS, TIE_WORD };

static enum tie tie_before(struct span text, size_t start)
{
    size_t at = start;

    while (at > 0 && is_sign(text.at[at - 1])) {
        at--;
        if (text.at[at] == ' ' || text.at[at] == '(' || text.at[at] == '+')
            return TIE_NONE;
    }
    if (at == 0 || !is_word_byte(text.at[at - 1]))
        return TIE_NONE;
    return at == start || is_digit(text.at[at - 1]) ? TIE_WORD : TIE_SIGNS;
}

static enum tie tie_behind(struct span text, size_t end)
{
    size_t at = end;

    for (; at < text.size && is_sign(text.at[at]); at++)
        if (text.at[at] == ' ' || text.at[at] == ')')
            return TIE_NONE;
    if (at == text.size || !is_word_byte(text.at[at]))
        return TIE_NONE;
    return at == end || is_digit(text.at[at]) ? TIE_WORD : TIE_SIGNS;
}

static size_t group_size(const struct found_phone *found, size_t group)
{
    return found->digit_counts[group] - (group ? found->digit_counts[group - 1] : 0);
}

static unsigned number_at(const struct found_phone *found, size_t from, size_t size)
{
    unsigned number = 0;

    for (size_t i = 0; i < size; i++)
        number = number * 10 + (unsigned)(found->digits[from + i] - '0');
    return number;
}

/* Whether the first three groups are a year, a month and a day, or these from behind. */
static bool starts_with_date(const struct found_phone *found, size_t last)
{
    const bool year_first = group_size(found, 0) == 4;
    unsigned year, middle, other;

    if (last < 2 || group_size(found, 1) != 2 || group_size(found, 0) + group_size(found, 2) != 6 ||
        (!year_first && group_size(found, 0) != 2))
        return false;
    year = number_at(found, year_first ? 0 : 4, 4);
    middle = number_at(found, year_first ? 4 : 2, 2);
    other = number_at(found, year_first ? 6 : 0, 2);
    return year >= 1800 && year < 2200 && middle >= 1 && middle <= 31 && other >= 1 && other <= 31;
}

/* Four numbers with dots between: 192.0.2.7. */
static bool is_internet_address(struct span text, const struct found_phone *found, size_t last)
{
    if (last != 3 || found->ends[3] - found->start != found->digit_counts[3] + 3)
        return false;
    for (size_t i = 0; i <= 3; i++)
        if (group_size(found, i) > 3 || (i < 3 && text.at[found->ends[i]] != '.'))
            return false;
    return true;
}

static bool has_dash(struct span text, size_t start, size_t end)
{
    return memchr(text.at + start, '-', end - start) != NULL;
}

static enum phone_shape shape_of(struct span text, const struct found_phone *found, size_t last,
                                 size_t digits, bool tied)
{
    const char before = found->start ? text.at[found->start - 1] : '\0';
    const bool trunk = found->digits[0] == '0' && found->digits[1] != '0';

    if (before == '+')
        return PHONE_SHAPED;
    if (last > 0)
        return before == '(' || digits >= 9 || (trunk && digits == 8) ||
                       has_dash(text, found->start, found->ends[last])
                   ? PHONE_SHAPED
                   : PHONE_VAGUE;
    if (tied || digits < 10)
        return PHONE_VAGUE;
    return digits > 10 || trunk ? PHONE_SHAPED : PHONE_PLAIN;
}

/* The form from the first group to `last`; false: it has too few digits, or too many. */
static bool make_form(const struct found_phone *found, size_t last, struct phone_form *form)
{
    const size_t count = found->digit_counts[last];
    const size_t cut = starts_abroad(found, count) ? 2 : 0;

    form->start = found->start;
    form->end = found->ends[last];
    form->digits = (struct span){found->digits + cut, count - cut};
    return form->digits.size >= PHONE_LEAST_DIGITS && form->digits.size <= PHONE_MOST_DIGITS;
}

bool phone_form_judge(struct span text, const struct found_phone *found,
                      const struct phone_form *form, enum phone_shape *shape)
{
    const size_t last = found->group_count;
    const enum tie tie = tie_behind(text, form->end);
    const bool tied = tie == TIE_SIGNS || tie_before(text, form->start) == TIE_SIGNS;

    *shape = shape_of(text, found, last, form->digits.size, tied);
    return tie != TIE_WORD && !starts_with_date(found, last) &&
           !is_internet_address(text, found, last);
}

/* Goes to the next group with which a number can begin. */
static bool next_start(struct span text, struct found_phone *found)
{
    while (found->next < found->end) {
        const size_t start = found->next;

        if (!is_digit(text.at[start])) {
            found->next++;
            continue;
        }
        while (found->next < found->end && is_digit(text.at[found->next]))
            found->next++;
        if (tie_before(text, start) == TIE_WORD)
            continue;
        found->start = start;
        return true;
    }
    return false;
}

bool phone_form_next(struct span text, struct found_phone *found, struct phone_form *form)
{
    for (;;) {
        while (found->group_count > 0)
            if (make_form(found, --found->group_count, form))
                return true;
        if (!next_start(text, found))
            return false;
        read_groups(text, found);
    }
}

/* How many parentheses are opened and not closed (positive), or closed and not opened. */
static int open_parentheses(struct span text, size_t start, size_t end)
{
    int open = 0;

    for (size_t at = start; at < end; at++)
        open += (text.at[at] == '(') - (text.at[at] == ')');
    return open;
}

static bool is_behind(struct span text, size_t start, char byte)
{
    return start > 0 && text.at[start - 1] == byte;
}

void phone_widen(struct span text, size_t *start, size_t *end)
{
    const int open = open_parentheses(text, *start, *end);

    if (is_behind(text, *start, '+'))
        --*start;
    if (open < 0 && is_behind(text, *start, '('))
        --*start;
    if (is_behind(text, *start, '+'))
        --*start;
    if (open > 0 && *end < text.size && text.at[*end] == ')')
        ++*end;
}

void phone_form_take(struct found_phone *found, const struct phone_form *form)
{
    found->next = form->end;
    found->group_count = 0;
}
