#include "run/run.h"

#include "base/calendar.h"
#include "base/staged_folder.h"
#include "run/apply.h"
#include "run/collect_identifiers.h"
#include "run/confine.h"
#include "run/leak_facts.h"
#include "run/name_targets.h"
#include "run/output_place.h"
#include "run/publish.h"
#include "run/resolve.h"
#include "run/run_facts.h"
#include "run/run_ledger.h"
#include "run/run_plan.h"
#include "run/target_facts.h"
#include "run/technique_book.h"

/* Everything a run holds, in the order it comes to be. */
struct running {
    const struct run_options *options;
    struct diagnostics *diagnostics;
    struct arena arena; /* techniques, targets, facts */
    struct ruleset ruleset;
    struct technique_book book;
    struct run_ledger ledger;   /* not open where none is kept */
    struct row_reader *targets; /* the rows of --targets; NULL: none */
    struct resolution resolution;
    struct run_plan plan;
    struct stream *stream;
    struct phase_meter meter;
    struct record_watcher watcher;
    struct kept_records kept;       /* until the next is filled */
    struct known_identifiers known; /* empty where nobody asks for them */
    struct staged_folder *staged;
    int sandbox;                /* the version of what confines the process; 0: nothing */
    struct file_tally *tallies; /* beside the plan's files */
    struct file_report *files;  /* likewise */
    struct record_list records;
    struct target_facts target_facts;
    struct run_report report;
};

static enum status load_rules(struct running *running)
{
    return technique_book_load(running->options->rules, running->options->pack_folders,
                               &running->arena, &running->ruleset, &running->book,
                               running->diagnostics);
}

/*
 * Before anything of OUT is touched, which tells what became of an interrupted run, and before
 * this run is confined, as that one's OUT may be anywhere.
 */
static enum status open_ledger(struct running *running)
{
    const struct run_options *options = running->options;

    enum ledger_access access = options->replays ? LEDGER_CHANGE : LEDGER_MAKE;

    if (!options->ledger || (!options->out && !options->replays))
        return STATUS_OK;
    return run_ledger_open(&running->ledger, options->ledger, options->out ? access : LEDGER_LOOK,
                           options->replays, options->secret, running->diagnostics);
}

static enum status read_targets(struct running *running)
{
    struct resolution *resolution = &running->resolution;
    enum status status = resolution_init(resolution, &running->ruleset, running->diagnostics);

    if (status != STATUS_OK)
        return status;
    if (running->ledger.is_open)
        resolution_use_key(resolution, &running->ledger.ledger.key);
    status = name_targets(running->options, &running->arena, resolution, &running->targets,
                          running->diagnostics);
    if (status == STATUS_OK && running->ledger.is_open)
        status = run_ledger_load(&running->ledger, resolution, running->diagnostics);
    return status;
}

static enum status make_plan(struct running *running)
{
    const struct run_options *options = running->options;
    enum status status =
        run_plan_open_folder(&running->plan, options->in, &options->reader, running->diagnostics);

    if (status == STATUS_OK && options->out)
        status = check_output_place(running->plan.folder_fd, options->out, running->diagnostics);
    if (status == STATUS_OK)
        status = run_plan_files(&running->plan, &running->ruleset, running->diagnostics);
    if (status == STATUS_OK)
        status = run_plan_columns(&running->plan, &running->resolution, &running->book,
                                  running->diagnostics);
    return status;
}

static enum status stage(struct running *running)
{
    const struct run_options *options = running->options;
    enum status status = STATUS_OK;

    if (options->out)
        status = staged_folder_open(options->out, &running->staged, running->diagnostics);
    if (status == STATUS_OK)
        running->sandbox = confine_to_export(options, running->staged);
    return status;
}

static enum status start_threads(struct running *running)
{
    size_t jobs = running->options->jobs;

    running->stream = stream_new(jobs > 1 ? jobs : 0, running->options->stop);
    if (!running->stream)
        return diagnostics_no_threads(running->diagnostics);
    stream_watch(running->stream, &running->meter);
    return STATUS_OK;
}

static enum status recognize(struct running *running)
{
    if (!running->ledger.is_open)
        return STATUS_OK;
    return run_ledger_recognize(&running->ledger, &running->plan, running->stream,
                                &running->resolution, running->diagnostics);
}

static enum status confirm(struct running *running, const struct run_observer *observer)
{
    struct run_intent intent =
        run_intent_of(running->options, &running->plan, &running->resolution);

    return observer->confirm(observer->context, &intent, running->diagnostics);
}

static const char *marker_date(struct running *running)
{
    char date[DATE_TEXT_SIZE];

    return date_text_utc(running->options->now, date) ? arena_printf(&running->arena, "%s", date)
                                                      : NULL;
}

static bool checks_leaks(const struct running *running)
{
    return running->ruleset.leak_check != LEAK_OFF;
}

static bool needs_identifiers(const struct running *running)
{
    return checks_leaks(running) || run_plan_scrubs_known(&running->plan);
}

