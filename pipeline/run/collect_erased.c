#include "run/collect_erased.h"

#include <stdlib.h>

#include "base/array.h"
#include "match/ownership.h"

enum { BORNE_BY_OTHERS = 1 };

/* What one batch gives. */
struct found_contacts {
    struct erased_contact *items;
    size_t count, room;
    struct fingerprint *values; /* of the contacts; or identifiers that others bear */
    size_t value_count, value_room;
};

/* What the stages of this pass share. */
struct collecting {
    const struct run_plan *plan;
    struct stream *stream;
    const struct resolution *resolution;
    struct erased_contacts *erased;
    struct diagnostics *diagnostics;
    struct record_view *views;    /* one a worker */
    struct found_contacts *found; /* one a slot */
    size_t next;                  /* of the plan's files, to be opened */
    bool of_others;               /* the second search: who else bears the identifiers */
};

static bool add_values(struct found_contacts *found, const struct fingerprint *values, size_t count)
{
    struct fingerprint *room =
        array_room(found->values, found->value_count + count, &found->value_room, sizeof(*room));

    if (!room)
        return false;
    found->values = room;
    memcpy(room + found->value_count, values, count * sizeof(*values));
    found->value_count += count;
    return true;
}

static bool add_contact(struct found_contacts *found, struct erased_contact contact)
{
    struct erased_contact *items =
        array_room(found->items, found->count + 1, &found->room, sizeof(*items));

    if (!items)
        return false;
    found->items = items;
    items[found->count++] = contact;
    return true;
}

/* Sets *target to whose the record is and is erased, or to TARGET_LIMIT. False: out of memory. */
static bool find_erased(const struct collecting *collecting, const struct file_plan *file,
                        struct record_view *view, uint32_t *target)
{
    const struct resolution *resolution = collecting->resolution;
    const struct key_map *map;
    uint32_t owner;
    size_t at;

    if (!contact_find(&file->binding, resolution, view, &map, &at))
        return false;
    owner = at == KEY_MAP_NONE ? OWNER_NOBODY : map->numbers[at];
    *target = resolution_fate(resolution, owner) & (FATE_ANONYMIZE | FATE_DELETE) ? owner - 1
                                                                                  : TARGET_LIMIT;
    return true;
}

static bool take_erased(const struct collecting *collecting, struct erased_contact contact,
                        const struct contact_values *values, struct found_contacts *found)
{
    const size_t slots = collecting->erased->slot_count;

    for (size_t slot = 0; slot < slots; slot++)
        contact.named |= (uint16_t)(values->named[slot] << slot);
    return add_contact(found, contact) && add_values(found, values->values, slots);
}

/* Notes the identifiers of a record that is nobody's who is erased. */
static bool take_others(const struct collecting *collecting, const struct contact_values *values,
                        struct found_contacts *found)
{
    const struct erased_contacts *erased = collecting->erased;

    for (size_t slot = 1; slot < erased->slot_count; slot++)
        if (values->named[slot] &&
            key_map_find(&erased->borne, values->values[slot]) != KEY_MAP_NONE &&
            !add_values(found, &values->values[slot], 1))
            return false;
    return true;
}

static bool take_record(const struct collecting *collecting, const struct file_plan *file,
                        struct record_view *view, struct found_contacts *found)
{
    const struct file_binding *binding = &file->binding;
    struct contact_values values = {.named = {false}};
    struct erased_contact contact = {.unmarked = !record_is_marked(binding, view)};

    if (!find_erased(collecting, file, view, &contact.target))
        return false;
    if (collecting->of_others != (contact.target == TARGET_LIMIT))
        return true;
    if (!contact_identifiers_read(binding, view, NULL, &values))
        return false;
    if (collecting->of_others)
        return take_others(collecting, &values, found);
    return record_fingerprint(binding, view, &values.values[0], &values.named[0]) == NAMES_VALUE &&
           take_erased(collecting, contact, &values, found);
}

static enum status work(void *context, struct flight *flight)
{
    struct collecting *collecting = context;
    struct record_view *view = &collecting->views[flight->worker];
    struct found_contacts *found = &collecting->found[flight->slot];
    const struct file_plan *file = flight->file;

    found->count = found->value_count = 0;
    record_view_open(view, &flight->batch, &file->dialect, &collecting->resolution->key);
    for (size_t i = 0; i < flight->batch.record_count; i++)
        if (!record_view_at(view, i) || !take_record(collecting, file, view, found))
            return diagnostics_no_memory(&flight->diagnostics);
    return STATUS_OK;
}

