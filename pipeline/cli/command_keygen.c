#include <stdio.h>

#include "base/secret.h"
#include "cli/command.h"

static enum status run_keygen(int argc, char **argv)
{
    struct diagnostics diagnostics = DIAGNOSTICS_INIT;
    enum status status;

    if (argc != 2 || argv[1][0] == '-' || argv[1][0] == '\0') {
        fputs("error: keygen takes one file name; see 'efface keygen --help'\n", stderr);
        return STATUS_USAGE;
    }
    status = secret_write_new(argv[1], &diagnostics);
    diagnostics_print(&diagnostics, stderr);
    diagnostics_release(&diagnostics);
    return status;
}

const struct command command_keygen = {
    .name = "keygen",
    .summary = "make a new pseudonymization key",
    .help = "Usage: efface keygen FILE\n"
            "\n"
            "Writes a new random key to FILE, which must not exist yet, readable by you alone\n"
            "(mode 0600). A run with --key-file FILE gives the same pseudonyms every time.\n"
            "Whoever has the key can tell which pseudonym is whose: keep it as you keep the\n"
            "data itself, and delete it when the pseudonyms need not be stable any more.\n"
            "\n"
            "Example:\n"
            "  efface keygen nightly.key\n",
    .run = run_keygen,
};
