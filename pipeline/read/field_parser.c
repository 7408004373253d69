#include "read/field_parser.h"

#include <assert.h>
#include <csv.h>
#include <stdlib.h>

/* By so much libcsv lets its buffer grow; its own 128 bytes make a long field slow. */
enum { GROWTH = 64 << 10 };

struct field_parser {
    struct csv_parser library;
    bool may_end[256]; /* the bytes that can end a field */
    /* what libcsv called back since it was last asked */
    bool field_ended;
    bool record_ended;
    struct span value;
};

static void on_field(void *value, size_t size, void *context)
{
    struct field_parser *parser = context;

    parser->field_ended = true;
    parser->value = (struct span){value, size};
}

static void on_record(int terminator, void *context)
{
    struct field_parser *parser = context;

    (void)terminator;
    parser->record_ended = true;
}

/* Tells libcsv that no byte is a blank, which it would trim. */
static int is_never(unsigned char byte)
{
    (void)byte;
    return 0;
}

struct field_parser *field_parser_new(char delimiter, enum quoting quoting)
{
    const int strictness = quoting == QUOTING_STRICT ? CSV_STRICT | CSV_STRICT_FINI : 0;
    struct field_parser *parser = calloc(1, sizeof *parser);

    if (parser == NULL)
        return NULL;
    csv_init(&parser->library, (unsigned char)(strictness | CSV_REPALL_NL));
    csv_set_delim(&parser->library, (unsigned char)delimiter);
    csv_set_space_func(&parser->library, is_never);
    csv_set_blk_size(&parser->library, GROWTH);
    parser->may_end[(unsigned char)delimiter] = true;
    parser->may_end['\n'] = true;
    parser->may_end['\r'] = true;
    return parser;
}

void field_parser_free(struct field_parser *parser)
{
    if (parser == NULL)
        return;
    csv_free(&parser->library);
    free(parser);
}

void field_parser_reset(struct field_parser *parser)
{
    /* In strict mode csv_fini refuses within quotes and leaves the state as it is. */
    const unsigned char options = (unsigned char)csv_get_opts(&parser->library);

    csv_set_opts(&parser->library, 0);
    csv_fini(&parser->library, NULL, NULL, NULL);
    csv_set_opts(&parser->library, options);
}

/* The size of what can be fed at once: up to and with the next byte that can end a field. */
static size_t run_size(const struct field_parser *parser, struct span bytes, bool last)
{
    size_t size = 0;

    while (size < bytes.size && !parser->may_end[(unsigned char)bytes.at[size]])
        size++;
    if (size == bytes.size)
        return size;
    /* What a CR means shows in the byte behind it. */
    const bool awaits = bytes.at[size] == '\r' && size + 1 == bytes.size && !last;
    return awaits ? size : size + 1;
}

static enum parse_event failure(struct field_parser *parser)
{
    return csv_error(&parser->library) == CSV_EPARSE ? PARSE_BROKEN : PARSE_NO_MEMORY;
}

static size_t feed(struct field_parser *parser, const char *at, size_t size)
{
    return csv_parse(&parser->library, at, size, on_field, on_record, parser);
}

/* The last run ended a field, a record, or a blank line: its last byte says which. */
static struct parsed conclude(struct field_parser *parser, struct span bytes, size_t taken)
{
    struct parsed parsed = {PARSE_FIELD, taken, 1, parser->value};

    if (!parser->record_ended)
        return parsed;
    parsed.event = parser->field_ended ? PARSE_RECORD : PARSE_BLANK;
    if (bytes.at[taken - 1] == '\n')
        return parsed;
    if (taken == bytes.size || bytes.at[taken] != '\n') {
        parsed.event = PARSE_LONE_CR;
        return parsed;
    }
    /* To libcsv the CR was the line end; it takes the LF for a blank line. */
    if (feed(parser, bytes.at + taken, 1) != 1)
        parsed.event = failure(parser);
    parsed.taken++;
    parsed.end_size++;
    return parsed;
}

static struct parsed finish(struct field_parser *parser, size_t taken)
{
    /* Only a broken field keeps csv_fini from succeeding; its own error is cleared by success. */
    if (csv_fini(&parser->library, on_field, on_record, parser) != 0)
        return (struct parsed){PARSE_BROKEN, taken, 0, {NULL, 0}};
    return (struct parsed){parser->field_ended ? PARSE_RECORD : PARSE_END, taken, 0, parser->value};
}

struct parsed field_parser_next(struct field_parser *parser, struct span bytes, bool last)
{
    size_t taken = 0;

    parser->field_ended = false;
    parser->record_ended = false;
    parser->value = (struct span){NULL, 0};
    while (taken < bytes.size) {
        const struct span rest = {bytes.at + taken, bytes.size - taken};
        const size_t size = run_size(parser, rest, last);

        if (size == 0)
            break;
        const size_t fed = feed(parser, rest.at, size);
        taken += fed;
        if (fed < size)
            return (struct parsed){failure(parser), taken, 0, {NULL, 0}};
        if (parser->field_ended || parser->record_ended)
            return conclude(parser, bytes, taken);
    }
    if (last)
        return finish(parser, taken);
    return (struct parsed){PARSE_HUNGRY, taken, 0, {NULL, 0}};
}
