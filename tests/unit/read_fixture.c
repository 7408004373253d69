#include "read_fixture.h"

#include <check.h>
#include <csv.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include <zlib.h>

void input_file(const char *path, struct span bytes)
{
    const int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);

    ck_assert_int_ge(fd, 0);
    ck_assert_int_eq(write(fd, bytes.at, bytes.size), (ssize_t)bytes.size);
    ck_assert_int_eq(close(fd), 0);
}

void append_gzip(struct buffer *to, struct span bytes)
{
    z_stream stream = {0};

    ck_assert_int_eq(deflateInit2(&stream, 6, Z_DEFLATED, 16 + MAX_WBITS, 8, Z_DEFAULT_STRATEGY),
                     Z_OK);
    const uLong bound = deflateBound(&stream, bytes.size);
    ck_assert(buffer_reserve(to, bound));
    stream.next_in = (Bytef *)(uintptr_t)bytes.at;
    stream.avail_in = (uInt)bytes.size;
    stream.next_out = (Bytef *)to->at + to->size;
    stream.avail_out = (uInt)bound;
    ck_assert_int_eq(deflate(&stream, Z_FINISH), Z_STREAM_END);
    to->size += stream.total_out;
    deflateEnd(&stream);
}

void assert_message(struct diagnostics *diagnostics, const char *expected)
{
    char *text = NULL;
    size_t size;
    FILE *stream = open_memstream(&text, &size);

    ck_assert_ptr_nonnull(stream);
    diagnostics_print(diagnostics, stream);
    ck_assert_int_eq(fclose(stream), 0);
    ck_assert_uint_gt(size, 0);
    text[size - 1] = '\0';
    ck_assert_str_eq(text, expected);
    free(text);
    diagnostics_release(diagnostics);
    *diagnostics = (struct diagnostics)DIAGNOSTICS_INIT;
}

static void append_field(struct buffer *to, struct span value)
{
    REQUIRE(buffer_append_format(to, "%zu:", value.size));
    REQUIRE(buffer_append(to, value));
}

void append_records(struct buffer *to, const struct batch *batch)
{
    struct buffer scratch = BUFFER_INIT;

    for (size_t record = 0; record < batch->record_count; record++) {
        REQUIRE(buffer_append_byte(to, 'R'));
        REQUIRE(batch_scratch(batch, record, &scratch));
        for (size_t field = 0; field < batch->field_count; field++)
            append_field(to, batch_value(batch, record, field, &scratch));
    }
    buffer_release(&scratch);
}

static bool is_line_ends(const char *at, const char *end)
{
    while (at < end && (*at == '\n' || (*at == '\r' && at + 1 < end && at[1] == '\n')))
        at++;
    return at == end;
}

void assert_batch_covers_its_bytes(const struct batch *batch, char delimiter)
{
    const char *at = batch->bytes.at;
    const char *const end = at != NULL ? at + batch->bytes.size : NULL;

    REQUIRE(batch->record_start[batch->record_count] == batch->bytes.size);
    if (at == NULL)
        return;
    REQUIRE(is_line_ends(at, at + batch->record_start[0]));
    for (size_t record = 0; record < batch->record_count; record++) {
        for (size_t field = 0; field < batch->field_count; field++) {
            const struct span raw = batch_raw(batch, record, field);

            if (field > 0)
                REQUIRE(raw.at[-1] == delimiter);
            else
                REQUIRE(raw.at == batch->bytes.at + batch->record_start[record]);
            at = raw.at + raw.size;
        }
        const char *const next = batch->bytes.at + batch->record_start[record + 1];
        REQUIRE(at < next || next == end);
        REQUIRE(is_line_ends(at, next));
    }
}

struct oracle {
    struct buffer *records;
    size_t columns;
    size_t fields;     /* of the record at hand */
    bool after_return; /* a CR has just ended a record or a blank line */
    bool after_blank;  /* the line before is blank */
    bool refused;
};

static void oracle_field(void *value, size_t size, void *context)
{
    struct oracle *oracle = context;

    if (oracle->after_return || (oracle->after_blank && oracle->columns > 1))
        oracle->refused = true;
    if (oracle->fields == 0)
        REQUIRE(buffer_append_byte(oracle->records, 'R'));
    append_field(oracle->records, (struct span){value, size});
    oracle->fields++;
}

static void oracle_record(int terminator, void *context)
{
    struct oracle *oracle = context;

    if (oracle->after_return && terminator == '\n' && oracle->fields == 0) {
        oracle->after_return = false; /* a CRLF's second half */
        return;
    }
    if (oracle->after_return || (oracle->fields != 0 && oracle->fields != oracle->columns))
        oracle->refused = true;
    oracle->after_return = terminator == '\r';
    oracle->after_blank = oracle->fields == 0;
    oracle->fields = 0;
}

static int is_never(unsigned char byte)
{
    (void)byte;
    return 0;
}

bool oracle_read(struct span bytes, char delimiter, size_t columns, bool strict,
                 struct buffer *records)
{
    struct oracle oracle = {.records = records, .columns = columns};
    struct csv_parser parser;

