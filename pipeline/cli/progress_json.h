/*
 * The objects of --progress json, each a line of the standard error output. progress.h says what is
 * in them.
 */
#ifndef EFFACE_CLI_PROGRESS_JSON_H
#define EFFACE_CLI_PROGRESS_JSON_H

#include <stdint.h>

#include "base/diagnostics.h"
#include "base/status.h"
#include "run/phase_meter.h"
#include "run/run.h"

void progress_json_start(const char *command);
void progress_json_intent(const struct run_intent *intent);

/* As the moment is: phase, progress or done. `elapsed` is the phase's. */
void progress_json_tell(const struct run_progress *progress, uint64_t elapsed);
void progress_json_messages(const struct diagnostics *diagnostics);
void progress_json_end(enum status status, uint64_t elapsed);

#endif
