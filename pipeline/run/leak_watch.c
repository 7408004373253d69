#include "run/leak_watch.h"

#include <stdlib.h>

#include "base/array.h"
#include "match/disposition.h"
#include "match/normalize.h"

/* A shorter number may be many things, unless it stands where that key is due. */
enum { KEY_DIGITS_LEAST = 6 };

void leak_watch_release(struct leak_watch *watch)
{
    identifier_scan_release(&watch->batch_scan);
    identifier_scan_release(&watch->value_scan);
    buffer_release(&watch->normal);
    free(watch->edited);
    watch->edited = NULL;
}

bool leak_watch_batch(struct leak_watch *watch, const struct file_plan *file, struct span bytes)
{
    watch->file = file;
    memset(watch->next, 0, sizeof watch->next);
    return !watch->known || identifier_scan(&watch->batch_scan, watch->known, bytes);
}

static bool is_all_digits(struct span value)
{
    for (size_t i = 0; i < value.size; i++)
        if (value.at[i] < '0' || value.at[i] > '9')
            return false;
    return true;
}

/* The keys of an entity that something refers to; NULL: none. */
static const struct value_set *keys_of(const struct leak_watch *watch,
                                       const struct entity_rule *entity)
{
    return resolution_set(watch->resolution, entity, entity->key.items, 1, entity->key_match);
}

/* Whether the value is a key of a set that a surrogate replaces. */
static enum truth is_replaced_key(struct leak_watch *watch, const struct value_set *set,
                                  struct span value)
{
    const struct resolution *resolution = watch->resolution;
    struct span normal;
    size_t slot;

    if (!set)
        return TRUTH_NO;
    if (!normalize(set->match, value, &watch->normal, &normal))
        return TRUTH_FAILED;
    if (normal.size == 0)
        return TRUTH_NO;
    slot = key_map_find_value(&set->map, &resolution->key, normal);
    return slot != KEY_MAP_NONE && resolution_value_rekeyed(resolution, set, slot) ? TRUTH_YES
                                                                                   : TRUTH_NO;
}

/* ... of any entity, as the value of a column that no rule knows. */
static enum truth is_any_replaced_key(struct leak_watch *watch, struct span value)
{
    const struct ruleset *ruleset = watch->resolution->ruleset;
    enum truth truth = TRUTH_NO;

    if (value.size == 0 || (value.size < KEY_DIGITS_LEAST && is_all_digits(value)))
        return TRUTH_NO;
    for (size_t i = 0; i < ruleset->entity_count && truth == TRUTH_NO; i++)
        if (ruleset->entities[i].rekey)
            truth = is_replaced_key(watch, keys_of(watch, &ruleset->entities[i]), value);
    return truth;
}

static enum truth list_has_replaced_key(struct leak_watch *watch, const struct link_rule *link,
                                        struct span value)
{
    struct span element;
    bool begun = false;
    enum truth truth = TRUTH_NO;

    if (link->separator.size == 0)
        return is_replaced_key(watch, keys_of(watch, link->to), value);
    while (truth == TRUTH_NO && list_next(&value, &begun, link->separator, &element))
        truth = is_replaced_key(watch, keys_of(watch, link->to), element);
    return truth;
}

static enum truth link_has_replaced_key(struct leak_watch *watch, struct record_view *view,
                                        size_t column, struct span value)
{
    const struct file_binding *binding = &watch->file->binding;
    const struct column_plan *plan = &watch->file->columns.columns[column];
    enum truth truth = TRUTH_NO;

    for (size_t i = 0; i < plan->link_count && truth == TRUTH_NO; i++) {
        const struct bound_link *link = &binding->links[plan->links[i]];

        if (!link->rule->to_key || !link->rule->to->rekey)
            continue;
        truth = condition_holds(link->when, view);
        if (truth == TRUTH_YES)
            truth = list_has_replaced_key(watch, link->rule, value);
    }
    return truth;
}

