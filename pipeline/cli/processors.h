/*
 * How many threads to run.
 */
#ifndef EFFACE_CLI_PROCESSORS_H
#define EFFACE_CLI_PROCESSORS_H

#include <stddef.h>

#include "base/diagnostics.h"

/* The processors that this process may use. */
size_t processors(void);

/* The value of --jobs. An error, and 1, where it is none. */
size_t jobs_option(const char *text, struct diagnostics *diagnostics);

#endif
