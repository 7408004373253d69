#include <stdio.h>
#include <unistd.h>

#include "cli/command.h"
#include "cli/preview_text.h"
#include "cli/run_session.h"
#include "report/reports.h"

static void print_json(const struct run_report *report)
{
    struct diagnostics diagnostics = DIAGNOSTICS_INIT;

    /* a full or closed stdout does not change the status: the verdict is in that too */
    if (anonymization_json_write(report, STDOUT_FILENO, "standard output", &diagnostics) !=
        STATUS_OK)
        diagnostics_print(&diagnostics, stderr);
    diagnostics_release(&diagnostics);
}

static void reported(void *context, const struct run_report *report)
{
    struct run_session *session = context;
    const struct run_options *options = &session->arguments.options;
    const uint64_t taken = progress_elapsed(&session->progress);
    const struct preview_time time = {taken, preview_estimate(report, taken, options->jobs)};

    progress_clear(&session->progress);
    if (session->arguments.json) {
        print_json(report);
        return;
    }
    if (session->arguments.explain || session->arguments.diff)
        putchar('\n');
    preview_text_print(report, options->in, &time, stdout);
    run_session_warn_of_targets(session, report);
}

static enum status preview_command(int argc, char **argv)
{
    static const struct session_kind kind = {
        .command = "preview",
        .form = ARGUMENTS_PREVIEW,
        .go = preview,
        .reported = reported,
    };

    return run_session(argc, argv, &kind);
}

const struct command command_preview = {
    .name = "preview",
    .summary = "say what a run would do, and write nothing",
    .help =
        "Usage: efface preview RULES --in DIR\n"
        "                      (--targets FILE | --contact VALUE ... | --select NAME | --all)\n"
        "                      [--ledger FILE --replay] [--mode anonymize|delete] [OPTION ...]\n"
        "\n"
        "Does all that efface run would do with the same options, but to write: tells how many\n"
        "contacts, records and cells would be concerned, by entity, field and technique, who is\n"
        "held back or found nowhere, what the leak check would find, and how long a run would\n"
        "take. It needs no CONFIRM and no --out.\n"
        "\n"
        "  --in DIR             the folder of the export; it is only read\n"
        "\n" HELP_TARGETS
        "  --explain            tell of each record what would become of it, and the links by\n"
        "                       which it was reached\n"
        "  --diff               tell what its cells would become, too, as shapes: a.a@a.a\n"
        "                       (only with --contact or --targets)\n"
        "  --show-values        show values, not shapes: the one place where efface shows what\n"
        "                       stands in a cell; on a terminal only\n"
        "  --key-file FILE      as for efface run; else the variable EFFACE_KEY; else a key that\n"
        "                       dies with the preview\n"
        "  --ledger FILE        a ledger of erasures, which stays as it is (see efface ledger)\n"
        "  --format FORMAT      text (default), or json: one object on standard output, with the\n"
        "                       members of anonymization-report.json\n"
        "  --progress WHEN      auto (default: a live line on a terminal), always, never, or "
        "json:\n"
        "                       an object a line on standard error, for schedulers\n"
        "  --jobs N             threads (default: the processors allowed)\n"
        "\n" HELP_LIMITS "\n"
        "Examples:\n"
        "  efface preview rules.yaml --in export --targets requests.csv\n"
        "  efface preview rules.yaml --in export --contact ann@example.org --mode delete\n"
        "  efface preview rules.yaml --in export --contact ann@example.org --explain\n"
        "  efface preview rules.yaml --in export --select inactive --format json\n"
        "\n"
        "Exit status: that of the run: 0 it would be done; 1 done, but some target was found\n"
        "nowhere or held back; 2 usage; 3 rules invalid; 4 input invalid; 6 system error; 7 an\n"
        "identifier of a target would be left; 128+n ended by signal n.\n",
    .run = preview_command,
};
