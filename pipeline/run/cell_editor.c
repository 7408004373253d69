#include "run/cell_editor.h"

#include "base/digest_text.h"
#include "match/normalize.h"

static const struct column_plan *column_of(const struct record_editing *record,
                                           const struct cell_editing *cell)
{
    return &record->plan->columns.columns[cell->index];
}

/* Sets the new value, unless it is what stands there. */
static void set_value(struct cell_editing *cell, struct span value)
{
    if (span_equal(view_value(&cell->editor->view, cell->index), value))
        return;
    cell->edit = EDIT_VALUE;
    cell->value = value;
}

/* Whether the record's own fields are treated, as belonging to a target. */
static bool is_treated(const struct record_editing *record)
{
    const struct disposition *disposition = &record->disposition;

    return !disposition->marked &&
           (disposition->outcome == RECORD_ANONYMIZED || disposition->outcome == RECORD_UNLINKED);
}

/* What a pseudonym is made of: the normal form, or the value itself where it has none. */
static bool normal_form(enum match_kind match, struct span value, struct buffer *scratch,
                        struct span *normal)
{
    if (!normalize(match, value, scratch, normal))
        return false;
    if (normal->size == 0)
        *normal = value;
    return true;
}

/* The token of a key, or of a value that refers to it. */
static bool append_surrogate(const struct entity_rule *entity, struct span value,
                             struct record_editor *editor)
{
    struct span normal;

    return normal_form(entity->key_match, value, &editor->normal, &normal) &&
           token_append(editor->tagger, SPAN("token"), normal, &editor->value);
}

/* What a list-valued cell refers to at most: dropped above rekeyed above neither. */
static enum reference list_reference(const struct bound_link *link,
                                     const struct record_editing *record, struct cell_editing *cell)
{
    struct record_view *view = &cell->editor->view;
    struct span rest = view_value(view, cell->index);
    struct span element;
    bool begun = false;
    enum reference most = REFERENCE_STAYS;

    while (list_next(&rest, &begun, link->rule->separator, &element)) {
        enum reference one = reference_of_value(link, record->resolution, view, element);

        if (one == REFERENCE_FAILED || one == REFERENCE_DROPPED)
            return one;
        if (one == REFERENCE_REKEYED)
            most = one;
    }
    return most;
}

static enum reference link_reference(const struct bound_link *link,
                                     const struct record_editing *record, struct cell_editing *cell)
{
    struct record_view *view = &cell->editor->view;

    if (view_is_blank(view, cell->index))
        return REFERENCE_STAYS;
    switch (condition_holds(link->when, view)) {
    case TRUTH_NO:
        return REFERENCE_STAYS;
    case TRUTH_FAILED:
        return REFERENCE_FAILED;
    case TRUTH_YES:
        break;
    }
    if (link->rule->separator.size)
        return list_reference(link, record, cell);
    return reference_of_cells(link, record->resolution, view);
}

/* What the column's links refer to at most, and which link that is. */
static enum reference column_reference(const struct record_editing *record,
                                       struct cell_editing *cell, const struct bound_link **link)
{
    const struct column_plan *column = column_of(record, cell);
    enum reference most = REFERENCE_STAYS;

    for (size_t i = 0; i < column->link_count; i++) {
        const struct bound_link *next = &record->plan->binding.links[column->links[i]];
        enum reference one = link_reference(next, record, cell);

        if (one == REFERENCE_STAYS || (one == REFERENCE_REKEYED && most == one))
            continue;
        *link = next;
        most = one;
        if (one != REFERENCE_REKEYED)
            break;
    }
    return most;
}

/* Appends one element of a list to the new value, unless it goes. */
static bool put_element(const struct bound_link *link, const struct record_editing *record,
                        struct record_editor *editor, struct span element, bool *first)
{
    enum reference reference = reference_of_value(link, record->resolution, &editor->view, element);

    if (reference == REFERENCE_FAILED)
        return false;
    if (reference == REFERENCE_DROPPED)
        return true;
    if (!*first && !buffer_append(&editor->value, link->rule->separator))
        return false;
    *first = false;
    if (reference == REFERENCE_REKEYED)
        return append_surrogate(link->rule->to, element, editor);
    return buffer_append(&editor->value, element);
}

