/*
 * The tails of a number (phone_text.h), where an instruction set has nothing better: signs are
 * taken out one by one.
 */
#ifndef EFFACE_MATCH_PHONE_TAILS_LANES_H
#define EFFACE_MATCH_PHONE_TAILS_LANES_H

#include "match/phone_runs_lanes.h"

/* All bits of the highest `count` bytes, at most 8. */
LANES uint64_t highest_bytes(unsigned count)
{
    return ~(UINT64_MAX >> 4 * count >> 4 * count);
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

enum { TAIL_SIGNS = TAIL_ROOM - PHONE_TAIL_DIGITS, MOST_SIGNS = 3 };

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

/*
 * Sets the tails of all numbers of `least` digits or more that end with a group of the digits in
 * the run that ends at `end`. Returns how many; more than PHONE_TAIL_LIMIT: there is no telling.
 */
LANES size_t find_tails(struct span text, size_t end, uint64_t digits, unsigned least,
                        uint64_t tails[PHONE_TAIL_LIMIT])
{
    size_t count = 0;

    while (has_digits(digits, least)) {
        const unsigned signs = (unsigned)__builtin_clzll(digits);

        end -= signs;
        digits <<= signs;
        if (count == PHONE_TAIL_LIMIT || !find_tail(text, end, digits, &tails[count]))
            return PHONE_TAIL_LIMIT + 1;
        count++;
        digits &= UINT64_MAX >> count_highest(digits, KNOWN_BEFORE);
    }
    return count;
}

#endif
