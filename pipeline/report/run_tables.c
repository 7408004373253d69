#include "report/run_tables.h"

#include <assert.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/hex.h"
#include "report/report_totals.h"

static const char *key_words(const struct run_report *report)
{
    return report->key_is_kept
               ? "kept: who holds it gets the same pseudonyms again, so the data is pseudonymized"
               : "drawn for this run and thrown away: nobody can make the pseudonyms again";
}

static const char *contact_words(const struct run_report *report)
{
    return report->tells_keys
               ? "named by their keys in clear: this report is personal data, to be kept as such"
               : "named by digests under the key of the run";
}

const char *run_report_sentence(const struct run_report *report)
{
    return report->tells_keys
               ? "What one run did to the records of the contacts it was given. Contacts are named "
                 "by their keys in clear: this report is personal data, to be kept as such."
               : "What one run did to the records of the contacts it was given. No personal value "
                 "stands here: a contact is named by a digest.";
}

void ledger_facts_make(const struct run_report *report, struct ledger_facts *ledger)
{
    const struct ledger_report *kept = &report->ledger;
    const struct fact facts[LEDGER_FACTS] = {
        {FACT_HEADING, "Ledger of erasures", NULL, 0},
        {FACT_COUNT, "Lines before", NULL, kept->lines_before},
        {FACT_COUNT, "Entered", NULL, kept->entered},
        {FACT_COUNT, "Back again", NULL, report->targets.resurrected},
        {FACT_TEXT, "Head before", ledger->head, 0},
    };

    hex_put(kept->head_before, sizeof(kept->head_before), ledger->head);
    memcpy(ledger->facts, facts, sizeof(facts));
    ledger->count = kept->is_kept ? LEDGER_FACTS : 0;
}

const char *resurrection_words(const struct reported_target *target)
{
    return target->resurrected ? "yes" : NULL;
}

