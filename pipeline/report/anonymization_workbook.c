/*
 * anonymization-report.xlsx: what a run did, by contact, entity, field and file.
 */
#include <errno.h>

#include "report/report_text.h"
#include "report/report_totals.h"
#include "report/reports.h"
#include "report/workbook_child.h"
#include "report/workbook_sheet.h"

static const char *key_words(const struct run_report *report)
{
    return report->key_is_kept
               ? "kept: who holds it gets the same pseudonyms again, so the data is pseudonymized"
               : "drawn for this run and thrown away: nobody can make the pseudonyms again";
}

static void add_overview(struct book *book, const struct run_report *report)
{
    const struct report_totals totals = report_totals(report);
    char digest[CHECKSUM_TEXT_SIZE], started[REPORT_TIME_SIZE], ended[REPORT_TIME_SIZE];
    checksum_text(report->rules_digest, digest);
    report_time_text(report->started, started);
    report_time_text(report->ended, ended);

    const struct fact facts[] = {
        {FACT_HEADING, "Run", NULL, 0},
        {FACT_TEXT, "Leak check", report->leak_check, 0},
        {FACT_TEXT, "Mode", report->mode, 0},
        {FACT_TEXT, "Key", key_words(report), 0},
        {FACT_TEXT, "Started", started, 0},
        {FACT_TEXT, "Ended", ended, 0},
        {FACT_TEXT, "efface version", report->version, 0},
        {FACT_HEADING, "Rules", NULL, 0},
        {FACT_TEXT, "Name", report->rules_name, 0},
        {FACT_TEXT, "File", report->rules_path, 0},
        {FACT_TEXT, "SHA-256", digest, 0},
        {FACT_HEADING, "Targets", NULL, 0},
        {FACT_COUNT, "Named", NULL, report->targets.count},
        {FACT_COUNT, "Anonymized", NULL, report->targets.outcomes[OUTCOME_ANONYMIZED]},
        {FACT_COUNT, "Deleted", NULL, report->targets.outcomes[OUTCOME_DELETED]},
        {FACT_COUNT, "Held back", NULL, report->targets.outcomes[OUTCOME_HELD]},
        {FACT_COUNT, "Not found", NULL, report->targets.outcomes[OUTCOME_NOT_FOUND]},
        {FACT_COUNT, "Already anonymized", NULL, report->targets.outcomes[OUTCOME_ALREADY]},
        {FACT_HEADING, "Records", NULL, 0},
        {FACT_COUNT, "Read", NULL, totals.records.records},
        {FACT_COUNT, "Anonymized", NULL, totals.records.anonymized},
        {FACT_COUNT, "Unlinked", NULL, totals.records.unlinked},
        {FACT_COUNT, "Dropped", NULL, totals.records.dropped},
        {FACT_COUNT, "Already anonymized", NULL, totals.records.already},
        {FACT_COUNT, "Unchanged", NULL, totals.records.unchanged},
        {FACT_HEADING, "Files", NULL, 0},
        {FACT_COUNT, "Written", NULL, report->file_count},
        {FACT_COUNT, "Bytes read", NULL, totals.size_in},
        {FACT_COUNT, "Bytes written", NULL, totals.size_out},
    };
    book_facts(book,
               &(struct fact_sheet){
                   .sheet = "Overview",
                   .title = "Anonymization report",
                   .sentence = "What one run did to the records of the contacts it was given. "
                               "No personal value stands here: a contact is named by a digest.",
                   .facts = facts,
                   .fact_count = sizeof(facts) / sizeof(facts[0]),
               });
}

/* A walk over an array of a report; each table has one. */
struct row_walk {
    const struct run_report *report;
    size_t next;
    struct reported_target target; /* of the row at hand */
};

static void fill_target(void *source, struct table_cell *cells)
{
    struct row_walk *walk = source;

    walk->target = report_target(walk->report, walk->next++);
    const struct reported_target *target = &walk->target;

    *cells++ = (struct table_cell){target->digest, 0, 0};
    *cells++ = (struct table_cell){target->delete_mode ? "delete" : "anonymize", 0, 0};
    *cells++ = (struct table_cell){target_outcome_words(target->outcome), 0, 0};
    *cells++ = (struct table_cell){target->hold, 0, 0};
    *cells++ = (struct table_cell){target->restricting, 0, 0};
    *cells++ = (struct table_cell){NULL, target->line, 0};
}

