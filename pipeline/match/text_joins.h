/*
 * What the masks of a stretch say together (text_masks.h): included by one source for each
 * instruction set, which says by JOINS that its functions are for that set.
 *
 * In these loops no word of a mask depends on another's result, so that compilers make vectors of
 * them.
 */
#ifndef EFFACE_MATCH_TEXT_JOINS_H
#define EFFACE_MATCH_TEXT_JOINS_H

#include "match/text_masks.h"

/* A mask's word with its bytes by `by` places on, those of the word before coming in. */
JOINS uint64_t shift_on(uint64_t word, uint64_t before, unsigned by)
{
    return word << by | before >> (TEXT_BLOCK - by);
}

/*
 * Adds to the digits, as one long number, those that stand behind a letter: so all of a run that
 * begins there, an identifier's and not a phone's, become zeros. The result has zeros for these,
 * ones for the other digits, and anything elsewhere. What words carry into the next is a number
 * with a bit for each, to be added to those that a carry passes through.
 */
JOINS void add_tied_digits(const struct text_masks *masks, size_t count, struct text_run *run,
                           uint64_t *sums)
{
    uint64_t carries = 0, passages = 0;

    for (size_t i = 0; i < count; i++) {
        const uint64_t digits = masks->digits[i + 1];

        sums[i] = digits + (digits & shift_on(masks->letters[i + 1], masks->letters[i], 1));
        carries |= (uint64_t)(sums[i] < digits) << i;
        passages |= (uint64_t)(sums[i] == UINT64_MAX) << i;
    }
    carries = ((carries << 1 | run->is_tied) + passages) ^ passages;
    for (size_t i = 0; i < count; i++)
        sums[i] += carries >> i & 1;
    run->is_tied = carries >> count & 1;
}

JOINS void join_phones(struct text_masks *masks, size_t count, struct text_run *run)
{
    uint64_t sums[STRETCH_BLOCKS];

    add_tied_digits(masks, count, run, sums);
    for (size_t i = 0; i < count; i++)
        masks->phones[i + 1] =
            (masks->digits[i + 1] & sums[i]) | masks->blanks[i + 1] | masks->signs[i + 1];
    masks->phones[0] = run->phones;
    run->phones = masks->phones[count];
}

/* Where behind `least` or more bytes of the mask, 5 to 16, another byte stands. */
JOINS uint64_t run_ends(uint64_t mask, uint64_t before, unsigned least)
{
    const unsigned rest = least - (least > 8 ? 8 : 4);
    const uint64_t two = mask & shift_on(mask, before, 1), two_before = before & before << 1;
    const uint64_t four = two & shift_on(two, two_before, 2);
    const uint64_t four_before = two_before & two_before << 2;
    const uint64_t eight = four & shift_on(four, four_before, 4);
    const uint64_t eight_before = four_before & four_before << 4;
    const uint64_t most = least > 8 ? eight : four;
    const uint64_t most_before = least > 8 ? eight_before : four_before;
    const uint64_t all = most & shift_on(most, most_before, rest);
    const uint64_t all_before = most_before & most_before << rest;

    return shift_on(all, all_before, 1) & ~mask;
}

JOINS void join_masks(struct text_masks *masks, size_t count, unsigned least, struct text_run *run)
{
    join_phones(masks, count, run);
    for (size_t i = 1; i <= count; i++)
        masks->phone_ends[i] = run_ends(masks->phones[i], masks->phones[i - 1], least);
    for (size_t i = 1; i <= count; i++)
        masks->word_starts[i] =
            shift_on(masks->blanks[i], masks->blanks[i - 1], 1) & masks->initials[i];
}

#endif
