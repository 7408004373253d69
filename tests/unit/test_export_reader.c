#include "read/export_reader.h"

#include <check.h>
#include <stdlib.h>

#include "read_fixture.h"
#include "scratch_folder.h"

Suite *test_export_reader_suite(void);

static const struct dialect strict = {DELIMITER_AUTO, QUOTING_STRICT, {NULL, 0}};
static const struct dialect lenient = {DELIMITER_AUTO, QUOTING_LENIENT, {NULL, 0}};

static struct scratch_folder folder;
static struct diagnostics diagnostics;
static struct batch batch;
static struct buffer records; /* as text */
static struct buffer body;    /* the bytes of all batches */
static size_t batch_count;

static void setup(void)
{
    scratch_folder_enter(&folder);
    diagnostics = (struct diagnostics)DIAGNOSTICS_INIT;
    batch = (struct batch)BATCH_INIT;
    records = (struct buffer)BUFFER_INIT;
    body = (struct buffer)BUFFER_INIT;
}

static void teardown(void)
{
    diagnostics_release(&diagnostics);
    batch_release(&batch);
    buffer_release(&records);
    buffer_release(&body);
    scratch_folder_leave(&folder);
}

static struct reader_options options_of(size_t batch_size, size_t record_limit)
{
    return (struct reader_options){
        batch_size, record_limit, {EXPANSION_LIMIT_DEFAULT, true, false}};
}

static enum status open_reader(const char *path, const struct dialect *dialect,
                               struct reader_options options, struct export_reader **reader)
{
    return export_reader_open(folder.fd, path, path, dialect, &options, reader, &diagnostics);
}

/* Reads one batch more and adds it to `records` and `body`. */
static enum status read_batch(struct export_reader *reader)
{
    const struct header *header = export_reader_header(reader);

    enum status status = export_reader_next(reader, &batch, &diagnostics);
    if (status == STATUS_OK)
        status = export_reader_index(reader, &batch, &diagnostics);
    if (status != STATUS_OK)
        return status;
    REQUIRE(batch.field_count == header->count);
    REQUIRE(batch.offset == header->raw.size + body.size);
    REQUIRE(batch.first_line == 1 + newline_count(header->raw) + newline_count(buffer_span(&body)));
    assert_batch_covers_its_bytes(&batch, export_reader_dialect(reader)->delimiter);
    append_records(&records, &batch);
    REQUIRE(buffer_append(&body, buffer_span(&batch.bytes)));
    batch_count++;
    return STATUS_OK;
}

/* Reads a whole file. */
static enum status read_file(const char *path, const struct dialect *dialect,
                             struct reader_options options)
{
    struct export_reader *reader;

    buffer_clear(&records);
    buffer_clear(&body);
    batch_count = 0;
    enum status status = open_reader(path, dialect, options, &reader);
    if (status != STATUS_OK)
        return status;
    do
        status = read_batch(reader);
    while (status == STATUS_OK && !batch.last);
    export_reader_free(reader);
    return status;
}

/* The message of a refused file, which is forgotten. */
static void take_message(struct buffer *message)
{
    REQUIRE(diagnostics.count == 1);
    buffer_clear(message);
    REQUIRE(buffer_append_format(message, "%lu:%lu %s", (unsigned long)diagnostics.items[0].line,
                                 (unsigned long)diagnostics.items[0].column,
                                 diagnostics.items[0].text));
    diagnostics_release(&diagnostics);
    diagnostics = (struct diagnostics)DIAGNOSTICS_INIT;
}

/* In batches of any size, a file reads as libcsv reads it, and its bytes come unchanged. */
static void assert_agrees(struct span rest, size_t columns, const struct dialect *dialect)
{
    static const char *const headers[] = {"A\n", "A,\"B\"\r\n", "A,B,C\n"};
    static const size_t sizes[] = {1, 2, 3, 5, 8, 13, 64, 100, 1 << 20};
    struct buffer bytes = BUFFER_INIT, expected = BUFFER_INIT;
    struct buffer first = BUFFER_INIT, message = BUFFER_INIT;
    const bool accepted =
        oracle_read(rest, ',', columns, dialect->quoting == QUOTING_STRICT, &expected);

    REQUIRE(buffer_append(&bytes, span_of(headers[columns - 1])));
    REQUIRE(buffer_append(&bytes, rest));
    input_file("a.csv", buffer_span(&bytes));
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        const enum status status = read_file("a.csv", dialect, options_of(sizes[i], 1000));

        REQUIRE(status == (accepted ? STATUS_OK : STATUS_INPUT));
        if (accepted) {
            REQUIRE(span_equal(buffer_span(&records), buffer_span(&expected)));
            REQUIRE(span_equal(buffer_span(&body), rest));
        } else {
            take_message(i == 0 ? &first : &message);
            REQUIRE(i == 0 || span_equal(buffer_span(&first), buffer_span(&message)));
        }
    }
    buffer_release(&bytes);
    buffer_release(&expected);
    buffer_release(&first);
    buffer_release(&message);
}

