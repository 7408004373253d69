/*
 * field-summary.xlsx: which fields hold personal data, by scope, and what a run does to
 * each. Of the rules it tells, not of any cell.
 */
#include <errno.h>
#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "report/report_text.h"
#include "report/reports.h"
#include "report/workbook_child.h"
#include "report/workbook_sheet.h"

/* The scopes of the rules language, and how a sheet and its title name them. */
struct scope {
    const char *name; /* NULL: any other, or none */
    const char *sheet;
    const char *title;
};

static const struct scope scopes[] = {
    {"audience", "Audience", "Personal fields of the audience"},
    {"sites", "Sites", "Personal fields of the sites"},
    {"events", "Events", "Personal fields of the events"},
    {"community", "Community", "Personal fields of the community"},
    {NULL, "Other", "Personal fields outside any scope"},
};

enum { SCOPE_COUNT = sizeof(scopes) / sizeof(scopes[0]) };

/* A walk over some of a report's fields: the personal ones of a scope, or all that aren't. */
struct field_walk {
    const struct run_report *report;
    const struct scope *scope; /* NULL: those that aren't personal */
    size_t next;
};

static bool is_personal(const struct field_report *field)
{
    return field->origin == ORIGIN_CHOSEN || field->origin == ORIGIN_DEFAULT;
}

static const struct scope *scope_of(const struct field_report *field)
{
    const struct scope *scope = scopes;

    while (scope->name != NULL && strcmp(scope->name, field->scope) != 0)
        scope++;
    return scope;
}

/* The next field, or NULL. */
static const struct field_report *next_field(struct field_walk *walk)
{
    while (walk->next < walk->report->field_count) {
        const struct field_report *field = &walk->report->fields[walk->next++];
        if (walk->scope == (is_personal(field) ? scope_of(field) : NULL))
            return field;
    }
    return NULL;
}

static uint64_t count_fields(struct field_walk from)
{
    uint64_t count = 0;

    while (next_field(&from) != NULL)
        count++;
    return count;
}

static const struct table_column personal_columns[] = {
    {"Entity", 20, COLUMN_TEXT},  {"File", 40, COLUMN_TEXT},   {"Field", 22, COLUMN_TEXT},
    {"Origin", 11, COLUMN_TEXT},  {"Class", 12, COLUMN_TEXT},  {"Technique", 14, COLUMN_TEXT},
    {"Options", 32, COLUMN_TEXT}, {"Result", 16, COLUMN_TEXT}, {"Condition", 38, COLUMN_TEXT},
};

enum { PERSONAL_COLUMNS = sizeof(personal_columns) / sizeof(personal_columns[0]) };

static void fill_personal(void *source, struct table_cell *cells)
{
    const struct field_report *field = next_field(source);

    *cells++ = (struct table_cell){field->entity, 0};
    *cells++ = (struct table_cell){field->file, 0};
    *cells++ = (struct table_cell){field->column, 0};
    *cells++ = (struct table_cell){field_origin_name(field->origin), 0};
    *cells++ = (struct table_cell){field->class, 0};
    *cells++ = (struct table_cell){field->technique, 0};
    *cells++ = (struct table_cell){field->options, 0};
    *cells++ = (struct table_cell){field->label, 0};
    *cells++ = (struct table_cell){field->condition, 0};
}

static const struct table_column other_columns[] = {
    {"Entity", 20, COLUMN_TEXT}, {"Scope", 14, COLUMN_TEXT},    {"File", 40, COLUMN_TEXT},
    {"Column", 24, COLUMN_TEXT}, {"Standing", 52, COLUMN_TEXT}, {"Result", 16, COLUMN_TEXT},
};

enum { OTHER_COLUMNS = sizeof(other_columns) / sizeof(other_columns[0]) };

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
    const struct field_report *field = next_field(source);

    *cells++ = (struct table_cell){field->entity, 0};
    *cells++ = (struct table_cell){field->scope, 0};
    *cells++ = (struct table_cell){field->file, 0};
    *cells++ = (struct table_cell){field->column, 0};
    *cells++ = (struct table_cell){standing(field->origin), 0};
    *cells++ = (struct table_cell){field->label[0] != '\0' ? field->label : "kept", 0};
}

