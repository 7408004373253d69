#include "base/bit_filter.h"

#include <stdlib.h>

enum { LEAST_BITS = 6, MOST_BITS = 40 };

bool bit_filter_init(struct bit_filter *filter, size_t bits)
{
    unsigned width = LEAST_BITS;

    while (width < MOST_BITS && (uint64_t)1 << width < bits)
        width++;
    filter->shift = 64 - width;
    filter->words = calloc((size_t)1 << (width - LEAST_BITS), sizeof *filter->words);
    return filter->words != NULL;
}

void bit_filter_release(struct bit_filter *filter)
{
    free(filter->words);
    *filter = (struct bit_filter)BIT_FILTER_INIT;
}
