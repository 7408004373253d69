#include <stdio.h>
#include <string.h>

#include "cli/command.h"

static const struct command *const listed[] = {&command_run, &command_keygen, &command_version,
                                               &command_help};

enum { LISTED_COUNT = sizeof(listed) / sizeof(listed[0]) };

void command_print_help(const struct command *command)
{
    fputs(command->help, stdout);
    if (command != &command_help)
        return;
    puts("\nCommands:");
    for (size_t i = 0; i < LISTED_COUNT; i++)
        printf("  %-9s %s\n", listed[i]->name, listed[i]->summary);
    puts("\n'efface COMMAND --help' says more, with examples; 'man efface' says all.");
}

static enum status run_help(int argc, char **argv)
{
    if (argc < 2) {
        command_print_help(&command_help);
        return STATUS_OK;
    }
    for (size_t i = 0; i < LISTED_COUNT; i++) {
        if (strcmp(listed[i]->name, argv[1]) == 0) {
            command_print_help(listed[i]);
            return STATUS_OK;
        }
    }
    fputs("error: no such command; 'efface help' lists them\n", stderr);
    return STATUS_USAGE;
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
