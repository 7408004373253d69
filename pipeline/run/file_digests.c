#include "run/file_digests.h"

#include <stdlib.h>
#include <string.h>

struct digest_side {
    struct checksum checksum;
    bool well;
    struct task_pool *pool;            /* of one thread, which adds in order */
    const struct digest_share *latest; /* of this file; NULL: none */
};

struct file_digests {
    struct digest_side in;
    struct digest_side out;
    bool parted; /* the bytes have begun to differ; until then `out` is not used */
};

struct file_digests *file_digests_new(bool threaded)
{
    struct file_digests *digests = calloc(1, sizeof(*digests));

    if (!digests)
        return NULL;
    digests->in.pool = task_pool_new(threaded);
    digests->out.pool = task_pool_new(threaded);
    if (digests->in.pool && digests->out.pool)
        return digests;
    file_digests_free(digests);
    return NULL;
}

bool file_digests_begin(struct file_digests *digests)
{
    digests->parted = false;
    digests->in.well = digests->out.well = true;
    digests->in.latest = digests->out.latest = NULL;
    return checksum_start(&digests->in.checksum);
}

static void sum(void *argument, size_t worker)
{
    struct digest_share *share = argument;
    struct digest_side *side = share->side;

    (void)worker;
    side->well = side->well && checksum_add(&side->checksum, share->first);
    for (size_t i = 0; i < share->rest_count && side->well; i++)
        side->well = checksum_add(&side->checksum, share->rest[i]);
}

static void start(struct digest_share *share)
{
    share->task = (struct task){.run = sum, .argument = share};
    share->side->latest = share;
    task_submit(share->side->pool, &share->task);
}

static void settle(const struct digest_share *share)
{
    if (share && share->side)
        task_wait(share->side->pool, &share->task);
}

/* How many bytes at their beginning are the same in both, because they are the same memory. */
static size_t common_size(struct span in, const struct pieces *out)
{
    if (out->count == 0 || out->items[0].at != in.at)
        return 0;
    return out->items[0].size < in.size ? out->items[0].size : in.size;
}

static bool is_whole(struct span in, const struct pieces *out, size_t common)
{
    return common == in.size &&
           (out->count == 0 || (out->count == 1 && out->items[0].size == common));
}

/* Sums what is still the same, and goes on in two ways. */
static void part(struct file_digests *digests, struct span common)
{
    struct digest_side *in = &digests->in;

    settle(in->latest);
    in->well = in->well && checksum_add(&in->checksum, common);
    digests->out.well = in->well && checksum_copy(&digests->out.checksum, &in->checksum);
    digests->parted = true;
}

/* Shares the bytes out to the sides, which take part in the stretch from then on. */
static void share_out(struct file_digests *digests, struct digest_stretch *stretch, struct span in,
                      const struct pieces *out)
{
    size_t common = digests->parted ? 0 : common_size(in, out);

    *stretch = (struct digest_stretch){.in.first = in};
    if (!digests->parted && !is_whole(in, out, common)) {
        part(digests, (struct span){in.at, common});
        stretch->in.first = span_from(in, common);
    }
    stretch->in.side = &digests->in; /* not before: the latest share may be this one, settled */
    if (!digests->parted || out->count == 0)
        return;
    stretch->out = (struct digest_share){.side = &digests->out,
                                         .first = span_from(out->items[0], common),
                                         .rest = out->items + 1,
                                         .rest_count = out->count - 1};
}

void file_digests_add_head(struct file_digests *digests, struct span in, const struct pieces *out)
{
    struct digest_stretch stretch;

    share_out(digests, &stretch, in, out);
    sum(&stretch.in, 0);
    if (stretch.out.side)
        sum(&stretch.out, 0);
}

void file_digests_add(struct file_digests *digests, struct digest_stretch *stretch, struct span in,
                      const struct pieces *out)
{
    share_out(digests, stretch, in, out);
    start(&stretch->in);
    if (stretch->out.side)
        start(&stretch->out);
}

void file_digests_settle(struct file_digests *digests, const struct digest_stretch *stretch)
{
    (void)digests;
    settle(&stretch->in);
    settle(&stretch->out);
}

static bool end(struct digest_side *side, unsigned char digest[CHECKSUM_SIZE])
{
    settle(side->latest);
    side->latest = NULL;
    return side->well && checksum_finish(&side->checksum, digest);
}

bool file_digests_end(struct file_digests *digests, unsigned char in[CHECKSUM_SIZE],
                      unsigned char out[CHECKSUM_SIZE])
{
    if (!end(&digests->in, in))
        return false;
    if (digests->parted)
        return end(&digests->out, out);
    memcpy(out, in, CHECKSUM_SIZE);
    return true;
}

static void free_side(struct digest_side *side)
{
    settle(side->latest);
    task_pool_free(side->pool);
    checksum_release(&side->checksum);
}

void file_digests_free(struct file_digests *digests)
{
    if (!digests)
        return;
    free_side(&digests->in);
    free_side(&digests->out);
    free(digests);
}
