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

/* So many numbers are looked at side by side. */
enum { NUMBER_GROUP = 32 };

/* The bytes that are between those two. */
LANES byte_lanes are_between(word_lanes words, uint64_t least, uint64_t most)
{
    const byte_lanes lowest = (byte_lanes)((word_lanes){0} + least);
    const byte_lanes highest = (byte_lanes)((word_lanes){0} + most);

    return (byte_lanes)((byte_lanes)words - lowest <= highest - lowest);
}

/* The numbers that digits make with those before them. `zeros` are what makes 0. */
LANES word_lanes pairs_of_digits(word_lanes words, uint64_t zeros)
{
    const byte_lanes values = (byte_lanes)words - (byte_lanes)((word_lanes){0} + zeros);
    const byte_lanes twice = values + values, fourfold = twice + twice;

    return (word_lanes)(lanes_behind(fourfold + fourfold + twice, 1) + values);
}

/* Bytes as a word, the first lowest. */
#define BYTES(a, b, c, d, e, f, g, h)                                                              \
    ((uint64_t)(a) | (uint64_t)(b) << 8 | (uint64_t)(c) << 16 | (uint64_t)(d) << 24 |              \
     (uint64_t)(e) << 32 | (uint64_t)(f) << 40 | (uint64_t)(g) << 48 | (uint64_t)(h) << 56)

enum { DATE_SIZE = 10, DATE_DIGITS = 8, ANY = 0xFF };

/*
 * What most runs are: a date (2024-01-31), such as phone_form_judge refuses. `heads` and `tails`
 * are the first and the last eight bytes. All bits of a word are set where they are of one.
 */
LANES word_lanes are_dates(word_lanes heads, word_lanes tails)
{
    const uint64_t head = BYTES('0', '0', '0', '0', '-', '0', '0', '-');
    const uint64_t tail = BYTES(0, 0, 0, 0, 0, 0, '0', '0');
    const byte_lanes shaped =
        are_between(heads, head, BYTES('9', '9', '9', '9', '-', '9', '9', '-')) &
        are_between(tails, tail, BYTES(ANY, ANY, ANY, ANY, ANY, ANY, '9', '9'));
    const byte_lanes in_range =
        are_between(pairs_of_digits(heads, head),
                    BYTES(0, 18, 0, 0, 0, 0, 1, 0), /* century, month */
                    BYTES(ANY, 21, ANY, ANY, ANY, ANY, 31, ANY)) &
        are_between(pairs_of_digits(tails, tail), BYTES(0, 0, 0, 0, 0, 0, 0, 1), /* day */
                    BYTES(ANY, ANY, ANY, ANY, ANY, ANY, ANY, 31));

    return (word_lanes)((word_lanes)(shaped & in_range) == UINT64_MAX);
}

/* Whether the run before `place` has no more than `size` bytes, of which the mask knows. */
LANES bool is_longest(const struct text_marks *marks, size_t place, size_t size)
{
    const size_t at = BEFORE + place - size - 1;

    return !(marks->masks.phones[at / BITS] >> at % BITS & 1);
}

/* Keeps the runs that are no dates. */
LANES void sift_dates(struct span text, struct text_marks *marks)
{
    uint64_t heads[NUMBER_GROUP] = {0}, tails[NUMBER_GROUP] = {0};
    size_t kept = 0;

    for (size_t first = 0; first < marks->phone_count; first += NUMBER_GROUP) {
        const size_t left = marks->phone_count - first;
        const size_t count = left < NUMBER_GROUP ? left : NUMBER_GROUP;

        for (size_t i = 0; i < count; i++) {
            const size_t end = marks->base + marks->phones[first + i];

            tails[i] = bytes_before(text, end);
            heads[i] = bytes_before(text, end - (DATE_SIZE - WORD_BYTES));
        }
        for (size_t i = 0; i < count; i += LANE_WORDS)
            lanes_store(heads + i, are_dates(lanes_load(heads + i), lanes_load(tails + i)));
        /* no jumps: which it is can't be foretold */
        for (size_t i = 0; i < count; i++) {
            const uint16_t place = marks->phones[first + i];

            marks->phones[kept] = place;
            kept += !(heads[i] & is_longest(marks, place, DATE_SIZE));
        }
    }
    marks->phone_count = kept;
}

/* Keeps the runs that have digits enough. */
LANES void sift_runs(struct text_marks *marks, unsigned least)
{
    size_t kept = 0;

    for (size_t i = 0; i < marks->phone_count; i++) {
        const uint16_t place = marks->phones[i];
        const struct phone_run run = run_before(marks, place);

        marks->phones[kept] = place;
        kept += (size_t)(run.size == KNOWN_BEFORE) | (size_t)has_digits(run.digits, least);
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
    const size_t count = find_tails(text, end, run.digits, known->least_digits, tails);

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

    if (known->least_digits <= DATE_DIGITS)
        sift_dates(text, marks);
    sift_runs(marks, known->least_digits);
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
