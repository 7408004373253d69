/*
 * anonymization-report.json: everything of struct run_report, but of the targets the first.
 */
#include "report/json_facts.h"
#include "report/report_totals.h"
#include "report/reports.h"

enum { SCHEMA_VERSION = 1 };

static void write_run(struct document *document, const struct run_report *report)
{
    json_put_run(document, report);
    document_text(document, "report_keys", report->tells_keys ? "clear" : "digest");
    document_text(document, "leak_check", report->leak_check);
    document_object(document, "rules");
    document_text(document, "name", report->rules_name);
    document_text(document, "path", report->rules_path);
    document_checksum(document, "sha256", report->rules_digest);
    document_end(document);
}

static void write_records(struct document *document, const struct entity_tally *records)
{
    document_count(document, "files", records->files);
    document_count(document, "records", records->records);
    document_count(document, "unchanged", records->unchanged);
    document_count(document, "anonymized", records->anonymized);
    document_count(document, "unlinked", records->unlinked);
    document_count(document, "dropped", records->dropped);
    document_count(document, "already_anonymized", records->already);
    document_count(document, "mentions", records->mentions);
    document_count(document, "orphans", records->orphans);
}

static void write_totals(struct document *document, const struct run_report *report)
{
    const struct report_totals totals = report_totals(report);

    document_object(document, "totals");
    document_object(document, "targets");
    document_count(document, "all", report->targets.count);
    json_put_outcomes(document, &report->targets);
    document_end(document);
    document_object(document, "records");
    write_records(document, &totals.records);
    document_end(document);
    document_object(document, "bytes");
    document_count(document, "in", totals.size_in);
    if (!report->is_preview)
        document_count(document, "out", totals.size_out);
    document_end(document);
    document_end(document);
}

static void write_entity(struct document *document, const struct entity_tally *entity)
{
    document_object(document, NULL);
    document_text(document, "entity", entity->name);
    document_text(document, "scope", entity->scope);
    write_records(document, entity);
    document_end(document);
}

static void write_field(struct document *document, const struct field_report *field)
{
    document_object(document, NULL);
    document_text(document, "entity", field->entity);
    document_text(document, "scope", field->scope);
    document_text(document, "file", field->file);
    document_text(document, "field", field->column);
    document_text(document, "origin", field_origin_name(field->origin));
    document_text(document, "class", field->class);
    document_text(document, "technique", field_treatment(field));
    document_text(document, "options", field->options);
    document_text(document, "label", field_result(field));
    document_text(document, "condition", field->condition);
    document_count(document, "records", field->records);
    if (field->origin != ORIGIN_KEPT)
        document_count(document, "filled", field->filled);
    document_count(document, "treated", field->treated);
    document_count(document, "untaken", field->untaken);
    document_end(document);
}

/* A preview knows nothing of what isn't written. */
static void write_file(struct document *document, const struct file_report *file, bool is_preview)
{
    document_object(document, NULL);
    document_text(document, "path", file->path);
    document_text(document, "entity", file->entity);
    document_flag(document, "gzip", file->gzip);
    document_count(document, "size_in", file->size_in);
    if (!is_preview)
        document_count(document, "size_out", file->size_out);
    document_count(document, "records_in", file->records_in);
    document_count(document, "records_out", file->records_out);
    document_count(document, "records_changed", file->records_changed);
    if (!is_preview) {
        document_checksum(document, "sha256_in", file->checksum_in);
        document_checksum(document, "sha256_out", file->checksum_out);
    }
    document_end(document);
}

static void write_leak(struct document *document, const struct leak_report *leak)
{
    document_object(document, NULL);
    document_text(document, "entity", leak->entity);
    document_text(document, "file", leak->file);
    document_text(document, "field", leak->field);
    document_text(document, "kind", leak->kind);
    document_flag(document, "shared", leak->shared);
    document_count(document, "count", leak->count);
    document_end(document);
}

/* How many records of which entities were touched for a target; nothing where none were. */
static void write_touched(struct document *document, const struct run_report *report,
                          const uint64_t *touched)
{
    bool any = false;

    for (size_t i = 0; touched != NULL && i < report->entity_count; i++) {
        if (touched[i] == 0)
            continue;
        if (!any)
            document_object(document, "touched");
        any = true;
        document_count(document, report->entities[i].name, touched[i]);
    }
    if (any)
        document_end(document);
}

static void write_target(struct document *document, const struct run_report *report, size_t index)
{
    const struct reported_target target = report_target(report, index);

    document_object(document, NULL);
    json_put_target(document, &target);
    if (target.key != NULL)
        document_text(document, "key", target.key);
    if (target.hold != NULL)
        document_text(document, "hold", target.hold);
    if (target.restricting != NULL)
        document_text(document, "restricted_by", target.restricting);
    if (target.line != 0)
        document_count(document, "line", target.line);
    write_touched(document, report, target.touched);
    document_end(document);
}

/* The files that have all targets, of which the first are told here, and all records. */
static void write_whole_lists(struct document *document, const struct run_report *report)
{
    document_object(document, "target_list");
    document_text(document, "path", TARGET_LIST_PATH);
    document_count(document, "targets", report->targets.count);
    document_end(document);
    document_object(document, "record_list");
    document_text(document, "path", RECORD_LIST_PATH);
    document_count(document, "records", report->records.count);
    document_end(document);
}

static void write_lists(struct document *document, const struct run_report *report)
{
    document_array(document, "leaks");
    for (size_t i = 0; i < report->leak_count; i++)
        write_leak(document, &report->leaks[i]);
    document_end(document);
    document_array(document, "entities");
    for (size_t i = 0; i < report->entity_count; i++)
        write_entity(document, &report->entities[i]);
    document_end(document);
    document_array(document, "fields");
    for (size_t i = 0; i < report->field_count; i++)
        write_field(document, &report->fields[i]);
    document_end(document);
    document_array(document, "files");
    for (size_t i = 0; i < report->file_count; i++)
        write_file(document, &report->files[i], report->is_preview);
    document_end(document);
    document_array(document, "targets");
    for (size_t i = 0; i < report_rows(report->targets.count); i++)
        write_target(document, report, i);
    document_end(document);
}

enum status anonymization_json_write(const struct run_report *report, int fd, const char *name,
                                     struct diagnostics *diagnostics)
{
    struct document document;

    document_open(&document, fd);
    document_text(&document, "schema",
                  report->is_preview ? "efface preview" : "efface anonymization report");
    document_count(&document, "schema_version", SCHEMA_VERSION);
    write_run(&document, report);
    json_put_ledger(&document, &report->ledger);
    write_totals(&document, report);
    write_whole_lists(&document, report);
    write_lists(&document, report);
    return document_close(&document, name, diagnostics);
}