START_TEST(odd_inputs_read_as_by_libcsv_in_any_batches)
{
    for (const struct span *input = odd_inputs; input->at != NULL; input++) {
        for (size_t columns = 1; columns <= 3; columns++) {
            assert_agrees(*input, columns, &strict);
            assert_agrees(*input, columns, &lenient);
        }
    }
}
END_TEST

START_TEST(generated_inputs_read_as_by_libcsv_in_any_batches)
{
    struct buffer bytes = BUFFER_INIT;

    for (uint64_t seed = 5000; seed < 5400; seed++) {
        const size_t columns = 1 + seed % 3;

        generate_records(&bytes, seed, ',', columns);
        assert_agrees(buffer_span(&bytes), columns, seed % 4 == 0 ? &lenient : &strict);
    }
    buffer_release(&bytes);
}
END_TEST

START_TEST(a_header_is_read_and_kept)
{
    struct export_reader *reader;

    input_file("a.csv", SPAN("\xef\xbb\xbf\"Id\";Na me;\"A \"\"B\";Id\r\n\r\n"));
    ck_assert_int_eq(open_reader("a.csv", &strict, options_of(10, 100), &reader), STATUS_OK);
    const struct header *header = export_reader_header(reader);
    ck_assert_uint_eq(header->count, 4);
    ck_assert(span_equal(header->names[0], SPAN("Id")));
    ck_assert(span_equal(header->names[1], SPAN("Na me")));
    ck_assert(span_equal(header->names[2], SPAN("A \"B")));
    ck_assert(span_equal(header->names[3], SPAN("Id")));
    ck_assert(span_equal(header->fields[0], SPAN("\"Id\"")));
    ck_assert(span_equal(header->fields[2], SPAN("\"A \"\"B\"")));
    ck_assert(span_equal(header->raw, SPAN("\xef\xbb\xbf\"Id\";Na me;\"A \"\"B\";Id\r\n")));
    ck_assert_int_eq(export_reader_dialect(reader)->delimiter, ';');
    ck_assert_int_eq(read_batch(reader), STATUS_OK);
    ck_assert(batch.last);
    ck_assert_uint_eq(batch.record_count, 0);
    ck_assert(span_equal(buffer_span(&body), SPAN("\r\n")));
    export_reader_free(reader);
}
END_TEST

static const struct {
    const char *header;
    char delimiter; /* '\0': refused */
    size_t columns;
} delimiters[] = {
    {"A", ',', 1},
    {"A,B", ',', 2},
    {"A;B", ';', 2},
    {"A\tB\tC", '\t', 3},
    {"A|B|C,D", '|', 3},
    {"\"A,B\"", ',', 1},
    {"\"A,B,C\";D", ';', 2},
    {"\"A\"\",\";B", ';', 2},
    {"A,B;C", '\0', 0},
    {"A,B;C|D,E", ',', 3},
    {"\"A;\nB;\",C", ',', 2},
    {"A B:C", ',', 1},
    {"A;B;C|D|E,F", '\0', 0},
};

START_TEST(the_delimiter_is_found_in_the_header)
{
    struct export_reader *reader;

    input_file("a.csv", span_of(delimiters[_i].header));
    const enum status status = open_reader("a.csv", &strict, options_of(10, 100), &reader);
    if (delimiters[_i].delimiter == '\0') {
        ck_assert_int_eq(status, STATUS_INPUT);
        assert_message(&diagnostics, "a.csv:1:1: error: two delimiters stand equally often in the "
                                     "header: declare the one (dialect: {delimiter: ...})");
        return;
    }
    ck_assert_int_eq(status, STATUS_OK);
    ck_assert_int_eq(export_reader_dialect(reader)->delimiter, delimiters[_i].delimiter);
    ck_assert_uint_eq(export_reader_header(reader)->count, delimiters[_i].columns);
    export_reader_free(reader);
}
END_TEST

START_TEST(a_declared_delimiter_is_taken)
{
    const struct dialect declared = {';', QUOTING_STRICT, SPAN("NULL")};
    struct export_reader *reader;

    input_file("a.csv", SPAN("A,B,C;D\n"));
    ck_assert_int_eq(open_reader("a.csv", &declared, options_of(10, 100), &reader), STATUS_OK);
    ck_assert_uint_eq(export_reader_header(reader)->count, 2);
    ck_assert(span_equal(export_reader_dialect(reader)->null, SPAN("NULL")));
    export_reader_free(reader);
}
END_TEST

