/*
 * What `run` and `preview` have in common around the engine: the command line, the key, the time,
 * progress and messages.
 */
#ifndef EFFACE_CLI_RUN_SESSION_H
#define EFFACE_CLI_RUN_SESSION_H

#include "base/diagnostics.h"
#include "base/status.h"
#include "cli/preview_records.h"
#include "cli/progress.h"
#include "cli/run_arguments.h"
#include "report/run_report.h"
#include "run/run.h"

/* The context of the observer's functions. */
struct run_session {
    struct run_arguments arguments;
    struct progress progress;
    struct preview_records records; /* how a preview prints them */
};

struct session_kind {
    const char *command; /* its name */
    enum arguments_form form;
    enum status (*go)(const struct run_options *options, const struct run_observer *observer,
                      struct diagnostics *diagnostics);
    /* Of struct run_observer. `confirm` NULL: there is nothing to confirm. */
    enum status (*confirm)(void *context, const struct run_intent *intent,
                           struct diagnostics *diagnostics);
    void (*reported)(void *context, const struct run_report *report);
};

/* The whole command, messages included; the status is the exit status. */
enum status run_session(int argc, char **argv, const struct session_kind *kind);

/* Names the targets that were found nowhere or are held back, the first of them one by one. */
void run_session_warn_of_targets(const struct run_session *session,
                                 const struct run_report *report);

#endif
