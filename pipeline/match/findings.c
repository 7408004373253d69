#include "match/findings.h"

#include <stdlib.h>
#include <string.h>

#include "base/array.h"
#include "base/digest_text.h"
#include "match/disposition.h"
#include "match/owner_sieve.h"

void findings_clear(struct findings *findings)
{
    findings->value_count = 0;
    findings->contact_count = 0;
    findings->key_count = 0;
    findings->holding_count = 0;
    findings->matches.count = 0;
    buffer_clear(&findings->key_text);
    buffer_clear(&findings->owned);
}

void findings_release(struct findings *findings)
{
    free(findings->values);
    free(findings->contacts);
    free(findings->keys);
    free(findings->holdings);
    target_matches_release(&findings->matches);
    buffer_release(&findings->key_text);
    buffer_release(&findings->owned);
    *findings = (struct findings){.values = NULL};
}

static bool add_value(struct findings *findings, struct found_value value)
{
    struct found_value *values = array_room(findings->values, findings->value_count + 1,
                                            &findings->value_room, sizeof(*values));

    if (!values)
        return false;
    findings->values = values;
    values[findings->value_count++] = value;
    return true;
}

static bool add_contact(struct findings *findings, const struct found_contact *contact)
{
    struct found_contact *contacts = array_room(findings->contacts, findings->contact_count + 1,
                                                &findings->contact_room, sizeof(*contacts));

    if (!contacts)
        return false;
    findings->contacts = contacts;
    contacts[findings->contact_count++] = *contact;
    return true;
}

static bool add_key(struct findings *findings, struct condition_set *set, struct fingerprint key)
{
    struct found_key *keys =
        array_room(findings->keys, findings->key_count + 1, &findings->key_room, sizeof(*keys));

    if (!keys)
        return false;
    findings->keys = keys;
    keys[findings->key_count++] = (struct found_key){set, key};
    return true;
}

static bool add_holding(struct findings *findings, struct holder holder, uint32_t owner)
{
    struct found_holding *holdings = array_room(findings->holdings, findings->holding_count + 1,
                                                &findings->holding_room, sizeof(*holdings));

    if (!holdings)
        return false;
    findings->holdings = holdings;
    holdings[findings->holding_count++] = (struct found_holding){holder, owner};
    return true;
}

/* Whether the value is a key that may be an earlier run's surrogate. */
static bool is_token_key(const struct bound_set *bound, struct record_view *view)
{
    return bound->set->is_key && bound->set->entity->rekey &&
           is_whole_token_text(view_value(view, bound->columns[0]));
}

/* Adds the record's value in every set of its entity, but `except`; `found` says the rest. */
static bool add_values(const struct file_binding *binding, struct record_view *view,
                       const struct value_set *except, struct found_value found,
                       struct findings *findings)
{
    const uint8_t flags = found.flags;

    for (size_t i = 0; i < binding->set_count; i++) {
        const struct bound_set *bound = &binding->sets[i];
        enum naming naming;

        if (bound->set == except)
            continue;
        found.set = bound->set;
        found.flags = (uint8_t)(flags | (is_token_key(bound, view) ? VALUE_TOKEN : 0));
        naming = view_fingerprint(view, bound->columns, bound->set->column_count, bound->set->match,
                                  &found.value);
        if (naming == NAMING_FAILED)
            return false;
        if (naming == NAMES_NOTHING)
            continue;
        found.quick = view_quick(view);
        if (!add_value(findings, found))
            return false;
    }
    return true;
}

/* With its line end, which the last record of a file may lack. */
static bool keep_record(const struct finder *finder, struct findings *findings)
{
    const struct batch *batch = finder->view.batch;
    const uint32_t *start = &batch->record_start[finder->view.record];
    const struct span bytes = {batch->bytes.at + start[0], start[1] - start[0]};

    if (!finder->keeps)
        return true;
    return buffer_append(&findings->owned, bytes) &&
           (bytes.at[bytes.size - 1] == '\n' || buffer_append_byte(&findings->owned, '\n'));
}

static uint8_t marking_flag(const struct file_binding *binding, const struct record_view *view)
{
    return record_is_marked(binding, view) ? 0 : VALUE_UNMARKED;
}

