/*
 * One record of a batch with what it takes to read its cells.
 *
 * A thread keeps one and points it at record after record. Values read through it
 * hold until it is pointed at the next record.
 */
#ifndef EFFACE_MATCH_RECORD_VIEW_H
#define EFFACE_MATCH_RECORD_VIEW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buffer.h"
#include "base/fingerprint.h"
#include "base/key_map.h"
#include "base/status.h"
#include "record/batch.h"
#include "record/dialect.h"
#include "ruleset/ruleset.h"

struct pattern_scratch;
struct test;

/* A column's value, decoded for the record that bears the stamp. */
struct decoded_value {
    struct span value;
    uint64_t stamp;
};

struct record_view {
    const struct batch *batch;
    size_t record;
    const struct dialect *dialect;
    const struct fingerprint_key *key;
    struct buffer decoded;        /* values whose quotes were undone, each column's once a record */
    struct decoded_value *values; /* beside the columns: where in `decoded` */
    size_t value_room;
    uint64_t stamp;                   /* of the record */
    struct buffer normal;             /* the latest normal form */
    struct buffer joined;             /* the cells of the latest composite key */
    struct span named;                /* what the latest fingerprint was of */
    struct pattern_scratch *patterns; /* NULL until a pattern is searched for */
    const struct test *overrun;       /* whose pattern met its limits in this record; NULL: none */
};

#define RECORD_VIEW_INIT                                                                           \
    {                                                                                              \
        .decoded = BUFFER_INIT, .normal = BUFFER_INIT, .joined = BUFFER_INIT                       \
    }

void record_view_release(struct record_view *view);

/* Points the view at a batch of a file; then at its records, one after another. */
void record_view_open(struct record_view *view, const struct batch *batch,
                      const struct dialect *dialect, const struct fingerprint_key *key);

/* False where memory ran out. */
MUST_USE bool record_view_at(struct record_view *view, size_t record);

static inline struct span view_raw(const struct record_view *view, size_t column)
{
    return batch_raw(view->batch, view->record, column);
}

static inline bool view_is_blank(const struct record_view *view, size_t column)
{
    return raw_is_blank(view_raw(view, column), view->dialect);
}

/* The record's raw bytes, without its line end. */
static inline struct span view_whole(const struct record_view *view)
{
    struct span first = view_raw(view, 0);
    struct span last = view_raw(view, view->batch->field_count - 1);

    return (struct span){first.at, (size_t)(last.at + last.size - first.at)};
}

/* Decodes a field that is not simply its raw bytes. */
struct span view_decode(struct record_view *view, size_t column);

static inline struct span view_value(struct record_view *view, size_t column)
{
    struct span raw = view_raw(view, column);

    return raw_is_quoted(raw) || view->batch->odd_count ? view_decode(view, column) : raw;
}

/* What a cell, an element of a list, or the cells of a composite key name. */
enum naming { NAMES_NOTHING, NAMES_VALUE, NAMING_FAILED };

/*
 * The normal form of the cells of `columns` together: one column's value, or a composite key.
 * NAMES_NOTHING where any is blank or has an empty normal form. Good until the next.
 */
enum naming view_normal(struct record_view *view, const size_t *columns, size_t count,
                        enum match_kind match, struct span *normal);

/* The fingerprint of one value in its normal form. NAMES_NOTHING where that is empty. */
enum naming view_fingerprint_value(struct record_view *view, struct span value,
                                   enum match_kind match, struct fingerprint *fingerprint);

/*
 * The fingerprint of the cells of `columns` together: one column's value, or a
 * composite key. NAMES_NOTHING where any is blank or has an empty normal form.
 */
enum naming view_fingerprint(struct record_view *view, const size_t *columns, size_t count,
                             enum match_kind match, struct fingerprint *fingerprint);

/* The quick hash of what the latest fingerprint was of: to admit it to a map. */
static inline uint64_t view_quick(const struct record_view *view)
{
    return quick_hash(&view->key->quick, 0, view->named);
}

/*
 * Sets *slot to where `map` holds what these name; KEY_MAP_NONE: nowhere, or they name nothing.
 * Most values that the map doesn't hold cost no fingerprint. False where memory ran out.
 */
MUST_USE bool view_find_value(struct record_view *view, struct span value, enum match_kind match,
                              const struct key_map *map, size_t *slot);
MUST_USE bool view_find(struct record_view *view, const size_t *columns, size_t count,
                        enum match_kind match, const struct key_map *map, size_t *slot);

/*
 * The same for values that stand in no record: `values` has `count` of them. For
 * a list of targets.
 */
enum naming values_normal(const struct span *values, size_t count, enum match_kind match,
                          struct buffer *scratch, struct buffer *joined, struct span *normal);
enum naming values_fingerprint(const struct fingerprint_key *key, const struct span *values,
                               size_t count, enum match_kind match, struct buffer *normal,
                               struct buffer *joined, struct fingerprint *fingerprint);

/*
 * Takes the next element off a list-valued cell: sets *element and shortens *rest.
 * False where nothing is left; start with *rest the cell's value and *begun false.
 */
bool list_next(struct span *rest, bool *begun, struct span separator, struct span *element);

#endif
