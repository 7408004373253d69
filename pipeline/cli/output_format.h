/*
 * The option --format of the commands that print what they find.
 */
#ifndef EFFACE_CLI_OUTPUT_FORMAT_H
#define EFFACE_CLI_OUTPUT_FORMAT_H

#include <stdbool.h>

#include "base/diagnostics.h"

/* Whether the value means JSON; text is the other. An error where it is neither. */
bool output_format_is_json(const char *word, struct diagnostics *diagnostics);

#endif
