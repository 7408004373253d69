#include "match/record_view.h"

#include <stdint.h>
#include <stdlib.h>

#include "match/normalize.h"
#include "ruleset/pattern.h"

void record_view_release(struct record_view *view)
{
    free(view->values);
    buffer_release(&view->decoded);
    buffer_release(&view->normal);
    buffer_release(&view->joined);
    pattern_scratch_free(view->patterns);
}

void record_view_open(struct record_view *view, const struct batch *batch,
                      const struct dialect *dialect, const struct fingerprint_key *key)
{
    view->batch = batch;
    view->dialect = dialect;
    view->key = key;
    view->overrun = NULL;
}

bool record_view_at(struct record_view *view, size_t record)
{
    size_t fields = view->batch->field_count;

    view->record = record;
    view->stamp++;
    if (view->value_room < fields) {
        struct decoded_value *values = calloc(fields, sizeof(*values));

        if (!values)
            return false;
        free(view->values);
        view->values = values;
        view->value_room = fields;
    }
    return batch_scratch(view->batch, record, &view->decoded);
}

struct span view_decode(struct record_view *view, size_t column)
{
    struct decoded_value *decoded = &view->values[column];

    if (decoded->stamp != view->stamp) {
        decoded->value = batch_value(view->batch, view->record, column, &view->decoded);
        decoded->stamp = view->stamp;
    }
    return decoded->value;
}

static enum naming normal_of_one(struct span value, enum match_kind match, struct buffer *scratch,
                                 struct span *normal)
{
    if (!normalize(match, value, scratch, normal))
        return NAMING_FAILED;
    return normal->size ? NAMES_VALUE : NAMES_NOTHING;
}

/* A part's length goes before it, so that ("ab","c") and ("a","bc") differ. */
static enum naming join_part(struct span value, enum match_kind match, struct buffer *scratch,
                             struct buffer *joined)
{
    struct span normal;
    const enum naming naming = normal_of_one(value, match, scratch, &normal);
    const uint64_t size = normal.size;

    if (naming != NAMES_VALUE)
        return naming;
    if (!buffer_append(joined, (struct span){(const char *)&size, sizeof(size)}) ||
        !buffer_append(joined, normal))
        return NAMING_FAILED;
    return NAMES_VALUE;
}

enum naming values_normal(const struct span *values, size_t count, enum match_kind match,
                          struct buffer *scratch, struct buffer *joined, struct span *normal)
{
    if (count == 1)
        return normal_of_one(values[0], match, scratch, normal);
    buffer_clear(joined);
    for (size_t i = 0; i < count; i++) {
        enum naming naming = join_part(values[i], match, scratch, joined);

        if (naming != NAMES_VALUE)
            return naming;
    }
    *normal = buffer_span(joined);
    return count ? NAMES_VALUE : NAMES_NOTHING;
}

enum naming view_normal(struct record_view *view, const size_t *columns, size_t count,
                        enum match_kind match, struct span *normal)
{
    struct span values[KEY_COLUMNS_LIMIT];

    for (size_t i = 0; i < count; i++) {
        if (view_is_blank(view, columns[i]))
            return NAMES_NOTHING;
        values[i] = view_value(view, columns[i]);
    }
    return values_normal(values, count, match, &view->normal, &view->joined, normal);
}

enum naming values_fingerprint(const struct fingerprint_key *key, const struct span *values,
                               size_t count, enum match_kind match, struct buffer *normal,
                               struct buffer *joined, struct fingerprint *fingerprint)
{
    struct span bytes;
    const enum naming naming = values_normal(values, count, match, normal, joined, &bytes);

    if (naming == NAMES_VALUE)
        *fingerprint = fingerprint_of(key, bytes);
    return naming;
}

enum naming view_fingerprint_value(struct record_view *view, struct span value,
                                   enum match_kind match, struct fingerprint *fingerprint)
{
    const enum naming naming = normal_of_one(value, match, &view->normal, &view->named);

    if (naming == NAMES_VALUE)
        *fingerprint = fingerprint_of(view->key, view->named);
    return naming;
}

enum naming view_fingerprint(struct record_view *view, const size_t *columns, size_t count,
                             enum match_kind match, struct fingerprint *fingerprint)
{
    const enum naming naming = view_normal(view, columns, count, match, &view->named);

    if (naming == NAMES_VALUE)
        *fingerprint = fingerprint_of(view->key, view->named);
    return naming;
}

bool view_find_value(struct record_view *view, struct span value, enum match_kind match,
                     const struct key_map *map, size_t *slot)
{
    struct span bytes;
    const enum naming naming = normal_of_one(value, match, &view->normal, &bytes);

    *slot = naming == NAMES_VALUE ? key_map_find_value(map, view->key, bytes) : KEY_MAP_NONE;
    return naming != NAMING_FAILED;
}

bool view_find(struct record_view *view, const size_t *columns, size_t count, enum match_kind match,
               const struct key_map *map, size_t *slot)
{
    struct span bytes;
    const enum naming naming = view_normal(view, columns, count, match, &bytes);

    *slot = naming == NAMES_VALUE ? key_map_find_value(map, view->key, bytes) : KEY_MAP_NONE;
    return naming != NAMING_FAILED;
}

/* Most are of one byte. */
static const char *find_separator(struct span list, struct span separator)
{
    if (list.size == 0)
        return NULL;
    return separator.size == 1 ? memchr(list.at, separator.at[0], list.size)
                               : memmem(list.at, list.size, separator.at, separator.size);
}

bool list_next(struct span *rest, bool *begun, struct span separator, struct span *element)
{
    const char *found;

    if (*begun && !rest->at)
        return false;
    *begun = true;
    found = find_separator(*rest, separator);
    if (!found) {
        *element = *rest;
        *rest = (struct span){NULL, 0};
        return true;
    }
    *element = (struct span){rest->at, (size_t)(found - rest->at)};
    rest->size -= element->size + separator.size;
    rest->at = found + separator.size;
    return true;
}