/* Counts a replaced key in a cell of one of the columns that are looked at for it. */
static bool check_key(struct leak_watch *watch, struct record_view *view, size_t column,
                      struct span value, struct file_tally *tally)
{
    const struct leak_column *roles = &watch->file->leaks.columns[column];
    enum truth truth = TRUTH_NO;

    if (value.size == 0)
        return true;
    if (roles->is_key)
        truth = is_replaced_key(watch, watch->file->leaks.keys, value);
    if (truth == TRUTH_NO && roles->links_key)
        truth = link_has_replaced_key(watch, view, column, value);
    if (truth == TRUTH_NO && roles->is_unknown)
        truth = is_any_replaced_key(watch, value);
    tally->columns[column].leaks[IDENTIFIER_KEY] += truth == TRUTH_YES;
    return truth != TRUTH_FAILED;
}

/* Whether nothing but signs stands around the hit in the cell. */
static bool is_whole_cell(struct span cell, const char *start, const char *end)
{
    for (const char *at = cell.at; at < cell.at + cell.size; at++)
        if ((at < start || at >= end) && !memchr("\" +-./()", *at, 8))
            return false;
    return true;
}

/*
 * A number that looks like a phone counts anywhere. One that could be any number counts where
 * phones are due, and one of ten digits also inside a text.
 */
static bool counts_as_phone(const struct identifier_hit *hit, const struct leak_column *roles,
                            struct span cell, const char *base)
{
    if (hit->shape == PHONE_SHAPED || roles->topic == TOPIC_PHONE)
        return true;
    return hit->shape == PHONE_PLAIN && !is_whole_cell(cell, base + hit->start, base + hit->end);
}

/* Where a hit lies. */
struct hit_place {
    size_t column;
    struct span cell; /* raw or decoded */
    const char *base; /* of the hit's offsets */
    bool borne;       /* by a contact that is no target, in a field that names the person */
};

static bool count_hit(const struct leak_watch *watch, enum identifier_kind kind,
                      const struct identifier_hit *hit, const struct hit_place *place,
                      struct file_tally *tally)
{
    const struct leak_column *roles = &watch->file->leaks.columns[place->column];
    const struct left_identifier left = {hit->value, (uint32_t)place->column, (uint8_t)kind,
                                         place->borne};

    if (kind == IDENTIFIER_NAME) {
        tally->columns[place->column].leaks[kind]++;
        return true;
    }
    if (kind == IDENTIFIER_PHONE && !counts_as_phone(hit, roles, place->cell, place->base))
        return true;
    return file_tally_leave(tally, &left);
}

static bool note_edited(struct leak_watch *watch, size_t column)
{
    size_t *edited =
        array_room(watch->edited, watch->edited_count + 1, &watch->edited_room, sizeof(*edited));

    if (!edited)
        return false;
    watch->edited = edited;
    edited[watch->edited_count++] = column;
    return true;
}

static bool is_edited(const struct leak_watch *watch, size_t column)
{
    for (size_t i = 0; i < watch->edited_count; i++)
        if (watch->edited[i] == column)
            return true;
    return false;
}

bool leak_watch_left_out(struct leak_watch *watch, size_t column)
{
    return !watch->known || note_edited(watch, column);
}

bool leak_watch_value(struct leak_watch *watch, struct record_view *view, size_t column,
                      struct span value, struct file_tally *tally)
{
    const struct hit_place place = {column, value, value.at, false};
    struct identifier_scan *scan = &watch->value_scan;

    if (!watch->known)
        return true;
    if (!note_edited(watch, column))
        return false;
    if (watch->file->leaks.columns[column].is_exempt)
        return true;
    if (!identifier_scan(scan, watch->known, value))
        return false;
    for (size_t kind = 0; kind < SCANNED_KINDS; kind++)
        for (size_t i = 0; i < scan->hits[kind].count; i++)
            if (!count_hit(watch, (enum identifier_kind)kind, &scan->hits[kind].items[i], &place,
                           tally))
                return false;
    return check_key(watch, view, column, value, tally);
}

