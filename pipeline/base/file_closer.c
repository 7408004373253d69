#include "base/file_closer.h"

#include <stdlib.h>

#include "base/staged_folder.h"
#include "base/task_pool.h"

/* Files that wait to be synced: enough to overlap, and few descriptors. */
enum { SEATS = 8 };

/* A file that is being closed. */
struct closing {
    int fd;
    const char *name;
    struct task task;
    enum status status;
    struct diagnostics diagnostics;
};

struct file_closer {
    struct task_pool *pool;
    size_t taken, finished; /* files; number n sits in seat n % SEATS */
    struct closing seats[SEATS];
    enum status status; /* of the first that failed */
    struct diagnostics diagnostics;
};

struct file_closer *file_closer_new(size_t threads)
{
    struct file_closer *closer = calloc(1, sizeof(*closer));

    if (!closer)
        return NULL;
    closer->pool = task_pool_new(threads);
    if (closer->pool)
        return closer;
    free(closer);
    return NULL;
}

static void close_file(void *argument, size_t worker)
{
    struct closing *closing = argument;

    (void)worker;
    closing->status = staged_file_close(closing->fd, closing->name, &closing->diagnostics);
}

static void finish_oldest(struct file_closer *closer)
{
    struct closing *closing = &closer->seats[closer->finished++ % SEATS];

    task_wait(closer->pool, &closing->task);
    if (closer->status == STATUS_OK) {
        closer->status = closing->status;
        diagnostics_move(&closer->diagnostics, &closing->diagnostics);
    }
    diagnostics_release(&closing->diagnostics);
}

void file_closer_take(struct file_closer *closer, int fd, const char *name)
{
    struct closing *closing = &closer->seats[closer->taken % SEATS];

    if (closer->taken - closer->finished == SEATS)
        finish_oldest(closer);
    *closing =
        (struct closing){.fd = fd, .name = name, .task = {.run = close_file, .argument = closing}};
    task_submit(closer->pool, &closing->task);
    closer->taken++;
}

enum status file_closer_finish(struct file_closer *closer, struct diagnostics *diagnostics)
{
    while (closer->finished < closer->taken)
        finish_oldest(closer);
    diagnostics_move(diagnostics, &closer->diagnostics);
    return closer->status;
}

void file_closer_free(struct file_closer *closer)
{
    if (!closer)
        return;
    while (closer->finished < closer->taken)
        finish_oldest(closer);
    task_pool_free(closer->pool);
    diagnostics_release(&closer->diagnostics);
    free(closer);
}
