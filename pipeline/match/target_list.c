#include "match/target_list.h"

#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "match/record_view.h"
#include "ruleset/node_reader.h"
#include "ruleset/spelling.h"

enum status target_list_init(struct target_list *list, const struct entity_rule *subject,
                             struct diagnostics *diagnostics)
{
    *list = (struct target_list){.subject = subject, .slot_count = 1 + subject->identifier_count};
    for (size_t i = 0; i < SLOT_LIMIT; i++)
        list->slots[i].names = (struct key_map)KEY_MAP_OF(KEY_MAP_NUMBERS);
    if (list->slot_count <= SLOT_LIMIT)
        return STATUS_OK;
    diagnostics_error(diagnostics, subject->identifiers[SLOT_LIMIT - 1].column.place,
                      "more than %d identifiers", SLOT_LIMIT - 1);
    list->slot_count = 1;
    return STATUS_RULES;
}

void target_list_forget(struct target_list *list)
{
    for (size_t i = 0; i < SLOT_LIMIT; i++) {
        key_map_release(&list->slots[i].names);
        free(list->slots[i].repeats);
        list->slots[i].repeats = NULL;
    }
    free(list->seen);
    list->seen = NULL;
}

void target_list_release(struct target_list *list)
{
    target_list_forget(list);
    free(list->names);
    free(list->lines);
    *list = (struct target_list){.subject = NULL};
}

void target_list_add_everybody(struct target_list *list, enum mode mode)
{
    target_list_add_selected(list, NULL, mode);
}

void target_list_add_selected(struct target_list *list, const struct condition *condition,
                              enum mode mode)
{
    list->everybody = true;
    list->of_whom = condition;
    list->everybody_mode = mode;
}

/* Those that the name is among; NULL: it is the first. */
static const struct target_lines *lines_of(const struct target_list *list, size_t name)
{
    size_t low = 0, high = list->line_count;

    while (low < high) {
        const size_t middle = low + (high - low) / 2;

        if (list->lines[middle].name <= name)
            low = middle + 1;
        else
            high = middle;
    }
    return low ? &list->lines[low - 1] : NULL;
}

uint32_t target_list_line(const struct target_list *list, size_t name)
{
    const struct target_lines *lines = lines_of(list, name);

    return lines && lines->line ? lines->line + (uint32_t)name - lines->name : 0;
}

/* Says on which line the next name begins. */
static bool add_line(struct target_list *list, uint32_t line)
{
    struct target_lines *lines;

    if (target_list_line(list, list->name_count) == line)
        return true;
    lines = array_room(list->lines, list->line_count + 1, &list->line_room, sizeof(*lines));
    if (!lines)
        return false;
    list->lines = lines;
    lines[list->line_count++] = (struct target_lines){(uint32_t)list->name_count, line};
    return true;
}

static bool add_name(struct target_list *list, uint32_t line, struct target_name name,
                     enum mode mode)
{
    struct target_name *names =
        array_room(list->names, list->name_count + 1, &list->name_room, sizeof(*names));

    if (!names)
        return false;
    list->names = names;
    if (list->name_count >= TARGET_REPEAT_BIT || !add_line(list, line))
        return false;
    name.to_delete = mode == MODE_DELETE;
    list->names[list->name_count++] = name;
    return true;
}

/* Adds a name to those of a value that has one. False where memory ran out. */
static bool add_repeat(struct target_slot *slot, size_t at, uint32_t name)
{
    const uint32_t number = slot->names.numbers[at];
    const bool is_second = !(number & TARGET_REPEAT_BIT);
    const uint32_t before = number & ~TARGET_REPEAT_BIT;
    struct target_repeat *repeats =
        array_room(slot->repeats, slot->repeat_count + 1, &slot->repeat_room, sizeof(*repeats));

    if (!repeats)
        return false;
    slot->repeats = repeats;
    repeats[slot->repeat_count] = (struct target_repeat){
        .name = name,
        .first = is_second ? number : repeats[before].first,
        .next = is_second ? TARGET_NO_REPEAT : before,
    };
    slot->names.numbers[at] = TARGET_REPEAT_BIT | (uint32_t)slot->repeat_count++;
    return true;
}