static bool collect_conditions(const struct file_binding *binding, struct record_view *view,
                               struct findings *findings)
{
    for (size_t i = 0; i < binding->where_count; i++) {
        const struct bound_where *where = &binding->wheres[i];
        struct fingerprint key;
        enum truth truth = TRUTH_NO;
        enum naming naming;

        if (where->set->state == CONDITION_FILLING)
            truth = condition_holds(where->where, view);
        if (truth != TRUTH_YES) {
            if (truth == TRUTH_FAILED)
                return false;
            continue;
        }
        naming = view_fingerprint(view, &where->key_column, 1, MATCH_EXACT, &key);
        if (naming == NAMING_FAILED)
            return false;
        if (naming == NAMES_VALUE && !add_key(findings, where->set, key))
            return false;
    }
    return true;
}

/* Takes name and mode from the matches from `first` on that agree. */
static void take_names(const struct resolution *resolution, const struct target_matches *matches,
                       size_t first, struct found_contact *contact)
{
    const struct target_list *list = &resolution->list;

    for (size_t i = first; i < matches->count; i++) {
        const uint32_t index = matches->items[i].name;

        if (!matches->items[i].agrees)
            continue;
        contact->named = true;
        if (index < contact->name)
            contact->name = index;
        if (list->names[index].to_delete)
            contact->mode = MODE_DELETE;
    }
}

/* A contact's key: one cell, or its cells with a NUL between. `at` is NULL where memory ran out. */
static struct span contact_key(const struct file_binding *binding, struct record_view *view)
{
    const size_t *columns = binding->key_columns;
    const struct span failed = {NULL, 0};

    if (binding->entity->key.count == 1)
        return view_value(view, columns[0]);
    buffer_clear(&view->joined);
    for (size_t i = 0; i < binding->entity->key.count; i++)
        if ((i && !buffer_append_byte(&view->joined, '\0')) ||
            !buffer_append(&view->joined, view_value(view, columns[i])))
            return failed;
    return buffer_span(&view->joined);
}

/* Names the contact in reports: its key, or its bytes, under a key that is not shown. */
static bool digest_contact(const struct file_binding *binding, struct finder *finder,
                           struct found_contact *contact)
{
    unsigned char tag[TAG_SIZE];
    struct span value;

    if (contact->has_key)
        value = contact_key(binding, &finder->view);
    else
        value = view_whole(&finder->view);
    if (!value.at || !tagger_tag(finder->tagger, SPAN("contact"), value, tag))
        return false;
    memcpy(contact->digest, tag, sizeof(contact->digest));
    return true;
}

/* Keeps the contact's key in clear, if that was asked for. */
static bool keep_key(const struct file_binding *binding, const struct resolution *resolution,
                     struct finder *finder, struct found_contact *contact,
                     struct findings *findings)
{
    struct span key;

    if (!resolution->keeps_keys || !contact->has_key)
        return true;
    key = contact_key(binding, &finder->view);
    contact->key_at = findings->key_text.size;
    contact->key_size = key.size;
    return key.at && buffer_append(&findings->key_text, key);
}

/* The first hold that the record matches; *hold is NULL where none does. False: failed. */
static bool find_hold(const struct file_binding *binding, struct record_view *view,
                      const struct hold_rule **hold)
{
    *hold = NULL;
    for (size_t i = 0; i < binding->hold_count && !*hold; i++) {
        enum truth truth = condition_holds(binding->holds[i].where, view);

        if (truth == TRUTH_FAILED)
            return false;
        if (truth == TRUTH_YES)
            *hold = binding->holds[i].hold;
    }
    return true;
}

/* Adds the contact with its values. */
static bool take_contact(const struct file_binding *binding, const struct resolution *resolution,
                         struct finder *finder, struct found_contact *contact,
                         struct findings *findings)
{
    contact->unmarked = !record_is_marked(binding, &finder->view);
    contact->first_value = findings->value_count;
    if (!keep_record(finder, findings) || !find_hold(binding, &finder->view, &contact->hold) ||
        !digest_contact(binding, finder, contact) ||
        !keep_key(binding, resolution, finder, contact, findings) ||
        !add_values(binding, &finder->view, resolution->contacts,
                    (struct found_value){.step = ROUTE_STEP_SUBJECT,
                                         .owner = OWNER_NOBODY,
                                         .flags = marking_flag(binding, &finder->view)},
                    findings))
        return false;
    contact->value_count = findings->value_count - contact->first_value;
    return add_contact(findings, contact);
}

