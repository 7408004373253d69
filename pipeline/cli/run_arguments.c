#include "cli/run_arguments.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "cli/option_words.h"
#include "cli/output_format.h"
#include "cli/processors.h"
#include "write/gzip_block.h"

enum { GZIP_LEVEL_DEFAULT = 1 };

#define BATCH_SIZE_MIN 16
#define SIZE_OPTION_MAX ((uint64_t)1 << 30)

enum option_code {
    OPTION_IN = 1,
    OPTION_OUT,
    OPTION_TARGETS,
    OPTION_CONTACT,
    OPTION_SELECT,
    OPTION_ALL,
    OPTION_MODE,
    OPTION_CONFIRM,
    OPTION_KEY_FILE,
    OPTION_PROGRESS,
    OPTION_LEDGER,
    OPTION_REPLAY,
    OPTION_JOBS,
    OPTION_GZIP_LEVEL,
    OPTION_REPORT_KEYS,
    OPTION_BATCH_SIZE,
    OPTION_RECORD_LIMIT,
    OPTION_EXPANSION_LIMIT,
    OPTION_FORMAT,
    OPTION_EXPLAIN,
    OPTION_DIFF,
    OPTION_SHOW_VALUES,
};

static const struct option shared_options[] = {
    {"in", required_argument, NULL, OPTION_IN},
    {"targets", required_argument, NULL, OPTION_TARGETS},
    {"contact", required_argument, NULL, OPTION_CONTACT},
    {"select", required_argument, NULL, OPTION_SELECT},
    {"all", no_argument, NULL, OPTION_ALL},
    {"mode", required_argument, NULL, OPTION_MODE},
    {"key-file", required_argument, NULL, OPTION_KEY_FILE},
    {"progress", required_argument, NULL, OPTION_PROGRESS},
    {"ledger", required_argument, NULL, OPTION_LEDGER},
    {"replay", no_argument, NULL, OPTION_REPLAY},
    {"jobs", required_argument, NULL, OPTION_JOBS},
    {"batch-size", required_argument, NULL, OPTION_BATCH_SIZE},
    {"record-limit", required_argument, NULL, OPTION_RECORD_LIMIT},
    {"expansion-limit", required_argument, NULL, OPTION_EXPANSION_LIMIT},
};

static const struct option run_options[] = {
    {"out", required_argument, NULL, OPTION_OUT},
    {"confirm", required_argument, NULL, OPTION_CONFIRM},
    {"gzip-level", required_argument, NULL, OPTION_GZIP_LEVEL},
    {"report-keys", required_argument, NULL, OPTION_REPORT_KEYS},
};

static const struct option preview_options[] = {
    {"format", required_argument, NULL, OPTION_FORMAT},
    {"explain", no_argument, NULL, OPTION_EXPLAIN},
    {"diff", no_argument, NULL, OPTION_DIFF},
    {"show-values", no_argument, NULL, OPTION_SHOW_VALUES},
};

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* The options of a form, as getopt_long wants them: with a zero behind the last. */
static void options_of(enum arguments_form form, struct option options[OPTION_CODE_LIMIT])
{
    const bool runs = form == ARGUMENTS_RUN;
    const size_t own = runs ? COUNT(run_options) : COUNT(preview_options);

    memset(options, 0, OPTION_CODE_LIMIT * sizeof(*options));
    memcpy(options, shared_options, sizeof(shared_options));
    memcpy(options + COUNT(shared_options), runs ? run_options : preview_options,
           own * sizeof(*options));
}

static void take_contact(void *context, const char *value, struct diagnostics *diagnostics)
{
    struct run_arguments *arguments = context;

    (void)diagnostics;
    arguments->contacts[arguments->options.contact_count++] = value;
}

static void take_mode(void *context, const char *value, struct diagnostics *diagnostics)
{
    struct run_options *options = &((struct run_arguments *)context)->options;

    if (strcmp(value, "anonymize") == 0)
        options->mode = MODE_ANONYMIZE;
    else if (strcmp(value, "delete") == 0)
        options->mode = MODE_DELETE;
    else
        option_complain(diagnostics, "--mode takes anonymize or delete, not", value);
}

static void take_report_keys(void *context, const char *value, struct diagnostics *diagnostics)
{
    struct run_options *options = &((struct run_arguments *)context)->options;

    options->tells_keys = strcmp(value, "clear") == 0;
    if (!options->tells_keys && strcmp(value, "digest") != 0)
        option_complain(diagnostics, "--report-keys takes digest or clear, not", value);
}

static void take_progress(void *context, const char *value, struct diagnostics *diagnostics)
{
    struct run_arguments *arguments = context;

    arguments->progress = progress_option(value, diagnostics);
}

static void take_format(void *context, const char *value, struct diagnostics *diagnostics)
{
    struct run_arguments *arguments = context;

    arguments->json = output_format_is_json(value, diagnostics);
}

static void take_jobs(void *context, const char *value, struct diagnostics *diagnostics)
{
    struct run_arguments *arguments = context;

    arguments->options.jobs = jobs_option(value, diagnostics);
}

static void take_gzip_level(void *context, const char *value, struct diagnostics *diagnostics)
{
    struct run_arguments *arguments = context;

    arguments->options.gzip_level =
        (int)option_number("--gzip-level", value, GZIP_LEVEL_MIN, GZIP_LEVEL_MAX, diagnostics);
}

