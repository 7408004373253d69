#if defined(__x86_64__)

/* With the shifts and counts of bits that every processor has beside them. */
#define LANE_WORDS 8
#define LANES                                                                                      \
    __attribute__((target("avx512f,avx512bw,avx512cd,avx512dq,avx512vl,avx512vbmi,avx512vbmi2,"    \
                          "bmi,bmi2,popcnt"))) static inline
#define BYTE_LOOKS "match/byte_looks_avx512.h"
#define MARK_LANES "match/mark_lanes_avx512.h"
#define PHONE_TAILS "match/phone_tails_avx512.h"
#include "match/mark_sieve_lanes.h"

static bool is_available(void)
{
    return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
           __builtin_cpu_supports("avx512cd") && __builtin_cpu_supports("avx512dq") &&
           __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512vbmi") &&
           __builtin_cpu_supports("avx512vbmi2") && __builtin_cpu_supports("bmi") &&
           __builtin_cpu_supports("bmi2") && __builtin_cpu_supports("popcnt");
}

const struct mark_sieve mark_sieve_avx512 = {"avx512", is_available, sift_marks, sift_gaps};

#endif
