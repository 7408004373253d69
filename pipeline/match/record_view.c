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

static enum naming fingerprint_one(const struct fingerprint_key *key, struct span value,
                                   enum match_kind match, struct buffer *scratch,
                                   struct fingerprint *fingerprint)
{
    struct span normal;

    if (!normalize(match, value, scratch, &normal))
        return NAMING_FAILED;
    if (normal.size == 0)
        return NAMES_NOTHING;
    *fingerprint = fingerprint_of(key, normal);
    return NAMES_VALUE;
}

enum naming view_fingerprint_value(struct record_view *view, struct span value,
                                   enum match_kind match, struct fingerprint *fingerprint)
{
    return fingerprint_one(view->key, value, match, &view->normal, fingerprint);
}

/* A part's length goes before it, so that ("ab","c") and ("a","bc") differ. */
static enum naming join_part(struct span value, enum match_kind match, struct buffer *scratch,
                             struct buffer *joined)
{
    struct span normal;
    uint64_t size;

    if (!normalize(match, value, scratch, &normal))
        return NAMING_FAILED;
    if (normal.size == 0)
        return NAMES_NOTHING;
    size = normal.size;
    if (!buffer_append(joined, (struct span){(const char *)&size, sizeof(size)}) ||
        !buffer_append(joined, normal))
        return NAMING_FAILED;
    return NAMES_VALUE;
}

enum naming view_fingerprint(struct record_view *view, const size_t *columns, size_t count,
                             enum match_kind match, struct fingerprint *fingerprint)
{
    struct span values[KEY_COLUMNS_LIMIT];

    for (size_t i = 0; i < count; i++) {
        if (view_is_blank(view, columns[i]))
            return NAMES_NOTHING;
        values[i] = view_value(view, columns[i]);
    }
    return values_fingerprint(view->key, values, count, match, &view->normal, &view->joined,
                              fingerprint);
}

enum naming values_fingerprint(const struct fingerprint_key *key, const struct span *values,
                               size_t count, enum match_kind match, struct buffer *normal,
                               struct buffer *joined, struct fingerprint *fingerprint)
{
    if (count == 1)
        return fingerprint_one(key, values[0], match, normal, fingerprint);
    buffer_clear(joined);
    for (size_t i = 0; i < count; i++) {
        enum naming naming = join_part(values[i], match, normal, joined);

        if (naming != NAMES_VALUE)
            return naming;
    }
    *fingerprint = fingerprint_of(key, buffer_span(joined));
    return count ? NAMES_VALUE : NAMES_NOTHING;
}

bool list_next(struct span *rest, bool *begun, struct span separator, struct span *element)
{
    const char *found;

    if (*begun && !rest->at)
        return false;
    *begun = true;
    found = rest->size ? memmem(rest->at, rest->size, separator.at, separator.size) : NULL;
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
