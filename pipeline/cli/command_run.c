#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/secret.h"
#include "cli/command.h"
#include "cli/counts.h"
#include "cli/pack_folders.h"
#include "cli/run_arguments.h"
#include "cli/run_clock.h"
#include "run/run.h"

/* More targets than this are not named one by one on the terminal; the report has them all. */
enum { NAMED_LIMIT = 20, TARGET_NAME_SIZE = 64 };

/* What the observer needs. */
struct run_talk {
    struct run_arguments arguments;
    struct progress progress;
};

static enum status confirm(void *context, const struct run_intent *intent,
                           struct diagnostics *diagnostics)
{
    const struct run_talk *talk = context;

    progress_intent(&talk->progress, intent);
    return confirmation_ask(&talk->arguments.confirmation, intent, diagnostics);
}

/* "the target", or "the target of --contact number 2", where no line of a file says which. */
static void name_target(const struct reported_target *target, char text[TARGET_NAME_SIZE])
{
    if (target->ordinal)
        snprintf(text, TARGET_NAME_SIZE, "the target of --contact number %" PRIu64,
                 target->ordinal);
    else
        snprintf(text, TARGET_NAME_SIZE, "the target");
}

static void warn_of_target(const struct run_arguments *arguments,
                           const struct reported_target *target, struct diagnostics *diagnostics)
{
    struct place place = {target->line ? arguments->options.targets : NULL, target->line, 0};
    char name[TARGET_NAME_SIZE];

    name_target(target, name);
    if (target->outcome == OUTCOME_NOT_FOUND)
        diagnostics_warning(diagnostics, place, "%s was found nowhere", name);
    else if (target->hold)
        diagnostics_warning(diagnostics, place, "%s is held back by the hold '%s'", name,
                            target->hold);
    else
        diagnostics_warning(diagnostics, place,
                            "%s is held back: entity '%s' restricts its deletion", name,
                            target->restricting);
}

static void warn_of_targets(const struct run_talk *talk, const struct run_report *report)
{
    struct diagnostics diagnostics = DIAGNOSTICS_INIT;
    uint64_t left = report->targets.outcomes[OUTCOME_NOT_FOUND] +
                    report->targets.outcomes[OUTCOME_HELD]; /* to be named */

    for (size_t i = 0; i < report->targets.count && left; i++) {
        const struct reported_target target = report_target(report, i);

        if (target.outcome != OUTCOME_NOT_FOUND && target.outcome != OUTCOME_HELD)
            continue;
        if (diagnostics.count == NAMED_LIMIT)
            break;
        warn_of_target(&talk->arguments, &target, &diagnostics);
        left--;
    }
    if (left)
        diagnostics_warning(
            &diagnostics, (struct place){NULL, 0, 0},
            "%" PRIu64 " more targets were found nowhere or are held back: see the report", left);
    progress_messages(&talk->progress, &diagnostics);
    diagnostics_release(&diagnostics);
}

static void published(void *context, const struct run_report *report)
{
    const struct run_talk *talk = context;
    const char *out = talk->arguments.options.out;
    char anonymized[COUNT_SIZE], deleted[COUNT_SIZE], changed[COUNT_SIZE], records[COUNT_SIZE],
        files[COUNT_SIZE];
    uint64_t changed_count = 0, record_count = 0;

    for (size_t i = 0; i < report->file_count; i++) {
        changed_count += report->files[i].records_changed;
        record_count += report->files[i].records_in;
    }
    warn_of_targets(talk, report);
    printf(
        "%s anonymized, %s deleted: %s changed of %s in %s\n",
        count_of(anonymized, report->targets.outcomes[OUTCOME_ANONYMIZED], "contact", "contacts"),
        count_of(deleted, report->targets.outcomes[OUTCOME_DELETED], "contact", "contacts"),
        count_of(changed, changed_count, "record", "records"),
        count_of(records, record_count, "record", "records"),
        count_of(files, report->file_count, "file", "files"));
    printf("the clean export is %s, its reports are in %s/efface-report\n", out, out);
}

/*
 * Wipes the text itself, which the system shows as the process's environment for as long as it
 * lives; unsetenv would only forget where it is.
 */
static void wipe_variable(const char *name, char *text)
{
    if (text)
        explicit_bzero(text, strlen(text));
    unsetenv(name);
}

static enum status take_secret(struct run_arguments *arguments, struct secret **secret,
                               struct diagnostics *diagnostics)
{
    char *digits = getenv("EFFACE_KEY");
    enum status status = STATUS_OK;

