/*
 * The sieve for phone numbers (mark_sieve.h): runs of digits and signs, by the last seven digits of
 * each group they may end with.
 */
#ifndef EFFACE_MATCH_PHONE_SIEVE_LANES_H
#define EFFACE_MATCH_PHONE_SIEVE_LANES_H

#include "match/known_identifiers.h"
#include "match/phone_runs_lanes.h"

/* A source that is for an instruction set with something better for it says where that is. */
#ifndef PHONE_TAILS
#define PHONE_TAILS "match/phone_tails_lanes.h"
#endif
#include PHONE_TAILS

/* The number that two digits are. */
LANES unsigned two_digits(const char *digits)
{
    return (unsigned)(digits[0] - '0') * 10 + (unsigned)(digits[1] - '0');
}

/*
 * What most runs are: a date (2024-01-31), such as phone_form_judge refuses. Without a jump, as
 * these can't be foretold.
 */
LANES bool is_date(struct span text, size_t end, struct phone_run run)
{
    enum { DATE_SIZE = 10 };
    static const uint64_t date_digits = UINT64_C(0x36F) << (BITS - DATE_SIZE);
    const char *const date = text.at + end - DATE_SIZE;

    if (end < DATE_SIZE)
        return false;
    return (run.size == DATE_SIZE) & (run.digits == date_digits) & (date[4] == '-') &
           (date[7] == '-') & (two_digits(date) - 18 < 4) & (two_digits(date + 5) - 1 < 31) &
           (two_digits(date + 8) - 1 < 31);
}

/* Keeps the runs that have digits enough, and are no dates. */
LANES void sift_runs(struct span text, struct text_marks *marks)
{
    size_t kept = 0;

    for (size_t i = 0; i < marks->phone_count; i++) {
        const uint16_t place = marks->phones[i];
        const struct phone_run run = run_before(marks, place);

        marks->phones[kept] = place;
        /* no jumps: which it is can't be foretold */
        kept += (size_t)(run.size == KNOWN_BEFORE) |
                ((size_t)has_digits(run.digits) & !is_date(text, marks->base + place, run));
    }
    marks->phone_count = kept;
}

/* Whether a 0 stands alone in the run, as one that may be passed over does. */
LANES bool has_lone_zero(struct span text, size_t end, uint64_t digits)
{
    uint64_t alone = digits & ~(digits << 1) & ~(digits >> 1);
    bool found = false;

    for (; alone; alone &= alone - 1)
        found |= text.at[end - (size_t)(BITS - __builtin_ctzll(alone))] == '0';
    return found;
}

/* So many numbers are looked at side by side. */
enum { NUMBER_GROUP = 32 };

/* Numbers, and what the filter is asked of them: of each about any group of digits it may end with.
 */
struct number_group {
    size_t asked;
    uint64_t hashes[NUMBER_GROUP * PHONE_TAIL_LIMIT];
    uint8_t numbers[NUMBER_GROUP * PHONE_TAIL_LIMIT]; /* which is meant */
    bool may_be_known[NUMBER_GROUP];
};

/* Asks about the run of the number `which` that ends at `end`. */
LANES void ask_of_run(const struct known_identifiers *known, struct span text, size_t end,
                      struct phone_run run, struct number_group *group, size_t which)
{
    uint64_t tails[PHONE_TAIL_LIMIT];
    const size_t count = find_tails(text, end, run.digits, tails);

    group->may_be_known[which] = count > PHONE_TAIL_LIMIT;
    for (size_t i = 0; i < count && count <= PHONE_TAIL_LIMIT; i++) {
        group->hashes[group->asked] = identifier_part(&known->set, tails[i]);
        group->numbers[group->asked] = (uint8_t)which;
        bit_filter_prefetch(&known->parts, group->hashes[group->asked++]);
    }
}

LANES void ask_of_number(const struct known_identifiers *known, struct span text, size_t end,
                         struct phone_run run, struct number_group *group, size_t which)
{
    if (run.size == KNOWN_BEFORE)
        group->may_be_known[which] = true;
    else if (end < KNOWN_BEFORE + TAIL_ROOM || has_lone_zero(text, end, run.digits))
        group->may_be_known[which] = phone_may_be_known(known, text, end - run.size, end);
    else
        ask_of_run(known, text, end, run, group, which);
}

LANES void sift_phones(const struct known_identifiers *known, struct span text,
                       struct text_marks *marks)
{
    size_t kept = 0;

    sift_runs(text, marks);
    for (size_t first = 0; first < marks->phone_count; first += NUMBER_GROUP) {
        const size_t left = marks->phone_count - first;
        const size_t count = left < NUMBER_GROUP ? left : NUMBER_GROUP;
        struct number_group group;

        group.asked = 0;
        for (size_t i = 0; i < count; i++) {
            const uint16_t place = marks->phones[first + i];

            ask_of_number(known, text, marks->base + place, run_before(marks, place), &group, i);
        }
        for (size_t i = 0; i < group.asked; i++)
            group.may_be_known[group.numbers[i]] |=
                bit_filter_may_have(&known->parts, group.hashes[i]);
        for (size_t i = 0; i < count; i++) {
            marks->phones[kept] = marks->phones[first + i];
            kept += group.may_be_known[i];
        }
    }
    marks->phone_count = kept;
}

#endif
