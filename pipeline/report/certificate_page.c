/*
 * certificate.html: what goes into the file of a request, on paper or on a screen.
 */
#include <string.h>

#include "report/certificate.h"
#include "report/page_parts.h"
#include "report/report_text.h"
#include "report/report_totals.h"
#include "report/run_tables.h"

#define ALL_IN_JSON "certificate.json and the other reports beside this page have more."

/* A walk over an array of the report; each table has one. */
struct certificate_walk {
    const struct run_report *report;
    size_t next;
    struct reported_target target;
    char digest[CHECKSUM_TEXT_SIZE];
};

static void fill_contact(void *source, struct table_cell *cells)
{
    struct certificate_walk *walk = source;

    walk->target = report_target(walk->report, walk->next++);
    *cells++ = text_cell(walk->target.digest);
    *cells++ = text_cell(walk->target.delete_mode ? "delete" : "anonymize");
    *cells++ = text_cell(target_outcome_words(walk->target.outcome));
    *cells++ = count_cell(walk->target.line);
    *cells++ = text_cell(resurrection_words(&walk->target));
}

static void put_contacts(struct page *page, const struct run_report *report)
{
    static const struct table_column columns[] = {
        {"Contact, by digest", 38, COLUMN_CODE},
        {"Mode", 14, COLUMN_TEXT},
        {"Outcome", 20, COLUMN_TEXT},
        {"Line in the targets file", 16, COLUMN_PLACE},
        {"Erased before", 14, COLUMN_TEXT}, /* only where one is kept */
    };
    const size_t column_count = sizeof(columns) / sizeof(columns[0]);
    struct certificate_walk walk = {.report = report};

    page_table(page, "contacts",
               &(struct report_table){
                   .title = "Contacts",
                   .note = "Whom the run was given. A digest is keyed, and tells nothing of the "
                           "contact to anybody without the key.",
                   .columns = columns,
                   .column_count = report->ledger.is_kept ? column_count : column_count - 1,
                   .row_count = report->targets.count,
                   .whole = TARGET_LIST_PATH,
                   .next_row = fill_contact,
                   .source = &walk,
               },
               ALL_IN_JSON);
}

static void fill_entity(void *source, struct table_cell *cells)
{
    struct certificate_walk *walk = source;
    const struct entity_tally *entity = &walk->report->entities[walk->next++];

    *cells++ = text_cell(entity->name);
    *cells++ = count_cell(entity->records);
    *cells++ = count_cell(entity->anonymized);
    *cells++ = count_cell(entity->unlinked);
    *cells++ = count_cell(entity->dropped);
    *cells++ = count_cell(entity->already);
}

static void put_entities(struct page *page, const struct run_report *report)
{
    static const struct table_column columns[] = {
        {"Entity", 24, COLUMN_TEXT},      {"Records read", 14, COLUMN_COUNT},
        {"Anonymized", 14, COLUMN_COUNT}, {"Unlinked", 14, COLUMN_COUNT},
        {"Dropped", 14, COLUMN_COUNT},    {"Already anonymized", 14, COLUMN_COUNT},
    };
    struct certificate_walk walk = {.report = report};

    page_table(page, "records",
               &(struct report_table){
                   .title = "Records",
                   .note = "What became of the contacts' records. Unlinked: kept, but parted from "
                           "a contact that was deleted.",
                   .columns = columns,
                   .column_count = sizeof(columns) / sizeof(columns[0]),
                   .row_count = report->entity_count,
                   .next_row = fill_entity,
                   .source = &walk,
               },
               ALL_IN_JSON);
}

/* Only fields of which a cell was treated are told. */
static void fill_field(void *source, struct table_cell *cells)
{
    struct certificate_walk *walk = source;
    const struct field_report *field;

    do
        field = &walk->report->fields[walk->next++];
    while (field->treated == 0);
    *cells++ = text_cell(field->entity);
    *cells++ = text_cell(field->column);
    *cells++ = text_cell(field_treatment(field));
    *cells++ = text_cell(field_result(field));
    *cells++ = count_cell(field->treated);
}

static void put_fields(struct page *page, const struct run_report *report)
{
    static const struct table_column columns[] = {
        {"Entity", 24, COLUMN_TEXT},         {"Field", 24, COLUMN_TEXT},
        {"Technique", 16, COLUMN_TEXT},      {"Result", 16, COLUMN_TEXT},
        {"Cells treated", 14, COLUMN_COUNT},
    };
    struct certificate_walk walk = {.report = report};
    uint64_t treated = 0;

    for (size_t i = 0; i < report->field_count; i++)
        treated += report->fields[i].treated > 0;
    page_table(page, "fields",
               &(struct report_table){
                   .title = "Fields",
                   .note = "Fields of which a cell was given a new value.",
                   .columns = columns,
                   .column_count = sizeof(columns) / sizeof(columns[0]),
                   .row_count = treated,
                   .next_row = fill_field,
                   .source = &walk,
               },
               ALL_IN_JSON);
}

static void fill_file(void *source, struct table_cell *cells)
{
    struct certificate_walk *walk = source;
    const struct file_report *file = &walk->report->files[walk->next++];

    checksum_text(file->checksum_out, walk->digest);
    *cells++ = text_cell(file->path);
    *cells++ = text_cell(walk->digest);
}