static const struct {
    struct span bytes;
    const char *message;
} headers[] = {
    {{"", 0}, "a.csv:1:1: error: the file has no header"},
    {{"\xef\xbb\xbf", 3}, "a.csv:1:1: error: the file has no header"},
    {{"\n", 1}, "a.csv:1:1: error: the first line is blank, where the header should be"},
    {{"\r\nA\n", 4}, "a.csv:1:1: error: the first line is blank, where the header should be"},
    {{"\xff\xfe"
      "A\0,\0",
      6},
     "a.csv:1:1: error: UTF-16 and UTF-32 are not taken: convert the file to UTF-8"},
    {{"\xfe\xff\0A", 4},
     "a.csv:1:1: error: UTF-16 and UTF-32 are not taken: convert the file to UTF-8"},
    {{"A\0,\0", 4}, "a.csv:1:1: error: UTF-16 and UTF-32 are not taken: convert the file to UTF-8"},
    {{"\0\0\0A\0\0\0,", 8},
     "a.csv:1:1: error: UTF-16 and UTF-32 are not taken: convert the file to UTF-8"},
    {{"\0\0\0\0\n", 5}, "a.csv:1:1: error: NUL in the header"},
    {{"A,\"\nB\0\"\n1,2\n", 12}, "a.csv:2:2: error: NUL in the header"},
    {{"A,B\"\n1,2\n", 9}, "a.csv:1:4: error: quote inside the unquoted field 2"},
    {{"A,\"B\"x\n1,2\n", 11}, "a.csv:1:6: error: text after the closing quote of field 2"},
    {{"A,\"B\n1,2\n", 9}, "a.csv:1:3: error: quote of field 2 is never closed"},
    {{"A,B\r1,2\n", 8},
     "a.csv:1:4: error: carriage return outside quotes that no newline "
     "follows, in field 2"},
};

START_TEST(a_header_that_can_not_be_is_refused)
{
    struct export_reader *reader;

    input_file("a.csv", headers[_i].bytes);
    ck_assert_int_eq(
        open_reader("a.csv", _i % 2 ? &strict : &lenient, options_of(10, 100), &reader),
        STATUS_INPUT);
    ck_assert_ptr_null(reader);
    assert_message(&diagnostics, headers[_i].message);
}
END_TEST

/* Writes a header of so many columns, each of so many bytes. */
static void write_header(size_t columns, int width)
{
    struct buffer bytes = BUFFER_INIT;

    for (size_t i = 0; i < columns; i++)
        REQUIRE(buffer_append_format(&bytes, "%s%0*zu", i > 0 ? "," : "", width, i));
    REQUIRE(buffer_append_byte(&bytes, '\n'));
    input_file("a.csv", buffer_span(&bytes));
    buffer_release(&bytes);
}

START_TEST(a_header_has_limits)
{
    struct export_reader *reader;

    write_header(COLUMN_LIMIT, 60);
    ck_assert_int_eq(open_reader("a.csv", &strict, options_of(10, 100), &reader), STATUS_OK);
    ck_assert_uint_eq(export_reader_header(reader)->count, COLUMN_LIMIT);
    export_reader_free(reader);
    write_header(COLUMN_LIMIT + 1, 1);
    ck_assert_int_eq(open_reader("a.csv", &strict, options_of(10, 100), &reader), STATUS_INPUT);
    assert_message(&diagnostics, "a.csv:1:1: error: header of more than 16384 columns");
    write_header(COLUMN_LIMIT, 80);
    ck_assert_int_eq(open_reader("a.csv", &strict, options_of(10, 100), &reader), STATUS_INPUT);
    assert_message(&diagnostics, "a.csv:1:1: error: header longer than the limit of 1 MiB");
}
END_TEST

/* A stray quote must not hide where the header ends. */
START_TEST(a_broken_header_of_a_long_file_is_told_from_a_long_header)
{
    struct buffer bytes = BUFFER_INIT;
    struct export_reader *reader;

    REQUIRE(buffer_append(&bytes, SPAN("A,B\"C,D\n")));
    while (bytes.size <= HEADER_LIMIT)
        REQUIRE(buffer_append(&bytes, SPAN("1,2,3\n")));
    input_file("a.csv", buffer_span(&bytes));
    ck_assert_int_eq(open_reader("a.csv", &strict, options_of(10, 100), &reader), STATUS_INPUT);
    assert_message(&diagnostics, "a.csv:1:4: error: quote inside the unquoted field 2");
    buffer_release(&bytes);
}
END_TEST