/* The column of the record in which a place of the batch lies. */
static size_t column_at(const struct batch *batch, size_t record, size_t place)
{
    const uint32_t *ends = batch->field_end + record * batch->field_count;
    size_t column = 0;

    while (column + 1 < batch->field_count && ends[column] < place)
        column++;
    return column;
}

/* Whether the record is one of the subject, of somebody whom nothing happens to. */
static bool is_other_contact(const struct leak_watch *watch, const struct ownership *ownership)
{
    const struct file_binding *binding = &watch->file->binding;

    if (binding->entity != watch->resolution->ruleset->subject)
        return false;
    for (size_t i = 0; i < ownership->count; i++)
        if (claims_record(binding, &ownership->claims[i]) &&
            resolution_fate(watch->resolution, ownership->claims[i].owner))
            return false;
    return true;
}

static bool is_letter(char byte)
{
    return (byte >= 'A' && byte <= 'Z') || (byte >= 'a' && byte <= 'z') || (byte & 0x80) != 0;
}

/* Whether a word is part of a text, and no identifier beside another. */
static bool is_text(struct span word)
{
    bool has_letter = false;

    for (size_t i = 0; i < word.size; i++) {
        if (word.at[i] == '@')
            return false;
        has_letter |= is_letter(word.at[i]);
    }
    return has_letter;
}

/*
 * Whether a cell says of the hit that it is somebody's own: it holds nothing else, or only further
 * addresses and numbers, or "Name <address>". In a text it may be anybody's.
 */
static bool is_own(struct span cell, const char *start, const char *end)
{
    static const struct span breaks = {" \t\r\n,;/|\"'<>()", 14};
    const char *const limit = cell.at + cell.size;
    const char *word = cell.at;

    if (start > cell.at && start[-1] == '<' && end < limit && *end == '>')
        return true;
    for (const char *at = cell.at; at <= limit; at++) {
        if (at < limit && !memchr(breaks.at, *at, breaks.size))
            continue;
        if ((at <= start || word >= end) && is_text((struct span){word, (size_t)(at - word)}))
            return false;
        word = at + 1;
    }
    return true;
}

/* Counts the hit, unless its cell was edited or is exempt, or it reaches over a cell's end. */
static bool take_hit(const struct leak_watch *watch, const struct record_view *view,
                     enum identifier_kind kind, const struct identifier_hit *hit,
                     const struct ownership *ownership, struct file_tally *tally)
{
    const size_t column = column_at(view->batch, view->record, hit->start);
    const struct leak_column *roles = &watch->file->leaks.columns[column];
    struct hit_place place = {column, view_raw(view, column), view->batch->bytes.at, false};
    const char *end = place.cell.at + place.cell.size;

    if (place.base + hit->start < place.cell.at || place.base + hit->end > end ||
        roles->is_exempt || is_edited(watch, column))
        return true;
    place.borne = roles->gives &&
                  is_own(place.cell, place.base + hit->start, place.base + hit->end) &&
                  is_other_contact(watch, ownership);
    return count_hit(watch, kind, hit, &place, tally);
}

/* The hits in the record; those before it lie in records that were dropped. */
static bool take_hits(struct leak_watch *watch, const struct record_view *view,
                      enum identifier_kind kind, const struct ownership *ownership,
                      struct file_tally *tally)
{
    const struct identifier_hits *hits = &watch->batch_scan.hits[kind];
    const uint32_t start = view->batch->record_start[view->record];
    const uint32_t end = view->batch->record_start[view->record + 1];

    for (; watch->next[kind] < hits->count; watch->next[kind]++) {
        const struct identifier_hit *hit = &hits->items[watch->next[kind]];

        if (hit->start >= end)
            break;
        if (hit->start >= start && !take_hit(watch, view, kind, hit, ownership, tally))
            return false;
    }
    return true;
}