static bool rewrite_list(const struct bound_link *link, const struct record_editing *record,
                         struct cell_editing *cell)
{
    struct record_editor *editor = cell->editor;
    struct span rest = view_value(&editor->view, cell->index);
    struct span element;
    bool begun = false, first = true;

    while (list_next(&rest, &begun, link->rule->separator, &element))
        if (!put_element(link, record, editor, element, &first))
            return false;
    return true;
}

/* Rewrites a cell whose link refers to a dropped record or a replaced key. */
static void edit_reference(const struct record_editing *record, enum reference reference,
                           const struct bound_link *link, struct cell_editing *cell)
{
    struct record_editor *editor = cell->editor;
    bool rewritten = true;

    buffer_clear(&editor->value);
    if (link->rule->separator.size)
        rewritten = rewrite_list(link, record, cell);
    else if (reference == REFERENCE_REKEYED)
        rewritten =
            append_surrogate(link->rule->to, view_value(&editor->view, cell->index), editor);
    if (rewritten)
        set_value(cell, buffer_span(&editor->value));
    else
        cell->edit = EDIT_FAILED;
}

/* The owner of whom a field's cell mentions; OWNER_NOBODY: nobody. */
static uint32_t mentioned_owner(const struct column_plan *column, struct cell_editing *cell,
                                bool *failed)
{
    size_t slot;

    if (!column->mentions || column->mentions->map.count == 0)
        return OWNER_NOBODY;
    if (!view_find(&cell->editor->view, &cell->index, 1, column->mentions->match,
                   &column->mentions->map, &slot)) {
        *failed = true;
        return OWNER_NOBODY;
    }
    return slot == KEY_MAP_NONE ? OWNER_NOBODY : column->mentions->map.numbers[slot];
}

/* By whose right a field is treated. */
struct right {
    uint8_t fate;       /* the sum over those; 0: it is treated in records of nobody too */
    uint32_t mentioned; /* the owner whom the cell mentions, where that is what gives the right */
};

/* The fate of those by whose right the field of this record is treated; 0: nobody's. */
static uint8_t owner_fate(const struct record_editing *record, const struct column_plan *column)
{
    if (!is_treated(record))
        return 0;
    if (column->about == NO_LINK)
        return record->disposition.fate;
    return link_fate(&record->plan->binding, record->resolution, &record->editor->ownership,
                     column->about);
}

/* Whether the field's technique applies here, and to whose data. */
static enum truth field_applies(const struct record_editing *record, struct cell_editing *cell,
                                struct right *right)
{
    const struct column_plan *column = column_of(record, cell);
    bool everywhere = column->field->all_records && !record->disposition.marked;
    bool failed = false;

    *right = (struct right){owner_fate(record, column), OWNER_NOBODY};
    if (!right->fate) {
        right->mentioned = mentioned_owner(column, cell, &failed);
        right->fate = resolution_fate(record->resolution, right->mentioned);
    }
    if (failed)
        return TRUTH_FAILED;
    if (!right->fate && !everywhere)
        return TRUTH_NO;
    return condition_holds(column->when, &cell->editor->view);
}

/* The digest of the contact whose data a field holds; empty: nobody's. */
static struct span subject_of(const struct record_editing *record, const struct column_plan *column,
                              const struct right *right)
{
    const struct file_binding *binding = &record->plan->binding;
    const struct ownership *ownership = &record->editor->ownership;
    const struct target *contact = NULL;

    if (right->mentioned != OWNER_NOBODY)
        contact = resolution_first_target(record->resolution, right->mentioned);
    else if (right->fate && column->about == NO_LINK)
        contact = record_contact(binding, record->resolution, ownership);
    else if (right->fate)
        contact = link_contact(binding, record->resolution, ownership, column->about);
    return contact ? (struct span){(const char *)contact->digest, DIGEST_SIZE} : SPAN("");
}

static void take_treatment(enum treatment treatment, struct cell_editing *cell)
{
    switch (treatment) {
    case TREATMENT_REPLACED:
        cell->edit = EDIT_VALUE;
        cell->value = buffer_span(&cell->editor->value);
        break;
    case TREATMENT_NULL:
        cell->edit = EDIT_NULL;
        break;
    case TREATMENT_UNTAKEN:
        cell->untaken = true;
        cell->edit = EDIT_VALUE;
        cell->value = SPAN("");
        break;
    case TREATMENT_UNCHANGED:
        break;
    case TREATMENT_FAILED:
        cell->edit = EDIT_FAILED;
        break;
    }
}