void run_overview_make(const struct run_report *report, struct run_overview *overview)
{
    const struct report_totals totals = report_totals(report);
    checksum_text(report->rules_digest, overview->digest);
    report_time_text(report->started, overview->started);
    report_time_text(report->ended, overview->ended);

    const struct fact facts[] = {
        {FACT_HEADING, "Run", NULL, 0},
        {FACT_TEXT, "Leak check", report->leak_check, 0},
        {FACT_TEXT, "Contacts", contact_words(report), 0},
        {FACT_TEXT, "Mode", report->mode, 0},
        {FACT_TEXT, "Key", key_words(report), 0},
        {FACT_TEXT, "Started", overview->started, 0},
        {FACT_TEXT, "Ended", overview->ended, 0},
        {FACT_TEXT, "efface version", report->version, 0},
        {FACT_HEADING, "Rules", NULL, 0},
        {FACT_TEXT, "Name", report->rules_name, 0},
        {FACT_TEXT, "File", report->rules_path, 0},
        {FACT_TEXT, "SHA-256", overview->digest, 0},
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
    enum { FACTS = sizeof(facts) / sizeof(facts[0]) };
    static_assert(FACTS + LEDGER_FACTS <= OVERVIEW_FACTS, "the facts have no room");
    ledger_facts_make(report, &overview->ledger);
    memcpy(overview->facts, facts, sizeof(facts));
    memcpy(overview->facts + FACTS, overview->ledger.facts, sizeof(overview->ledger.facts));
    overview->count = FACTS + overview->ledger.count;
}

static void take_entity(const struct entity_tally *entity, struct touch_matrix *touched)
{
    const size_t row = touched->matrix.row_count;

    if (entity->unchanged == entity->records || row == TOUCH_ROWS)
        return;
    touched->rows[row] = entity->name;
    touched->counts[row][0] = entity->anonymized;
    touched->counts[row][1] = entity->unlinked;
    touched->counts[row][2] = entity->dropped;
    touched->counts[row][3] = entity->already;
    touched->matrix.row_count++;
}

void touch_matrix_make(const struct run_report *report, struct touch_matrix *touched)
{
    static const char *const kinds[TOUCH_KINDS] = {"Anonymized", "Unlinked", "Dropped",
                                                   "Already anonymized"};

    *touched = (struct touch_matrix){.matrix = {
                                         .title = "Records touched, by entity and outcome",
                                         .row_title = "Entity",
                                         .rows = touched->rows,
                                         .columns = kinds,
                                         .column_count = TOUCH_KINDS,
                                         .counts = touched->counts[0],
                                     }};
    for (size_t i = 0; i < report->entity_count; i++)
        take_entity(&report->entities[i], touched);
}

/* Says how many records of which entities were touched; returns how many in all. */
static uint64_t put_touched(struct row_walk *walk)
{
    const struct run_report *report = walk->report;
    const uint64_t *touched = walk->target.touched;
    const size_t room = sizeof(walk->touched) - sizeof(", ...");
    size_t size = 0;
    uint64_t all = 0;

    walk->touched[0] = '\0';
    for (size_t i = 0; touched != NULL && i < report->entity_count; i++) {
        const size_t before = size;

        all += touched[i];
        if (touched[i] == 0 || size > room)
            continue;
        size += (size_t)snprintf(walk->touched + size, room - size + 1, "%s%s %" PRIu64,
                                 size ? ", " : "", report->entities[i].name, touched[i]);
        if (size > room)
            strcpy(walk->touched + before, before ? ", ..." : "...");
    }
    return all;
}

static void fill_target(void *source, struct table_cell *cells)
{
    struct row_walk *walk = source;

    walk->target = report_target(walk->report, walk->next++);
    const struct reported_target *target = &walk->target;

    *cells++ = text_cell(target->digest);
    if (walk->report->tells_keys)
        *cells++ = text_cell(target->key);
    *cells++ = text_cell(target->delete_mode ? "delete" : "anonymize");
    *cells++ = text_cell(target_outcome_words(target->outcome));
    if (walk->report->ledger.is_kept)
        *cells++ = text_cell(resurrection_words(target));
    *cells++ = text_cell(target->hold);
    *cells++ = text_cell(target->restricting);
    const uint64_t touched = put_touched(walk);
    *cells++ = text_cell(walk->touched);
    *cells++ = count_cell(touched);
    *cells++ = count_cell(target->line);
}

/* Those of the report at hand; returns how many. */
static size_t choose_target_columns(struct row_walk *walk)
{
    const struct run_report *report = walk->report;
    const struct {
        struct table_column column;
        bool is_told;
    } columns[TARGET_COLUMNS] = {
        {{"Contact, by digest", 38, COLUMN_CODE}, true},
        {{"Key", 26, COLUMN_TEXT}, report->tells_keys},
        {{"Mode", 14, COLUMN_TEXT}, true},
        {{"Outcome", 20, COLUMN_TEXT}, true},
        {{"Erased before", 14, COLUMN_TEXT}, report->ledger.is_kept},
        {{"Held back by", 20, COLUMN_TEXT}, true},
        {{"Deletion restricted by", 22, COLUMN_TEXT}, true},
        {{"Records touched, by entity", 56, COLUMN_TEXT}, true},
        {{"Records touched", 12, COLUMN_COUNT}, true},
        {{"Line in the targets file", 14, COLUMN_PLACE}, true},
    };
    size_t count = 0;

    for (size_t i = 0; i < TARGET_COLUMNS; i++)
        if (columns[i].is_told)
            walk->target_columns[count++] = columns[i].column;
    return count;
}

struct report_table targets_table(struct row_walk *walk)
{
    const size_t rows = report_rows(walk->report->targets.count);

    return (struct report_table){
        .sheet = "Targets",
        .title = "Targets",
        .note = "The contacts this run was given, and what became of each.",
        .columns = walk->target_columns,
        .column_count = choose_target_columns(walk),
        .row_count = rows,
        .left_out = walk->report->targets.count - rows,
        .whole = TARGET_LIST_PATH,
        .next_row = fill_target,
        .source = walk,
    };
}

static void fill_record(void *source, struct table_cell *cells)
{
    struct row_walk *walk = source;
    const struct reported_record *record = &walk->report->records.first[walk->next++];

    *cells++ = text_cell(record->entity);
    *cells++ = text_cell(record->file);
    *cells++ = text_cell(record->digest);
    *cells++ = text_cell(record->outcome);
    *cells++ = text_cell(record->targets);
    *cells++ = text_cell(record->route);
}

struct report_table records_table(struct row_walk *walk)
{
    static const struct table_column columns[] = {
        {"Entity", 20, COLUMN_TEXT},
        {"File", 46, COLUMN_TEXT},
        {"Record, by digest", 36, COLUMN_CODE},
        {"Outcome", 18, COLUMN_TEXT},
        {"Contacts, by digest", 36, COLUMN_CODE},
        {"Reached by", 60, COLUMN_TEXT},
    };
    const struct reported_records *records = &walk->report->records;

    return (struct report_table){
        .sheet = "Records",
        .title = "Records",
        .note = "Every record that something became of, whose it is, and the links that led from "
                "it to the contact.",
        .columns = columns,
        .column_count = sizeof(columns) / sizeof(columns[0]),
        .row_count = records->first_count,
        .left_out = records->count - records->first_count,
        .whole = RECORD_LIST_PATH,
        .next_row = fill_record,
        .source = walk,
    };
}

static void fill_entity(void *source, struct table_cell *cells)
{
    struct row_walk *walk = source;
    const struct entity_tally *entity = &walk->report->entities[walk->next++];

    *cells++ = text_cell(entity->name);
    *cells++ = text_cell(entity->scope);
    *cells++ = count_cell(entity->files);
    *cells++ = count_cell(entity->records);
    *cells++ = count_cell(entity->unchanged);
    *cells++ = count_cell(entity->anonymized);
    *cells++ = count_cell(entity->unlinked);
    *cells++ = count_cell(entity->dropped);
    *cells++ = count_cell(entity->already);
    *cells++ = count_cell(entity->mentions);
    *cells++ = count_cell(entity->orphans);
}

struct report_table entities_table(struct row_walk *walk)
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

    return (struct report_table){
        .sheet = "Entities",
        .title = "Entities",
        .note = "Records = unchanged + anonymized + unlinked + dropped + already "
                "anonymized. Mentions only: records of others with a cell treated.",
        .columns = columns,
        .column_count = sizeof(columns) / sizeof(columns[0]),
        .row_count = walk->report->entity_count,
        .next_row = fill_entity,
        .source = walk,
    };
}

