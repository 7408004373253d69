#include "cli/preview_text.h"

#include <inttypes.h>
#include <string.h>

#include "cli/counts.h"
#include "report/report_totals.h"

/* Bytes a millisecond: to hash, write and sync; to do so, and compress what came compressed. */
#define WRITE_SPEED 400000
#define PACK_SPEED 60000

/* The reports, whatever the size of the export. */
enum { REPORTS_TIME = 300 };

uint64_t preview_estimate(const struct run_report *report, uint64_t taken, size_t jobs)
{
    uint64_t plain = 0, packed = 0;

    for (size_t i = 0; i < report->file_count; i++) {
        if (report->files[i].gzip)
            packed += report->files[i].size_in;
        else
            plain += report->files[i].size_in;
    }
    return taken + plain / WRITE_SPEED + packed / PACK_SPEED / jobs + REPORTS_TIME;
}

static void print_contacts(const struct run_report *report, FILE *stream)
{
    static const struct {
        enum target_outcome outcome;
        const char *one, *many;
    } lines[] = {
        {OUTCOME_ANONYMIZED, "contact would be anonymized", "contacts would be anonymized"},
        {OUTCOME_DELETED, "contact would be deleted", "contacts would be deleted"},
        {OUTCOME_ALREADY, "contact was anonymized by an earlier run",
         "contacts were anonymized by an earlier run"},
        {OUTCOME_HELD, "contact is held back", "contacts are held back"},
        {OUTCOME_NOT_FOUND, "target was found nowhere", "targets were found nowhere"},
    };
    char count[COUNT_SIZE];

    for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
        const uint64_t targets = report->targets.outcomes[lines[i].outcome];

        if (targets)
            fprintf(stream, "  %s\n", count_of(count, targets, lines[i].one, lines[i].many));
    }
    if (report->targets.count == 0)
        fputs("  nobody is concerned\n", stream);
}

/* A name in a column of so many; a longer one gets a line of its own. */
static void print_name(const char *name, int width, FILE *stream)
{
    if (strlen(name) > (size_t)width)
        fprintf(stream, "  %s\n  %*s", name, width, "");
    else
        fprintf(stream, "  %-*s", width, name);
}

static void print_number(uint64_t number, int width, FILE *stream)
{
    char text[COUNT_SIZE];

    fprintf(stream, "%*s", width, number ? count_grouped(text, number) : "-");
}

enum { ENTITY_WIDTH = 22, NUMBER_WIDTH = 11 };

static void print_entity(const struct entity_tally *entity, FILE *stream)
{
    print_name(entity->name, ENTITY_WIDTH, stream);
    print_number(entity->records, NUMBER_WIDTH, stream);
    print_number(entity->anonymized, NUMBER_WIDTH, stream);
    print_number(entity->unlinked, NUMBER_WIDTH, stream);
    print_number(entity->dropped, NUMBER_WIDTH, stream);
    print_number(entity->mentions, NUMBER_WIDTH, stream);
    fputc('\n', stream);
}

static void print_entities(const struct run_report *report, FILE *stream)
{
    struct report_totals totals = report_totals(report);

    fprintf(stream, "\n%-*s%*s%*s%*s%*s%*s\n", ENTITY_WIDTH + 2, "records", NUMBER_WIDTH, "read",
            NUMBER_WIDTH, "anonymized", NUMBER_WIDTH, "unlinked", NUMBER_WIDTH, "dropped",
            NUMBER_WIDTH, "of others");
    for (size_t i = 0; i < report->entity_count; i++)
        if (report->entities[i].files)
            print_entity(&report->entities[i], stream);
    totals.records.name = "all";
    print_entity(&totals.records, stream);
}

enum { FIELD_WIDTH = 25, TREATMENT_WIDTH = 39 };

/* "date (to the year)", cut where it is too long. */
static void print_treatment(const struct field_report *field, FILE *stream)
{
    char text[128];

    snprintf(text, sizeof(text), "%s%s%s%s", field_treatment(field), field->options[0] ? " (" : "",
             field->options, field->options[0] ? ")" : "");
    if (strlen(text) > TREATMENT_WIDTH)
        memcpy(text + TREATMENT_WIDTH - 3, "...", 4);
    fprintf(stream, " %-*s", TREATMENT_WIDTH, text);
}

