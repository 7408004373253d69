/*
 * The sieve for phone numbers (mark_sieve.h): runs of digits and signs, by the last seven digits of
 * each group they may end with.
 */
#ifndef EFFACE_MATCH_PHONE_SIEVE_LANES_H
#define EFFACE_MATCH_PHONE_SIEVE_LANES_H

#include <endian.h>

#include "base/byte_lanes.h"
#include "match/known_identifiers.h"
#include "match/phone_text.h"
#include "match/text_marks.h"

/* Bits of a word; bits of a mask before the stretch begins. */
enum { BITS = 64, BEFORE = TEXT_BLOCK };

/* The bytes of words in a row are in the order of their bits. */
static const bool bytes_are_in_order = BYTE_ORDER == LITTLE_ENDIAN;

/* The bits of a mask for those before `place` of the stretch, the last highest: 57 or more, and
 * zeros below.
 */
LANES uint64_t bits_before(const uint64_t *mask, size_t place)
{
    const size_t behind = BEFORE + place + 7, at = BEFORE + place - BITS;

    if (bytes_are_in_order)
        return byte_word((const char *)mask + behind / 8 - WORD_BYTES, WORD_BYTES)
               << (7 - behind % 8);
    return mask[at / BITS] >> at % BITS | mask[at / BITS + 1] << 1 << (BITS - 1 - at % BITS);
}

/* How many of the highest bits are set in a row, `most` at most. */
LANES unsigned count_highest(uint64_t bits, unsigned most)
{
    return (unsigned)__builtin_clzll(~bits | UINT64_MAX >> most);
}

/* All bits of the highest `count` bytes, at most 8. */
LANES uint64_t highest_bytes(unsigned count)
{
    return ~(UINT64_MAX >> 4 * count >> 4 * count);
}

/* A run of digits and signs that ends before a place. */
struct phone_run {
    unsigned size;
    uint64_t digits; /* its last byte's bit is the highest */
};

/* So many places are known before each, at least. */
enum { KNOWN_BEFORE = 57 };

LANES struct phone_run run_before(const struct text_marks *marks, size_t place)
{
    const unsigned size = count_highest(bits_before(marks->phone_bytes, place), KNOWN_BEFORE);

    return (struct phone_run){size,
                              bits_before(marks->masks.digits, place) & ~(UINT64_MAX >> size)};
}

/* Whether seven bits are set, PHONE_LEAST_DIGITS. */
LANES bool has_digits(uint64_t digits)
{
    for (int i = 1; i < PHONE_LEAST_DIGITS; i++)
        digits &= digits - 1;
    return digits;
}

/* Keeps the runs that have digits enough. */
LANES void sift_runs(struct text_marks *marks)
{
    size_t kept = 0;

    for (size_t i = 0; i < marks->phone_count; i++) {
        const uint16_t place = marks->phones[i];
        const struct phone_run run = run_before(marks, place);

        marks->phones[kept] = place;
        /* no jumps: which it is can't be foretold */
        kept += (size_t)(run.size == KNOWN_BEFORE) | (size_t)has_digits(run.digits);
    }
    marks->phone_count = kept;
}

/* The bytes before the end of a number, the last highest, and which are digits. */
struct last_bytes {
    uint64_t last, others;
    uint64_t digits;
};

/* Takes out the last byte that is no digit, or one before the tail. */
LANES struct last_bytes without_sign(struct last_bytes bytes)
{
    const unsigned behind = count_highest(bytes.digits, PHONE_TAIL_DIGITS);
    const uint64_t kept = highest_bytes(behind), digits_kept = ~(UINT64_MAX >> behind);

    return (struct last_bytes){
        (bytes.last & kept) | ((bytes.last << 8 | bytes.others >> 56) & ~kept), bytes.others << 8,
        (bytes.digits & digits_kept) | (bytes.digits << 1 & ~digits_kept)};
}

enum { TAIL_ROOM = 2 * WORD_BYTES, TAIL_SIGNS = TAIL_ROOM - PHONE_TAIL_DIGITS, MOST_SIGNS = 3 };

/*
 * Sets the tail of the number that ends at `end`, whose digits are known. False: too many signs
 * stand between the digits.
 */
LANES bool find_tail(struct span text, size_t end, uint64_t digits, uint64_t *tail)
{
    struct last_bytes bytes = {byte_word(text.at + end - WORD_BYTES, WORD_BYTES),
                               byte_word(text.at + end - TAIL_ROOM, WORD_BYTES), digits};
    int signs = 0;

    /* how many there are can't be foretold, but hardly ever more than these */
    for (; signs < MOST_SIGNS; signs++)
        bytes = without_sign(bytes);
    while (count_highest(bytes.digits, PHONE_TAIL_DIGITS) < PHONE_TAIL_DIGITS) {
        if (signs++ == TAIL_SIGNS)
            return false;
        bytes = without_sign(bytes);
    }
    *tail = bytes.last >> 8;
    return true;
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
    const size_t most = group->asked + PHONE_TAIL_LIMIT;
    uint64_t tail;

    while (has_digits(run.digits)) {
        const unsigned signs = (unsigned)__builtin_clzll(run.digits);

        end -= signs;
        run.digits <<= signs;
        if (group->asked == most || !find_tail(text, end, run.digits, &tail)) {
            group->may_be_known[which] = true;
            return;
        }
        group->hashes[group->asked] = identifier_part(&known->set, tail);
        group->numbers[group->asked] = (uint8_t)which;
        bit_filter_prefetch(&known->parts, group->hashes[group->asked++]);
        run.digits &= UINT64_MAX >> count_highest(run.digits, KNOWN_BEFORE);
    }
}

LANES void ask_of_number(const struct known_identifiers *known, struct span text, size_t end,
                         struct phone_run run, struct number_group *group, size_t which)
{
    group->may_be_known[which] = false;
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

    sift_runs(marks);
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
