#include "base/bit_filter.h"

#include <stdlib.h>

/* Of the number of words, its logarithm: a hash's bits within a word are not among its highest. */
enum { WORD_BITS = 64, LEAST_WIDTH = 1, MOST_WIDTH = 40 };

bool bit_filter_init(struct bit_filter *filter, size_t bits)
{
    unsigned width = LEAST_WIDTH;

    while (width < MOST_WIDTH && ((size_t)WORD_BITS << width) < bits)
        width++;
    filter->shift = 64 - width;
    filter->words = calloc((size_t)1 << width, sizeof *filter->words);
    return filter->words != NULL;
}

void bit_filter_release(struct bit_filter *filter)
{
    free(filter->words);
    *filter = (struct bit_filter)BIT_FILTER_INIT;
}

bool bit_filter_join(struct bit_filter *filter, const struct bit_filter *other)
{
    if (filter->words == NULL || other->words == NULL || filter->shift != other->shift)
        return false;
    for (size_t i = 0; i < (size_t)1 << (64 - filter->shift); i++)
        filter->words[i] |= other->words[i];
    return true;
}
