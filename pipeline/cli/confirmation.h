/*
 * The warning, and the word CONFIRM.
 */
#ifndef EFFACE_CLI_CONFIRMATION_H
#define EFFACE_CLI_CONFIRMATION_H

#include <stdbool.h>

#include "base/diagnostics.h"
#include "base/status.h"
#include "run/run.h"

struct confirmation {
    const char *word; /* of --confirm; NULL: to be typed */
    bool told;        /* what will be done has been told in another way */
};

/*
 * Whether the word can come at all: given by option, or a terminal to type it on.
 * STATUS_UNCONFIRMED otherwise, or where the option's word is another.
 */
MUST_USE enum status confirmation_possible(const struct confirmation *confirmation,
                                           struct diagnostics *diagnostics);

/* Prints to stderr what will be done, and has CONFIRM typed if no option gave it. */
MUST_USE enum status confirmation_ask(const struct confirmation *confirmation,
                                      const struct run_intent *intent,
                                      struct diagnostics *diagnostics);

/* Has CONFIRM typed if no option gave it. STATUS_UNCONFIRMED where something else is. */
MUST_USE enum status confirmation_await(const struct confirmation *confirmation,
                                        struct diagnostics *diagnostics);

#endif