/* Adds a cell to the newest name. */
static bool add_cell(struct target_list *list, size_t slot, struct fingerprint value)
{
    struct target_slot *values = &list->slots[slot];
    const uint32_t name = (uint32_t)(list->name_count - 1);
    bool is_new;
    const size_t at = key_map_insert(&values->names, value, &is_new);

    if (at == KEY_MAP_NONE)
        return false;
    if (is_new)
        values->names.numbers[at] = name;
    else if (!add_repeat(values, at, name))
        return false;
    list->names[name].slots |= (uint16_t)(1u << slot);
    list->slot_used[slot] = true;
    return true;
}

static enum match_kind slot_match(const struct target_list *list, size_t slot)
{
    return slot ? list->subject->identifiers[slot - 1].match : MATCH_EXACT;
}

/* Scratch and circumstances of adding names. */
struct adding {
    struct target_list *list;
    const struct fingerprint_key *key;
    struct diagnostics *diagnostics;
    size_t count;     /* of the names, about */
    size_t full_slot; /* has a value of each name; SLOT_LIMIT: none may have */
    struct buffer normal, joined;
};

static void adding_release(struct adding *adding)
{
    buffer_release(&adding->normal);
    buffer_release(&adding->joined);
}

/* Before the first value of a slot. */
static bool expect_values(const struct adding *adding, size_t slot)
{
    struct key_map *map = &adding->list->slots[slot].names;

    return key_map_expect(map, adding->count) &&
           (slot != adding->full_slot || key_map_reserve(map, adding->count));
}

/* Adds a cell for a value, if it names something in its slot. */
static enum naming add_value(struct adding *adding, size_t slot, const struct span *values,
                             size_t count)
{
    struct key_map *map = &adding->list->slots[slot].names;
    struct span normal;
    const enum naming naming = values_normal(values, count, slot_match(adding->list, slot),
                                             &adding->normal, &adding->joined, &normal);

    if (naming != NAMES_VALUE)
        return naming;
    if ((map->capacity == 0 && !expect_values(adding, slot)) ||
        !add_cell(adding->list, slot, fingerprint_of(adding->key, normal)))
        return NAMING_FAILED;
    key_map_admit(map, quick_hash(&adding->key->quick, 0, normal));
    return NAMES_VALUE;
}

enum status target_list_add_value(struct target_list *list, const struct fingerprint_key *key,
                                  struct span value, enum mode mode,
                                  struct diagnostics *diagnostics)
{
    struct adding adding = {list, key, diagnostics, 1, SLOT_LIMIT, BUFFER_INIT, BUFFER_INIT};
    size_t first = list->subject->key.count == 1 ? 0 : 1;
    enum naming naming;

    if (value.size == 0 || first == list->slot_count) {
        diagnostics_error(diagnostics, (struct place){NULL, 0, 0},
                          value.size ? "--contact takes an identifier, of which the rules have none"
                                     : "--contact takes a value that is not empty");
        return STATUS_USAGE;
    }
    naming =
        add_name(list, 0, (struct target_name){.any = true}, mode) ? NAMES_NOTHING : NAMING_FAILED;
    for (size_t slot = first; slot < list->slot_count && naming != NAMING_FAILED; slot++)
        naming = add_value(&adding, slot, &value, 1);
    adding_release(&adding);
    if (naming == NAMING_FAILED)
        return diagnostics_no_memory(diagnostics);
    list->names[list->name_count - 1].blind = list->names[list->name_count - 1].slots == 0;
    return STATUS_OK;
}

/* What the columns of a targets file are. */
struct table_columns {
    size_t slot[SLOT_LIMIT]; /* column of each identifier's slot; SIZE_MAX: absent */
    size_t key[KEY_COLUMNS_LIMIT];
    size_t key_count; /* columns of the key that are present: all or none */
    size_t mode;      /* SIZE_MAX: absent */
};

static bool take_column(const struct target_list *list, struct span name, size_t column,
                        struct table_columns *columns)
{
    const struct entity_rule *subject = list->subject;

    for (size_t i = 0; i < subject->key.count; i++) {
        if (span_equal(name, subject->key.items[i].text)) {
            columns->key_count += columns->key[i] == SIZE_MAX;
            columns->key[i] = column;
            return true;
        }
    }
    for (size_t i = 0; i < subject->identifier_count; i++) {
        if (span_equal(name, subject->identifiers[i].column.text)) {
            columns->slot[i + 1] = column;
            return true;
        }
    }
    if (!span_equal(name, SPAN("mode")))
        return false;
    columns->mode = column;
    return true;
}

static bool stands_before(const struct span *names, size_t column)
{
    for (size_t i = 0; i < column; i++)
        if (span_equal(names[i], names[column]))
            return true;
    return false;
}

