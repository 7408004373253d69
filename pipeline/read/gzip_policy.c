#include "read/gzip_policy.h"

#include "read/gzip_members.h"

const char gzip_no_member[] = "bytes behind the last gzip member that are no gzip member";
const char gzip_truncated[] = "the gzip data ends too early";
const char gzip_corrupt[] = "corrupt gzip data";
const char gzip_wrong_crc[] = "corrupt gzip data: the CRC does not match";
const char gzip_wrong_length[] = "corrupt gzip data: the length does not match";

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

const char *gzip_tally_problem(const struct gzip_tally *tally)
{
    if (is_nested(tally))
        return "gzip data within gzip data";
    if (is_bomb(tally))
        return "the gzip data expands beyond the limit on its ratio";
    return NULL;
}