/* The records of targets are kept for it, unless everybody is one, and all would have to be. */
static enum status expect_identifiers(struct running *running)
{
    const struct target_list *list = &running->resolution.list;
    const bool everybody = list->everybody && !list->of_whom;

    if (!needs_identifiers(running))
        return STATUS_OK;
    return run_plan_leaks(&running->plan) && kept_records_init(&running->kept, &running->plan,
                                                               everybody ? 0 : KEPT_LIMIT_DEFAULT)
               ? STATUS_OK
               : diagnostics_no_memory(running->diagnostics);
}

static enum status learn_identifiers(struct running *running)
{
    enum status status;

    if (!needs_identifiers(running))
        return STATUS_OK;
    status = collect_identifiers(&running->plan, running->stream, running->options->secret,
                                 &running->resolution, &running->kept, &running->known,
                                 running->diagnostics);
    kept_records_release(&running->kept);
    return status;
}

/* The second pass, with the list of the records it touches. */
static enum status apply_rules(struct running *running, const struct apply_options *options)
{
    enum status status =
        record_list_open(&running->records, &running->resolution, options->gzip_level,
                         running->staged, &running->arena, running->diagnostics);

    if (status == STATUS_OK)
        status =
            apply(&running->plan, running->stream, running->options->secret, &running->resolution,
                  options, running->staged, running->tallies, running->files, running->diagnostics);
    if (status == STATUS_OK)
        status =
            record_list_close(&running->records, &running->report.records, running->diagnostics);
    /* the workbooks are written by children of a process of one thread */
    stream_free(running->stream);
    running->stream = NULL;
    known_identifiers_release(&running->known);
    resolution_forget_values(&running->resolution);
    return status;
}

static enum status gather_facts(struct running *running)
{
    const struct run_options *options = running->options;
    const struct given_names names = {running->targets, options->contacts};
    enum status status = target_facts_gather(&running->target_facts, &running->resolution,
                                             &running->records.counts, &names, options->secret,
                                             &running->report.targets, running->diagnostics);

    if (status == STATUS_OK)
        status = run_facts_gather(options, &running->plan, running->tallies, &running->arena,
                                  &running->report, running->diagnostics);
    running->report.sandbox = running->sandbox;
    return status;
}

/* Without a staged folder, finds out what would be written. */
static enum status write_files(struct running *running)
{
    const struct run_options *options = running->options;
    const char *date = marker_date(running);
    const struct known_identifiers *known = needs_identifiers(running) ? &running->known : NULL;
    const struct apply_options apply_options = {.gzip_level = options->gzip_level,
                                                .marker_date = span_of(date ? date : ""),
                                                .known = known,
                                                .leaks = checks_leaks(running) ? known : NULL,
                                                .watcher = running->watcher,
                                                .records = &running->records};
    enum status status;

    running->files = run_facts_files(&running->plan, &running->arena);
    running->tallies =
        arena_array(&running->arena, running->plan.file_count, sizeof(*running->tallies));
    if (!date || !running->tallies || !running->files)
        return diagnostics_no_memory(running->diagnostics);
    running->report.files = running->files;
    running->report.file_count = running->plan.file_count;
    status = apply_rules(running, &apply_options);
    if (status == STATUS_OK)
        status = run_plan_look_again(&running->plan, running->diagnostics);
    if (status == STATUS_OK)
        status = leak_facts_share(&running->plan, running->tallies, running->diagnostics);
    if (status == STATUS_OK)
        status = gather_facts(running);
    return status;
}

static enum status judge_leaks(struct running *running)
{
    return leak_verdict(&running->plan, &running->report, running->diagnostics);
}

/* Writes what was erased behind the ledger's end; it does not stand yet. */
static enum status enter_erasures(struct running *running)
{
    const char *date = marker_date(running);

    if (!running->ledger.is_open)
        return STATUS_OK;
    if (!date)
        return diagnostics_no_memory(running->diagnostics);
    return run_ledger_enter(&running->ledger, span_of(date), &running->resolution,
                            running->diagnostics);
}

/*
 * Nothing of the run stands in the ledger. Where it can't be taken out now, the staging folder
 * stays: by it the ledger's next use sees that OUT did not appear. It also sees an OUT that could
 * not be taken back.
 */
static void revoke(struct running *running, struct ledger *ledger)
{
    if (!staged_folder_is_stuck(running->staged) &&
        ledger_revoke(ledger, running->diagnostics) == STATUS_OK)
        return;
    staged_folder_leave(running->staged);
    running->staged = NULL;
}

/* OUT appears, and with it what is erased stands in the ledger; or neither. */
static enum status publish(struct running *running)
{
    struct diagnostics *diagnostics = running->diagnostics;
    struct ledger *ledger = running->ledger.is_open ? &running->ledger.ledger : NULL;
    unsigned char manifest[CHECKSUM_SIZE];
    enum status status = STATUS_OK;

