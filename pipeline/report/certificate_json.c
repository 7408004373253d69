/*
 * certificate.json; certificate.schema.json describes it.
 */
#include "report/certificate.h"
#include "report/json_facts.h"
#include "report/report_text.h"
#include "report/report_totals.h"

enum { SCHEMA_VERSION = 1 };

static void write_run(struct document *document, const struct run_report *report)
{
    json_put_run(document, report);
    document_object(document, "rules");
    document_text(document, "name", report->rules_name);
    document_checksum(document, "sha256", report->rules_digest);
    document_end(document);
    document_object(document, "leak_check");
    document_text(document, "verdict", leak_verdict_name(report->leak_verdict));
    document_text(document, "words", report->leak_check);
    document_end(document);
}

static void write_contacts(struct document *document, const struct certificate *certificate)
{
    const struct reported_targets *targets = &certificate->report->targets;

    document_object(document, "contacts");
    document_count(document, "count", targets->count);
    json_put_outcomes(document, targets);
    document_checksum(document, "list_sha256", certificate->contact_list);
    document_array(document, "list");
    for (size_t i = 0; i < targets->count && i < CERTIFIED_CONTACTS; i++) {
        const struct reported_target target = report_target(certificate->report, i);

        document_object(document, NULL);
        json_put_target(document, &target);
        if (target.line != 0)
            document_count(document, "line", target.line);
        document_end(document);
    }
    document_end(document);
    document_end(document);
}

static void write_counts(struct document *document, const struct entity_tally *records)
{
    document_count(document, "records", records->records);
    document_count(document, "anonymized", records->anonymized);
    document_count(document, "unlinked", records->unlinked);
    document_count(document, "dropped", records->dropped);
    document_count(document, "already_anonymized", records->already);
}

static void write_entities(struct document *document, const struct run_report *report)
{
    const struct report_totals totals = report_totals(report);

    document_object(document, "totals");
    write_counts(document, &totals.records);
    document_end(document);
    document_array(document, "entities");
    for (size_t i = 0; i < report->entity_count; i++) {
        document_object(document, NULL);
        document_text(document, "entity", report->entities[i].name);
        write_counts(document, &report->entities[i]);
        document_end(document);
    }
    document_end(document);
}

/* Of the fields of which a cell was treated. */
static void write_fields(struct document *document, const struct run_report *report)
{
    document_array(document, "fields");
    for (size_t i = 0; i < report->field_count; i++) {
        const struct field_report *field = &report->fields[i];

        if (field->treated == 0)
            continue;
        document_object(document, NULL);
        document_text(document, "entity", field->entity);
        document_text(document, "field", field->column);
        document_text(document, "technique", field_treatment(field));
        document_text(document, "label", field_result(field));
        document_count(document, "treated", field->treated);
        document_end(document);
    }
    document_end(document);
}

static void write_files(struct document *document, const struct certificate *certificate)
{
    const struct run_report *report = certificate->report;

    document_object(document, "files");
    document_count(document, "count", report->file_count);
    document_checksum(document, "list_sha256", certificate->file_list);
    document_array(document, "list");
    for (size_t i = 0; i < report->file_count; i++) {
        document_object(document, NULL);
        document_text(document, "path", report->files[i].path);
        document_checksum(document, "sha256_in", report->files[i].checksum_in);
        document_checksum(document, "sha256_out", report->files[i].checksum_out);
        document_end(document);
    }
    document_end(document);
    document_end(document);
}

static void write_report(struct document *document, const struct file_report *report)
{
    document_object(document, NULL);
    document_text(document, "path", report->path);
    document_checksum(document, "sha256", report->checksum_out);
    document_end(document);
}

static void write_reports(struct document *document, const struct certificate *certificate)
{
    document_array(document, "reports");
    write_report(document, &certificate->report->records.file);
    for (size_t i = 0; i < certificate->report_count; i++)
        write_report(document, &certificate->reports[i]);
    document_end(document);
}

static void write_sentences(struct document *document, const char *key,
                            const char *const *sentences)
{
    document_array(document, key);
    for (; *sentences != NULL; sentences++)
        document_text(document, NULL, *sentences);
    document_end(document);
}

enum status certificate_json_write(const struct certificate *certificate, int fd, const char *name,
                                   struct diagnostics *diagnostics)
{
    const struct run_report *report = certificate->report;
    struct document document;

    document_open(&document, fd);
    document_text(&document, "schema", "efface certificate");
    document_count(&document, "schema_version", SCHEMA_VERSION);
    write_run(&document, report);
    json_put_ledger(&document, &report->ledger);
    write_sentences(&document, "attests", certificate_attests(report));
    write_sentences(&document, "does_not_attest", certificate_leaves_open(report));
    write_contacts(&document, certificate);
    write_entities(&document, report);
    write_fields(&document, report);
    write_files(&document, certificate);
    write_reports(&document, certificate);
    return document_close(&document, name, diagnostics);
}
