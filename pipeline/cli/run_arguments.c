#include "cli/run_arguments.h"

#include <errno.h>
#include <getopt.h>
#include <sched.h>
#include <stdlib.h>
#include <string.h>

#include "write/gzip_block.h"

enum { GZIP_LEVEL_DEFAULT = 1, JOBS_LIMIT = 256 };

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
    OPTION_JOBS,
    OPTION_GZIP_LEVEL,
    OPTION_BATCH_SIZE,
    OPTION_RECORD_LIMIT,
    OPTION_EXPANSION_LIMIT,
    OPTION_COUNT, /* one more than the last */
};

static const struct option long_options[] = {
    {"in", required_argument, NULL, OPTION_IN},
    {"out", required_argument, NULL, OPTION_OUT},
    {"targets", required_argument, NULL, OPTION_TARGETS},
    {"contact", required_argument, NULL, OPTION_CONTACT},
    {"select", required_argument, NULL, OPTION_SELECT},
    {"all", no_argument, NULL, OPTION_ALL},
    {"mode", required_argument, NULL, OPTION_MODE},
    {"confirm", required_argument, NULL, OPTION_CONFIRM},
    {"key-file", required_argument, NULL, OPTION_KEY_FILE},
    {"jobs", required_argument, NULL, OPTION_JOBS},
    {"gzip-level", required_argument, NULL, OPTION_GZIP_LEVEL},
    {"batch-size", required_argument, NULL, OPTION_BATCH_SIZE},
    {"record-limit", required_argument, NULL, OPTION_RECORD_LIMIT},
    {"expansion-limit", required_argument, NULL, OPTION_EXPANSION_LIMIT},
    {NULL, 0, NULL, 0},
};

/* A message about the command line, which stands in no file: what, and of which word. */
static void complain(struct diagnostics *diagnostics, const char *what, const char *word)
{
    diagnostics_error(diagnostics, (struct place){NULL, 0, 0}, "%s '%s'", what, word);
}

static void miss(struct diagnostics *diagnostics, const char *what)
{
    diagnostics_error(diagnostics, (struct place){NULL, 0, 0}, "%s", what);
}

static uint64_t take_number(const char *option, const char *text, uint64_t low, uint64_t high,
                            struct diagnostics *diagnostics)
{
    char *end;
    unsigned long long number;

    errno = 0;
    number = strtoull(text, &end, 10);
    if (errno == 0 && end != text && *end == '\0' && text[0] >= '0' && text[0] <= '9' &&
        number >= low && number <= high)
        return number;
    diagnostics_error(diagnostics, (struct place){NULL, 0, 0},
                      "%s takes a whole number from %llu to %llu", option, (unsigned long long)low,
                      (unsigned long long)high);
    return low;
}

static void take_mode(const char *text, struct run_options *options,
                      struct diagnostics *diagnostics)
{
    if (strcmp(text, "anonymize") == 0)
        options->mode = MODE_ANONYMIZE;
    else if (strcmp(text, "delete") == 0)
        options->mode = MODE_DELETE;
    else
        complain(diagnostics, "--mode takes anonymize or delete, not", text);
}

static void take_limit(enum option_code code, const char *text, struct run_options *options,
                       struct diagnostics *diagnostics)
{
    struct reader_options *reader = &options->reader;

    switch (code) {
    case OPTION_JOBS:
        options->jobs = take_number("--jobs", text, 1, JOBS_LIMIT, diagnostics);
        break;
    case OPTION_GZIP_LEVEL:
        options->gzip_level =
            (int)take_number("--gzip-level", text, GZIP_LEVEL_MIN, GZIP_LEVEL_MAX, diagnostics);
        break;
    case OPTION_BATCH_SIZE:
        reader->batch_size =
            take_number("--batch-size", text, BATCH_SIZE_MIN, SIZE_OPTION_MAX, diagnostics);
        break;
    case OPTION_RECORD_LIMIT:
        reader->record_limit =
            take_number("--record-limit", text, BATCH_SIZE_MIN, SIZE_OPTION_MAX, diagnostics);
        break;
    default:
        reader->source.expansion_limit =
            take_number("--expansion-limit", text, 1, UINT64_MAX, diagnostics);
        break;
    }
}