    csv_init(&parser, strict ? CSV_STRICT | CSV_STRICT_FINI | CSV_REPALL_NL : CSV_REPALL_NL);
    csv_set_delim(&parser, (unsigned char)delimiter);
    csv_set_space_func(&parser, is_never);
    if (csv_parse(&parser, bytes.at, bytes.size, oracle_field, oracle_record, &oracle) !=
            bytes.size ||
        csv_error(&parser) != 0 || csv_fini(&parser, oracle_field, oracle_record, &oracle) != 0)
        oracle.refused = true;
    csv_free(&parser);
    return !oracle.refused && !oracle.after_return;
}

#define INPUT(literal)                                                                             \
    {                                                                                              \
        literal, sizeof literal - 1                                                                \
    }

const struct span odd_inputs[] = {
    INPUT(""),
    INPUT("\n"),
    INPUT("\r\n"),
    INPUT("\r"),
    INPUT("\n\n\r\n"),
    INPUT("\""),
    INPUT("\"\""),
    INPUT("\"\"\""),
    INPUT("\"\"\"\""),
    INPUT("\"\"\n"),
    INPUT("\n\"\""),
    INPUT("a"),
    INPUT("a\n"),
    INPUT("a\r\n"),
    INPUT("a\r"),
    INPUT("a\r\r\n"),
    INPUT("\ra\n"),
    INPUT("a\rb\n"),
    INPUT("\"a\r\"\n"),
    INPUT("\"a\"\r"),
    INPUT("\"a\"\rb"),
    INPUT("a\n\nb\n"),
    INPUT("a\r\n\r\nb"),
    INPUT("\na\n"),
    INPUT(","),
    INPUT(",\n"),
    INPUT(",,"),
    INPUT("a,b"),
    INPUT("a,b\n"),
    INPUT("a,b\n\n"),
    INPUT("a,b\n\nc,d\n"),
    INPUT("a,b\n\r\n\r\nc,d\n"),
    INPUT("\na,b\n"),
    INPUT("a,b\n\n\n\r\n"),
    INPUT("a,b\nc\n"),
    INPUT("a,b,c\nd,e\n"),
    INPUT("a\nb,c\n"),
    INPUT("\"a,b\",\"c\nd\"\n"),
    INPUT("\"a\"\"b\",\"\"\"\"\r\n\"\"\"a\",\"b\"\"\"\n"),
    INPUT("a\"b,c\n"),
    INPUT("a,b\"\n"),
    INPUT("a \"b\",c\n"),
    INPUT("\"a\"b,c\n"),
    INPUT("\"a\" ,c\n"),
    INPUT("\"a\"\"\n,b\n"),
    INPUT("\"a,b\nc,d\n"),
    INPUT("a,\"b\n\nc\"\n"),
    INPUT("a,\"b\r\n\r\n\"\r\nc,\"\"\n"),
    INPUT(" a , b \n"),
    INPUT("\0,\0\0\n\"\0\",b\n"),
    INPUT("\xff\xfe,\xc3\n"),
    INPUT("a;b,c|d\n"),
    {NULL, 0},
};

/* Marsaglia's xorshift64*. */
static unsigned below(uint64_t *state, unsigned limit)
{
    *state ^= *state >> 12;
    *state ^= *state << 25;
    *state ^= *state >> 27;
    return (unsigned)(*state * 2685821657736338717U >> 33) % limit;
}

static void generate_field(struct buffer *to, uint64_t *state, char delimiter)
{
    static const char *const pieces[] = {
        "a",    "bc", " ", "\"\"",     "\n",
        "\r\n", "\r", ";", "\xc3\xa9", "a longer piece of text, so that blocks are crossed"};
    const bool quoted = below(state, 3) == 0;
    const unsigned count = below(state, 4);

    if (quoted)
        REQUIRE(buffer_append_byte(to, '"'));
    for (unsigned i = 0; i < count; i++) {
        const char *piece = pieces[below(state, quoted ? 10 : 3)];

        REQUIRE(buffer_append(to, span_of(piece)));
        if (quoted && below(state, 4) == 0)
            REQUIRE(buffer_append_byte(to, delimiter));
    }
    if (quoted)
        REQUIRE(buffer_append_byte(to, '"'));
}

/* Puts a byte that matters in the place of another. */
static void disturb(struct buffer *bytes, uint64_t *state, char delimiter)
{
    const char specials[] = {'"', '"', '\n', '\r', delimiter, 'x', '\0'};

    if (bytes->size > 0)
        bytes->at[below(state, (unsigned)bytes->size)] = specials[below(state, sizeof specials)];
}

void generate_records(struct buffer *to, uint64_t seed, char delimiter, size_t columns)
{
    uint64_t state = seed * 0x9e3779b97f4a7c15 + 1;
    const unsigned records = below(&state, 9);

    buffer_clear(to);
    for (unsigned record = 0; record < records; record++) {
        for (size_t column = 0; column < columns; column++) {
            if (column > 0)
                REQUIRE(buffer_append_byte(to, delimiter));
            generate_field(to, &state, delimiter);
        }
        if (record + 1 < records || below(&state, 2) == 0)
            REQUIRE(buffer_append(to, below(&state, 3) == 0 ? SPAN("\r\n") : SPAN("\n")));
    }
    for (unsigned wrongs = below(&state, 4); wrongs > 1; wrongs--)
        disturb(to, &state, delimiter);
}
