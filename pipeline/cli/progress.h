/*
 * The option --progress: how far a run is, told on the standard error output.
 *
 *     auto     on a terminal a live line, once the run takes longer than a moment; else nothing
 *     always   on a terminal a live line from the start; else a line every ten seconds
 *     never    nothing
 *     json     an object a line, for schedulers: the standard error output then holds nothing else
 *
 * A live line is drawn by one write, at most ten times a second, in the width that the terminal has
 * at that moment, and is gone when the phase is over. TERM=dumb counts as no terminal.
 *
 * Objects have an `event`. All times are milliseconds.
 *
 *     start     version (1; others members may be added any time), command, efface_version
 *     intent    in, out, to_anonymize, to_delete, already, held, not_found, files, entities
 *     phase     phase ("resolve", "collect", "apply", "reports"), files, bytes
 *     progress  phase, files_done, files, bytes_done, bytes, records, elapsed, left (null:
 * unknown); once a second, and nothing in it but `left` goes down within a phase done      the
 * same, of a phase that is over message   path, line, column, severity, message: as `efface check
 * --format json` has them end       status (the exit status), elapsed
 */
#ifndef EFFACE_CLI_PROGRESS_H
#define EFFACE_CLI_PROGRESS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/diagnostics.h"
#include "base/status.h"
#include "run/phase_meter.h"
#include "run/run.h"

enum progress_mode { PROGRESS_AUTO, PROGRESS_ALWAYS, PROGRESS_NEVER, PROGRESS_JSON };

struct progress {
    enum progress_mode mode;
    bool terminal; /* lines are live */
    bool colour;
    bool drawn;         /* a live line stands there */
    uint64_t begun;     /* the run */
    uint64_t phase;     /* ... and its phase */
    uint64_t told_last; /* when a line or object was written */
};

/* The value of --progress. An error, and PROGRESS_AUTO, where it is none. */
enum progress_mode progress_option(const char *word, struct diagnostics *diagnostics);

/* Begins; `command` is the command's name. */
void progress_begin(struct progress *progress, enum progress_mode mode, const char *command);

/* What to give the run. The progress must outlive it. */
struct progress_watcher progress_watcher(struct progress *progress);

/* Tells what is about to be done, where that is told as an object. */
void progress_intent(const struct progress *progress, const struct run_intent *intent);

/* Takes the live line away, where one is: something else is about to be printed. */
void progress_clear(struct progress *progress);

/* Prints messages: as lines, or as objects. */
void progress_messages(const struct progress *progress, const struct diagnostics *diagnostics);

/* Milliseconds since it began. */
uint64_t progress_elapsed(const struct progress *progress);

/* Takes the live line away and tells the end. */
void progress_end(struct progress *progress, enum status status);

/*
 * Whether a line is due: `interval` milliseconds have passed since the last one, and the run has
 * taken `patience`.
 */
bool progress_is_due(const struct progress *progress, uint64_t now);

#endif
