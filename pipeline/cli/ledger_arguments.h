/*
 * The command line of `efface ledger`.
 */
#ifndef EFFACE_CLI_LEDGER_ARGUMENTS_H
#define EFFACE_CLI_LEDGER_ARGUMENTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/diagnostics.h"
#include "base/status.h"
#include "cli/confirmation.h"
#include "ledger/ledger_chain.h"

enum ledger_action { ACTION_INIT, ACTION_LIST, ACTION_VERIFY, ACTION_REKEY, ACTION_FORGET };

struct ledger_arguments {
    enum ledger_action action;
    const char *ledger;
    const char *key_file;     /* NULL: none */
    const char *new_key_file; /* of rekey */
    uint64_t expected_lines;  /* of verify: a head that must be in it; 0: none */
    unsigned char expected_link[LINK_SIZE];
    const char **contacts; /* of forget; owned */
    size_t contact_count;
    const char *digest; /* of forget; NULL: none */
    bool json;          /* of list */
    struct confirmation confirmation;
};

/* STATUS_USAGE with all problems. Release in any case. */
MUST_USE enum status ledger_arguments_parse(int argc, char **argv,
                                            struct ledger_arguments *arguments,
                                            struct diagnostics *diagnostics);
void ledger_arguments_release(struct ledger_arguments *arguments);

#endif
