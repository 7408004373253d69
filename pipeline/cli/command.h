/*
 * The commands of the program: each a name, its help, and a function, in its own file, and
 * one line of command_table.c.
 */
#ifndef EFFACE_CLI_COMMAND_H
#define EFFACE_CLI_COMMAND_H

#include "base/status.h"
#include "cli/signals.h"

#define EFFACE_VERSION "0.1.0"

struct command {
    const char *name;
    const char *summary; /* a line for the list of commands */
    const char *help;    /* what `efface NAME --help` prints */
    /* `argv[0]` is the command's name. Prints its own messages; the status is the exit status. */
    enum status (*run)(int argc, char **argv);
};

extern const struct command command_run;
extern const struct command command_check;
extern const struct command command_fields;
extern const struct command command_preview;
extern const struct command command_verify;
extern const struct command command_keygen;
extern const struct command command_ledger;
extern const struct command command_version;
extern const struct command command_help;

/* All of them; ends with NULL. */
extern const struct command *const commands[];

/* NULL: there is no such command. */
const struct command *command_find(const char *name);

/* Tells that there is no such command, and which was meant: STATUS_USAGE. */
enum status command_unknown(const char *name);

/* Prints to stdout what `efface NAME --help` says. */
void command_print_help(const struct command *command);

#endif
