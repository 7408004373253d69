/*
 * The command line of `efface run`, and of `efface preview`, which names its targets likewise.
 */
#ifndef EFFACE_CLI_RUN_ARGUMENTS_H
#define EFFACE_CLI_RUN_ARGUMENTS_H

#include "base/diagnostics.h"
#include "base/status.h"
#include "cli/confirmation.h"
#include "cli/progress.h"
#include "run/run.h"

enum arguments_form { ARGUMENTS_RUN, ARGUMENTS_PREVIEW };

struct run_arguments {
    struct run_options options; /* what the command line says of it */
    const char **contacts;      /* owned */
    const char *key_file;       /* NULL: none */
    struct confirmation confirmation;
    enum progress_mode progress;
    bool json; /* of a preview; the next three, too */
    bool explain;
    bool diff;
    bool show_values;
};

/* STATUS_USAGE with all problems. Release in any case. */
MUST_USE enum status run_arguments_parse(enum arguments_form form, int argc, char **argv,
                                         struct run_arguments *arguments,
                                         struct diagnostics *diagnostics);
void run_arguments_release(struct run_arguments *arguments);

#endif
