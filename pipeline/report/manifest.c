/*
 * manifest.json: every published file with its size and checksum, to be checked later.
 *
 * A path that is no clean text stands there twice: readably, and as its very bytes in
 * hexadecimal, so that whoever checks finds the file. What compressed stands there if
 * anything was: the same bytes come out only of the same library at the same level.
 * The delimiter and quoting of a file are what its records were counted by. The last member is the
 * SHA-256 of the bytes before it: report/manifest_reader.h checks it.
 */
#include <stdio.h>

#include "report/json_document.h"
#include "report/manifest_words.h"
#include "report/report_text.h"
#include "report/reports.h"

static void write_path(struct document *document, const char *path)
{
    document_text(document, "path", path);
    if (!report_text_is_clean(path))
        document_hex(document, "path_hex", span_of(path));
}

static void write_dialect(struct document *document, const struct dialect *dialect)
{
    const char delimiter[] = {dialect->delimiter, '\0'};

    document_text(document, "delimiter", *delimiter == '\t' ? MANIFEST_TAB : delimiter);
    document_text(document, "quoting",
                  dialect->quoting == QUOTING_LENIENT ? MANIFEST_LENIENT : MANIFEST_STRICT);
}

static void write_export(struct document *document, const struct file_report *file)
{
    document_object(document, NULL);
    write_path(document, file->path);
    document_text(document, "entity", file->entity);
    document_flag(document, "gzip", file->gzip);
    document_count(document, "size_in", file->size_in);
    document_count(document, "size_out", file->size_out);
    document_count(document, "records_in", file->records_in);
    document_count(document, "records_out", file->records_out);
    document_count(document, "records_changed", file->records_changed);
    if (file->entity[0] != '\0')
        write_dialect(document, &file->dialect);
    document_checksum(document, "sha256_in", file->checksum_in);
    document_checksum(document, "sha256_out", file->checksum_out);
    document_end(document);
}

/* A report has no input and no records. */
static void write_report(struct document *document, const struct file_report *file)
{
    document_object(document, NULL);
    write_path(document, file->path);
    document_count(document, "size_out", file->size_out);
    document_checksum(document, "sha256_out", file->checksum_out);
    document_end(document);
}

static void write_gzip(struct document *document, const struct run_report *report)
{
    document_object(document, "gzip");
    document_text(document, "library", report->gzip_library);
    document_count(document, "level", (uint64_t)report->gzip_level);
    document_end(document);
}

/* What kept the run to its own files: "none", or "landlock ABI 6". */
static void write_sandbox(struct document *document, int version)
{
    char text[32] = "none";

    if (version > 0)
        snprintf(text, sizeof text, "landlock ABI %d", version);
    document_text(document, "sandbox", text);
}

enum status manifest_write(const struct run_report *report, const struct file_report *reports,
                           size_t report_count, int fd, const char *name,
                           struct diagnostics *diagnostics)
{
    struct document document;

    document_open(&document, fd);
    document_text(&document, "schema", MANIFEST_SCHEMA);
    document_count(&document, "schema_version", MANIFEST_VERSION);
    document_text(&document, "efface_version", report->version);
    write_sandbox(&document, report->sandbox);
    document_time(&document, "created", report->ended);
    document_checksum(&document, "rules_sha256", report->rules_digest);
    write_gzip(&document, report);
    document_array(&document, "files");
    for (size_t i = 0; i < report->file_count; i++)
        write_export(&document, &report->files[i]);
    document_end(&document);
    document_array(&document, "reports");
    write_report(&document, &report->records.file);
    for (size_t i = 0; i < report_count; i++)
        write_report(&document, &reports[i]);
    document_end(&document);
    document_seal(&document, MANIFEST_SEAL, fd);
    return document_close(&document, name, diagnostics);
}
