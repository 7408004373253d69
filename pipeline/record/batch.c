#include "record/batch.h"

#include <assert.h>
#include <stdlib.h>

#include "base/array.h"

void batch_clear(struct batch *batch)
{
    buffer_clear(&batch->bytes);
    arena_clear(&batch->values);
    batch->record_count = 0;
    batch->field_count = 0;
    batch->odd_count = 0;
    batch->first_line = 0;
    batch->offset = 0;
    batch->after_blank = false;
    batch->last = false;
}

void batch_release(struct batch *batch)
{
    buffer_release(&batch->bytes);
    arena_release(&batch->values);
    free(batch->record_start);
    free(batch->field_end);
    free(batch->odd);
    *batch = (struct batch)BATCH_INIT;
}

bool batch_reserve(struct batch *batch, size_t records, size_t fields)
{
    uint32_t *start =
        array_room(batch->record_start, records + 1, &batch->record_room, sizeof *start);
    if (start == NULL)
        return false;
    batch->record_start = start;

    uint32_t *end = array_room(batch->field_end, fields, &batch->field_room, sizeof *end);
    if (end == NULL)
        return false;
    batch->field_end = end;
    return true;
}

bool batch_add_odd(struct batch *batch, uint32_t field, struct span value)
{
    assert(batch->odd_count == 0 || batch->odd[batch->odd_count - 1].field < field);
    struct odd_field *odd =
        array_room(batch->odd, batch->odd_count + 1, &batch->odd_room, sizeof *odd);
    if (odd == NULL)
        return false;
    batch->odd = odd;

    const struct span copy = arena_span(&batch->values, value);
    if (copy.at == NULL && copy.size != 0)
        return false;
    odd[batch->odd_count++] = (struct odd_field){field, copy};
    return true;
}

static int compare_odd(const void *key, const void *element)
{
    const size_t field = *(const size_t *)key;
    const struct odd_field *odd = element;

    return (field > odd->field) - (field < odd->field);
}

static const struct odd_field *find_odd(const struct batch *batch, size_t field)
{
    if (batch->odd_count == 0)
        return NULL;
    return bsearch(&field, batch->odd, batch->odd_count, sizeof *batch->odd, compare_odd);
}

/* What stands between the quotes, with each doubled quote made one; `quote` is the first of them.
 */
static struct span undo_quotes(struct span inside, const char *quote, struct buffer *scratch)
{
    const char *const end = inside.at + inside.size;
    char *const start = scratch->at + scratch->size;
    const char *from = inside.at;
    char *to = start;

    assert(inside.size <= scratch->capacity - scratch->size);
    while (quote != NULL) {
        const size_t piece = (size_t)(quote + 1 - from);

        memcpy(to, from, piece);
        to += piece;
        from = quote + 1;
        if (from < end && *from == '"')
            from++;
        quote = memchr(from, '"', (size_t)(end - from));
    }
    memcpy(to, from, (size_t)(end - from));
    to += end - from;
    scratch->size += (size_t)(to - start);
    return (struct span){start, (size_t)(to - start)};
}

struct span batch_value(const struct batch *batch, size_t record, size_t field,
                        struct buffer *scratch)
{
    const struct span raw = batch_raw(batch, record, field);
    const struct odd_field *odd = find_odd(batch, record * batch->field_count + field);

    if (odd != NULL)
        return odd->value;
    if (!raw_is_quoted(raw))
        return raw;
    assert(raw.size >= 2);
    const struct span inside = {raw.at + 1, raw.size - 2};
    const char *quote = memchr(inside.at, '"', inside.size);

    return quote != NULL ? undo_quotes(inside, quote, scratch) : inside;
}

bool batch_scratch(const struct batch *batch, size_t record, struct buffer *scratch)
{
    buffer_clear(scratch);
    return buffer_reserve(scratch, batch->record_start[record + 1] - batch->record_start[record]);
}

size_t newline_count(struct span bytes)
{
    enum { STRIDE = 192 }; /* few enough for sums of one byte, so that compilers vectorize well */
    size_t count = 0;
    size_t at = 0;

    for (; bytes.size - at >= STRIDE; at += STRIDE) {
        unsigned char sum = 0;

        for (size_t i = 0; i < STRIDE; i++)
            sum = (unsigned char)(sum + (bytes.at[at + i] == '\n'));
        count += sum;
    }
    for (; at < bytes.size; at++)
        count += bytes.at[at] == '\n';
    return count;
}

uint64_t batch_line(const struct batch *batch, size_t record)
{
    return batch->first_line +
           newline_count((struct span){batch->bytes.at, batch->record_start[record]});
}