static void take_option(int code, const char *value, struct run_arguments *arguments,
                        struct diagnostics *diagnostics)
{
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
    case OPTION_CONFIRM:
        arguments->confirmation.word = value;
        break;
    case OPTION_KEY_FILE:
        arguments->key_file = value;
        break;
    default:
        take_limit((enum option_code)code, value, options, diagnostics);
        break;
    }
}

static void check_whole(int argc, char **argv, struct run_arguments *arguments,
                        struct diagnostics *diagnostics)
{
    struct run_options *options = &arguments->options;
    int ways = (options->targets != NULL) + (options->contact_count > 0) +
               (options->selection != NULL) + options->everybody;

    if (optind + 1 == argc)
        options->rules = argv[optind];
    else
        miss(diagnostics, optind == argc ? "a rules file is missing" : "more than one rules file");
    if (!options->in)
        miss(diagnostics, "--in is missing: the folder of the export");
    if (!options->out)
        miss(diagnostics, "--out is missing: the folder to be made");
    if (ways == 0)
        miss(diagnostics,
             "--targets, --contact, --select or --all is missing: who is to be processed");
    if (ways > 1)
        miss(diagnostics, "only one of --targets, --contact, --select and --all can be given");
}

/* The processors that this process may use. */
static size_t processors(void)
{
    cpu_set_t set;

    if (sched_getaffinity(0, sizeof(set), &set) != 0 || CPU_COUNT(&set) < 1)
        return 1;
    return (size_t)CPU_COUNT(&set);
}

/* The option of exactly this name, up to a '='. NULL: none. */
static const struct option *find_option(const char *name)
{
    size_t size = strcspn(name, "=");

    for (const struct option *option = long_options; option->name; option++)
        if (strlen(option->name) == size && strncmp(option->name, name, size) == 0)
            return option;
    return NULL;
}

/*
 * Refuses words that look like options and are none. getopt_long takes abbreviations, on
 * which scripts would come to rely, and can't say which word it did not know.
 */
static void check_words(int argc, char **argv, struct diagnostics *diagnostics)
{
    for (int i = 1; i < argc && strcmp(argv[i], "--") != 0; i++) {
        const char *word = argv[i];
        const struct option *option;

        if (word[0] != '-' || word[1] == '\0')
            continue;
        option = word[1] == '-' ? find_option(word + 2) : NULL;
        if (!option)
            diagnostics_error(diagnostics, (struct place){NULL, 0, 0}, "unknown option '%.*s'",
                              (int)strcspn(word, "="), word);
        else if (!option->has_arg && strchr(word, '='))
            complain(diagnostics, "no value belongs to option", option->name);
        else if (option->has_arg && !strchr(word, '='))
            i++;
    }
}

enum status run_arguments_parse(int argc, char **argv, struct run_arguments *arguments,
                                struct diagnostics *diagnostics)
{
    bool given[OPTION_COUNT] = {false};
    int code, index = 0;

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
    opterr = 0;
    optind = 1;
    check_words(argc, argv, diagnostics);
    if (diagnostics->errors)
        return STATUS_USAGE;
    while ((code = getopt_long(argc, argv, ":", long_options, &index)) != -1) {
        if (code == ':')
            complain(diagnostics, "no value for option", argv[optind - 1]);
        else if (given[code] && code != OPTION_CONTACT)
            complain(diagnostics, "given twice: option", long_options[index].name);
        else
            take_option(code, optarg, arguments, diagnostics);
        given[code == ':' ? 0 : code] = true;
    }
    if (!diagnostics->errors)
        check_whole(argc, argv, arguments, diagnostics);
    return diagnostics->errors ? STATUS_USAGE : STATUS_OK;
}

void run_arguments_release(struct run_arguments *arguments)
{
    free(arguments->contacts);
    arguments->contacts = NULL;
}