/* Whether the record's contact is one of those of whom everybody is a target. */
static enum truth is_of_everybody(const struct file_binding *binding,
                                  const struct resolution *resolution, struct record_view *view)
{
    return resolution->list.everybody ? condition_holds(binding->of_whom, view) : TRUTH_NO;
}

/* Whether the list has a value of the record's in any slot: most records end here. */
static bool is_listed(const struct file_binding *binding, const struct target_list *list,
                      struct record_view *view, bool *listed)
{
    *listed = false;
    for (size_t slot = 0; slot < list->slot_count && !*listed; slot++) {
        const size_t *columns =
            slot ? &binding->identifier_columns[slot - 1] : binding->key_columns;
        const size_t count = slot ? 1 : binding->entity->key.count;
        const enum match_kind match =
            slot ? binding->entity->identifiers[slot - 1].match : MATCH_EXACT;
        size_t found;

        if (!list->slot_used[slot])
            continue;
        if (!view_find(view, columns, count, match, &list->slots[slot].names, &found))
            return false;
        *listed = found != KEY_MAP_NONE;
    }
    return true;
}

/* Sets what tells the record's contact from others. */
static bool identify_contact(const struct file_binding *binding, struct record_view *view,
                             struct found_contact *contact)
{
    if (record_fingerprint(binding, view, &contact->contact, &contact->has_key) != NAMES_VALUE)
        return false;
    contact->quick = contact->has_key ? view_quick(view) : 0;
    return true;
}

/* Holds the record's contact against the list, and takes it if it is named or `selected`. */
static bool name_target(const struct file_binding *binding, const struct resolution *resolution,
                        enum truth selected, struct finder *finder, struct findings *findings)
{
    const struct target_list *list = &resolution->list;
    struct found_contact contact = {
        .name = UINT32_MAX, .named = selected == TRUTH_YES, .mode = (uint8_t)list->everybody_mode};
    struct contact_values values = {.named = {false}};
    size_t first = findings->matches.count;

    if (!identify_contact(binding, &finder->view, &contact) ||
        !contact_identifiers_read(binding, &finder->view, list->slot_used, &values))
        return false;
    values.named[0] = contact.has_key;
    values.values[0] = contact.contact;
    if (!target_matches_find(list, &values, &findings->matches))
        return false;
    take_names(resolution, &findings->matches, first, &contact);
    return !contact.named || take_contact(binding, resolution, finder, &contact, findings);
}

static bool collect_target(const struct file_binding *binding, const struct resolution *resolution,
                           struct finder *finder, struct findings *findings)
{
    const enum truth selected = is_of_everybody(binding, resolution, &finder->view);
    bool listed;

    if (selected == TRUTH_FAILED || !is_listed(binding, &resolution->list, &finder->view, &listed))
        return false;
    return (selected == TRUTH_NO && !listed) ||
           name_target(binding, resolution, selected, finder, findings);
}

static bool collect_same_key(const struct file_binding *binding,
                             const struct resolution *resolution, struct finder *finder,
                             struct findings *findings)
{
    struct found_contact contact = {.name = UINT32_MAX};
    const struct key_map *map;
    size_t slot;

    if (!contact_find(binding, resolution, &finder->view, &map, &slot))
        return false;
    if (slot == KEY_MAP_NONE)
        return true;
    return identify_contact(binding, &finder->view, &contact) &&
           take_contact(binding, resolution, finder, &contact, findings);
}

/* What the record does to its owners, if it has any: a hold goes before a restriction. */
static bool find_holder(const struct file_binding *binding, struct finder *finder,
                        struct holder *holder)
{
    *holder = (struct holder){NULL, NULL};
    if (finder->ownership.count == 0)
        return true;
    if (binding->entity->on_delete == ON_DELETE_RESTRICT)
        holder->restricting = binding->entity;
    return find_hold(binding, &finder->view, &holder->hold);
}

