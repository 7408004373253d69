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

/* Parts of the help that both have. */
#define HELP_TARGETS                                                                               \
    "Who is to be processed, one of:\n"                                                            \
    "  --targets FILE       a CSV file; its columns are named as the contacts' key or\n"           \
    "                       identifiers, and, if you like, mode (anonymize or delete)\n"           \
    "  --contact VALUE      a key or identifier; may be given several times\n"                     \
    "  --select NAME        whoever a selection of RULES selects; that may be nobody\n"            \
    "  --all                every contact\n"                                                       \
    "  --replay             whoever stands in the ledger; alone, or besides one of the others\n"   \
    "\n"                                                                                           \
    "How:\n"                                                                                       \
    "  --mode MODE          anonymize (default) or delete, where the targets file does not "       \
    "say\n"
#define HELP_LIMITS                                                                                \
    "Limits, for odd exports:\n"                                                                   \
    "  --record-limit N     bytes in the longest record (default 64 MiB)\n"                        \
    "  --expansion-limit N  bytes that one gzipped byte may become, once 64 MiB have come out\n"   \
    "                       (default 1100, more than gzip can do)\n"                               \
    "  --batch-size N       bytes worked on at a time (default 1 MiB)\n"

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
