#include "match/text_marks.h"

#include <string.h>

enum { BLOCK = TEXT_BLOCK };

#define HIGHEST (UINT64_C(1) << 63)

/* The bytes by `by` places on, those of the block before coming in. */
static uint64_t shift_on(uint64_t mask, uint64_t before, unsigned by)
{
    return mask << by | before >> (BLOCK - by);
}

/* The digits of a run that begins behind a letter: an identifier's, not a phone's. */
static uint64_t tied_digits(struct text_walk *walk, uint64_t digits, uint64_t letters)
{
    const uint64_t starts = digits & (letters << 1 | walk->letter | walk->tied);
    const uint64_t tied = digits & ~(digits + starts);

    walk->letter = letters >> (BLOCK - 1);
    walk->tied = tied >> (BLOCK - 1);
    return tied;
}

/* The seventh byte of each run of `bytes`. */
static uint64_t seventh_in_row(struct text_walk *walk, uint64_t bytes)
{
    const uint64_t two = bytes & shift_on(bytes, walk->runs[0], 1);
    const uint64_t four = two & shift_on(two, walk->runs[1], 2);
    const uint64_t seven = four & shift_on(four, walk->runs[2], 3);
    const uint64_t eight = four & shift_on(four, walk->runs[2], 4);

    walk->runs[0] = bytes;
    walk->runs[1] = two;
    walk->runs[2] = four;
    return seven & ~eight;
}

/*
 * Appends the places that a mask of the block at `start` of the stretch has. Four are written at
 * once, though some are none: how many there are is hard to foretell for a processor.
 */
static size_t add_places(uint16_t *places, size_t count, size_t start, uint64_t mask)
{
    do {
        for (size_t i = 0; i < 4; i++, mask &= mask - 1) {
            places[count] = (uint16_t)(start + (size_t)__builtin_ctzll(mask | HIGHEST));
            count += mask != 0;
        }
    } while (mask);
    return count;
}

static void mark(struct text_walk *walk, const struct text_masks *masks, size_t start,
                 struct text_marks *marks)
{
    const uint64_t blanks = masks->blanks;
    const uint64_t phone_signs = blanks | masks->signs;
    const uint64_t words = (blanks << 1 | walk->blank) & ~(masks->digits | phone_signs);
    const uint64_t tied = tied_digits(walk, masks->digits, masks->letters);
    const uint64_t phones = seventh_in_row(walk, (masks->digits & ~tied) | phone_signs);

    walk->blank = blanks >> (BLOCK - 1);
    marks->email_count = add_places(marks->emails, marks->email_count, start, masks->ats);
    marks->word_count = add_places(marks->words, marks->word_count, start, words);
    marks->phone_count = add_places(marks->phones, marks->phone_count, start, phones);
}

/* The masks of the blocks from walk->at on, as many as a stretch has, or the text. */
static size_t find_masks(const struct text_walk *walk, struct text_masks *masks)
{
    const char *bytes = walk->text.at + walk->at;
    const size_t left = walk->text.size - walk->at;
    const size_t blocks = left / BLOCK;
    char last[BLOCK] = {0};

    if (blocks >= STRETCH_BLOCKS) {
        walk->masker->find(bytes, STRETCH_BLOCKS, masks);
        return STRETCH_BLOCKS;
    }
    walk->masker->find(bytes, blocks, masks);
    if (left == blocks * BLOCK)
        return blocks;
    memcpy(last, bytes + blocks * BLOCK, left - blocks * BLOCK);
    walk->masker->find(last, 1, &masks[blocks]);
    return blocks + 1;
}

void text_walk_begin(struct text_walk *walk, struct span text)
{
    *walk = (struct text_walk){.text = text, .masker = text_masker_best()};
}

bool text_walk_next(struct text_walk *walk, struct text_marks *marks)
{
    struct text_masks masks[STRETCH_BLOCKS];
    size_t count;

    if (walk->at == walk->text.size)
        return false;
    marks->base = walk->at;
    marks->email_count = marks->phone_count = marks->word_count = 0;
    count = find_masks(walk, masks);
    for (size_t i = 0; i < count; i++)
        mark(walk, &masks[i], i * BLOCK, marks);
    walk->at += count * BLOCK;
    if (walk->at > walk->text.size)
        walk->at = walk->text.size;
    return true;
}