    arguments->options.key_is_kept = true;
    if (arguments->key_file) {
        status = secret_read(arguments->key_file, secret, diagnostics);
    } else if (digits && *digits) {
        status = secret_parse(span_of(digits), "EFFACE_KEY", secret, diagnostics);
    } else {
        arguments->options.key_is_kept = false;
        *secret = secret_draw();
        status = *secret ? STATUS_OK : diagnostics_no_memory(diagnostics);
    }
    wipe_variable("EFFACE_KEY", digits);
    return status;
}

/* All that comes before the run, and the run. */
static enum status prepare_and_run(struct run_talk *talk, struct diagnostics *diagnostics)
{
    struct run_arguments *arguments = &talk->arguments;
    struct run_options *options = &arguments->options;
    const struct run_observer observer = {talk, confirm, published,
                                          progress_watcher(&talk->progress)};
    struct pack_folders packs;
    struct secret *secret = NULL;
    enum status status = confirmation_possible(&arguments->confirmation, diagnostics);

    if (status == STATUS_OK)
        status = run_clock(&options->now, &options->reproducible, diagnostics);
    if (status == STATUS_OK)
        status = take_secret(arguments, &secret, diagnostics);
    if (status != STATUS_OK)
        return status;
    pack_folders_find(&packs);
    options->pack_folders = packs.list;
    options->secret = secret;
    options->version = EFFACE_VERSION;
    options->stop = signals_watch();
    status = run(options, &observer, diagnostics);
    secret_free(secret);
    return status;
}

static enum status run_command(int argc, char **argv)
{
    struct diagnostics diagnostics = DIAGNOSTICS_INIT;
    struct run_talk talk;
    enum status status = run_arguments_parse(argc, argv, &talk.arguments, &diagnostics);

    progress_begin(&talk.progress, status == STATUS_OK ? talk.arguments.progress : PROGRESS_NEVER,
                   "run");
    talk.arguments.confirmation.told = talk.progress.mode == PROGRESS_JSON;
    if (status == STATUS_OK)
        status = prepare_and_run(&talk, &diagnostics);
    progress_clear(&talk.progress);
    progress_messages(&talk.progress, &diagnostics);
    progress_end(&talk.progress, status);
    diagnostics_release(&diagnostics);
    run_arguments_release(&talk.arguments);
    return status;
}

const struct command command_run = {
    .name = "run",
    .summary = "anonymize or delete contacts in an export",
    .help =
        "Usage: efface run RULES --in DIR --out DIR\n"
        "                  (--targets FILE | --contact VALUE ... | --select NAME | --all)\n"
        "                  [--mode anonymize|delete] [--confirm CONFIRM] [OPTION ...]\n"
        "\n"
        "Reads the export in --in, anonymizes or deletes the target contacts in every file as\n"
        "RULES say, and makes --out: the clean files under their old names, and efface-report/.\n"
        "Nothing appears there unless the whole run succeeded.\n"
        "\n"
        "Who is to be processed, one of:\n"
        "  --targets FILE       a CSV file; its columns are named as the contacts' key or\n"
        "                       identifiers, and, if you like, mode (anonymize or delete)\n"
        "  --contact VALUE      a key or identifier; may be given several times\n"
        "  --select NAME        whoever a selection of RULES selects; that may be nobody\n"
        "  --all                every contact\n"
        "\n"
        "How:\n"
        "  --mode MODE          anonymize (default) or delete, where the targets file does not "
        "say\n"
        "  --confirm CONFIRM    the word that is otherwise asked for on the terminal\n"
        "  --key-file FILE      keep pseudonyms the same from run to run (see efface keygen);\n"
        "                       else the variable EFFACE_KEY; else a key that dies with the run\n"
        "  --progress WHEN      auto (default: a live line on a terminal), always, never, or "
        "json:\n"
        "                       an object a line on standard error, for schedulers\n"
        "  --jobs N             threads (default: the processors allowed)\n"
        "  --gzip-level N       1 to 9, for files that came gzipped (default 1)\n"
        "\n"
        "Limits, for odd exports:\n"
        "  --record-limit N     bytes in the longest record (default 64 MiB)\n"
        "  --expansion-limit N  bytes that one gzipped byte may become, once 64 MiB have come out\n"
        "                       (default 1100, more than gzip can do)\n"
        "  --batch-size N       bytes worked on at a time (default 1 MiB)\n"
        "\n"
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
