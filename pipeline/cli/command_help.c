#include <stdio.h>

#include "cli/command.h"
#include "ruleset/spelling.h"

void command_print_help(const struct command *command)
{
    fputs(command->help, stdout);
    if (command != &command_help)
        return;
    puts("\nCommands:");
    for (size_t i = 0; commands[i]; i++)
        printf("  %-9s %s\n", commands[i]->name, commands[i]->summary);
    puts("\n'efface COMMAND --help' says more, with examples; 'man efface-COMMAND' says all.");
}

enum status command_unknown(const char *name)
{
    struct spelling spelling = spelling_of(span_of(name));
    char hint[SPELLING_HINT_SIZE];

    for (size_t i = 0; commands[i]; i++)
        spelling_consider(&spelling, span_of(commands[i]->name));
    fprintf(stderr, "error: no such command%s; 'efface help' lists them\n",
            spelling_hint(&spelling, hint));
    return STATUS_USAGE;
}

static enum status run_help(int argc, char **argv)
{
    const struct command *command = argc < 2 ? &command_help : command_find(argv[1]);

    if (!command)
        return command_unknown(argv[1]);
    command_print_help(command);
    return STATUS_OK;
}

const struct command command_help = {
    .name = "help",
    .summary = "list the commands, or explain one",
    .help = "efface removes people from data exports: consistently in every file.\n"
            "\n"
            "Usage: efface COMMAND [OPTION ...]\n"
            "       efface help [COMMAND]\n",
    .run = run_help,
};

static enum status run_version(int argc, char **argv)
{
    (void)argc;
    (void)argv;
    puts("efface " EFFACE_VERSION);
    return STATUS_OK;
}

const struct command command_version = {
    .name = "version",
    .summary = "print the version",
    .help = "Usage: efface version\n",
    .run = run_version,
};
