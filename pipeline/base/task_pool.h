/*
 * Threads that run tasks.
 *
 * A task is a function and its argument, owned by the submitter. Tasks start in the
 * order of submission; task_wait gives them back in whatever order the submitter
 * asks, which is how results keep the order of the data. A pool of no threads
 * runs each task inside task_submit. One thread submits; any may wait, and again for a task that
 * was waited for.
 */
#ifndef EFFACE_BASE_TASK_POOL_H
#define EFFACE_BASE_TASK_POOL_H

#include <stdbool.h>
#include <stddef.h>

#include "base/status.h"

struct task_pool; /* opaque */

struct task {
    /* `worker` is below the pool's number of threads, or 0; no two tasks that run at once share it
     */
    void (*run)(void *argument, size_t worker);
    void *argument;
    /* the pool's own */
    struct task *next;
    bool done;
};

/* NULL where threads or memory can't be had. Caller frees with task_pool_free. */
struct task_pool *task_pool_new(size_t threads);

/* Every submitted task must have been waited for. NULL is fine. */
void task_pool_free(struct task_pool *pool);

/* `task` is borrowed until a task_wait has returned for it. */
void task_submit(struct task_pool *pool, struct task *task);

/* Returns when the task has run. */
void task_wait(struct task_pool *pool, const struct task *task);

#endif
