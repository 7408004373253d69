#include "base/task_pool.h"

#include <check.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdint.h>

enum { THREADS = 4, TASKS = 1000 };

struct square {
    struct task task;
    size_t number;
    size_t result;
    size_t worker;
};

static void run_square(void *argument, size_t worker)
{
    struct square *square = argument;

    square->result = square->number * square->number;
    square->worker = worker;
}

static struct square squares[TASKS];

static void submit_square(struct task_pool *pool, size_t number)
{
    squares[number] = (struct square){
        .task = {.run = run_square, .argument = &squares[number]},
        .number = number,
    };
    task_submit(pool, &squares[number].task);
}

static void assert_squared(struct task_pool *pool, size_t number)
{
    task_wait(pool, &squares[number].task);
    ck_assert_uint_eq(squares[number].result, number * number);
}

static const size_t sizes[] = {0, 1, THREADS};

START_TEST(every_task_runs)
{
    struct task_pool *pool = task_pool_new(sizes[_i]);

    ck_assert_ptr_nonnull(pool);
    for (size_t i = 0; i < TASKS; i++)
        submit_square(pool, i);
    for (size_t i = 0; i < TASKS; i++) {
        assert_squared(pool, i);
        ck_assert(squares[i].worker == 0 || squares[i].worker < sizes[_i]);
    }
    task_pool_free(pool);
}
END_TEST

START_TEST(tasks_are_waited_for_in_any_order)
{
    struct task_pool *pool = task_pool_new(THREADS);

    for (size_t i = 0; i < TASKS; i++)
        submit_square(pool, i);
    for (size_t i = TASKS; i-- > 0;)
        assert_squared(pool, i);
    task_pool_free(pool);
}
END_TEST

START_TEST(a_task_serves_again_once_waited_for)
{
    struct task_pool *pool = task_pool_new(THREADS);

    for (size_t round = 0; round < 100; round++) {
        for (size_t i = 0; i < 2 * THREADS; i++)
            submit_square(pool, i);
        for (size_t i = 0; i < 2 * THREADS; i++)
            assert_squared(pool, i);
    }
    task_pool_free(pool);
}
END_TEST

struct order {
    size_t started[TASKS];
    size_t count;
};

struct ordered_task {
    struct task task;
    struct order *order;
    size_t number;
};

static void note_order(void *argument, size_t worker)
{
    struct ordered_task *ordered = argument;

    (void)worker;
    ordered->order->started[ordered->order->count++] = ordered->number;
}

START_TEST(tasks_start_in_the_order_of_submission)
{
    static struct order order;
    static struct ordered_task ordered[TASKS];
    struct task_pool *pool = task_pool_new(1);

    for (size_t i = 0; i < TASKS; i++) {
        ordered[i] = (struct ordered_task){{.run = note_order, .argument = &ordered[i]}, &order, i};
        task_submit(pool, &ordered[i].task);
    }
    for (size_t i = 0; i < TASKS; i++) {
        task_wait(pool, &ordered[i].task);
        ck_assert_uint_eq(order.started[i], i);
    }
    task_pool_free(pool);
}
END_TEST

struct meeting {
    struct task task;
    pthread_barrier_t *barrier;
    atomic_bool *busy; /* by worker */
    atomic_int *clashes;
};

/* Returns only if as many tasks run at once as the barrier counts. */
static void meet(void *argument, size_t worker)
{
    struct meeting *meeting = argument;

    if (atomic_exchange(&meeting->busy[worker], true))
        atomic_fetch_add(meeting->clashes, 1);
    pthread_barrier_wait(meeting->barrier);
    atomic_store(&meeting->busy[worker], false);
}

START_TEST(as_many_tasks_run_at_once_as_there_are_threads)
{
    pthread_barrier_t barrier;
    atomic_bool busy[THREADS] = {false};
    atomic_int clashes = 0;
    struct meeting meetings[10 * THREADS];
    const size_t count = sizeof meetings / sizeof meetings[0];
    struct task_pool *pool = task_pool_new(THREADS);

    ck_assert_int_eq(pthread_barrier_init(&barrier, NULL, THREADS), 0);
    for (size_t i = 0; i < count; i++) {
        meetings[i] =
            (struct meeting){{.run = meet, .argument = &meetings[i]}, &barrier, busy, &clashes};
        task_submit(pool, &meetings[i].task);
    }
    for (size_t i = 0; i < count; i++)
        task_wait(pool, &meetings[i].task);
    ck_assert_int_eq(clashes, 0);
    task_pool_free(pool);
    ck_assert_int_eq(pthread_barrier_destroy(&barrier), 0);
}
END_TEST

struct signal_view {
    struct task task;
    bool blocked;
};

static void look_at_signals(void *argument, size_t worker)
{
    struct signal_view *view = argument;
    sigset_t blocked;

    (void)worker;
    view->blocked = pthread_sigmask(SIG_BLOCK, NULL, &blocked) == 0 &&
                    sigismember(&blocked, SIGINT) == 1 && sigismember(&blocked, SIGTERM) == 1;
}

START_TEST(signals_are_left_to_the_submitter)
{
    struct signal_view view = {{.run = look_at_signals, .argument = &view}, false};
    struct task_pool *pool = task_pool_new(1);
    sigset_t own;

    task_submit(pool, &view.task);
    task_wait(pool, &view.task);
    task_pool_free(pool);
    ck_assert(view.blocked);
    ck_assert_int_eq(pthread_sigmask(SIG_BLOCK, NULL, &own), 0);
    ck_assert_int_eq(sigismember(&own, SIGINT), 0);
}
END_TEST

START_TEST(an_unused_pool_ends)
{
    task_pool_free(task_pool_new(THREADS));
    task_pool_free(NULL);
    ck_assert_ptr_null(task_pool_new(SIZE_MAX));
}
END_TEST

Suite *test_task_pool_suite(void)
{
    Suite *suite = suite_create("task_pool");
    TCase *cases = tcase_create("task_pool");

    tcase_add_loop_test(cases, every_task_runs, 0, (int)(sizeof sizes / sizeof sizes[0]));
    tcase_add_test(cases, tasks_are_waited_for_in_any_order);
    tcase_add_test(cases, a_task_serves_again_once_waited_for);
    tcase_add_test(cases, tasks_start_in_the_order_of_submission);
    tcase_add_test(cases, as_many_tasks_run_at_once_as_there_are_threads);
    tcase_add_test(cases, signals_are_left_to_the_submitter);
    tcase_add_test(cases, an_unused_pool_ends);
    suite_add_tcase(suite, cases);
    return suite;
}
