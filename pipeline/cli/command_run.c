#include <inttypes.h>
#include <stdio.h>

#include "cli/command.h"
#include "cli/confirmation.h"
#include "cli/counts.h"
#include "cli/run_session.h"

static enum status confirm(void *context, const struct run_intent *intent,
                           struct diagnostics *diagnostics)
{
    const struct run_session *session = context;

    progress_intent(&session->progress, intent);
    return confirmation_ask(&session->arguments.confirmation, intent, diagnostics);
}

static void reported(void *context, const struct run_report *report)
{
    const struct run_session *session = context;
    const char *out = session->arguments.options.out;
    char anonymized[COUNT_SIZE], deleted[COUNT_SIZE], changed[COUNT_SIZE], records[COUNT_SIZE],
        files[COUNT_SIZE];
    uint64_t changed_count = 0, record_count = 0;

    for (size_t i = 0; i < report->file_count; i++) {
        changed_count += report->files[i].records_changed;
        record_count += report->files[i].records_in;
    }
    run_session_warn_of_targets(session, report);
    printf(
        "%s anonymized, %s deleted: %s changed of %s in %s\n",
        count_of(anonymized, report->targets.outcomes[OUTCOME_ANONYMIZED], "contact", "contacts"),
        count_of(deleted, report->targets.outcomes[OUTCOME_DELETED], "contact", "contacts"),
        count_of(changed, changed_count, "record", "records"),
        count_of(records, record_count, "record", "records"),
        count_of(files, report->file_count, "file", "files"));
    if (report->targets.resurrected)
        printf("%s erased before, and back with data: erased again\n",
               count_of(anonymized, report->targets.resurrected, "contact", "contacts"));
    printf("the clean export is %s, its reports are in %s/efface-report\n", out, out);
}

static enum status run_command(int argc, char **argv)
{
    static const struct session_kind kind = {
        .command = "run",
        .form = ARGUMENTS_RUN,
        .go = run,
        .confirm = confirm,
        .reported = reported,
    };

    return run_session(argc, argv, &kind);
}

const struct command command_run = {
    .name = "run",
    .summary = "anonymize or delete contacts in an export",
    .help =
        "Usage: efface run RULES --in DIR --out DIR\n"
        "                  (--targets FILE | --contact VALUE ... | --select NAME | --all)\n"
        "                  [--ledger FILE [--replay]]\n"
        "                  [--mode anonymize|delete] [--confirm CONFIRM] [OPTION ...]\n"
        "\n"
        "Reads the export in --in, anonymizes or deletes the target contacts in every file as\n"
        "RULES say, and makes --out: the clean files under their old names, and efface-report/.\n"
        "Nothing appears there unless the whole run succeeded.\n"
        "\n"
        "  --in DIR             the folder of the export; it is only read\n"
        "  --out DIR            the folder to be made; not there yet, or empty\n"
        "\n" HELP_TARGETS
        "  --confirm CONFIRM    the word that is otherwise asked for on the terminal\n"
        "  --key-file FILE      keep pseudonyms the same from run to run (see efface keygen);\n"
        "                       else the variable EFFACE_KEY; else a key that dies with the run\n"
        "  --progress WHEN      auto (default: a live line on a terminal), always, never, or "
        "json:\n"
        "                       an object a line on standard error, for schedulers\n"
        "  --ledger FILE        enter who is erased into this ledger (see efface ledger); needs a\n"
        "                       key that is kept\n"
        "  --jobs N             threads (default: the processors allowed)\n"
        "  --gzip-level N       1 to 9, for files that came gzipped (default 1)\n"
        "  --report-keys WAY    how reports name contacts: digest (default), or clear, by key\n"
        "\n" HELP_LIMITS "\n"
        "Examples:\n"
        "  efface run rules.yaml --in export --out clean --targets requests.csv\n"
        "  efface run rules.yaml --in export --out clean --contact ann@example.org --mode delete\n"
        "  efface run rules.yaml --in export --out clean --select inactive --confirm CONFIRM\n"
        "  efface run rules.yaml --in export --out clean --all --key-file nightly.key \\\n"
        "             --confirm CONFIRM\n"
        "\n"
        "Exit status: 0 done; 1 done, but some target was found nowhere or held back; 2 usage;\n"
        "3 rules invalid; 4 input invalid; 5 not confirmed; 6 output or system error; 7 an\n"
        "identifier of a target would have been left; 128+n ended by signal n. With 2 and above\n"
        "nothing was written to --out.\n",
    .run = run_command,
};
