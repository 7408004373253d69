#include "report/problem_json.h"

enum { FORMAT_VERSION = 1 };

static size_t count_of_severity(const struct diagnostics *problems, enum severity severity)
{
    size_t count = 0;

    for (size_t i = 0; i < problems->count; i++)
        count += problems->items[i].severity == severity;
    return count;
}

static void write_number(struct document *document, const char *key, uint64_t number)
{
    if (number != 0)
        document_count(document, key, number);
    else
        document_text(document, key, NULL);
}

void problem_json_members(struct document *document, const struct diagnostic *problem)
{
    document_text(document, "path", problem->path);
    write_number(document, "line", problem->line);
    write_number(document, "column", problem->line != 0 ? problem->column : 0);
    document_text(document, "severity", problem->severity == SEVERITY_ERROR ? "error" : "warning");
    document_text(document, "message", problem->text);
}

void problem_json_list(struct document *document, const struct diagnostics *problems)
{
    document_count(document, "errors", problems->errors);
    document_count(document, "warnings", count_of_severity(problems, SEVERITY_WARNING));
    document_count(document, "dropped", problems->dropped);
    document_array(document, "problems");
    for (size_t i = 0; i < problems->count; i++) {
        document_object(document, NULL);
        problem_json_members(document, &problems->items[i]);
        document_end(document);
    }
    document_end(document);
}

enum status problem_json_write(const struct problem_report *report, int fd,
                               struct diagnostics *diagnostics)
{
    struct document document;

    document_open(&document, fd);
    document_text(&document, "format", "efface-check");
    document_count(&document, "version", FORMAT_VERSION);
    document_text(&document, "rules", report->rules);
    document_text(&document, "in", report->in);
    document_count(&document, "status", report->status);
    problem_json_list(&document, report->problems);
    return document_close(&document, "standard output", diagnostics);
}
