#include "match/text_masks.h"

const struct text_masker *const text_maskers[] = {
#if defined(__x86_64__)
    &text_masker_avx512,
    &text_masker_avx2,
#endif
    &text_masker_portable,
    NULL,
};

const struct text_masker *text_masker_best(void)
{
    const struct text_masker *const *masker = text_maskers;

    while (!(*masker)->is_available())
        masker++;
    return *masker;
}