static void put_files(struct page *page, const struct run_report *report)
{
    static const struct table_column columns[] = {
        {"File", 40, COLUMN_TEXT},
        {"SHA-256, as it was written", 64, COLUMN_CODE},
    };
    struct certificate_walk walk = {.report = report};

    page_table(page, "files",
               &(struct report_table){
                   .title = "Files",
                   .note = "The files that were written. certificate.json has the SHA-256 of what "
                           "was read, too.",
                   .columns = columns,
                   .column_count = sizeof(columns) / sizeof(columns[0]),
                   .row_count = report->file_count,
                   .next_row = fill_file,
                   .source = &walk,
               },
               ALL_IN_JSON);
}

static void put_sentences(struct page *page, const char *const *sentences)
{
    PAGE_MARKUP(page, "<ul>\n");
    for (; *sentences != NULL; sentences++) {
        PAGE_MARKUP(page, "<li>");
        page_text(page, *sentences);
        PAGE_MARKUP(page, "</li>\n");
    }
    PAGE_MARKUP(page, "</ul>\n");
}

static void put_statement(struct page *page, const struct run_report *report)
{
    PAGE_MARKUP(page, "<p class=\"verdict\"><strong>Leak check:</strong> ");
    page_text(page, report->leak_check);
    PAGE_MARKUP(page, "</p>\n<section>\n<h2>What this certificate attests</h2>\n");
    put_sentences(page, certificate_attests(report));
    PAGE_MARKUP(page, "<h2>What it does not attest</h2>\n");
    put_sentences(page, certificate_leaves_open(report));
    PAGE_MARKUP(page, "</section>\n");
}

static void put_facts(struct page *page, const struct certificate *certificate,
                      const struct file_report *json)
{
    const struct run_report *report = certificate->report;
    const struct report_totals totals = report_totals(report);
    char rules[CHECKSUM_TEXT_SIZE], contacts[CHECKSUM_TEXT_SIZE], files[CHECKSUM_TEXT_SIZE],
        whole[CHECKSUM_TEXT_SIZE], ended[REPORT_TIME_SIZE];
    checksum_text(report->rules_digest, rules);
    checksum_text(certificate->contact_list, contacts);
    checksum_text(certificate->file_list, files);
    checksum_text(json->checksum_out, whole);
    report_time_text(report->ended, ended);

    const struct fact facts[] = {
        {FACT_HEADING, "Run", NULL, 0},
        {FACT_TEXT, "Ended", ended, 0},
        {FACT_TEXT, "Mode", report->mode, 0},
        {FACT_TEXT, "Key", report->key_is_kept ? "kept" : "thrown away with the run", 0},
        {FACT_TEXT, "Rules", report->rules_name, 0},
        {FACT_TEXT, "efface version", report->version, 0},
        {FACT_HEADING, "Contacts", NULL, 0},
        {FACT_COUNT, "Named", NULL, report->targets.count},
        {FACT_COUNT, "Anonymized", NULL, report->targets.outcomes[OUTCOME_ANONYMIZED]},
        {FACT_COUNT, "Deleted", NULL, report->targets.outcomes[OUTCOME_DELETED]},
        {FACT_COUNT, "Held back", NULL, report->targets.outcomes[OUTCOME_HELD]},
        {FACT_COUNT, "Not found", NULL, report->targets.outcomes[OUTCOME_NOT_FOUND]},
        {FACT_COUNT, "Already anonymized", NULL, report->targets.outcomes[OUTCOME_ALREADY]},
        {FACT_COUNT, "Records read", NULL, totals.records.records},
        {FACT_HEADING, "SHA-256", NULL, 0},
        {FACT_TEXT, "certificate.json", whole, 0},
        {FACT_TEXT, "Rules", rules, 0},
        {FACT_TEXT, "List of contacts", contacts, 0},
        {FACT_TEXT, "List of files", files, 0},
    };
    enum { FACTS = sizeof(facts) / sizeof(facts[0]) };
    struct ledger_facts ledger;
    struct fact all[FACTS + LEDGER_FACTS];

    ledger_facts_make(report, &ledger);
    memcpy(all, facts, sizeof(facts));
    memcpy(all + FACTS, ledger.facts, sizeof(ledger.facts));
    PAGE_MARKUP(page, "<section>\n<h2>What was done</h2>\n");
    page_facts(page, all, FACTS + ledger.count);
    PAGE_MARKUP(page, "</section>\n");
}

/* Lines for a pen. */
static void put_signature(struct page *page)
{
    PAGE_MARKUP(page, "<section>\n<h2>Filed</h2>\n<dl class=\"blanks\">\n"
                      "<div><dt>Reference of the request</dt><dd></dd></div>\n"
                      "<div><dt>Filed by</dt><dd></dd></div>\n"
                      "<div><dt>Date and signature</dt><dd></dd></div>\n</dl>\n</section>\n");
}

enum status certificate_page_write(const struct certificate *certificate,
                                   const struct file_report *json, int fd, const char *name,
                                   struct diagnostics *diagnostics)
{
    const struct run_report *report = certificate->report;
    char ended[REPORT_TIME_SIZE];
    struct page page;

    report_time_text(report->ended, ended);
    page_open(&page, fd);
    page_head(&page, PAGE_UPRIGHT, "Certificate of erasure", ended);
    PAGE_MARKUP(&page, "<p>Issued by efface for one run on one export. No personal value stands "
                       "here.</p>\n");
    put_facts(&page, certificate, json);
    put_statement(&page, report);
    put_signature(&page);
    put_contacts(&page, report);
    put_entities(&page, report);
    put_fields(&page, report);
    put_files(&page, report);
    return page_close(&page, name, diagnostics);
}