/*
 * What was looked up in vain when it was found out whose the record is needs no second look: links,
 * where none of them led to a target, and a contact's own key.
 */
static bool needs_look(const struct leak_plan *leaks, const struct leak_column *roles,
                       const struct ownership *ownership)
{
    return ownership->count > 0 || roles->is_unknown || (roles->is_key && !leaks->keys_are_claimed);
}

static bool check_keys(struct leak_watch *watch, struct record_view *view,
                       const struct ownership *ownership, struct file_tally *tally)
{
    const struct leak_plan *leaks = &watch->file->leaks;

    if (!watch->known->keys_are_replaced)
        return true;
    for (size_t i = 0; i < leaks->key_column_count; i++) {
        const size_t column = leaks->key_columns[i];
        const struct leak_column *roles = &leaks->columns[column];

        if (!needs_look(leaks, roles, ownership) || is_edited(watch, column) ||
            view_is_blank(view, column))
            continue;
        if (!check_key(watch, view, column, view_value(view, column), tally))
            return false;
    }
    return true;
}

/* The record of the batch in which a place lies. */
static size_t record_at(const struct batch *batch, size_t place)
{
    size_t low = 0;
    size_t high = batch->record_count;

    while (high - low > 1) {
        const size_t middle = low + (high - low) / 2;
        if (batch->record_start[middle] <= place)
            low = middle;
        else
            high = middle;
    }
    return low;
}

static void pass_hits(const struct leak_watch *watch, const struct batch *batch,
                      struct value_sieve *sieve)
{
    for (size_t kind = 0; kind < SCANNED_KINDS; kind++)
        for (size_t i = 0; i < watch->batch_scan.hits[kind].count; i++)
            value_sieve_pass(sieve, record_at(batch, watch->batch_scan.hits[kind].items[i].start));
}

/* A key that is looked for in records of nobody, of the entity's own or, NULL, of none. */
static bool sift_key(const size_t *column, const struct value_set *keys, struct record_view *view,
                     struct value_sieve *sieve)
{
    if (!keys)
        return true;
    return value_sieve_add(
        sieve,
        &(struct sieved_cells){
            .columns = column, .column_count = 1, .match = keys->match, .map = &keys->map},
        view);
}

static bool sift_any_key(const struct leak_watch *watch, const size_t *column,
                         struct record_view *view, struct value_sieve *sieve)
{
    const struct ruleset *ruleset = watch->resolution->ruleset;
    bool sifted = true;

    for (size_t i = 0; i < ruleset->entity_count && sifted; i++)
        if (ruleset->entities[i].rekey)
            sifted = sift_key(column, keys_of(watch, &ruleset->entities[i]), view, sieve);
    return sifted;
}

bool leak_watch_sift(const struct leak_watch *watch, struct record_view *view,
                     struct value_sieve *sieve)
{
    const struct leak_plan *leaks = &watch->file->leaks;
    bool sifted = true;

    if (!watch->known)
        return true;
    pass_hits(watch, view->batch, sieve);
    for (size_t i = 0; watch->known->keys_are_replaced && sifted && i < leaks->key_column_count;
         i++) {
        const size_t *column = &leaks->key_columns[i];
        const struct leak_column *roles = &leaks->columns[*column];

        if (roles->is_key && !leaks->keys_are_claimed)
            sifted = sift_key(column, leaks->keys, view, sieve);
        if (sifted && roles->is_unknown)
            sifted = sift_any_key(watch, column, view, sieve);
    }
    return sifted;
}

bool leak_watch_record_written(struct leak_watch *watch, struct record_view *view,
                               const struct ownership *ownership, struct file_tally *tally)
{
    if (!watch->known)
        return true;
    for (size_t kind = 0; kind < SCANNED_KINDS; kind++)
        if (!take_hits(watch, view, (enum identifier_kind)kind, ownership, tally))
            return false;
    return check_keys(watch, view, ownership, tally);
}
