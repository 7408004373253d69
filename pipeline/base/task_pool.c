#include "base/task_pool.h"

#include <pthread.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>

struct worker {
    struct task_pool *pool;
    size_t number;
    pthread_t thread;
};

struct task_pool {
    pthread_mutex_t lock; /* guards everything below but the workers, and every task's done */
    pthread_cond_t submitted;
    pthread_cond_t finished;
    struct task *oldest; /* queue of the tasks that have not started */
    struct task *latest;
    bool closing;
    size_t threads;
    struct worker workers[];
};

/* Under the lock: waits for a task and takes it out of the queue. NULL where the pool closes. */
static struct task *take_task(struct task_pool *pool)
{
    while (pool->oldest == NULL && !pool->closing)
        pthread_cond_wait(&pool->submitted, &pool->lock);
    struct task *task = pool->oldest;
    if (task != NULL)
        pool->oldest = task->next;
    return task;
}

static void *work(void *argument)
{
    const struct worker *worker = argument;
    struct task_pool *pool = worker->pool;
    struct task *task;

    pthread_mutex_lock(&pool->lock);
    while ((task = take_task(pool)) != NULL) {
        pthread_mutex_unlock(&pool->lock);
        task->run(task->argument, worker->number);
        pthread_mutex_lock(&pool->lock);
        task->done = true;
        pthread_cond_broadcast(&pool->finished);
    }
    pthread_mutex_unlock(&pool->lock);
    return NULL;
}

/* Signals are for the thread that made the pool, so workers begin with all of them blocked. */
static bool start_workers(struct task_pool *pool, size_t threads)
{
    sigset_t all;
    sigset_t before;

    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    while (pool->threads < threads) {
        struct worker *worker = &pool->workers[pool->threads];

        *worker = (struct worker){.pool = pool, .number = pool->threads};
        if (pthread_create(&worker->thread, NULL, work, worker) != 0)
            break;
        pool->threads++;
    }
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return pool->threads == threads;
}

struct task_pool *task_pool_new(size_t threads)
{
    struct task_pool *pool = NULL;

    if (threads <= (SIZE_MAX - sizeof *pool) / sizeof pool->workers[0])
        pool = calloc(1, sizeof *pool + threads * sizeof pool->workers[0]);
    if (pool == NULL)
        return NULL;
    pthread_mutex_init(&pool->lock, NULL);
    pthread_cond_init(&pool->submitted, NULL);
    pthread_cond_init(&pool->finished, NULL);
    if (!start_workers(pool, threads)) {
        task_pool_free(pool);
        return NULL;
    }
    return pool;
}

void task_pool_free(struct task_pool *pool)
{
    if (pool == NULL)
        return;
    pthread_mutex_lock(&pool->lock);
    pool->closing = true;
    pthread_cond_broadcast(&pool->submitted);
    pthread_mutex_unlock(&pool->lock);
    for (size_t i = 0; i < pool->threads; i++)
        pthread_join(pool->workers[i].thread, NULL);
    pthread_cond_destroy(&pool->finished);
    pthread_cond_destroy(&pool->submitted);
    pthread_mutex_destroy(&pool->lock);
    free(pool);
}

void task_submit(struct task_pool *pool, struct task *task)
{
    task->next = NULL;
    task->done = false;
    if (pool->threads == 0) {
        task->run(task->argument, 0);
        task->done = true;
        return;
    }
    pthread_mutex_lock(&pool->lock);
    if (pool->oldest == NULL)
        pool->oldest = task;
    else
        pool->latest->next = task;
    pool->latest = task;
    pthread_cond_signal(&pool->submitted);
    pthread_mutex_unlock(&pool->lock);
}

void task_wait(struct task_pool *pool, const struct task *task)
{
    pthread_mutex_lock(&pool->lock);
    while (!task->done)
        pthread_cond_wait(&pool->finished, &pool->lock);
    pthread_mutex_unlock(&pool->lock);
}
