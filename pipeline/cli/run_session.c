#include "cli/run_session.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/secret.h"
#include "cli/command.h"
#include "cli/kept_key.h"
#include "cli/option_words.h"
#include "cli/pack_folders.h"
#include "cli/run_clock.h"

/* More targets than this are not named one by one on the terminal; the report has them all. */
enum { NAMED_LIMIT = 20, TARGET_NAME_SIZE = 64 };

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

void run_session_warn_of_targets(const struct run_session *session, const struct run_report *report)
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
        warn_of_target(&session->arguments, &target, &diagnostics);
        left--;
    }
    if (left)
        diagnostics_warning(
            &diagnostics, (struct place){NULL, 0, 0},
            "%" PRIu64 " more targets were found nowhere or are held back: see the report", left);
    progress_messages(&session->progress, &diagnostics);
    diagnostics_release(&diagnostics);
}

static enum status take_secret(struct run_arguments *arguments, struct secret **secret,
                               struct diagnostics *diagnostics)
{
    struct run_options *options = &arguments->options;
    const enum status status = kept_key_take(arguments->key_file, secret, diagnostics);

    if (status != STATUS_OK)
        return status;
    options->key_is_kept = *secret != NULL;
    if (*secret)
        return STATUS_OK;
    if (options->ledger) {
        option_miss(diagnostics,
                    "--ledger needs a key that is kept: give --key-file or EFFACE_KEY");
        return STATUS_USAGE;
    }
    *secret = secret_draw();
    return *secret ? STATUS_OK : diagnostics_no_memory(diagnostics);
}

static bool is_switched_off(const char *variable)
{
    const char *value = getenv(variable);

    return value && strcmp(value, "off") == 0;
}

static void seen(void *context, const struct seen_record *record)
{
    preview_records_print(context, record);
}

static struct record_watcher record_watcher(struct run_session *session)
{
    const struct run_arguments *arguments = &session->arguments;
    const bool wanted = arguments->explain || arguments->diff;

    return (struct record_watcher){&session->records, wanted ? seen : NULL, arguments->diff};
}

/* What is shown on a terminal is kept nowhere; a file or pipe would keep it. */
static enum status refuse_values(struct diagnostics *diagnostics)
{
    diagnostics_error(diagnostics, (struct place){NULL, 0, 0},
                      "--show-values shows personal data, and only on a terminal: the "
                      "standard output is not one");
    return STATUS_USAGE;
}

/* All that comes before the run, and the run. */
static enum status prepare_and_go(struct run_session *session, const struct session_kind *kind,
                                  struct diagnostics *diagnostics)
{
    struct run_arguments *arguments = &session->arguments;
    struct run_options *options = &arguments->options;
    const struct run_observer observer = {session, kind->confirm, kind->reported,
                                          progress_watcher(&session->progress),
                                          record_watcher(session)};
    struct pack_folders packs;
    struct secret *secret = NULL;
    enum status status = STATUS_OK;

    if (arguments->show_values && !isatty(STDOUT_FILENO))
        status = refuse_values(diagnostics);
    else if (kind->confirm)
        status = confirmation_possible(&arguments->confirmation, diagnostics);
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
    options->confined = !is_switched_off("EFFACE_SANDBOX");
    options->stop = signals_watch();
    status = kind->go(options, &observer, diagnostics);
    secret_free(secret);
    return status;
}

/* Records that come out on the terminal leave no line to be drawn over. */
static enum progress_mode progress_mode(const struct run_arguments *arguments)
{
    const bool prints = (arguments->explain || arguments->diff) && isatty(STDOUT_FILENO);

    return prints && arguments->progress == PROGRESS_AUTO ? PROGRESS_NEVER : arguments->progress;
}

enum status run_session(int argc, char **argv, const struct session_kind *kind)
{
    struct diagnostics diagnostics = DIAGNOSTICS_INIT;
    struct run_session session;
    struct run_arguments *arguments = &session.arguments;
    enum status status = run_arguments_parse(kind->form, argc, argv, arguments, &diagnostics);

    progress_begin(&session.progress,
                   status == STATUS_OK ? progress_mode(arguments) : PROGRESS_NEVER, kind->command);
    session.records = (struct preview_records){
        .json = arguments->json, .cells = arguments->diff, .in_clear = arguments->show_values};
    arguments->confirmation.told = session.progress.mode == PROGRESS_JSON;
    if (status == STATUS_OK)
        status = prepare_and_go(&session, kind, &diagnostics);
    progress_clear(&session.progress);
    progress_messages(&session.progress, &diagnostics);
    progress_end(&session.progress, status);
    diagnostics_release(&diagnostics);
    preview_records_release(&session.records);
    run_arguments_release(arguments);
    return status;
}