    if (ledger)
        status = publish_manifest_checksum(running->staged, manifest, diagnostics);
    if (ledger && status == STATUS_OK)
        status = ledger_prepare(ledger, manifest, running->options->out, diagnostics);
    if (status == STATUS_OK)
        status = staged_folder_publish(running->staged, diagnostics);
    if (status == STATUS_OK)
        running->staged = NULL;
    if (!ledger)
        return status;
    if (status != STATUS_OK)
        revoke(running, ledger);
    else if (ledger_commit(ledger, diagnostics) != STATUS_OK)
        diagnostics_warning(diagnostics, (struct place){running->options->ledger, 0, 0},
                            "the output is published; the next use of the ledger will close "
                            "this run's entries");
    return status;
}

static enum status commit(struct running *running)
{
    enum status status = enter_erasures(running);

    running->report.ledger = run_ledger_report(&running->ledger);
    if (status == STATUS_OK)
        status = publish_reports(&running->report, running->staged, &running->meter,
                                 running->diagnostics);
    if (status == STATUS_OK && *running->options->stop) {
        diagnostics_error(running->diagnostics, (struct place){NULL, 0, 0}, "interrupted");
        status = STATUS_SYSTEM;
    }
    if (status == STATUS_OK)
        status = publish(running);
    if (status == STATUS_OK)
        phase_meter_end(&running->meter);
    return status;
}

static void release(struct running *running)
{
    staged_folder_abandon(running->staged);
    stream_free(running->stream);
    for (size_t i = 0; running->tallies && i < running->plan.file_count; i++)
        file_tally_release(&running->tallies[i]);
    row_reader_free(running->targets);
    target_facts_release(&running->target_facts);
    record_list_release(&running->records);
    kept_records_release(&running->kept);
    known_identifiers_release(&running->known);
    run_plan_release(&running->plan);
    resolution_release(&running->resolution);
    run_ledger_release(&running->ledger);
    ruleset_release(&running->ruleset);
    arena_release(&running->arena);
}

/* Until it is known whose every record is. With an output, from when on its place is held. */
static enum status find_out(struct running *running)
{
    const struct run_options *options = running->options;
    enum status status = open_ledger(running);

    if (status != STATUS_OK)
        return status;
    confine_to_options(options);
    status = load_rules(running);
    if (status == STATUS_OK)
        status = read_targets(running);
    if (status == STATUS_OK)
        status = make_plan(running);
    if (status == STATUS_OK)
        status = stage(running);
    if (status == STATUS_OK)
        status = start_threads(running);
    if (status == STATUS_OK)
        status = expect_identifiers(running);
    if (status == STATUS_OK)
        status = resolve(&running->plan, running->stream, options->secret, &running->resolution,
                         running->kept.plan ? &running->kept : NULL, running->diagnostics);
    return status == STATUS_OK ? recognize(running) : status;
}

/* The whole run, step by step. */
static enum status go(struct running *running, const struct run_observer *observer)
{
    enum status status = find_out(running);

    if (status == STATUS_OK)
        status = confirm(running, observer);
    if (status == STATUS_OK)
        status = learn_identifiers(running);
    if (status == STATUS_OK)
        status = write_files(running);
    if (status == STATUS_OK)
        status = judge_leaks(running);
    if (status == STATUS_OK)
        status = commit(running);
    if (status == STATUS_OK)
        observer->reported(observer->context, &running->report);
    return status;
}

/* The same, of which only the report comes out. */
static enum status rehearse(struct running *running, const struct run_observer *observer)
{
    enum status status = find_out(running);

    if (status == STATUS_OK)
        status = learn_identifiers(running);
    if (status == STATUS_OK)
        status = write_files(running);
    if (status != STATUS_OK)
        return status;
    running->report.is_preview = true;
    observer->reported(observer->context, &running->report);
    return judge_leaks(running);
}

static enum status from_start_to_end(enum status (*steps)(struct running *,
                                                          const struct run_observer *),
                                     const struct run_options *options,
                                     const struct run_observer *observer,
                                     struct diagnostics *diagnostics)
{
    struct running running = {.options = options,
                              .diagnostics = diagnostics,
                              .arena = ARENA_INIT,
                              .plan = RUN_PLAN_INIT,
                              .records = RECORD_LIST_INIT,
                              .meter.watcher = observer->progress,
                              .watcher = observer->records,
                              .ledger = RUN_LEDGER_INIT};
    enum status status = steps(&running, observer);

    if (status == STATUS_OK && resolution_incomplete(&running.resolution))
        status = STATUS_INCOMPLETE;
    release(&running);
    return status;
}

enum status run(const struct run_options *options, const struct run_observer *observer,
                struct diagnostics *diagnostics)
{
    return from_start_to_end(go, options, observer, diagnostics);
}

enum status preview(const struct run_options *options, const struct run_observer *observer,
                    struct diagnostics *diagnostics)
{
    return from_start_to_end(rehearse, options, observer, diagnostics);
}
