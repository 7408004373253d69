#include "run/identifier_source.h"

#include "deidentify/technique.h"
#include "match/disposition.h"
#include "match/normalize.h"

void identifier_source_release(struct identifier_source *source)
{
    record_view_release(&source->view);
    value_sieve_release(&source->owned);
    ownership_release(&source->ownership);
    tagger_free(source->tagger);
    buffer_release(&source->value);
    buffer_release(&source->normal);
    buffer_release(&source->scratch);
}

/* Whether the claim counts for fields that are about `about`. */
static bool counts(const struct file_binding *binding, uint32_t link, size_t about)
{
    return link == CLAIM_BY_KEY ? about == NO_LINK : leak_link_counts(binding, link, about);
}

static size_t claims_by(const struct ownership *ownership, size_t link)
{
    size_t count = 0;

    for (size_t i = 0; i < ownership->count; i++)
        count += ownership->claims[i].link == link;
    return count;
}

/* How many records a link's cell refers to. */
static size_t count_elements(const struct bound_link *link, struct record_view *view)
{
    struct span rest = view_value(view, link->columns[0]);
    struct span element;
    bool begun = false;
    size_t count = 0;

    if (link->rule->separator.size == 0)
        return 1;
    while (list_next(&rest, &begun, link->rule->separator, &element))
        count += element.size > 0;
    return count;
}

/* Whether a link by key refers to a record that no target owns: the record is shared with others.
 */
static enum truth links_to_stranger(struct identifier_source *source, size_t index)
{
    const struct bound_link *link = &source->file->binding.links[index];
    enum truth truth;

    if (!link->rule->to_key || !source->file->leaks.personal_links[index] ||
        view_is_blank(&source->view, link->columns[0]))
        return TRUTH_NO;
    truth = condition_holds(link->when, &source->view);
    if (truth != TRUTH_YES)
        return truth;
    return count_elements(link, &source->view) > claims_by(&source->ownership, index) ? TRUTH_YES
                                                                                      : TRUTH_NO;
}

/*
 * The one target whose a field is, whatever else the record refers to. OWNER_NOBODY: it is
 * nobody's or several people's; OWNER_FAILED: memory ran out.
 */
static uint32_t sole_owner(struct identifier_source *source, size_t about)
{
    const struct file_binding *binding = &source->file->binding;
    const struct ownership *ownership = &source->ownership;
    uint32_t owner = OWNER_NOBODY;
    bool first = true;

    for (size_t i = 0; i < ownership->count; i++) {
        const struct claim *claim = &ownership->claims[i];

        if (!counts(binding, claim->link, about))
            continue;
        if (!first && claim->owner != owner)
            return OWNER_NOBODY;
        owner = claim->owner;
        first = false;
    }
    for (size_t i = 0; i < binding->link_count && owner != OWNER_NOBODY; i++) {
        if (!counts(binding, (uint32_t)i, about))
            continue;
        switch (links_to_stranger(source, i)) {
        case TRUTH_FAILED:
            return OWNER_FAILED;
        case TRUTH_YES:
            return OWNER_NOBODY;
        case TRUTH_NO:
            break;
        }
    }
    return owner & OWNER_SET_BIT ? OWNER_NOBODY : owner;
}

/* Whether the field is the business of one target that is processed now, for the first time. */
static enum truth is_targets_own(struct identifier_source *source, size_t about)
{
    const uint32_t owner = sole_owner(source, about);
    const uint8_t fate = owner == OWNER_FAILED ? 0 : resolution_fate(source->resolution, owner);

    if (owner == OWNER_FAILED)
        return TRUTH_FAILED;
    return (fate & (FATE_ANONYMIZE | FATE_DELETE)) && (fate & FATE_UNMARKED) ? TRUTH_YES : TRUTH_NO;
}

/*
 * Whether the technique takes the value for what it is to hide. A constant that stands
 * there already identifies nobody; but what a technique that cuts things short leaves whole does.
 */
static enum truth is_hidden(struct identifier_source *source, const struct column_plan *column,
                            struct span value)
{
    const struct compiled_technique *technique = column->technique;
    struct cell cell = {.value = value};

    if (!normalize(column->normal, value, &source->normal, &cell.normal))
        return TRUTH_FAILED;
    if (cell.normal.size == 0)
        cell.normal = value;
    switch (technique_treat(technique, &cell, source->tagger, &source->value)) {
    case TREATMENT_FAILED:
        return TRUTH_FAILED;
    case TREATMENT_UNCHANGED:
        return technique->technique->label == LABEL_GENERALIZED ? TRUTH_YES : TRUTH_NO;
    case TREATMENT_REPLACED:
    case TREATMENT_NULL:
    case TREATMENT_UNTAKEN:
        break;
    }
    return TRUTH_YES;
}

/* Whether the cell names a target and nobody else. */
static enum truth gives(struct identifier_source *source, size_t index)
{
    const struct column_plan *column = &source->file->columns.columns[index];
    enum truth truth;

    if (!source->file->leaks.columns[index].gives || view_is_blank(&source->view, index))
        return TRUTH_NO;
    truth = is_targets_own(source, column->about);
    if (truth == TRUTH_YES)
        truth = condition_holds(column->when, &source->view);
    if (truth == TRUTH_YES && !column->is_dropped)
        truth = is_hidden(source, column, view_value(&source->view, index));
    return truth;
}

static bool add_cell(struct identifier_source *source, size_t index,
                     struct found_identifiers *found)
{
    const enum column_topic topic = source->file->leaks.columns[index].topic;
    const struct span value = view_value(&source->view, index);

    if (topic == TOPIC_FULL_NAME && !identifier_of_full_name(source->known, value, found))
        return false;
    return identifiers_in_cell(source->known, value, topic == TOPIC_PHONE, &source->scratch, found);
}

static bool add_fields(struct identifier_source *source, struct found_identifiers *found)
{
    const struct leak_plan *leaks = &source->file->leaks;
    size_t names = 0;

    for (size_t i = 0; i < source->file->columns.count; i++) {
        const enum truth truth = gives(source, i);

        if (truth == TRUTH_FAILED)
            return false;
        if (truth == TRUTH_NO)
            continue;
        if (!add_cell(source, i, found))
            return false;
        names += i == leaks->first_name || i == leaks->last_name;
    }
    return names < 2 ||
           identifier_of_names(source->known, view_value(&source->view, leaks->first_name),
                               view_value(&source->view, leaks->last_name), found);
}

bool identifiers_of_record(struct identifier_source *source, struct found_identifiers *found)
{
    if (!ownership_find(&source->file->binding, source->resolution, &source->view,
                        &source->ownership))
        return false;
    return source->ownership.count == 0 ||
           record_is_marked(&source->file->binding, &source->view) || add_fields(source, found);
}
