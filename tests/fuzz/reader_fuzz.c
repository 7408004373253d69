/*
 * The reader of exports, of bytes in memory, as files take their time. Of an input, the first byte
 * chooses the dialect, the second the size of batches; the rest is the file. Whatever the size, it
 * must read the same.
 */
#include <check.h>

#include "fuzz_input.h"
#include "read/export_reader.h"
#include "read_fixture.h"

enum { RECORD_LIMIT = 2000 };

/* What there is to say of a file. */
struct reading {
    enum status status;
    struct diagnostics diagnostics;
    struct buffer records;
    struct buffer bytes;
};

static enum status read_batches(struct export_reader *reader, struct reading *reading)
{
    struct batch batch = BATCH_INIT;
    enum status status;

    do {
        status = export_reader_next(reader, &batch, &reading->diagnostics);
        if (status == STATUS_OK)
            status = export_reader_index(reader, &batch, &reading->diagnostics);
        if (status == STATUS_OK) {
            append_records(&reading->records, &batch);
            ck_assert(buffer_append(&reading->bytes, buffer_span(&batch.bytes)));
        }
    } while (status == STATUS_OK && !batch.last);
    batch_release(&batch);
    return status;
}

static void read_all(struct span file, const struct dialect *dialect, size_t batch_size,
                     struct reading *reading)
{
    const struct reader_options options = {
        batch_size, RECORD_LIMIT, {EXPANSION_LIMIT_DEFAULT, false, false}};
    struct export_reader *reader;

    *reading = (struct reading){STATUS_OK, DIAGNOSTICS_INIT, BUFFER_INIT, BUFFER_INIT};
    reading->status =
        export_reader_open_bytes(file, "x.csv", dialect, &options, &reader, &reading->diagnostics);
    if (reading->status != STATUS_OK)
        return;
    ck_assert(buffer_append(&reading->bytes, export_reader_header(reader)->raw));
    reading->status = read_batches(reader, reading);
    export_reader_free(reader);
}

static void forget(struct reading *reading)
{
    diagnostics_release(&reading->diagnostics);
    buffer_release(&reading->records);
    buffer_release(&reading->bytes);
}

static void compare(const struct reading *whole, const struct reading *small, struct span file)
{
    ck_assert_int_eq(whole->status, small->status);
    ck_assert(whole->status == STATUS_OK || whole->status == STATUS_INPUT);
    if (whole->status == STATUS_OK) {
        ck_assert(span_equal(buffer_span(&whole->bytes), file));
        ck_assert(span_equal(buffer_span(&small->bytes), file));
        ck_assert(span_equal(buffer_span(&whole->records), buffer_span(&small->records)));
        return;
    }
    const struct diagnostic *a = &whole->diagnostics.items[0];
    const struct diagnostic *b = &small->diagnostics.items[0];
    ck_assert_uint_eq(whole->diagnostics.count, 1);
    ck_assert_uint_eq(small->diagnostics.count, 1);
    ck_assert_uint_eq(a->line, b->line);
    ck_assert_uint_eq(a->column, b->column);
    ck_assert_str_eq(a->text, b->text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct span input = {(const char *)data, size};
    const unsigned char choice = fuzz_byte(&input);
    const struct dialect dialect = {
        "\0,;\t|"[choice % 5], choice >= 128 ? QUOTING_LENIENT : QUOTING_STRICT, {NULL, 0}};
    const size_t batch_size = 1 + fuzz_byte(&input);
    struct reading whole, small;

    read_all(input, &dialect, BATCH_SIZE_DEFAULT, &whole);
    read_all(input, &dialect, batch_size, &small);
    compare(&whole, &small, input);
    forget(&whole);
    forget(&small);
    return 0;
}
