#include "match/text_marks.h"

#include <string.h>

enum { BLOCK = TEXT_BLOCK };

/* The bytes by `by` places on, those of the block before coming in. */
static uint64_t shift_on(uint64_t mask, uint64_t before, unsigned by)
{
    return mask << by | before >> (BLOCK - by);
}

/* The digits of a run that begins behind a letter: an identifier's, not a phone's. */
static uint64_t tied_digits(const struct text_masks *masks, size_t block, uint64_t tied_before)
{
    const uint64_t digits = masks->digits[block];
    const uint64_t letters = shift_on(masks->letters[block], masks->letters[block - 1], 1);

    return digits & ~(digits + (digits & (letters | tied_before >> (BLOCK - 1))));
}

/*
 * The digits and signs of the stretch, but for those of words such as C0017, with those of the
 * block before in front. Each block depends on the one before.
 */
static void find_phone_bytes(struct text_marks *marks, struct text_run *run)
{
    const struct text_masks *masks = &marks->masks;
    uint64_t tied = run->tied;
    size_t block = 1;

    marks->phone_bytes[0] = run->bytes;
    for (; block <= marks->size / BLOCK; block++) {
        tied = tied_digits(masks, block, tied);
        marks->phone_bytes[block] =
            (masks->digits[block] & ~tied) | masks->blanks[block] | masks->signs[block];
    }
    *run = (struct text_run){marks->phone_bytes[block - 1], tied};
}

/* Where behind seven or more bytes of the mask another byte stands. */
static inline uint64_t run_ends(uint64_t mask, uint64_t before)
{
    const uint64_t two = mask & shift_on(mask, before, 1), two_before = before & before << 1;
    const uint64_t four = two & shift_on(two, two_before, 2);
    const uint64_t four_before = two_before & two_before << 2;
    const uint64_t seven = four & shift_on(four, four_before, 3);
    const uint64_t seven_before = four_before & four_before << 3;

    return shift_on(seven, seven_before, 1) & ~mask;
}

/* Lists the places of the bits of a mask, whose first word is of the block before the stretch. */
static size_t list(const struct text_walk *walk, const uint64_t *mask, uint16_t *places)
{
    return walk->masker->list(mask + 1, walk->marks.size / BLOCK, places);
}

/* In these loops no block depends on another's result, so that compilers make vectors of them. */

static void mark_phones(struct text_walk *walk)
{
    struct text_marks *marks = &walk->marks;
    uint64_t ends[MASK_WORDS];

    find_phone_bytes(marks, &walk->run);
    for (size_t block = 1; block <= marks->size / BLOCK; block++)
        ends[block] = run_ends(marks->phone_bytes[block], marks->phone_bytes[block - 1]);
    marks->phone_count = list(walk, ends, marks->phones);
}

static void mark_words(struct text_walk *walk)
{
    struct text_marks *marks = &walk->marks;
    const uint64_t *blanks = marks->masks.blanks;
    uint64_t starts[MASK_WORDS];

    for (size_t block = 1; block <= marks->size / BLOCK; block++)
        starts[block] =
            shift_on(blanks[block], blanks[block - 1], 1) & marks->masks.initials[block];
    marks->word_count = list(walk, starts, marks->words);
}

/*
 * Finds the masks of the blocks from walk->at on, as many as a stretch has, or the text, and of the
 * one before. Behind the text zeros stand, one at least, so that it ends no run unseen. Returns
 * how many bytes the blocks have.
 */
static size_t find_masks(const struct text_walk *walk, struct text_masks *masks)
{
    static const char none[BLOCK];
    const char *bytes = walk->text.at + walk->at;
    const size_t left = walk->text.size - walk->at;
    const size_t blocks = left / BLOCK;
    char last[BLOCK] = {0};

    walk->masker->find(walk->at > 0 ? bytes - BLOCK : none, 1, masks, 0);
    if (blocks >= STRETCH_BLOCKS) {
        walk->masker->find(bytes, STRETCH_BLOCKS, masks, 1);
        return STRETCH;
    }
    walk->masker->find(bytes, blocks, masks, 1);
    memcpy(last, bytes + blocks * BLOCK, left - blocks * BLOCK);
    walk->masker->find(last, 1, masks, 1 + blocks);
    return (blocks + 1) * BLOCK;
}

void text_walk_begin(struct text_walk *walk, struct span text)
{
    walk->text = text;
    walk->masker = text_masker_best();
    walk->at = 0;
    walk->run = (struct text_run){0, 0};
}

bool text_walk_next(struct text_walk *walk)
{
    struct text_marks *marks = &walk->marks;

    if (walk->at > walk->text.size)
        return false;
    marks->base = walk->at;
    marks->size = find_masks(walk, &marks->masks);
    marks->email_count = list(walk, marks->masks.ats, marks->emails);
    mark_phones(walk);
    mark_words(walk);
    walk->at += marks->size;
    return true;
}
