#include "match/mark_sieve.h"

const struct mark_sieve *const mark_sieves[] = {
#if defined(__x86_64__)
    &mark_sieve_avx512,
    &mark_sieve_avx2,
#endif
    &mark_sieve_portable,
    NULL,
};

const struct mark_sieve *mark_sieve_best(void)
{
    const struct mark_sieve *const *sieve = mark_sieves;

    while (!(*sieve)->is_available())
        sieve++;
    return *sieve;
}
