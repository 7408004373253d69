#include "match/word_look.h"

#include "match/look_lanes.h"

uint64_t word_start_look(struct span text, size_t start)
{
    return word_start_looks((word_lanes){bytes_from(text, start)})[0];
}

uint64_t word_end_look(struct span text, size_t end)
{
    return word_end_looks((word_lanes){bytes_before(text, end)})[0];
}
