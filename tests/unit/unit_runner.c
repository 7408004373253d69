/*
 * Runs every suite. Check's own variables narrow the run: CK_RUN_SUITE=arena, CK_RUN_CASE=...,
 * CK_FORK=no under a debugger.
 */
#include "unit_suites.h"

#include <stdlib.h>

int main(void)
{
    /* Only what hangs runs out of it: how fast the machine is decides no test. */
    setenv("CK_DEFAULT_TIMEOUT", "300", 0);

    SRunner *runner = srunner_create(NULL);
    for (unit_suite *const *suite = unit_suites; *suite != NULL; suite++)
        srunner_add_suite(runner, (*suite)());

    srunner_run_all(runner, CK_ENV);
    const int failed = srunner_ntests_failed(runner);
    const int run = srunner_ntests_run(runner);
    srunner_free(runner);
    return failed == 0 && run > 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
