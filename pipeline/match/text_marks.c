#include "match/text_marks.h"

#include <string.h>

enum { BLOCK = TEXT_BLOCK };

/* Lists the places of the bits of a mask, whose first word is of the block before the stretch. */
static size_t list(const struct text_walk *walk, const uint64_t *mask, uint16_t *places)
{
    return walk->masker->list(mask + 1, walk->marks.size / BLOCK, places);
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

void text_walk_begin(struct text_walk *walk, struct span text, unsigned least_digits)
{
    walk->least_digits = least_digits;
    walk->text = text;
    walk->masker = text_masker_best();
    walk->at = 0;
    walk->run = (struct text_run){0, false};
}

bool text_walk_next(struct text_walk *walk)
{
    struct text_marks *marks = &walk->marks;

    if (walk->at > walk->text.size)
        return false;
    marks->base = walk->at;
    marks->size = find_masks(walk, &marks->masks);
    walk->masker->join(&marks->masks, marks->size / BLOCK, walk->least_digits, &walk->run);
    marks->email_count = list(walk, marks->masks.ats, marks->emails);
    marks->phone_count = list(walk, marks->masks.phone_ends, marks->phones);
    marks->word_count = list(walk, marks->masks.word_starts, marks->words);
    walk->at += marks->size;
    return true;
}
