#include "cli/run_arguments.h"

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

static void take_mode(const char *text, struct run_options *options,
                      struct diagnostics *diagnostics)
{
    if (strcmp(text, "anonymize") == 0)
        options->mode = MODE_ANONYMIZE;
    else if (strcmp(text, "delete") == 0)
        options->mode = MODE_DELETE;
    else
        option_complain(diagnostics, "--mode takes anonymize or delete, not", text);
}

static void take_report_keys(const char *text, struct run_options *options,
                             struct diagnostics *diagnostics)
{
    options->tells_keys = strcmp(text, "clear") == 0;
    if (!options->tells_keys && strcmp(text, "digest") != 0)
        option_complain(diagnostics, "--report-keys takes digest or clear, not", text);
}

static void take_limit(enum option_code code, const char *text, struct run_options *options,
                       struct diagnostics *diagnostics)
{
    struct reader_options *reader = &options->reader;

    switch (code) {
    case OPTION_JOBS:
        options->jobs = jobs_option(text, diagnostics);
        break;
    case OPTION_GZIP_LEVEL:
        options->gzip_level =
            (int)option_number("--gzip-level", text, GZIP_LEVEL_MIN, GZIP_LEVEL_MAX, diagnostics);
        break;
    case OPTION_BATCH_SIZE:
        reader->batch_size =
            option_number("--batch-size", text, BATCH_SIZE_MIN, SIZE_OPTION_MAX, diagnostics);
        break;
    case OPTION_RECORD_LIMIT:
        reader->record_limit =
            option_number("--record-limit", text, BATCH_SIZE_MIN, SIZE_OPTION_MAX, diagnostics);
        break;
    default:
        reader->source.expansion_limit =
            option_number("--expansion-limit", text, 1, UINT64_MAX, diagnostics);
        break;
    }
}

static void take_preview_option(enum option_code code, const char *value,
                                struct run_arguments *arguments, struct diagnostics *diagnostics)
{
    switch (code) {
    case OPTION_FORMAT:
        arguments->json = output_format_is_json(value, diagnostics);
        break;
    case OPTION_EXPLAIN:
        arguments->explain = true;
        break;
    case OPTION_DIFF:
        arguments->diff = true;
        break;
    default:
        arguments->show_values = true;
        break;
    }
}

static void take_option(void *context, int code, const char *value, struct diagnostics *diagnostics)
{
    struct run_arguments *arguments = context;
    struct run_options *options = &arguments->options;

    switch (code) {
    case OPTION_IN:
        options->in = value;
        break;
    case OPTION_OUT:
        options->out = value;
        break;
    case OPTION_TARGETS:
        options->targets = value;
        break;
    case OPTION_CONTACT:
        arguments->contacts[options->contact_count++] = value;
        break;
    case OPTION_SELECT:
        options->selection = value;
        break;
    case OPTION_ALL:
        options->everybody = true;
        break;
    case OPTION_MODE:
        take_mode(value, options, diagnostics);
        break;
    case OPTION_REPORT_KEYS:
        take_report_keys(value, options, diagnostics);
        break;
    case OPTION_CONFIRM:
        arguments->confirmation.word = value;
        break;
    case OPTION_KEY_FILE:
        arguments->key_file = value;
        break;
    case OPTION_PROGRESS:
        arguments->progress = progress_option(value, diagnostics);
        break;
    case OPTION_LEDGER:
        options->ledger = value;
        break;
    case OPTION_REPLAY:
        options->replays = true;
        break;
    case OPTION_FORMAT:
    case OPTION_EXPLAIN:
    case OPTION_DIFF:
    case OPTION_SHOW_VALUES:
        take_preview_option((enum option_code)code, value, arguments, diagnostics);
        break;
    default:
        take_limit((enum option_code)code, value, options, diagnostics);
        break;
    }
}

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
        .options = options, .repeatable = OPTION_CONTACT, .take = take_option};
    int first;

    *arguments = (struct run_arguments){
        .options = {.jobs = processors(),
                    .gzip_level = GZIP_LEVEL_DEFAULT,
                    .reader = {BATCH_SIZE_DEFAULT,
                               RECORD_LIMIT_DEFAULT,
                               {.expansion_limit = EXPANSION_LIMIT_DEFAULT}}}};
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