static void edit_field(const struct record_editing *record, struct cell_editing *cell)
{
    const struct column_plan *column = column_of(record, cell);
    struct record_editor *editor = cell->editor;
    struct cell treated = {.blank = view_is_blank(&editor->view, cell->index)};
    enum truth applies;
    struct right right;

    if (treated.blank && !column->technique->technique->fills_blank)
        return;
    applies = field_applies(record, cell, &right);
    if (applies == TRUTH_NO)
        return;
    treated.value = view_value(&editor->view, cell->index);
    treated.keep_own = right.fate && !(right.fate & FATE_UNMARKED);
    if (column->technique->technique->per_subject)
        treated.subject = subject_of(record, column, &right);
    if (applies == TRUTH_FAILED ||
        (column->wants_known && !known_ranges_find(&editor->known, treated.value)) ||
        !normal_form(column->normal, treated.value, &editor->normal, &treated.normal)) {
        cell->edit = EDIT_FAILED;
        return;
    }
    if (column->wants_known) {
        treated.known = editor->known.items;
        treated.known_count = editor->known.count;
    }
    take_treatment(technique_treat(column->technique, &treated, editor->tagger, &editor->value),
                   cell);
}

static void edit_marker(const struct record_editing *record, struct cell_editing *cell)
{
    const struct marker_rule *marker = &record->plan->entity->marker;

    set_value(cell, marker->run_date ? cell->editor->marker_date : marker->value);
}

/* Replaces the record's own key, as links to it are rewritten. */
static void edit_key(const struct record_editing *record, struct cell_editing *cell)
{
    struct record_editor *editor = cell->editor;
    const struct span key = view_value(&editor->view, cell->index);
    const bool owners_marked = !(record->disposition.fate & FATE_UNMARKED);

    if (view_is_blank(&editor->view, cell->index) || (owners_marked && is_whole_token_text(key)))
        return;
    buffer_clear(&editor->value);
    if (append_surrogate(record->plan->entity, key, editor))
        set_value(cell, buffer_span(&editor->value));
    else
        cell->edit = EDIT_FAILED;
}

/* The roles behind a column's field. */
static void edit_other_roles(const struct record_editing *record, enum reference reference,
                             const struct bound_link *link, struct cell_editing *cell)
{
    const struct column_plan *column = column_of(record, cell);

    if (column->is_marker && is_treated(record))
        edit_marker(record, cell);
    if (cell->edit == EDIT_NONE && column->is_rekeyed_key && is_treated(record) &&
        record->disposition.outcome == RECORD_ANONYMIZED)
        edit_key(record, cell);
    if (cell->edit == EDIT_NONE && reference == REFERENCE_REKEYED)
        edit_reference(record, reference, link, cell);
    if (cell->edit == EDIT_NONE && column->is_cleared &&
        !view_is_blank(&cell->editor->view, cell->index))
        set_value(cell, SPAN(""));
}

/* An empty cell that is left alone in its record would read as a blank line: it gets quotes. */
static void keep_record(const struct record_editing *record, struct cell_editing *cell)
{
    const struct file_columns_plan *columns = &record->plan->columns;

    if (columns->one_left && columns->any_dropped &&
        view_raw(&cell->editor->view, cell->index).size == 0) {
        cell->edit = EDIT_VALUE;
        cell->value = SPAN("");
    }
}

void edit_cell(const struct record_editing *record, struct cell_editing *cell)
{
    const struct column_plan *column = column_of(record, cell);
    const struct bound_link *link = NULL;
    enum reference reference = REFERENCE_STAYS;

    if (column->is_dropped) {
        cell->edit = EDIT_LEAVE_OUT;
        return;
    }
    if (column->link_count && record->editor->ownership.count)
        reference = column_reference(record, cell, &link);
    if (reference == REFERENCE_FAILED)
        cell->edit = EDIT_FAILED;
    else if (reference == REFERENCE_DROPPED)
        edit_reference(record, reference, link, cell);
    if (cell->edit == EDIT_NONE && column->field)
        edit_field(record, cell);
    if (cell->edit == EDIT_NONE)
        edit_other_roles(record, reference, link, cell);
    if (cell->edit == EDIT_NONE)
        keep_record(record, cell);
}
