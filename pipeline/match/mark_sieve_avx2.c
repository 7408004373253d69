#if defined(__x86_64__)

/* With the shifts and counts of bits that every processor has beside them. */
#define LANE_WORDS 4
#define LANES __attribute__((target("avx2,bmi,bmi2,popcnt"))) static inline
#include "match/mark_sieve_lanes.h"

static bool is_available(void)
{
    return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi") &&
           __builtin_cpu_supports("bmi2") && __builtin_cpu_supports("popcnt");
}

const struct mark_sieve mark_sieve_avx2 = {"avx2", is_available, sift_marks, sift_gaps};

#endif
