#include <stdio.h>
#include <unistd.h>

#include "cli/command.h"
#include "cli/counts.h"
#include "cli/option_words.h"
#include "cli/output_format.h"
#include "cli/pack_folders.h"
#include "cli/rules_excerpt.h"
#include "report/problem_json.h"
#include "ruleset/rule_source.h"
#include "run/check.h"

struct check_arguments {
    struct check_options options;
    bool json;
};

enum option_code { OPTION_IN = 1, OPTION_FORMAT };

static const struct option long_options[] = {
    {"in", required_argument, NULL, OPTION_IN},
    {"format", required_argument, NULL, OPTION_FORMAT},
    {NULL, 0, NULL, 0},
};

static void take_format(void *context, const char *value, struct diagnostics *diagnostics)
{
    struct check_arguments *arguments = context;

    arguments->json = output_format_is_json(value, diagnostics);
}

static const struct option_slot slots[] = {
    [OPTION_IN] = {SLOT_FOLDER, offsetof(struct check_arguments, options.in), NULL},
    [OPTION_FORMAT] = {SLOT_OTHER, 0, take_format},
};

static enum status parse_arguments(int argc, char **argv, struct check_arguments *arguments,
                                   struct diagnostics *diagnostics)
{
    static const struct option_table table = {.options = long_options, .slots = slots};
    int first;

    *arguments = (struct check_arguments){.options.reader = READER_OPTIONS_DEFAULT};
    first = option_words_read(&table, argc, argv, arguments, diagnostics);
    if (!diagnostics->errors)
        arguments->options.rules =
            option_words_operand(first, argc, argv, "rules file", diagnostics);
    return diagnostics->errors ? STATUS_USAGE : STATUS_OK;
}

/* Only rules are quoted, never data: a message about anything else has no text here. */
static void print_problems(const struct check *check, const struct diagnostics *problems)
{
    for (size_t i = 0; i < problems->count; i++) {
        const struct diagnostic *problem = &problems->items[i];
        const struct rule_text *text =
            check->ruleset.source ? rule_source_text(check->ruleset.source, problem->path) : NULL;

        diagnostic_print(problem, stderr);
        if (text)
            rules_excerpt_print(text->bytes, problem->line, problem->column, stderr);
    }
    diagnostics_print_dropped(problems, stderr);
}

/* "rules.yaml: 9 entities, 42 fields, no problem" */
static void print_summary(const struct check_arguments *arguments, const struct check *check,
                          const struct diagnostics *problems)
{
    const struct check_counts counts = check_count(check);
    char entities[COUNT_SIZE], fields[COUNT_SIZE], files[COUNT_SIZE], columns[COUNT_SIZE],
        warnings[COUNT_SIZE];

    printf("%s: %s, %s", arguments->options.rules,
           count_of(entities, counts.entities, "entity", "entities"),
           count_of(fields, counts.fields, "field", "fields"));
    if (arguments->options.in)
        printf("; %s: %s, %s", arguments->options.in,
               count_of(files, counts.files, "header", "headers"),
               count_of(columns, counts.columns, "column", "columns"));
    printf("%s %s\n", arguments->options.in ? ";" : ",",
           problems->count == 0 ? "no problem"
                                : count_of(warnings, problems->count, "warning", "warnings"));
}

static enum status print_json(const struct check_arguments *arguments, enum status status,
                              const struct diagnostics *problems)
{
    const struct problem_report report = {arguments->options.rules, arguments->options.in, status,
                                          problems};
    struct diagnostics diagnostics = DIAGNOSTICS_INIT;
    /* a full or closed stdout does not change the status: the verdict is in that too */
    const enum status written = problem_json_write(&report, STDOUT_FILENO, &diagnostics);

    if (written != STATUS_OK)
        diagnostics_print(&diagnostics, stderr);
    diagnostics_release(&diagnostics);
    return status;
}

static enum status check_and_print(const struct check_arguments *arguments)
{
    struct diagnostics problems = DIAGNOSTICS_INIT;
    struct check check;
    enum status status = check_run(&arguments->options, &check, &problems);

    if (arguments->json) {
        status = print_json(arguments, status, &problems);
    } else {
        print_problems(&check, &problems);
        if (status == STATUS_OK)
            print_summary(arguments, &check, &problems);
    }
    check_release(&check);
    diagnostics_release(&problems);
    return status;
}

static enum status check_command(int argc, char **argv)
{
    struct diagnostics diagnostics = DIAGNOSTICS_INIT;
    struct check_arguments arguments;
    struct pack_folders packs;
    enum status status = parse_arguments(argc, argv, &arguments, &diagnostics);

    diagnostics_print(&diagnostics, stderr);
    diagnostics_release(&diagnostics);
    if (status != STATUS_OK)
        return status;
    pack_folders_find(&packs);
    arguments.options.pack_folders = packs.list;
    return check_and_print(&arguments);
}

const struct command command_check = {
    .name = "check",
    .summary = "check rules, alone or against an export",
    .help =
        "Usage: efface check RULES [--in DIR] [--format text|json]\n"
        "\n"
        "Checks the rules file and the packs it extends, and reports all problems at once, each\n"
        "with the line it is about. With --in, the rules are then held against the headers of an\n"
        "export: files that no entity takes or several do, entities without files, columns that\n"
        "are missing, misspelt, undeclared or repeated. No record is read, nothing is written.\n"
        "\n"
        "Warnings are about what is allowed but probably not meant: patterns that match no file,\n"
        "records that can belong to nobody, conditions that can't hold. They don't change the\n"
        "exit status.\n"
        "\n"
        "  --in DIR             the folder of an export\n"
        "  --format FORMAT      text (default), or json: one object on standard output, with\n"
        "                       \"problems\", each with path, line, column (in bytes), severity\n"
        "                       (error or warning) and message\n"
        "\n"
        "Editors check rules as you type with the JSON Schema beside the installed packs, if the\n"
        "rules file begins with a line\n"
        "  # yaml-language-server: $schema=/usr/local/share/efface/rules/schema.json\n"
        "\n"
        "Examples:\n"
        "  efface check rules.yaml\n"
        "  efface check rules.yaml --in export\n"
        "  efface check rules.yaml --in export --format json\n"
        "\n"
        "Exit status: 0 no error; 2 usage; 3 rules invalid; 4 the export doesn't fit the rules;\n"
        "6 system error.\n",
    .run = check_command,
};