static bool collect_owned(const struct file_binding *binding, const struct resolution *resolution,
                          struct finder *finder, struct findings *findings)
{
    const struct ownership *ownership = &finder->ownership;
    uint8_t flags = marking_flag(binding, &finder->view);
    struct holder holder;

    if (!ownership_find(binding, resolution, &finder->view, &finder->ownership) ||
        !find_holder(binding, finder, &holder))
        return false;
    if (ownership->count > 0 && !keep_record(finder, findings))
        return false;
    for (size_t i = 0; i < ownership->count; i++) {
        const struct claim *claim = &ownership->claims[i];

        if (!claims_record(binding, claim))
            continue;
        if (holder_holds(&holder) && !add_holding(findings, holder, claim->owner))
            return false;
        if (!add_values(binding, &finder->view, NULL,
                        (struct found_value){.step = claim_step(binding, claim),
                                             .owner = claim->owner,
                                             .flags = flags},
                        findings))
            return false;
    }
    return true;
}

/* How a record that goes was reached first. */
static struct route_step first_reason(const struct file_binding *binding,
                                      const struct resolution *resolution,
                                      const struct disposition *disposition,
                                      const struct ownership *ownership)
{
    for (size_t i = 0; i < ownership->count; i++)
        if (claim_is_reason(binding, resolution, disposition, &ownership->claims[i]))
            return claim_step(binding, &ownership->claims[i]);
    return ROUTE_STEP_SUBJECT;
}

static bool collect_dropped(const struct file_binding *binding, const struct resolution *resolution,
                            struct finder *finder, struct findings *findings)
{
    struct found_value found = {.owner = OWNER_NOBODY, .flags = VALUE_DROPPED};
    struct disposition disposition;

    if (!ownership_find(binding, resolution, &finder->view, &finder->ownership))
        return false;
    disposition = disposition_of(binding, resolution, &finder->view, &finder->ownership);
    if (disposition.outcome == RECORD_FAILED)
        return false;
    if (disposition.outcome != RECORD_DROPPED)
        return true;
    found.step = first_reason(binding, resolution, &disposition, &finder->ownership);
    return add_values(binding, &finder->view, NULL, found, findings);
}

bool search_reads_own_findings(enum search search, const struct entity_rule *entity)
{
    if (search == SEARCH_CONDITIONS || search == SEARCH_TARGETS)
        return false;
    if (search == SEARCH_SAME_KEY)
        return true;
    for (size_t i = 0; i < entity->link_count; i++)
        if (entity->links[i].to == entity)
            return true;
    return false;
}

static bool collect(enum search search, const struct file_binding *binding,
                    const struct resolution *resolution, struct finder *finder,
                    struct findings *findings)
{
    switch (search) {
    case SEARCH_CONDITIONS:
        return collect_conditions(binding, &finder->view, findings);
    case SEARCH_TARGETS:
        return collect_target(binding, resolution, finder, findings);
    case SEARCH_SAME_KEY:
        return collect_same_key(binding, resolution, finder, findings);
    case SEARCH_OWNED:
        return collect_owned(binding, resolution, finder, findings);
    case SEARCH_DROPPED:
        return collect_dropped(binding, resolution, finder, findings);
    }
    return false;
}

/* Lets those records pass that are to be looked at. */
static bool sift(enum search search, const struct file_binding *binding,
                 const struct resolution *resolution, struct finder *finder)
{
    if (search == SEARCH_OWNED)
        return owner_sieve_fill(&finder->sieve, binding, NULL, resolution, &finder->view);
    if (!value_sieve_begin(&finder->sieve, finder->view.batch))
        return false;
    value_sieve_pass_all(&finder->sieve, finder->view.batch);
    return true;
}

bool findings_collect(enum search search, const struct file_binding *binding,
                      const struct resolution *resolution, struct finder *finder,
                      struct findings *findings)
{
    const size_t count = finder->view.batch->record_count;

    if (!sift(search, binding, resolution, finder))
        return false;
    for (size_t i = 0; (i = value_sieve_next(&finder->sieve, i, count)) < count; i++)
        if (!record_view_at(&finder->view, i) ||
            !collect(search, binding, resolution, finder, findings))
            return false;
    return true;
}
