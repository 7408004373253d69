#include "run/file_digests.h"

#include <stdlib.h>
#include <string.h>

#include "base/task_pool.h"

/* One of the sums, and the bytes that are to be added to it. */
struct side {
    struct checksum checksum;
    struct span first;
    const struct span *rest;
    size_t rest_count;
    bool well;
    struct task task;
};

struct file_digests {
    struct task_pool *pool;
    struct side in;
    struct side out;
    bool parted; /* the bytes have begun to differ; until then `out` is not used */
};

struct file_digests *file_digests_new(bool threaded)
{
    struct file_digests *digests = calloc(1, sizeof(*digests));

    if (!digests)
        return NULL;
    digests->pool = task_pool_new(threaded ? 2 : 0);
    if (digests->pool)
        return digests;
    free(digests);
    return NULL;
}

bool file_digests_begin(struct file_digests *digests)
{
    digests->parted = false;
    digests->in.well = digests->out.well = true;
    return checksum_start(&digests->in.checksum);
}

static void sum(void *argument, size_t worker)
{
    struct side *side = argument;

    (void)worker;
    side->well = side->well && checksum_add(&side->checksum, side->first);
    for (size_t i = 0; i < side->rest_count && side->well; i++)
        side->well = checksum_add(&side->checksum, side->rest[i]);
}

static void start(struct file_digests *digests, struct side *side, struct span first,
                  const struct span *rest, size_t rest_count)
{
    side->first = first;
    side->rest = rest;
    side->rest_count = rest_count;
    side->task = (struct task){.run = sum, .argument = side};
    task_submit(digests->pool, &side->task);
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
    digests->parted = true;
    digests->in.well = checksum_add(&digests->in.checksum, common);
    digests->out.well = checksum_copy(&digests->out.checksum, &digests->in.checksum);
}

static struct span behind(struct span bytes, size_t size)
{
    return (struct span){bytes.at + size, bytes.size - size};
}

void file_digests_add(struct file_digests *digests, struct span in, const struct pieces *out)
{
    size_t common = digests->parted ? 0 : common_size(in, out);

    if (!digests->parted && is_whole(in, out, common)) {
        start(digests, &digests->in, in, NULL, 0);
        return;
    }
    if (!digests->parted)
        part(digests, (struct span){in.at, common});
    start(digests, &digests->in, behind(in, common), NULL, 0);
    if (out->count)
        start(digests, &digests->out, behind(out->items[0], common), out->items + 1,
              out->count - 1);
    else
        start(digests, &digests->out, (struct span){NULL, 0}, NULL, 0);
}

bool file_digests_settle(struct file_digests *digests)
{
    task_wait(digests->pool, &digests->in.task);
    if (digests->parted)
        task_wait(digests->pool, &digests->out.task);
    return digests->in.well && digests->out.well;
}

bool file_digests_end(struct file_digests *digests, unsigned char in[CHECKSUM_SIZE],
                      unsigned char out[CHECKSUM_SIZE])
{
    if (!checksum_finish(&digests->in.checksum, in))
        return false;
    if (digests->parted)
        return checksum_finish(&digests->out.checksum, out);
    memcpy(out, in, CHECKSUM_SIZE);
    return true;
}

void file_digests_free(struct file_digests *digests)
{
    if (!digests)
        return;
    task_pool_free(digests->pool);
    checksum_release(&digests->in.checksum);
    checksum_release(&digests->out.checksum);
    free(digests);
}