static void print_field(const struct field_report *field, FILE *stream)
{
    char text[COUNT_SIZE];

    print_name(field->column, FIELD_WIDTH, stream);
    print_treatment(field, stream);
    print_number(field->treated, NUMBER_WIDTH, stream);
    fputc('\n', stream);
    if (field->untaken)
        fprintf(stream, "  %*s of these cleared, as not to be understood: %s\n", FIELD_WIDTH, "",
                count_grouped(text, field->untaken));
}

static void print_fields(const struct run_report *report, FILE *stream)
{
    const char *entity = "";
    bool any = false;

    for (size_t i = 0; i < report->field_count; i++) {
        const struct field_report *field = &report->fields[i];

        if (!field->treated)
            continue;
        if (!any)
            fprintf(stream, "\n%-*s%*s\n", FIELD_WIDTH + TREATMENT_WIDTH + 3, "cells that change",
                    NUMBER_WIDTH, "cells");
        if (strcmp(entity, field->entity) != 0)
            fprintf(stream, "%s\n", field->entity);
        entity = field->entity;
        any = true;
        print_field(field, stream);
    }
    if (!any)
        fputs("\nno cell would change\n", stream);
}

static void print_undeclared(const struct run_report *report, FILE *stream)
{
    bool any = false;

    for (size_t i = 0; i < report->field_count; i++) {
        const struct field_report *field = &report->fields[i];

        if (field->origin != ORIGIN_UNDECLARED)
            continue;
        if (!any)
            fputs("\ncolumns that the rules don't mention\n", stream);
        any = true;
        fprintf(stream, "  %s of %s: %s\n", field->column, field->entity,
                field->treated ? "would be cleared" : "would be kept");
    }
}

static void print_leak(const struct leak_report *leak, FILE *stream)
{
    const bool is_email = strcmp(leak->kind, "email") == 0;
    char count[COUNT_SIZE], one[32], many[32];

    snprintf(one, sizeof(one), "%s%s", leak->kind, is_email ? " address" : "");
    snprintf(many, sizeof(many), "%s%s", leak->kind, is_email ? " addresses" : "s");
    fprintf(stream, "  %s in %s%s%s%s\n", count_of(count, leak->count, one, many), leak->field,
            leak->field[0] ? " of " : "", leak->field[0] ? leak->entity : leak->file,
            leak->shared ? ", which others bear too" : "");
}

/* Text that breaks at blanks, on lines of its own that are indented. */
static void print_wrapped(const char *text, FILE *stream)
{
    enum { WIDTH = 78 };
    size_t column = 0;

    while (*text) {
        const size_t word = strcspn(text, " ");

        if (column && column + 1 + word > WIDTH)
            column = 0;
        column += (size_t)fprintf(stream, column ? " %.*s" : "\n  %.*s", (int)word, text);
        text += word;
        text += strspn(text, " ");
    }
    fputc('\n', stream);
}

static void print_leaks(const struct run_report *report, FILE *stream)
{
    if (report->leak_count == 0) {
        fputs("\nleak check", stream);
        print_wrapped(report->leak_check, stream);
        return;
    }
    fputs("\nleft of the targets, by the leak check\n", stream);
    for (size_t i = 0; i < report->leak_count; i++)
        print_leak(&report->leaks[i], stream);
}

static const char *seconds(char text[COUNT_SIZE], uint64_t milliseconds)
{
    const uint64_t whole = (milliseconds + 500) / 1000;

    if (milliseconds < 100)
        snprintf(text, COUNT_SIZE, "%" PRIu64 " ms", milliseconds);
    else if (milliseconds < 9950)
        snprintf(text, COUNT_SIZE, "%.1f s", (double)milliseconds / 1000);
    else if (whole < 120)
        snprintf(text, COUNT_SIZE, "%" PRIu64 " s", whole);
    else
        snprintf(text, COUNT_SIZE, "%" PRIu64 " min", (whole + 30) / 60);
    return text;
}

void preview_text_print(const struct run_report *report, const char *folder,
                        const struct preview_time *time, FILE *stream)
{
    char files[COUNT_SIZE], taken[COUNT_SIZE], estimated[COUNT_SIZE];

    fprintf(stream, "%s: %s; nothing was written\n", folder,
            count_of(files, report->file_count, "file", "files"));
    print_contacts(report, stream);
    print_entities(report, stream);
    print_fields(report, stream);
    print_undeclared(report, stream);
    print_leaks(report, stream);
    if (!report->reproducible)
        fprintf(stream, "\nthis preview took %s; a run would take about %s\n",
                seconds(taken, time->taken), seconds(estimated, time->estimated));
}