/* A file whose second record has so many bytes, its newline not counted. */
static void write_long_record(size_t size, bool quoted, const char *end)
{
    struct buffer bytes = BUFFER_INIT;

    REQUIRE(buffer_append(&bytes, SPAN("A\n1\n")));
    for (size_t i = 0; i < size; i++)
        REQUIRE(buffer_append_byte(&bytes, quoted && (i == 0 || i == size - 1) ? '"' : 'x'));
    REQUIRE(buffer_append(&bytes, span_of(end)));
    input_file("a.csv", buffer_span(&bytes));
    buffer_release(&bytes);
}

START_TEST(the_longest_record_is_the_same_in_any_batches)
{
    static const char *const ends[] = {"", "\n", "\n2\n"};

    for (size_t batch_size = 1; batch_size < 120; batch_size++) {
        for (int kind = 0; kind < 12; kind++) {
            const struct dialect *dialect = kind & 1 ? &strict : &lenient;

            write_long_record(50, kind & 2, ends[kind / 4]);
            REQUIRE(read_file("a.csv", dialect, options_of(batch_size, 50)) == STATUS_OK);
            write_long_record(51, kind & 2, ends[kind / 4]);
            REQUIRE(read_file("a.csv", dialect, options_of(batch_size, 50)) == STATUS_INPUT);
            REQUIRE(diagnostics.count == 1);
            assert_message(&diagnostics,
                           "a.csv:3:1: error: record longer than the limit of 50 bytes");
        }
    }
}
END_TEST

START_TEST(a_record_much_longer_than_a_batch_takes_no_quadratic_time)
{
    write_long_record(30 << 20, true, "\n2\n");
    ck_assert_int_eq(read_file("a.csv", &strict, options_of(4096, RECORD_LIMIT_DEFAULT)),
                     STATUS_OK);
    ck_assert_uint_eq(body.size, 2 + (30 << 20) + 3);
    ck_assert_int_eq(read_file("a.csv", &lenient, options_of(4096, RECORD_LIMIT_DEFAULT)),
                     STATUS_OK);
    ck_assert_uint_eq(body.size, 2 + (30 << 20) + 3);
}
END_TEST

START_TEST(gzip_is_read_like_plain)
{
    struct buffer gzip = BUFFER_INIT;
    char message[96];

    append_gzip(&gzip, SPAN("A,B\n1,"));
    const size_t first = gzip.size;
    append_gzip(&gzip, SPAN("\"2\"\n3,4\n5,6"));
    input_file("a.csv.gz", buffer_span(&gzip));
    ck_assert_int_eq(read_file("a.csv.gz", &strict, options_of(4, 100)), STATUS_OK);
    ck_assert(span_equal(buffer_span(&body), SPAN("1,\"2\"\n3,4\n5,6")));
    ck_assert(span_equal(buffer_span(&records), SPAN("R1:11:2R1:31:4R1:51:6")));
    ck_assert_uint_ge(batch_count, 3);
    gzip.size--;
    input_file("a.csv.gz", buffer_span(&gzip));
    ck_assert_int_eq(read_file("a.csv.gz", &strict, options_of(4, 100)), STATUS_INPUT);
    snprintf(message, sizeof message,
             "a.csv.gz: error: the gzip data ends too early, in the member at offset %zu", first);
    assert_message(&diagnostics, message);
    buffer_release(&gzip);
}
END_TEST

Suite *test_export_reader_suite(void)
{
    Suite *suite = suite_create("export_reader");
    TCase *cases = tcase_create("export_reader");

    tcase_set_timeout(cases, 120);
    tcase_add_checked_fixture(cases, setup, teardown);
    tcase_add_test(cases, odd_inputs_read_as_by_libcsv_in_any_batches);
    tcase_add_test(cases, generated_inputs_read_as_by_libcsv_in_any_batches);
    tcase_add_test(cases, a_header_is_read_and_kept);
    tcase_add_loop_test(cases, the_delimiter_is_found_in_the_header, 0,
                        (int)(sizeof delimiters / sizeof delimiters[0]));
    tcase_add_test(cases, a_declared_delimiter_is_taken);
    tcase_add_loop_test(cases, a_header_that_can_not_be_is_refused, 0,
                        (int)(sizeof headers / sizeof headers[0]));
    tcase_add_test(cases, a_header_has_limits);
    tcase_add_test(cases, a_broken_header_of_a_long_file_is_told_from_a_long_header);
    tcase_add_test(cases, the_longest_record_is_the_same_in_any_batches);
    tcase_add_test(cases, a_record_much_longer_than_a_batch_takes_no_quadratic_time);
    tcase_add_test(cases, gzip_is_read_like_plain);
    suite_add_tcase(suite, cases);
    return suite;
}
