/*
 * How many threads to run.
 */
#ifndef EFFACE_CLI_PROCESSORS_H
#define EFFACE_CLI_PROCESSORS_H

#include <stddef.h>

#include "base/diagnostics.h"

/* The processors that this process may use, by its affinity and by the quota of its group. */
size_t processors(void);

/* The value of --jobs. An error, and 1, where it is none. */
size_t jobs_option(const char *text, struct diagnostics *diagnostics);

#endif