static void add_targets(struct book *book, const struct run_report *report)
{
    static const struct table_column columns[] = {
        {"Contact, by digest", 38, COLUMN_CODE},
        {"Mode", 14, COLUMN_TEXT},
        {"Outcome", 20, COLUMN_TEXT},
        {"Held back by", 26, COLUMN_TEXT},
        {"Deletion restricted by", 26, COLUMN_TEXT},
        {"Line in the targets file", 16, COLUMN_PLACE},
    };
    struct row_walk walk = {.report = report};

    book_table(book, &(struct table){
                         .sheet = "Targets",
                         .title = "Targets",
                         .note = "The contacts this run was given, and what became of each.",
                         .columns = columns,
                         .column_count = sizeof(columns) / sizeof(columns[0]),
                         .row_count = report->targets.count,
                         .next_row = fill_target,
                         .source = &walk,
                     });
}

static void fill_entity(void *source, struct table_cell *cells)
{
    struct row_walk *walk = source;
    const struct entity_tally *entity = &walk->report->entities[walk->next++];

    *cells++ = (struct table_cell){entity->name, 0, 0};
    *cells++ = (struct table_cell){entity->scope, 0, 0};
    *cells++ = (struct table_cell){NULL, entity->files, 0};
    *cells++ = (struct table_cell){NULL, entity->records, 0};
    *cells++ = (struct table_cell){NULL, entity->unchanged, 0};
    *cells++ = (struct table_cell){NULL, entity->anonymized, 0};
    *cells++ = (struct table_cell){NULL, entity->unlinked, 0};
    *cells++ = (struct table_cell){NULL, entity->dropped, 0};
    *cells++ = (struct table_cell){NULL, entity->already, 0};
    *cells++ = (struct table_cell){NULL, entity->mentions, 0};
    *cells++ = (struct table_cell){NULL, entity->orphans, 0};
}

static void add_entities(struct book *book, const struct run_report *report)
{
    static const struct table_column columns[] = {
        {"Entity", 24, COLUMN_TEXT},
        {"Scope", 14, COLUMN_TEXT},
        {"Files", 10, COLUMN_COUNT},
        {"Records", 14, COLUMN_COUNT},
        {"Unchanged", 14, COLUMN_COUNT},
        {"Anonymized", 14, COLUMN_COUNT},
        {"Unlinked", 12, COLUMN_COUNT},
        {"Dropped", 12, COLUMN_COUNT},
        {"Already anonymized", 14, COLUMN_COUNT},
        {"Mentions only", 12, COLUMN_COUNT},
        {"Orphan links", 14, COLUMN_COUNT},
    };
    struct row_walk walk = {.report = report};

    book_table(book,
               &(struct table){
                   .sheet = "Entities",
                   .title = "Entities",
                   .note = "Records = unchanged + anonymized + unlinked + dropped + already "
                           "anonymized. Mentions only: records of others with a cell treated.",
                   .columns = columns,
                   .column_count = sizeof(columns) / sizeof(columns[0]),
                   .row_count = report->entity_count,
                   .next_row = fill_entity,
                   .source = &walk,
               });
}

static void fill_field(void *source, struct table_cell *cells)
{
    struct row_walk *walk = source;
    const struct field_report *field = &walk->report->fields[walk->next++];

    *cells++ = (struct table_cell){field->entity, 0, 0};
    *cells++ = (struct table_cell){field->scope, 0, 0};
    *cells++ = (struct table_cell){field->column, 0, 0};
    *cells++ = (struct table_cell){field_origin_name(field->origin), 0, 0};
    *cells++ = (struct table_cell){field->class, 0, 0};
    *cells++ = (struct table_cell){field->technique, 0, 0};
    *cells++ = (struct table_cell){field->options, 0, 0};
    *cells++ = (struct table_cell){field->label, 0, 0};
    *cells++ = (struct table_cell){field->condition, 0, 0};
    *cells++ = (struct table_cell){NULL, field->treated, 0};
    *cells++ = (struct table_cell){NULL, field->untaken, 0};
}

static void add_fields(struct book *book, const struct run_report *report)
{
    static const struct table_column columns[] = {
        {"Entity", 20, COLUMN_TEXT},
        {"Scope", 12, COLUMN_TEXT},
        {"Field", 22, COLUMN_TEXT},
        {"Origin", 11, COLUMN_TEXT},
        {"Class", 12, COLUMN_TEXT},
        {"Technique", 14, COLUMN_TEXT},
        {"Options", 32, COLUMN_TEXT},
        {"Result", 16, COLUMN_TEXT},
        {"Condition", 38, COLUMN_TEXT},
        {"Cells treated", 12, COLUMN_COUNT},
        {"Cleared as unfit", 12, COLUMN_COUNT},
    };
    struct row_walk walk = {.report = report};

    book_table(book,
               &(struct table){
                   .sheet = "Fields",
                   .title = "Fields",
                   .note = "Cleared as unfit: the cells among those treated that held nothing "
                           "the technique can take.",
                   .columns = columns,
                   .column_count = sizeof(columns) / sizeof(columns[0]),
                   .row_count = report->field_count,
                   .next_row = fill_field,
                   .source = &walk,
               });
}