static void fill_field(void *source, struct table_cell *cells)
{
    struct row_walk *walk = source;
    const struct field_report *field = &walk->report->fields[walk->next++];

    *cells++ = text_cell(field->entity);
    *cells++ = text_cell(field->scope);
    *cells++ = text_cell(field->column);
    *cells++ = text_cell(field_origin_name(field->origin));
    *cells++ = text_cell(field_class_title(field->class));
    *cells++ = text_cell(field_treatment(field));
    *cells++ = text_cell(field->options);
    *cells++ = text_cell(field_result(field));
    *cells++ = text_cell(field->condition);
    *cells++ = count_cell(field->treated);
    *cells++ = count_cell(field->untaken);
}

struct report_table fields_table(struct row_walk *walk)
{
    static const struct table_column columns[] = {
        {"Entity", 20, COLUMN_TEXT},
        {"Scope", 12, COLUMN_TEXT},
        {"Field", 22, COLUMN_TEXT},
        {"Origin", 11, COLUMN_TEXT},
        {"Class", 19, COLUMN_TEXT},
        {"Technique", 14, COLUMN_TEXT},
        {"Options", 32, COLUMN_TEXT},
        {"Result", 16, COLUMN_TEXT},
        {"Condition", 38, COLUMN_TEXT},
        {"Cells treated", 12, COLUMN_COUNT},
        {"Cleared as unfit", 12, COLUMN_COUNT},
    };