static void mark_others(struct erased_contacts *erased, const struct found_contacts *found)
{
    for (size_t i = 0; i < found->value_count; i++)
        erased->borne.flags[key_map_find(&erased->borne, found->values[i])] |= BORNE_BY_OTHERS;
}

static bool keep_identifiers(struct erased_contacts *erased, size_t index)
{
    bool is_new;

    for (size_t slot = 1; slot < erased->slot_count; slot++)
        if (erased->items[index].named >> slot & 1 &&
            key_map_insert(&erased->borne, erased_contact_value(erased, index, slot), &is_new) ==
                KEY_MAP_NONE)
            return false;
    return true;
}

static bool keep_contacts(struct erased_contacts *erased, const struct found_contacts *found)
{
    const size_t count = erased->count + found->count;
    struct erased_contact *items;
    struct fingerprint *values;

    if (found->count == 0)
        return true;
    items = array_room(erased->items, count, &erased->room, sizeof(*items));
    if (!items)
        return false;
    erased->items = items;
    values = array_room(erased->values, count * erased->slot_count, &erased->value_room,
                        sizeof(*values));
    if (!values)
        return false;
    erased->values = values;
    for (size_t i = 0; i < found->count; i++) {
        const size_t index = erased->count++;

        items[index] = found->items[i];
        memcpy(values + index * erased->slot_count, found->values + i * erased->slot_count,
               erased->slot_count * sizeof(*values));
        if (!keep_identifiers(erased, index))
            return false;
    }
    return true;
}

static enum status collect(void *context, struct flight *flight, struct diagnostics *diagnostics)
{
    struct collecting *collecting = context;
    const struct found_contacts *found = &collecting->found[flight->slot];

    if (collecting->of_others)
        mark_others(collecting->erased, found);
    else if (!keep_contacts(collecting->erased, found))
        return diagnostics_no_memory(diagnostics);
    return STATUS_OK;
}

static bool is_read(const void *context, const struct file_plan *file)
{
    const struct collecting *collecting = context;

    return file->entity == collecting->plan->ruleset->subject;
}

static enum status open_next(void *context, struct export_reader **reader, const void **item,
                             struct diagnostics *diagnostics)
{
    struct collecting *collecting = context;

    return run_plan_open_next(collecting->plan, &collecting->next, is_read, collecting, reader,
                              item, diagnostics);
}

/* What is collected is not looked at by the same search, so batches may run ahead. */
static enum status search(struct collecting *collecting, bool of_others)
{
    const struct stage stage = {collecting, open_next, work, collect, NULL, false};

    collecting->of_others = of_others;
    collecting->next = 0;
    return stream_files(collecting->stream, &stage, collecting->diagnostics);
}

static void release(struct collecting *collecting)
{
    for (size_t i = 0; collecting->views && i < stream_workers(collecting->stream); i++)
        record_view_release(&collecting->views[i]);
    for (size_t i = 0; collecting->found && i < stream_slots(collecting->stream); i++) {
        free(collecting->found[i].items);
        free(collecting->found[i].values);
    }
    free(collecting->views);
    free(collecting->found);
}

enum status collect_erased(const struct run_plan *plan, struct stream *stream,
                           const struct resolution *resolution, struct erased_contacts *erased,
                           struct diagnostics *diagnostics)
{
    struct collecting collecting = {.plan = plan,
                                    .stream = stream,
                                    .resolution = resolution,
                                    .erased = erased,
                                    .diagnostics = diagnostics};
    enum status status = STATUS_OK;

    *erased = (struct erased_contacts){.slot_count = resolution->list.slot_count,
                                       .borne = KEY_MAP_OF(KEY_MAP_FLAGS)};
    if (resolution->target_count == 0)
        return STATUS_OK;
    collecting.views = calloc(stream_workers(stream), sizeof(*collecting.views));
    collecting.found = calloc(stream_slots(stream), sizeof(*collecting.found));
    if (!collecting.views || !collecting.found)
        status = diagnostics_no_memory(diagnostics);
    if (status == STATUS_OK)
        status = search(&collecting, false);
    if (status == STATUS_OK && erased->borne.count)
        status = search(&collecting, true);
    release(&collecting);
    return status;
}

void erased_contacts_release(struct erased_contacts *erased)
{
    free(erased->items);
    free(erased->values);
    key_map_release(&erased->borne);
    *erased = (struct erased_contacts){.items = NULL};
}

bool erased_contact_names(const struct erased_contacts *erased, size_t index, size_t slot)
{
    size_t at;

    if (!(erased->items[index].named >> slot & 1))
        return false;
    if (slot == 0)
        return true;
    at = key_map_find(&erased->borne, erased_contact_value(erased, index, slot));
    return !(erased->borne.flags[at] & BORNE_BY_OTHERS);
}