static void fill_file(void *source, struct table_cell *cells)
{
    struct row_walk *walk = source;
    const struct file_report *file = &walk->report->files[walk->next++];

    *cells++ = (struct table_cell){file->path, 0, 0};
    *cells++ = (struct table_cell){file->entity[0] != '\0' ? file->entity : "(copied)", 0, 0};
    *cells++ = (struct table_cell){file->gzip ? "gzip" : "plain", 0, 0};
    *cells++ = (struct table_cell){NULL, file->size_in, 0};
    *cells++ = (struct table_cell){NULL, file->size_out, 0};
    *cells++ = (struct table_cell){NULL, file->records_in, 0};
    *cells++ = (struct table_cell){NULL, file->records_out, 0};
    *cells++ = (struct table_cell){NULL, file->records_changed, 0};
}

static void add_files(struct book *book, const struct run_report *report)
{
    static const struct table_column columns[] = {
        {"File", 46, COLUMN_TEXT},
        {"Entity", 22, COLUMN_TEXT},
        {"Form", 9, COLUMN_TEXT},
        {"Bytes read", 16, COLUMN_COUNT},
        {"Bytes written", 16, COLUMN_COUNT},
        {"Records read", 16, COLUMN_COUNT},
        {"Records written", 17, COLUMN_COUNT},
        {"Records changed", 17, COLUMN_COUNT},
    };
    struct row_walk walk = {.report = report};

    book_table(book, &(struct table){
                         .sheet = "Files",
                         .title = "Files",
                         .note = "Their SHA-256 checksums stand in manifest.json.",
                         .columns = columns,
                         .column_count = sizeof(columns) / sizeof(columns[0]),
                         .row_count = report->file_count,
                         .next_row = fill_file,
                         .source = &walk,
                     });
}

static void fill_leak(void *source, struct table_cell *cells)
{
    struct row_walk *walk = source;
    const struct leak_report *leak = &walk->report->leaks[walk->next++];

    *cells++ = (struct table_cell){leak->entity[0] != '\0' ? leak->entity : "(copied)", 0, 0};
    *cells++ = (struct table_cell){leak->file, 0, 0};
    *cells++ = (struct table_cell){leak->field, 0, 0};
    *cells++ = (struct table_cell){leak->kind, 0, 0};
    *cells++ = (struct table_cell){leak->shared ? "others may bear it, too" : "", 0, 0};
    *cells++ = (struct table_cell){NULL, leak->count, 0};
}

static void add_leaks(struct book *book, const struct run_report *report)
{
    static const struct table_column columns[] = {
        {"Entity", 22, COLUMN_TEXT}, {"File", 46, COLUMN_TEXT},   {"Field", 22, COLUMN_TEXT},
        {"Kind", 12, COLUMN_TEXT},   {"Remark", 26, COLUMN_TEXT}, {"Found", 14, COLUMN_COUNT},
    };
    struct row_walk walk = {.report = report};

    book_table(book, &(struct table){
                         .sheet = "Leaks",
                         .title = "Leaks",
                         .note = "Identifiers of targets that stand in the output: how many.",
                         .columns = columns,
                         .column_count = sizeof(columns) / sizeof(columns[0]),
                         .row_count = report->leak_count,
                         .next_row = fill_leak,
                         .source = &walk,
                     });
}

static int build(const char *path, const char *scratch_folder, const void *argument)
{
    const struct run_report *report = argument;
    const struct book_properties properties = {"Anonymization report", "efface", report->ended};
    struct book *book = book_open(path, scratch_folder, &properties);
    if (book == NULL)
        return ENOMEM;

    add_overview(book, report);
    add_leaks(book, report);
    add_targets(book, report);
    add_entities(book, report);
    add_fields(book, report);
    add_files(book, report);
    return book_close(book);
}

enum status anonymization_workbook_write(const struct run_report *report, int fd, const char *name,
                                         const char *scratch_folder,
                                         struct diagnostics *diagnostics)
{
    return child_write_workbook(build, report, fd, name, scratch_folder, diagnostics);
}