static uint64_t count_origin(const struct run_report *report, enum field_origin origin)
{
    uint64_t count = 0;

    for (size_t i = 0; i < report->field_count; i++)
        count += report->fields[i].origin == origin;
    return count;
}

static void add_overview(struct book *book, const struct run_report *report)
{
    char digest[CHECKSUM_TEXT_SIZE], made[REPORT_TIME_SIZE];
    uint64_t counts[SCOPE_COUNT];
    for (size_t i = 0; i < SCOPE_COUNT; i++)
        counts[i] = count_fields((struct field_walk){report, &scopes[i], 0});
    checksum_text(report->rules_digest, digest);
    report_time_text(report->ended, made);

    const struct fact facts[] = {
        {FACT_HEADING, "Rules", NULL, 0},
        {FACT_TEXT, "Name", report->rules_name, 0},
        {FACT_TEXT, "File", report->rules_path, 0},
        {FACT_TEXT, "SHA-256", digest, 0},
        {FACT_TEXT, "As of", made, 0},
        {FACT_TEXT, "efface version", report->version, 0},
        {FACT_HEADING, "Personal fields", NULL, 0},
        {FACT_COUNT, "Audience", NULL, counts[0]},
        {FACT_COUNT, "Sites", NULL, counts[1]},
        {FACT_COUNT, "Events", NULL, counts[2]},
        {FACT_COUNT, "Community", NULL, counts[3]},
        {FACT_COUNT, "Outside any scope", NULL, counts[4]},
        {FACT_HEADING, "Columns not declared personal", NULL, 0},
        {FACT_COUNT, "Declared as not personal", NULL, count_origin(report, ORIGIN_KEPT)},
        {FACT_COUNT, "Exempted default fields", NULL, count_origin(report, ORIGIN_EXEMPTED)},
        {FACT_COUNT, "Undeclared", NULL, count_origin(report, ORIGIN_UNDECLARED)},
    };
    book_facts(book,
               &(struct fact_sheet){
                   .sheet = "Overview",
                   .title = "Field summary",
                   .sentence = "Which fields of the exports hold personal data, by scope, and "
                               "what happens to them when their contact is anonymized.",
                   .facts = facts,
                   .fact_count = sizeof(facts) / sizeof(facts[0]),
               });
}

static void add_scope(struct book *book, const struct run_report *report, const struct scope *scope)
{
    struct field_walk walk = {report, scope, 0};
    const uint64_t count = count_fields(walk);
    char note[160];

    /* The sheet of the fields without a scope is there only if they are. */
    if (count == 0 && scope->name == NULL)
        return;
    snprintf(note, sizeof(note),
             "%" PRIu64 " %s. Default: personal by its name in every entity. Chosen: declared "
             "for this entity.",
             count, count == 1 ? "field" : "fields");
    book_table(book, &(struct table){
                         .sheet = scope->sheet,
                         .title = scope->title,
                         .note = count > 0 ? note : "The rules name no personal field here.",
                         .columns = personal_columns,
                         .column_count = PERSONAL_COLUMNS,
                         .row_count = count,
                         .next_row = fill_personal,
                         .source = &walk,
                     });
}

static void add_others(struct book *book, const struct run_report *report)
{
    struct field_walk walk = {report, NULL, 0};

    book_table(
        book,
        &(struct table){
            .sheet = "Not personal",
            .title = "Columns not declared personal",
            .note =
                "Exempted and undeclared columns deserve a look: do they hold nothing personal?",
            .columns = other_columns,
            .column_count = OTHER_COLUMNS,
            .row_count = count_fields(walk),
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
        add_scope(book, report, &scopes[i]);
    add_others(book, report);
    return book_close(book);
}

enum status field_summary_write(const struct run_report *report, int fd, const char *name,
                                const char *scratch_folder, struct diagnostics *diagnostics)
{
    return child_write_workbook(build, report, fd, name, scratch_folder, diagnostics);
}
