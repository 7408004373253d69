#include <inttypes.h>
#include <stdio.h>
#include <unistd.h>

#include "cli/command.h"
#include "cli/counts.h"
#include "cli/option_words.h"
#include "cli/output_format.h"
#include "cli/processors.h"
#include "report/problem_json.h"
#include "run/verify.h"

enum { FORMAT_VERSION = 1 };

struct verify_arguments {
    struct verify_options options;
    bool json;
};

enum option_code { OPTION_FORMAT = 1, OPTION_JOBS };

static const struct option long_options[] = {
    {"format", required_argument, NULL, OPTION_FORMAT},
    {"jobs", required_argument, NULL, OPTION_JOBS},
    {NULL, 0, NULL, 0},
};

static void take_option(void *context, int code, char *value, struct diagnostics *diagnostics)
{
    struct verify_arguments *arguments = context;

    if (code == OPTION_FORMAT)
        arguments->json = output_format_is_json(value, diagnostics);
    else
        arguments->options.jobs = jobs_option(value, diagnostics);
}

static enum status parse_arguments(int argc, char **argv, struct verify_arguments *arguments,
                                   struct diagnostics *diagnostics)
{
    static const struct option_table table = {.options = long_options, .take = take_option};
    char *folder = NULL;
    int first;

    *arguments = (struct verify_arguments){.options.jobs = processors()};
    first = option_words_read(&table, argc, argv, arguments, diagnostics);
    if (!diagnostics->errors)
        folder = option_words_operand(first, argc, argv, "published folder", diagnostics);
    if (folder)
        arguments->options.folder = folder_word(folder);
    return diagnostics->errors ? STATUS_USAGE : STATUS_OK;
}

/* "clean: 15 files with 532 records, and the reports: all as the manifest says", or what is not. */
static void print_summary(const char *folder, const struct verify_counts *counts,
                          enum status status)
{
    char files[COUNT_SIZE], records[COUNT_SIZE];

    if (status == STATUS_OK)
        printf("%s: %s with %s, and the reports: all as the manifest says\n", folder,
               count_of(files, counts->files, "file", "files"),
               count_of(records, counts->records, "record", "records"));
    else if (counts->missing || counts->extra || counts->changed)
        printf("%s: %" PRIu64 " missing, %" PRIu64 " extra, %" PRIu64 " changed\n", folder,
               counts->missing, counts->extra, counts->changed);
}

static enum status print_json(const char *folder, const struct verify_counts *counts,
                              enum status status, const struct diagnostics *problems)
{
    struct diagnostics diagnostics = DIAGNOSTICS_INIT;
    struct document document;

    document_open(&document, STDOUT_FILENO);
    document_text(&document, "format", "efface-verify");
    document_count(&document, "version", FORMAT_VERSION);
    document_text(&document, "folder", folder);
    document_count(&document, "status", status);
    document_count(&document, "files", counts->files);
    document_count(&document, "records", counts->records);
    document_count(&document, "bytes", counts->bytes);
    document_count(&document, "missing", counts->missing);
    document_count(&document, "extra", counts->extra);
    document_count(&document, "changed", counts->changed);
    problem_json_list(&document, problems);
    /* a full or closed stdout does not change the status: the verdict is in that too */
    if (document_close(&document, "standard output", &diagnostics) != STATUS_OK)
        diagnostics_print(&diagnostics, stderr);
    diagnostics_release(&diagnostics);
    return status;
}

static enum status verify_and_print(struct verify_arguments *arguments)
{
    struct diagnostics problems = DIAGNOSTICS_INIT;
    struct verify_counts counts;
    enum status status;

    arguments->options.stop = signals_watch();
    status = verify(&arguments->options, &counts, &problems);
    if (arguments->json) {
        status = print_json(arguments->options.folder, &counts, status, &problems);
    } else {
        diagnostics_print(&problems, stderr);
        print_summary(arguments->options.folder, &counts, status);
    }
    diagnostics_release(&problems);
    return status;
}

static enum status verify_command(int argc, char **argv)
{
    struct diagnostics diagnostics = DIAGNOSTICS_INIT;
    struct verify_arguments arguments;
    enum status status = parse_arguments(argc, argv, &arguments, &diagnostics);

    diagnostics_print(&diagnostics, stderr);
    diagnostics_release(&diagnostics);
    return status == STATUS_OK ? verify_and_print(&arguments) : status;
}

const struct command command_verify = {
    .name = "verify",
    .summary = "compare a published folder with its manifest",
    .help =
        "Usage: efface verify DIR [--format text|json] [--jobs N]\n"
        "\n"
        "Compares DIR, which efface run has made, with DIR/efface-report/manifest.json: every\n"
        "file must be there, with the size, the SHA-256 and the number of records that stand in\n"
        "the manifest, and no other file. Records are counted anew. All differences are told, one\n"
        "line each. Modes and times of files don't matter.\n"
        "\n"
        "The manifest ends with a checksum of itself: one that was cut or edited is refused. The\n"
        "checksum has no key, so it shows accidents, not a forger: whoever can write to DIR can\n"
        "make a manifest that fits. Keep a copy of the manifest elsewhere if that matters.\n"
        "\n"
        "  --format FORMAT      text (default), or json: one object on standard output, with\n"
        "                       \"files\", \"records\", \"bytes\", \"missing\", \"extra\", "
        "\"changed\"\n"
        "                       and \"problems\"\n"
        "  --jobs N             threads (default: the processors allowed)\n"
        "\n"
        "Examples:\n"
        "  efface verify clean\n"
        "  efface verify clean --format json\n"
        "\n"
        "Exit status: 0 all as the manifest says; 2 usage; 4 differences, or no manifest that can\n"
        "be trusted; 6 system error; 128+n ended by signal n.\n",
    .run = verify_command,
};