static void take_batch_size(void *context, const char *value, struct diagnostics *diagnostics)
{
    struct run_arguments *arguments = context;

    arguments->options.reader.batch_size =
        option_number("--batch-size", value, BATCH_SIZE_MIN, SIZE_OPTION_MAX, diagnostics);
}

static void take_record_limit(void *context, const char *value, struct diagnostics *diagnostics)
{
    struct run_arguments *arguments = context;

    arguments->options.reader.record_limit =
        option_number("--record-limit", value, BATCH_SIZE_MIN, SIZE_OPTION_MAX, diagnostics);
}

static void take_expansion_limit(void *context, const char *value, struct diagnostics *diagnostics)
{
    struct run_arguments *arguments = context;

    arguments->options.reader.source.expansion_limit =
        option_number("--expansion-limit", value, 1, UINT64_MAX, diagnostics);
}

#define PLACE(member) offsetof(struct run_arguments, member)

static const struct option_slot slots[] = {
    [OPTION_IN] = {SLOT_FOLDER, PLACE(options.in), NULL},
    [OPTION_OUT] = {SLOT_FOLDER, PLACE(options.out), NULL},
    [OPTION_TARGETS] = {SLOT_PATH, PLACE(options.targets), NULL},
    [OPTION_CONTACT] = {SLOT_OTHER, 0, take_contact},
    [OPTION_SELECT] = {SLOT_TEXT, PLACE(options.selection), NULL},
    [OPTION_ALL] = {SLOT_FLAG, PLACE(options.everybody), NULL},
    [OPTION_MODE] = {SLOT_OTHER, 0, take_mode},
    [OPTION_CONFIRM] = {SLOT_TEXT, PLACE(confirmation.word), NULL},
    [OPTION_KEY_FILE] = {SLOT_PATH, PLACE(key_file), NULL},
    [OPTION_PROGRESS] = {SLOT_OTHER, 0, take_progress},
    [OPTION_LEDGER] = {SLOT_PATH, PLACE(options.ledger), NULL},
    [OPTION_REPLAY] = {SLOT_FLAG, PLACE(options.replays), NULL},
    [OPTION_JOBS] = {SLOT_OTHER, 0, take_jobs},
    [OPTION_GZIP_LEVEL] = {SLOT_OTHER, 0, take_gzip_level},
    [OPTION_REPORT_KEYS] = {SLOT_OTHER, 0, take_report_keys},
    [OPTION_BATCH_SIZE] = {SLOT_OTHER, 0, take_batch_size},
    [OPTION_RECORD_LIMIT] = {SLOT_OTHER, 0, take_record_limit},
    [OPTION_EXPANSION_LIMIT] = {SLOT_OTHER, 0, take_expansion_limit},
    [OPTION_FORMAT] = {SLOT_OTHER, 0, take_format},
    [OPTION_EXPLAIN] = {SLOT_FLAG, PLACE(explain), NULL},
    [OPTION_DIFF] = {SLOT_FLAG, PLACE(diff), NULL},
    [OPTION_SHOW_VALUES] = {SLOT_FLAG, PLACE(show_values), NULL},
};

static void check_whole(enum arguments_form form, int first, int argc, char **argv,
                        struct run_arguments *arguments, struct diagnostics *diagnostics)
{
    struct run_options *options = &arguments->options;
    int ways = (options->targets != NULL) + (options->contact_count > 0) +
               (options->selection != NULL) + options->everybody;

    options->rules = option_words_operand(first, argc, argv, "rules file", diagnostics);
    if (!options->in)
        option_miss(diagnostics, "--in is missing: the folder of the export");
    if (form == ARGUMENTS_RUN && !options->out)
        option_miss(diagnostics, "--out is missing: the folder to be made");
    if (ways == 0 && !options->replays)
        option_miss(diagnostics, "--targets, --contact, --select, --all or --replay is missing: "
                                 "who is to be processed");
    if (arguments->diff && (options->selection || options->everybody))
        option_miss(diagnostics, "--diff is for contacts that --contact or --targets name");
    if (arguments->show_values && !arguments->diff)
        option_miss(diagnostics, "--show-values is for --diff alone");
    if (ways > 1)
        option_miss(diagnostics,
                    "only one of --targets, --contact, --select and --all can be given");
    if (options->replays && !options->ledger)
        option_miss(diagnostics, "--replay takes its contacts from a ledger: --ledger is missing");
}

enum status run_arguments_parse(enum arguments_form form, int argc, char **argv,
                                struct run_arguments *arguments, struct diagnostics *diagnostics)
{
    struct option options[OPTION_CODE_LIMIT];
    const struct option_table table = {
        .options = options, .repeatable = OPTION_CONTACT, .slots = slots};
    int first;

    *arguments = (struct run_arguments){.options = {.jobs = processors(),
                                                    .gzip_level = GZIP_LEVEL_DEFAULT,
                                                    .reader = READER_OPTIONS_DEFAULT}};
    arguments->contacts = calloc((size_t)argc, sizeof(*arguments->contacts));
    if (!arguments->contacts)
        return diagnostics_no_memory(diagnostics);
    arguments->options.contacts = arguments->contacts;
    options_of(form, options);
    first = option_words_read(&table, argc, argv, arguments, diagnostics);
    if (!diagnostics->errors)
        check_whole(form, first, argc, argv, arguments, diagnostics);
    return diagnostics->errors ? STATUS_USAGE : STATUS_OK;
}

void run_arguments_release(struct run_arguments *arguments)
{
    free(arguments->contacts);
    arguments->contacts = NULL;
}