/* A name may be a target, where the list has no header: it is told by its number. */
static void report_unknown(const struct target_list *list, struct span name, size_t column,
                           struct place header, struct diagnostics *diagnostics)
{
    const struct name_list *key = &list->subject->key;
    const struct span shown = key->count == 1 ? key->items[0].text : SPAN("");
    struct spelling spelling = spelling_of(name);
    char hint[SPELLING_HINT_SIZE];

    spelling_consider_names(&spelling, key);
    for (size_t i = 0; i < list->subject->identifier_count; i++)
        spelling_consider(&spelling, list->subject->identifiers[i].column.text);
    spelling_consider(&spelling, SPAN("mode"));
    diagnostics_error(diagnostics, header,
                      "column %zu of the header is neither the key%s%.*s%s nor an identifier of "
                      "'%s', nor 'mode'%s",
                      column + 1, shown.size > 0 ? " '" : "", SHOWN(shown),
                      shown.size > 0 ? "'" : "", list->subject->name.text.at,
                      spelling_hint(&spelling, hint));
}

static enum status take_columns(const struct target_list *list, const struct row_reader *rows,
                                const char *path, struct table_columns *columns,
                                struct diagnostics *diagnostics)
{
    const struct place header = {path, 1, 0};
    const struct span *names = row_reader_names(rows);
    enum status status = STATUS_OK;

    columns->mode = SIZE_MAX;
    columns->key_count = 0;
    for (size_t i = 0; i < SLOT_LIMIT; i++)
        columns->slot[i] = SIZE_MAX;
    for (size_t i = 0; i < KEY_COLUMNS_LIMIT; i++)
        columns->key[i] = SIZE_MAX;
    for (size_t i = 0; i < row_reader_columns(rows); i++) {
        if (stands_before(names, i)) {
            diagnostics_error(diagnostics, header, "column %zu of the header stands there twice",
                              i + 1);
            status = STATUS_INPUT;
        }
        if (take_column(list, names[i], i, columns))
            continue;
        report_unknown(list, names[i], i, header, diagnostics);
        status = STATUS_INPUT;
    }
    if (columns->key_count && columns->key_count < list->subject->key.count) {
        diagnostics_error(diagnostics, header, "the key of '%s' needs all of its %zu columns",
                          list->subject->name.text.at, list->subject->key.count);
        status = STATUS_INPUT;
    }
    return status;
}

/* One row of a targets file. */
struct table_row {
    const struct span *cells;
    struct place place;
};

static enum status row_mode(const struct table_row *row, const struct table_columns *columns,
                            enum mode fallback, enum mode *mode, struct diagnostics *diagnostics)
{
    struct span word = columns->mode == SIZE_MAX ? SPAN("") : row->cells[columns->mode];

    *mode = fallback;
    if (word.size == 0)
        return STATUS_OK;
    if (span_equal(word, SPAN("anonymize")))
        *mode = MODE_ANONYMIZE;
    else if (span_equal(word, SPAN("delete")))
        *mode = MODE_DELETE;
    else {
        diagnostics_error(diagnostics, row->place, "mode is neither 'anonymize' nor 'delete'");
        return STATUS_INPUT;
    }
    return STATUS_OK;
}

static enum status add_key_cells(struct adding *adding, const struct table_row *row,
                                 const struct table_columns *columns)
{
    struct span values[KEY_COLUMNS_LIMIT];
    size_t filled = 0;

    for (size_t i = 0; i < columns->key_count; i++) {
        values[i] = row->cells[columns->key[i]];
        filled += values[i].size > 0;
    }
    if (filled == 0)
        return STATUS_OK;
    if (filled < columns->key_count) {
        diagnostics_error(adding->diagnostics, row->place, "the key is not complete");
        return STATUS_INPUT;
    }
    if (add_value(adding, 0, values, columns->key_count) == NAMING_FAILED)
        return diagnostics_no_memory(adding->diagnostics);
    return STATUS_OK;
}

static enum status add_identifier_cell(struct adding *adding, size_t slot, struct span value)
{
    struct target_list *list = adding->list;

    switch (value.size ? add_value(adding, slot, &value, 1) : NAMES_VALUE) {
    case NAMES_VALUE:
        return STATUS_OK;
    case NAMING_FAILED:
        return diagnostics_no_memory(adding->diagnostics);
    case NAMES_NOTHING:
        break;
    }
    list->names[list->name_count - 1].blind = true;
    return STATUS_OK;
}

static bool is_empty(const struct target_name *name)
{
    return name->slots == 0 && !name->blind;
}

