#include "read/framer_masks.h"

const struct mask_finder *const mask_finders[] = {
#if defined(__x86_64__)
    &mask_finder_vbmi2,    &mask_finder_avx512,
    &mask_finder_avx2,
#elif defined(__aarch64__)
    &mask_finder_neon,
#endif
    &mask_finder_portable, NULL,
};

const struct mask_finder *mask_finder_best(void)
{
    const struct mask_finder *const *finder = mask_finders;

    while (!(*finder)->is_available())
        finder++;
    return *finder;
}
