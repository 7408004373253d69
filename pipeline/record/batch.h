/*
 * The unit that travels: raw bytes that end at a record's end, with the offsets of
 * their records and fields beside them.
 *
 * Structure of arrays. Every record has the same number of fields, so field f of
 * record r is entry r * field_count + f of field_end, and begins one delimiter
 * behind the field before it (or at record_start[r]). Field spans are raw: a quoted
 * field's include the quotes. Line ends belong to no field: record r's bytes, line
 * end included, reach to record_start[r + 1]; blank lines that stand between
 * records (or at the end) belong to the record before them, or, at the head of a
 * batch, to `bytes` before record_start[0].
 *
 * Offsets are 32 bits wide, so a batch holds less than 4 GiB.
 */
#ifndef EFFACE_RECORD_BATCH_H
#define EFFACE_RECORD_BATCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "base/span.h"
#include "record/dialect.h"

/* A field whose value is not what its raw bytes say by RFC 4180 (lenient reading only). */
struct odd_field {
    uint32_t field;    /* index into field_end */
    struct span value; /* in the batch's arena */
};

struct batch {
    struct buffer bytes; /* the raw bytes; owned */

    size_t record_count;
    size_t field_count;     /* fields a record; the header's */
    uint32_t *record_start; /* record_count + 1 offsets; the last is bytes.size */
    uint32_t *field_end;    /* record_count * field_count offsets, exclusive */
    size_t record_room;     /* entries allocated of record_start */
    size_t field_room;      /* entries allocated of field_end */

    struct odd_field *odd; /* sorted by field; NULL where there are none */
    size_t odd_count;
    size_t odd_room;
    struct arena values; /* what `odd` points into */

    uint64_t first_line; /* physical line, from 1, of the batch's first byte */
    uint64_t offset;     /* of the batch's first byte in the decompressed file */
    bool after_blank;    /* the line before the batch's first byte is blank */
    bool last;           /* nothing follows in this file */
};

#define BATCH_INIT                                                                                 \
    {                                                                                              \
        .bytes = BUFFER_INIT, .values = ARENA_INIT                                                 \
    }

/* Empties the batch and keeps its memory. */
void batch_clear(struct batch *batch);

void batch_release(struct batch *batch);

/*
 * Room for the offsets of so many records and fields in all; those that stand already are kept.
 * Amortized constant time. False where memory ran out.
 */
MUST_USE bool batch_reserve(struct batch *batch, size_t records, size_t fields);

/*
 * Notes that the field at index `field` of field_end, which lies behind all those noted before, has
 * this value, which is copied. False where memory ran out.
 */
MUST_USE bool batch_add_odd(struct batch *batch, uint32_t field, struct span value);

/* The raw bytes of a field, quotes included. */
static inline struct span batch_raw(const struct batch *batch, size_t record, size_t field)
{
    const uint32_t *end = batch->field_end + record * batch->field_count;
    uint32_t start = field ? end[field - 1] + 1 : batch->record_start[record];

    return (struct span){batch->bytes.at + start, end[field] - start};
}

/*
 * A field's value, decoded. It points into the batch where no quote had to be
 * undone; else into `scratch`, to whose end it is appended and which the caller
 * clears before (never between) the values it uses together; room for the whole
 * record must have been reserved by batch_scratch, so this can't fail.
 */
struct span batch_value(const struct batch *batch, size_t record, size_t field,
                        struct buffer *scratch);

/*
 * Clears `scratch` and reserves in it what batch_value can need for a whole record.
 * False where memory ran out.
 */
MUST_USE bool batch_scratch(const struct batch *batch, size_t record, struct buffer *scratch);

/* Whether the raw field is written in quotes. */
static inline bool raw_is_quoted(struct span raw)
{
    return raw.size > 0 && raw.at[0] == '"';
}

/* Whether the cell is empty or null: nothing between its delimiters or quotes, or the unquoted
 * null. */
static inline bool raw_is_blank(struct span raw, const struct dialect *dialect)
{
    return raw.size == 0 || (raw.size == 2 && raw.at[0] == '"' && raw.at[1] == '"') ||
           (dialect->null.size && span_equal(raw, dialect->null));
}

/* The number of newlines. */
size_t newline_count(struct span bytes);

/* The physical line on which record `record` begins. Counts newlines: for messages only. */
uint64_t batch_line(const struct batch *batch, size_t record);

#endif