static enum status add_row(struct adding *adding, const struct table_row *row,
                           const struct table_columns *columns, enum mode fallback)
{
    struct target_list *list = adding->list;
    enum mode mode;
    enum status status = row_mode(row, columns, fallback, &mode, adding->diagnostics);

    if (status != STATUS_OK)
        return status;
    if (!add_name(list, (uint32_t)row->place.line, (struct target_name){.slots = 0}, mode))
        return diagnostics_no_memory(adding->diagnostics);
    status = add_key_cells(adding, row, columns);
    for (size_t slot = 1; slot < list->slot_count && status == STATUS_OK; slot++)
        if (columns->slot[slot] != SIZE_MAX)
            status = add_identifier_cell(adding, slot, row->cells[columns->slot[slot]]);
    if (status == STATUS_OK && is_empty(&list->names[list->name_count - 1])) {
        diagnostics_error(adding->diagnostics, row->place, "the row names nobody");
        status = STATUS_INPUT;
    }
    return status;
}

/* The slot that hardly a row leaves empty: the key's, or that of the only identifier. */
static size_t full_slot(const struct target_list *list, const struct table_columns *columns)
{
    size_t full = columns->key_count ? 0 : SLOT_LIMIT;

    for (size_t slot = 1; slot < list->slot_count && full != 0; slot++) {
        if (columns->slot[slot] == SIZE_MAX)
            continue;
        if (full != SLOT_LIMIT)
            return SLOT_LIMIT;
        full = slot;
    }
    return full;
}

static enum status add_rows(struct adding *adding, struct row_reader *rows,
                            const struct table_columns *columns, enum mode mode)
{
    struct target_list *list = adding->list;
    const size_t names_before = list->name_count;
    enum status status = STATUS_OK, read = STATUS_OK;
    struct row row = {NULL, 0};

    do {
        read = row_reader_next(rows, &row, adding->diagnostics);
        if (row.cells) {
            const struct table_row at = {row.cells, {list->path, row.line, 0}};
            const enum status added = add_row(adding, &at, columns, mode);

            status = added == STATUS_OK ? status : added;
        }
    } while (row.cells && status != STATUS_SYSTEM);
    if (status != STATUS_OK || read != STATUS_OK)
        return status != STATUS_OK ? status : read;
    if (list->name_count > names_before)
        return STATUS_OK;
    diagnostics_error(adding->diagnostics, (struct place){list->path, 0, 0}, "names no target");
    return STATUS_INPUT;
}

enum status target_list_add_rows(struct target_list *list, const struct fingerprint_key *key,
                                 struct row_reader *rows, const char *path, enum mode mode,
                                 struct diagnostics *diagnostics)
{
    struct adding adding = {list, key, diagnostics, 0, SLOT_LIMIT, BUFFER_INIT, BUFFER_INIT};
    struct table_columns columns;
    enum status status = take_columns(list, rows, path, &columns, diagnostics);

    list->path = path;
    adding.full_slot = full_slot(list, &columns);
    if (status == STATUS_OK)
        status = row_reader_count(rows, &adding.count, diagnostics);
    if (status == STATUS_OK)
        status = add_rows(&adding, rows, &columns, mode);
    adding_release(&adding);
    return status;
}

enum status target_list_add_erased(struct target_list *list, const struct contact_values *contact,
                                   enum mode mode, struct diagnostics *diagnostics)
{
    if (!add_name(list, 0, (struct target_name){.erased = true}, mode))
        return diagnostics_no_memory(diagnostics);
    for (size_t slot = 0; slot < list->slot_count; slot++) {
        if (!contact->named[slot])
            continue;
        key_map_forgo_filter(&list->slots[slot].names);
        if (!add_cell(list, slot, contact->values[slot]))
            return diagnostics_no_memory(diagnostics);
    }
    return STATUS_OK;
}

enum status target_list_judge(const struct target_list *list, struct diagnostics *diagnostics)
{
    enum status status = STATUS_OK;

    for (size_t i = 0; list->seen && i < list->name_count; i++) {
        const struct target_name *name = &list->names[i];

        if (!target_name_failed(name) || list->seen[i] == 0)
            continue;
        diagnostics_error(diagnostics, (struct place){list->path, target_list_line(list, i), 0},
                          list->seen[i] == name->slots && !name->blind
                              ? "the row's cells name different contacts"
                              : "a cell of the row matches no contact");
        status = STATUS_INPUT;
    }
    return status;
}
