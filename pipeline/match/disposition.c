#include "match/disposition.h"

/* Of what the link found at `slot` of its set; KEY_MAP_NONE: nothing. */
static enum reference reference_of(const struct bound_link *link,
                                   const struct resolution *resolution, size_t slot)
{
    if (slot == KEY_MAP_NONE)
        return REFERENCE_STAYS;
    if (resolution_value_dropped(resolution, link->set, slot))
        return REFERENCE_DROPPED;
    if (resolution_value_rekeyed(resolution, link->set, slot))
        return REFERENCE_REKEYED;
    return REFERENCE_STAYS;
}

enum reference reference_of_value(const struct bound_link *link,
                                  const struct resolution *resolution, struct record_view *view,
                                  struct span value)
{
    size_t slot;

    if (!view_find_value(view, value, link->rule->match, &link->set->map, &slot))
        return REFERENCE_FAILED;
    return reference_of(link, resolution, slot);
}

enum reference reference_of_cells(const struct bound_link *link,
                                  const struct resolution *resolution, struct record_view *view)
{
    size_t slot;

    if (!view_find(view, link->columns, link->rule->columns.count, link->rule->match,
                   &link->set->map, &slot))
        return REFERENCE_FAILED;
    return reference_of(link, resolution, slot);
}

/* Whether the list holds nothing but references to dropped records, and at least one. */
static enum truth list_runs_empty(const struct bound_link *link,
                                  const struct resolution *resolution, struct record_view *view)
{
    struct span rest = view_value(view, link->columns[0]);
    struct span element;
    bool begun = false;
    bool dropped = false;

    if (view_is_blank(view, link->columns[0]))
        return TRUTH_NO;
    while (list_next(&rest, &begun, link->rule->separator, &element)) {
        enum reference reference;

        if (element.size == 0)
            continue;
        reference = reference_of_value(link, resolution, view, element);
        if (reference == REFERENCE_FAILED)
            return TRUTH_FAILED;
        if (reference != REFERENCE_DROPPED)
            return TRUTH_NO;
        dropped = true;
    }
    return dropped ? TRUTH_YES : TRUTH_NO;
}

static enum truth drops_when_empty(const struct file_binding *binding,
                                   const struct resolution *resolution, struct record_view *view)
{
    const struct entity_rule *entity = binding->entity;
    const struct bound_link *link;
    enum truth truth;

    if (!resolution->deletes || !entity->drop_when_empty)
        return TRUTH_NO;
    link = &binding->links[entity->drop_when_empty - entity->links];
    truth = condition_holds(link->when, view);
    return truth == TRUTH_YES ? list_runs_empty(link, resolution, view) : truth;
}

static enum record_outcome outcome_of_deletion(const struct file_binding *binding,
                                               const struct resolution *resolution)
{
    if (binding->entity == resolution->ruleset->subject ||
        binding->entity->on_delete == ON_DELETE_DROP)
        return RECORD_DROPPED;
    return RECORD_UNLINKED;
}

struct disposition disposition_of(const struct file_binding *binding,
                                  const struct resolution *resolution, struct record_view *view,
                                  const struct ownership *ownership)
{
    struct disposition disposition = {RECORD_UNCHANGED, 0, record_is_marked(binding, view)};

    for (size_t i = 0; i < ownership->count; i++)
        if (claims_record(binding, &ownership->claims[i]))
            disposition.fate |= resolution_fate(resolution, ownership->claims[i].owner);
    switch (drops_when_empty(binding, resolution, view)) {
    case TRUTH_YES:
        disposition.outcome = RECORD_DROPPED;
        return disposition;
    case TRUTH_FAILED:
        disposition.outcome = RECORD_FAILED;
        return disposition;
    case TRUTH_NO:
        break;
    }
    if (disposition.fate & FATE_DELETE)
        disposition.outcome = outcome_of_deletion(binding, resolution);
    else if (disposition.fate & FATE_ANONYMIZE)
        disposition.outcome = disposition.marked ? RECORD_ALREADY : RECORD_ANONYMIZED;
    return disposition;
}

bool claim_is_reason(const struct file_binding *binding, const struct resolution *resolution,
                     const struct disposition *disposition, const struct claim *claim)
{
    if (disposition->outcome == RECORD_DROPPED && !(disposition->fate & FATE_DELETE))
        return claim->link != CLAIM_BY_KEY &&
               binding->links[claim->link].rule == binding->entity->drop_when_empty;
    return claims_record(binding, claim) && resolution_fate(resolution, claim->owner);
}

static bool is_of_link(const struct file_binding *binding, const struct claim *claim, size_t link)
{
    return claim->link != CLAIM_BY_KEY && binding->links[claim->link].first == link;
}

uint8_t link_fate(const struct file_binding *binding, const struct resolution *resolution,
                  const struct ownership *ownership, size_t link)
{
    uint8_t fate = 0;

    for (size_t i = 0; i < ownership->count; i++)
        if (is_of_link(binding, &ownership->claims[i], link))
            fate |= resolution_fate(resolution, ownership->claims[i].owner);
    return fate;
}

/* The lower-numbered of a target, or NULL, and those of a claim. */
static const struct target *lower_target(const struct resolution *resolution,
                                         const struct target *target, const struct claim *claim)
{
    const struct target *other = resolution_first_target(resolution, claim->owner);

    return target == NULL || (other != NULL && other < target) ? other : target;
}

const struct target *record_contact(const struct file_binding *binding,
                                    const struct resolution *resolution,
                                    const struct ownership *ownership)
{
    const struct target *target = NULL;

    for (size_t i = 0; i < ownership->count; i++)
        if (claims_record(binding, &ownership->claims[i]))
            target = lower_target(resolution, target, &ownership->claims[i]);
    return target;
}

const struct target *link_contact(const struct file_binding *binding,
                                  const struct resolution *resolution,
                                  const struct ownership *ownership, size_t link)
{
    const struct target *target = NULL;

    for (size_t i = 0; i < ownership->count; i++)
        if (is_of_link(binding, &ownership->claims[i], link))
            target = lower_target(resolution, target, &ownership->claims[i]);
    return target;
}
