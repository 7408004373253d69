#include "csv_text.h"

#include <check.h>

#include "read/framer.h"

#define CSV_NAME "x.csv"

/* Indexes the bytes of the body from `start` to `end`. */
static void frame(const struct csv_text *csv, size_t start, size_t end, struct batch *batch)
{
    const struct framing framing = {CSV_NAME, csv->dialect.delimiter, csv->header.names,
                                    csv->header.count};
    const struct span bytes = {csv->body.at + start, end - start};
    struct diagnostics diagnostics = DIAGNOSTICS_INIT;

    batch_clear(batch);
    batch->first_line = 2;
    batch->offset = csv->header.raw.size + start;
    batch->last = end == csv->body.size;
    ck_assert(buffer_append(&batch->bytes, bytes));
    ck_assert_int_eq(framer_index(&framing, batch, &diagnostics), STATUS_OK);
}

void csv_text_open(struct csv_text *csv, struct span text)
{
    const struct file_head head = {CSV_NAME, text, true};
    struct diagnostics diagnostics = DIAGNOSTICS_INIT;
    bool complete = false;

    *csv = (struct csv_text){.arena = ARENA_INIT, .batch = BATCH_INIT};
    csv->faults.arena = &csv->arena;
    ck_assert_int_eq(header_parse(&head, &csv->arena, &csv->header, &csv->dialect.delimiter,
                                  &complete, &diagnostics),
                     STATUS_OK);
    ck_assert(complete);
    csv->body = (struct span){text.at + csv->header.raw.size, text.size - csv->header.raw.size};
    frame(csv, 0, csv->body.size, &csv->batch);
}

void csv_text_close(struct csv_text *csv)
{
    batch_release(&csv->batch);
    arena_release(&csv->arena);
}

struct file_columns csv_text_columns(struct csv_text *csv)
{
    return (struct file_columns){CSV_NAME, csv->header.names, csv->header.count, &csv->faults};
}

void csv_text_expect_faults(const struct csv_text *csv, const char *expected)
{
    struct buffer found = BUFFER_INIT;

    for (const struct column_fault *fault = csv->faults.first; fault != NULL; fault = fault->next)
        ck_assert(buffer_append_format(&found, "%.*s%s\n", (int)fault->name.text.size,
                                       fault->name.text.at, fault->repeated ? " twice" : ""));
    ck_assert(buffer_append_byte(&found, '\0'));
    ck_assert_str_eq(found.at, expected);
    buffer_release(&found);
}

void csv_text_cut(const struct csv_text *csv, size_t first, size_t end, struct batch *batch)
{
    const uint32_t *starts = csv->batch.record_start;

    frame(csv, first == 0 ? 0 : starts[first], starts[end], batch);
}
