#include "read/gzip_policy.h"

#include "read/gzip_members.h"

#define IN_MEMBER "in the member at offset"

const struct gzip_problem gzip_no_member = {
    "bytes behind the last gzip member that are no gzip member", "at offset"};
const struct gzip_problem gzip_truncated = {"the gzip data ends too early", IN_MEMBER};
const struct gzip_problem gzip_corrupt = {"corrupt gzip data", IN_MEMBER};
const struct gzip_problem gzip_wrong_crc = {"corrupt gzip data: the CRC does not match", IN_MEMBER};
const struct gzip_problem gzip_wrong_length = {"corrupt gzip data: the length does not match",
                                               IN_MEMBER};
static const struct gzip_problem nested = {"gzip data within gzip data", IN_MEMBER};
static const struct gzip_problem bomb = {"the gzip data expands beyond the limit on its ratio",
                                         IN_MEMBER};

/* So small an output is no bomb, whatever it came from. */
static const uint64_t harmless_size = (uint64_t)64 << 20;

void gzip_tally_add_out(struct gzip_tally *tally, const char *made, size_t size)
{
    for (size_t i = 0; i < size && tally->out + i < sizeof tally->head; i++)
        tally->head[tally->out + i] = made[i];
    tally->out += size;
}

static bool is_nested(const struct gzip_tally *tally)
{
    return tally->out >= sizeof tally->head &&
           gzip_begins((struct span){tally->head, sizeof tally->head});
}

static bool is_bomb(const struct gzip_tally *tally)
{
    return tally->out > harmless_size && tally->out / tally->in >= tally->expansion_limit;
}

const struct gzip_problem *gzip_tally_problem(const struct gzip_tally *tally)
{
    if (is_nested(tally))
        return &nested;
    return is_bomb(tally) ? &bomb : NULL;
}
