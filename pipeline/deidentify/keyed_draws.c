#include "deidentify/keyed_draws.h"

#include <assert.h>

enum { NARROW_BYTES = 2, WIDE_BYTES = 8 };

bool keyed_draws_begin(struct keyed_draws *draws, struct tagger *tagger, struct span domain,
                       struct span value)
{
    *draws = (struct keyed_draws){.tagger = tagger, .domain = domain};
    draws->failed = !tagger_tag(tagger, domain, value, draws->tag);
    return !draws->failed;
}

static void renew(struct keyed_draws *draws)
{
    unsigned char tag[TAG_SIZE];
    const struct span old = {(const char *)draws->tag, TAG_SIZE};

    draws->failed |= !tagger_tag(draws->tagger, draws->domain, old, tag);
    if (!draws->failed)
        memcpy(draws->tag, tag, sizeof tag);
    draws->used = 0;
}

/* A number of so many bytes, which divide the tag's size. */
static uint64_t draw_bytes(struct keyed_draws *draws, size_t count)
{
    uint64_t number = 0;

    if (draws->used + count > TAG_SIZE)
        renew(draws);
    for (size_t i = 0; i < count; i++)
        number = number << 8 | draws->tag[draws->used++];
    return number;
}

uint64_t keyed_draws_below(struct keyed_draws *draws, uint64_t bound)
{
    const size_t count = bound <= 1 << 8 * NARROW_BYTES ? NARROW_BYTES : WIDE_BYTES;
    const uint64_t last = count == NARROW_BYTES ? UINT16_MAX : UINT64_MAX;
    uint64_t number;

    assert(bound >= 1 && bound <= (uint64_t)1 << 63);
    /* How many numbers at the top would favour the small remainders. */
    const uint64_t excess = (last % bound + 1) % bound;
    do
        number = draw_bytes(draws, count);
    while (number > last - excess && !draws->failed);
    return number % bound;
}
