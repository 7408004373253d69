/*
 * The time that a command says it ran at.
 */
#ifndef EFFACE_CLI_RUN_CLOCK_H
#define EFFACE_CLI_RUN_CLOCK_H

#include <stdbool.h>
#include <time.h>

#include "base/diagnostics.h"
#include "base/status.h"

/*
 * Now, or SOURCE_DATE_EPOCH where it is set, so that outputs can be compared: then
 * *reproducible is set. STATUS_USAGE where that is no number of seconds.
 */
MUST_USE enum status run_clock(time_t *now, bool *reproducible, struct diagnostics *diagnostics);

#endif
