/*
 * field-summary.xlsx: which fields hold personal data, by scope, and what a run does to
 * each. Of the rules it tells, and how many cells are filled, not of any cell.
 */
#include <errno.h>
#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>

#include "report/field_walk.h"
#include "report/report_text.h"
#include "report/reports.h"
#include "report/workbook_child.h"
#include "report/workbook_sheet.h"

/* The filled cells of a column that is kept are not counted. */
static struct table_cell filled_cell(const struct field_report *field)
{
    return (struct table_cell){
        .count = field->filled,
        .whole = field->origin == ORIGIN_KEPT ? 0 : field->records,
    };
}

static const struct table_column personal_columns[] = {
    {"Entity", 20, COLUMN_TEXT},        {"File", 40, COLUMN_TEXT},
    {"Field", 22, COLUMN_TEXT},         {"Origin", 11, COLUMN_TEXT},
    {"Class", 19, COLUMN_TEXT},         {"Technique", 14, COLUMN_TEXT},
    {"Options", 30, COLUMN_TEXT},       {"Result", 16, COLUMN_TEXT},
    {"Condition", 36, COLUMN_TEXT},     {"Records", 14, COLUMN_COUNT},
    {"Share filled", 12, COLUMN_SHARE},
};

static void fill_personal(void *source, struct table_cell *cells)
{
    const struct field_report *field = field_walk_next(source);

    *cells++ = text_cell(field->entity);
    *cells++ = text_cell(field->file);
    *cells++ = text_cell(field->column);
    *cells++ = text_cell(field_origin_name(field->origin));
    *cells++ = text_cell(field_class_title(field->class));
    *cells++ = text_cell(field->technique);
    *cells++ = text_cell(field->options);
    *cells++ = text_cell(field->label);
    *cells++ = text_cell(field->condition);
    *cells++ = count_cell(field->records);
    *cells++ = filled_cell(field);
}

static const char *standing(enum field_origin origin)
{
    switch (origin) {
    case ORIGIN_EXEMPTED:
        return "exempted: a default personal field that this entity keeps";
    case ORIGIN_UNDECLARED:
        return "undeclared: the rules don't name it";
    default:
        return "kept: declared as not personal";
    }
}

static void fill_other(void *source, struct table_cell *cells)
{
    const struct field_report *field = field_walk_next(source);

    *cells++ = text_cell(standing(field->origin));
    *cells++ = text_cell(field->entity);
    *cells++ = text_cell(field->scope);
    *cells++ = text_cell(field->file);
    *cells++ = text_cell(field->column);
    *cells++ = text_cell(field->label[0] != '\0' ? field->label : "kept");
    *cells++ = count_cell(field->records);
    *cells++ = filled_cell(field);
}

static const char *pseudonym_words(const struct run_report *report)
{
    return report->key_is_kept ? "under a key that is kept: pseudonymized, not anonymized"
                               : "under a key that dies with the run: anonymized";
}

static void add_overview(struct book *book, const struct run_report *report)
{
    char digest[CHECKSUM_TEXT_SIZE], made[REPORT_TIME_SIZE];
    struct class_matrix classes;
    class_matrix_make(report, &classes);
    checksum_text(report->rules_digest, digest);
    report_time_text(report->ended, made);

    const struct fact facts[] = {
        {FACT_HEADING, "Rules", NULL, 0},
        {FACT_TEXT, "Name", report->rules_name, 0},
        {FACT_TEXT, "File", report->rules_path, 0},
        {FACT_TEXT, "SHA-256", digest, 0},
        {FACT_TEXT, "As of", made, 0},
        {FACT_TEXT, "efface version", report->version, 0},
        {FACT_TEXT, "Pseudonyms", pseudonym_words(report), 0},
        {FACT_HEADING, "Columns", NULL, 0},
        {FACT_COUNT, "Personal fields", NULL, field_walk_count(personal_fields(report, NULL))},
        {FACT_COUNT, "Declared as not personal", NULL, origin_count(report, ORIGIN_KEPT)},
        {FACT_COUNT, "Exempted default fields", NULL, origin_count(report, ORIGIN_EXEMPTED)},
        {FACT_COUNT, "Undeclared", NULL, origin_count(report, ORIGIN_UNDECLARED)},
    };
    book_facts(book, &(struct fact_sheet){
                         .sheet = "Overview",
                         .title = "Field summary",
                         .sentence = "Which fields of the exports hold personal data, by scope, "
                                     "and what happens to them when their contact is "
                                     "anonymized.",
                         .facts = facts,
                         .fact_count = sizeof(facts) / sizeof(facts[0]),
                         .matrix = &classes.matrix,
                     });
}

static void add_scope(struct book *book, const struct run_report *report,
                      const struct report_scope *scope)
{
    struct field_walk walk = personal_fields(report, scope);
    const uint64_t count = field_walk_count(walk);
    char note[160];

    /* The sheet of the fields without a scope is there only if they are. */
    if (count == 0 && scope == &report_scopes[SCOPE_NONE])
        return;
    snprintf(note, sizeof(note),
             "%" PRIu64 " %s. Default: personal by its name in every entity. Chosen: declared "
             "for this entity.",
             count, count == 1 ? "field" : "fields");
    book_table(book, &(struct report_table){
                         .sheet = scope->label,
                         .title = scope->title,
                         .note = count > 0 ? note : "The rules name no personal field here.",
                         .columns = personal_columns,
                         .column_count = sizeof(personal_columns) / sizeof(personal_columns[0]),
                         .row_count = count,
                         .next_row = fill_personal,
                         .source = &walk,
                     });
}

static void add_others(struct book *book, const struct run_report *report)
{
    static const struct table_column columns[] = {
        {"Standing", 50, COLUMN_TEXT}, {"Entity", 20, COLUMN_TEXT},
        {"Scope", 14, COLUMN_TEXT},    {"File", 40, COLUMN_TEXT},
        {"Column", 24, COLUMN_TEXT},   {"Result", 12, COLUMN_TEXT},
        {"Records", 14, COLUMN_COUNT}, {"Share filled", 12, COLUMN_SHARE},
    };
    struct field_walk walk = other_columns(report);

    book_table(book, &(struct report_table){
                         .sheet = "Not personal",
                         .title = "Columns not declared personal",
                         .note = "Undeclared and exempted columns come first and deserve a look: "
                                 "do they hold nothing personal? Filled cells of kept columns "
                                 "are not counted.",
                         .columns = columns,
                         .column_count = sizeof(columns) / sizeof(columns[0]),
                         .row_count = field_walk_count(walk),
                         .next_row = fill_other,
                         .source = &walk,
                     });
}

static int build(const char *path, const char *scratch_folder, const void *argument)
{
    const struct run_report *report = argument;
    const struct book_properties properties = {"Field summary", "efface", report->ended};
    struct book *book = book_open(path, scratch_folder, &properties);
    if (book == NULL)
        return ENOMEM;

    add_overview(book, report);
    for (size_t i = 0; i < SCOPE_COUNT; i++)
        add_scope(book, report, &report_scopes[i]);
    add_others(book, report);
    return book_close(book);
}

enum status field_summary_start(const struct run_report *report, const char *name,
                                const char *scratch_folder, struct child_workbook **book,
                                struct diagnostics *diagnostics)
{
    return child_workbook_start(build, report, name, scratch_folder, book, diagnostics);
}
