#include "match/mark_sieve_lanes.h"

static bool is_available(void)
{
    return true;
}

const struct mark_sieve mark_sieve_portable = {"portable", is_available, sift_marks, sift_gaps};
