#include <inttypes.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "cli/command.h"
#include "cli/counts.h"
#include "cli/option_words.h"
#include "cli/pack_folders.h"
#include "cli/processors.h"
#include "cli/run_clock.h"
#include "run/fields.h"

enum option_code { OPTION_IN = 1, OPTION_OUT, OPTION_FORCE, OPTION_JOBS };

static const struct option long_options[] = {
    {"in", required_argument, NULL, OPTION_IN},
    {"out", required_argument, NULL, OPTION_OUT},
    {"force", no_argument, NULL, OPTION_FORCE},
    {"jobs", required_argument, NULL, OPTION_JOBS},
    {NULL, 0, NULL, 0},
};

static void take_jobs(void *context, const char *value, struct diagnostics *diagnostics)
{
    struct fields_options *options = context;

    options->jobs = jobs_option(value, diagnostics);
}

static const struct option_slot slots[] = {
    [OPTION_IN] = {SLOT_FOLDER, offsetof(struct fields_options, in), NULL},
    [OPTION_OUT] = {SLOT_PATH, offsetof(struct fields_options, out), NULL},
    [OPTION_FORCE] = {SLOT_FLAG, offsetof(struct fields_options, replace), NULL},
    [OPTION_JOBS] = {SLOT_OTHER, 0, take_jobs},
};

/* Whether programs would take a file of this name for what it is. */
static bool names_workbook(const char *path)
{
    static const char ending[] = ".xlsx";
    const size_t size = strlen(path), ending_size = sizeof ending - 1;

    return size > ending_size && strcasecmp(path + size - ending_size, ending) == 0;
}

static enum status parse_arguments(int argc, char **argv, struct fields_options *options,
                                   struct diagnostics *diagnostics)
{
    static const struct option_table table = {
        .options = long_options, .slots = slots, .letter = 'o', .letter_code = OPTION_OUT};
    int first;

    *options = (struct fields_options){
        .jobs = processors(),
        .reader = READER_OPTIONS_DEFAULT,
        .version = EFFACE_VERSION,
    };
    first = option_words_read(&table, argc, argv, options, diagnostics);
    if (diagnostics->errors)
        return STATUS_USAGE;
    options->rules = option_words_operand(first, argc, argv, "rules file", diagnostics);
    if (!options->in)
        option_miss(diagnostics, "--in is missing: the folder of the export");
    if (!options->out)
        option_miss(diagnostics, "-o is missing: the workbook to be made");
    else if (!names_workbook(options->out))
        option_complain(diagnostics, "an Excel workbook is made, whose name ends with .xlsx, not",
                        options->out);
    return diagnostics->errors ? STATUS_USAGE : STATUS_OK;
}

/* "53 personal fields of 97 columns, in 532 records of 15 files: fields.xlsx" */
static void print_summary(const struct fields_options *options, const struct fields_counts *counts)
{
    char personal[COUNT_SIZE], columns[COUNT_SIZE], records[COUNT_SIZE], files[COUNT_SIZE];

    printf("%s of %s, in %s of %s: %s\n",
           count_of(personal, counts->personal, "personal field", "personal fields"),
           count_of(columns, counts->columns, "column", "columns"),
           count_of(records, counts->records, "record", "records"),
           count_of(files, counts->files, "file", "files"), options->out);
}

static enum status fields_command(int argc, char **argv)
{
    struct diagnostics diagnostics = DIAGNOSTICS_INIT;
    struct fields_options options;
    struct fields_counts counts;
    struct pack_folders packs;
    enum status status = parse_arguments(argc, argv, &options, &diagnostics);

    if (status == STATUS_OK)
        status = run_clock(&options.now, &options.reproducible, &diagnostics);
    if (status == STATUS_OK) {
        pack_folders_find(&packs);
        options.pack_folders = packs.list;
        options.stop = signals_watch();
        status = fields(&options, &counts, &diagnostics);
    }
    if (status == STATUS_OK)
        print_summary(&options, &counts);
    diagnostics_print(&diagnostics, stderr);
    diagnostics_release(&diagnostics);
    return status;
}

const struct command command_fields = {
    .name = "fields",
    .summary = "write the field summary of an export",
    .help =
        "Usage: efface fields RULES --in DIR -o FILE [--force] [--jobs N]\n"
        "\n"
        "Writes the field summary of the export in DIR, as an Excel workbook: which columns hold\n"
        "personal data, by scope, and what RULES do to each; how many records there are and what\n"
        "share of each field is filled; and the columns that are not declared personal. A run\n"
        "makes the same workbook, as efface-report/field-summary.xlsx. Every record is read,\n"
        "nobody is looked for, and no value of a cell stands in the workbook.\n"
        "\n"
        "FILE appears whole or not at all, readable by you alone (mode 0600).\n"
        "\n"
        "  --in DIR             the folder of the export\n"
        "  -o, --out FILE       the workbook, FILE.xlsx; it must not exist yet, nor lie inside "
        "--in\n"
        "  --force              replace FILE if it is there\n"
        "  --jobs N             threads (default: the processors allowed)\n"
        "\n"
        "Examples:\n"
        "  efface fields rules.yaml --in export -o fields.xlsx\n"
        "\n"
        "Exit status: 0 done; 2 usage; 3 rules invalid; 4 input invalid; 6 output or system "
        "error,\n"
        "or FILE exists; 128+n ended by signal n. With 2 and above nothing was written.\n",
    .run = fields_command,
};