    return (struct report_table){
        .sheet = "Fields",
        .title = "Fields",
        .note = "Cleared as unfit: the cells among those treated that held nothing "
                "the technique can take.",
        .columns = columns,
        .column_count = sizeof(columns) / sizeof(columns[0]),
        .row_count = walk->report->field_count,
        .next_row = fill_field,
        .source = walk,
    };
}

static void fill_file(void *source, struct table_cell *cells)
{
    struct row_walk *walk = source;
    const struct file_report *file = &walk->report->files[walk->next++];

    checksum_text(file->checksum_in, walk->checksums[0]);
    checksum_text(file->checksum_out, walk->checksums[1]);
    *cells++ = text_cell(file->path);
    *cells++ = text_cell(file->entity[0] != '\0' ? file->entity : "(copied)");
    *cells++ = text_cell(file->gzip ? "gzip" : "plain");
    *cells++ = text_cell(walk->checksums[0]);
    *cells++ = text_cell(walk->checksums[1]);
    *cells++ = count_cell(file->size_in);
    *cells++ = count_cell(file->size_out);
    *cells++ = count_cell(file->records_in);
    *cells++ = count_cell(file->records_out);
    *cells++ = count_cell(file->records_changed);
}

struct report_table files_table(struct row_walk *walk)
{
    static const struct table_column columns[] = {
        {"File", 46, COLUMN_TEXT},
        {"Entity", 22, COLUMN_TEXT},
        {"Form", 9, COLUMN_TEXT},
        {"SHA-256 of the input", 36, COLUMN_CODE},
        {"SHA-256 of the output", 36, COLUMN_CODE},
        {"Bytes read", 16, COLUMN_COUNT},
        {"Bytes written", 16, COLUMN_COUNT},
        {"Records read", 16, COLUMN_COUNT},
        {"Records written", 17, COLUMN_COUNT},
        {"Records changed", 17, COLUMN_COUNT},
    };

    return (struct report_table){
        .sheet = "Files",
        .title = "Files",
        .note = "The command verify compares the output with the checksums in manifest.json.",
        .columns = columns,
        .column_count = sizeof(columns) / sizeof(columns[0]),
        .row_count = walk->report->file_count,
        .next_row = fill_file,
        .source = walk,
    };
}

static void fill_leak(void *source, struct table_cell *cells)
{
    struct row_walk *walk = source;
    const struct leak_report *leak = &walk->report->leaks[walk->next++];

    *cells++ = text_cell(leak->entity[0] != '\0' ? leak->entity : "(copied)");
    *cells++ = text_cell(leak->file);
    *cells++ = text_cell(leak->field);
    *cells++ = text_cell(leak->kind);
    *cells++ = text_cell(leak->shared ? "others may bear it, too" : "");
    *cells++ = count_cell(leak->count);
}

struct report_table leaks_table(struct row_walk *walk)
{
    static const struct table_column columns[] = {
        {"Entity", 22, COLUMN_TEXT}, {"File", 46, COLUMN_TEXT},   {"Field", 22, COLUMN_TEXT},
        {"Kind", 12, COLUMN_TEXT},   {"Remark", 26, COLUMN_TEXT}, {"Found", 14, COLUMN_COUNT},
    };

    return (struct report_table){
        .sheet = "Leaks",
        .title = "Leaks",
        .note = "Identifiers of targets that stand in the output: how many.",
        .columns = columns,
        .column_count = sizeof(columns) / sizeof(columns[0]),
        .row_count = walk->report->leak_count,
        .next_row = fill_leak,
        .source = walk,
    };
}
