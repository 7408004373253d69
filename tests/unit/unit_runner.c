/*
 * Runs every suite, on all processors. Check's own variables narrow the run to one process:
 * CK_RUN_SUITE=arena, CK_RUN_CASE=..., CK_FORK=no under a debugger.
 */
#include "unit_suites.h"

#include <stdatomic.h>
#include <stdbool.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

static bool run(SRunner *runner)
{
    srunner_run_all(runner, CK_ENV);
    const int failed = srunner_ntests_failed(runner);
    const int ran = srunner_ntests_run(runner);
    srunner_free(runner);
    return failed == 0 && ran > 0;
}

static bool is_narrowed(void)
{
    return getenv("CK_RUN_SUITE") || getenv("CK_RUN_CASE") || getenv("CK_FORK");
}

static bool run_in_one_process(void)
{
    SRunner *runner = srunner_create(NULL);

    for (unit_suite *const *suite = unit_suites; *suite != NULL; suite++)
        srunner_add_suite(runner, (*suite)());
    return run(runner);
}

static size_t count_suites(void)
{
    size_t count = 0;

    while (unit_suites[count] != NULL)
        count++;
    return count;
}

/* Takes one suite after the other that nobody has taken yet. */
static bool run_untaken(atomic_size_t *next)
{
    const size_t count = count_suites();
    bool passed = true;

    for (size_t i = (*next)++; i < count; i = (*next)++)
        passed = run(srunner_create(unit_suites[i]())) && passed;
    return passed;
}

static bool run_on_all_processors(void)
{
    const long processors = sysconf(_SC_NPROCESSORS_ONLN);
    atomic_size_t *next =
        mmap(NULL, sizeof *next, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    long forked = 0;
    bool passed = next != MAP_FAILED;
    int status;

    for (; passed && forked < processors; forked++) {
        const pid_t child = fork();

        if (child == 0)
            exit(run_untaken(next) ? EXIT_SUCCESS : EXIT_FAILURE);
        passed = child > 0;
    }
    while (wait(&status) > 0)
        passed = passed && status == 0;
    return passed && forked > 0;
}

int main(void)
{
    /* Only what hangs runs out of it: how fast the machine is decides no test. */
    setenv("CK_DEFAULT_TIMEOUT", "300", 0);
    return (is_narrowed() ? run_in_one_process() : run_on_all_processors()) ? EXIT_SUCCESS
                                                                            : EXIT_FAILURE;
}
