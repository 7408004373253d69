#include <string.h>

#include "cli/command.h"

/* In the order of the list that `efface help` prints. */
const struct command *const commands[] = {
    &command_run,    &command_preview, &command_check,   &command_fields, &command_verify,
    &command_keygen, &command_ledger,  &command_version, &command_help,   NULL};

const struct command *command_find(const char *name)
{
    for (size_t i = 0; commands[i]; i++)
        if (strcmp(commands[i]->name, name) == 0)
            return commands[i];
    return NULL;
}
