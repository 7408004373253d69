#include "read/header_parser.h"

#include <string.h>

#include "read/delimiter.h"
#include "read/field_parser.h"
#include "read/framer.h"
#include "read/record_fault.h"

static enum status refuse(const struct file_head *head, const char *problem,
                          struct diagnostics *diagnostics)
{
    diagnostics_error(diagnostics, (struct place){head->path, 1, 1}, "%s", problem);
    return STATUS_INPUT;
}

/* Whether the file begins as UTF-16 (or UTF-32) of mostly ASCII text does, with or without a BOM.
 */
static bool is_utf16(struct span bytes)
{
    /* nothing but NUL is what a crash may leave, and no text of either */
    if (bytes.size < 2 || (bytes.size >= 4 && memcmp(bytes.at, "\0\0\0\0", 4) == 0))
        return false;
    return memcmp(bytes.at, "\xff\xfe", 2) == 0 || memcmp(bytes.at, "\xfe\xff", 2) == 0 ||
           bytes.at[0] == '\0' || bytes.at[1] == '\0';
}

/* A name would be cut at it wherever it is told. */
static enum status check_nul(const struct file_head *head, struct span raw,
                             struct diagnostics *diagnostics)
{
    const char *nul = memchr(raw.at, '\0', raw.size);
    struct place place = {head->path, 1, 1};

    if (nul == NULL)
        return STATUS_OK;
    for (const char *at = raw.at; at < nul; at++) {
        place.column++;
        if (*at == '\n') {
            place.line++;
            place.column = 1;
        }
    }
    diagnostics_error(diagnostics, place, "NUL in the header");
    return STATUS_INPUT;
}

static size_t bom_size(struct span bytes)
{
    return bytes.size >= 3 && memcmp(bytes.at, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
}

struct field_walk {
    struct field_parser *parser;
    struct span record; /* the bytes from the header's first name on */
    bool ended;
    size_t at;    /* bytes taken */
    size_t count; /* fields taken */
    size_t start; /* of the last field taken */
    size_t end;
};

/* Takes one field more, unless the event is another. */
static struct parsed take_field(struct field_walk *walk)
{
    const struct span rest = {walk->record.at + walk->at, walk->record.size - walk->at};
    const struct parsed parsed = field_parser_next(walk->parser, rest, walk->ended);

    walk->start = walk->at;
    walk->at += parsed.taken;
    walk->end = walk->at - parsed.end_size;
    if (parsed.event == PARSE_FIELD || parsed.event == PARSE_RECORD)
        walk->count++;
    return parsed;
}

static enum status report_broken(const struct file_head *head, struct span record, char delimiter,
                                 struct diagnostics *diagnostics)
{
    const struct framing framing = {head->path, delimiter, NULL, 0};
    const struct record_site site = {record, 1, 0};

    return fault_find(&framing, site, false, diagnostics);
}

/* The header's end is not among the bytes: that is fine until there are too many of them. */
static enum status ask_for_more(const struct file_head *head, struct diagnostics *diagnostics)
{
    if (head->bytes.size < HEADER_LIMIT)
        return STATUS_OK;
    return refuse(head,
                  memchr(head->bytes.at, '\r', head->bytes.size)
                      ? "header longer than the limit of 1 MiB, with a carriage return that no "
                        "newline follows: lines must end in a newline"
                      : "header longer than the limit of 1 MiB",
                  diagnostics);
}

/* Walks to the header's end and checks it. */
static enum status measure(const struct file_head *head, struct field_walk *walk, char delimiter,
                           bool *complete, struct diagnostics *diagnostics)
{
    struct parsed parsed;

    do {
        parsed = take_field(walk);
        if (walk->count > COLUMN_LIMIT)
            return refuse(head, "header of more than 16384 columns", diagnostics);
    } while (parsed.event == PARSE_FIELD);

    *complete = parsed.event == PARSE_RECORD;
    switch (parsed.event) {
    case PARSE_BLANK:
        return refuse(head, "the first line is blank, where the header should be", diagnostics);
    case PARSE_END:
        return refuse(head, "the file has no header", diagnostics);
    case PARSE_BROKEN:
    case PARSE_LONE_CR:
        return report_broken(head, walk->record, delimiter, diagnostics);
    case PARSE_NO_MEMORY:
        return diagnostics_no_memory(diagnostics);
    case PARSE_HUNGRY:
        return ask_for_more(head, diagnostics);
    case PARSE_FIELD:
    case PARSE_RECORD:
        break;
    }
    return STATUS_OK;
}

/* Copies the header, whose size and number of fields are known. False where memory ran out. */
static bool copy(struct field_walk *walk, struct span raw, size_t bom, size_t count,
                 struct arena *arena, struct header *header)
{
    header->raw = arena_span(arena, raw);
    header->names = arena_array(arena, count, sizeof *header->names);
    header->fields = arena_array(arena, count, sizeof *header->fields);
    header->count = count;
    if (header->raw.at == NULL || header->names == NULL || header->fields == NULL)
        return false;

    const char *names_at = header->raw.at + bom;
    for (size_t i = 0; i < count; i++) {
        const struct parsed parsed = take_field(walk);

        header->names[i] = arena_span(arena, parsed.value);
        header->fields[i] = (struct span){names_at + walk->start, walk->end - walk->start};
        if (header->names[i].at == NULL && parsed.value.size != 0)
            return false;
    }
    return true;
}

static enum status parse(const struct file_head *head, struct arena *arena, struct header *header,
                         char delimiter, bool *complete, struct diagnostics *diagnostics)
{
    const size_t bom = bom_size(head->bytes);
    const struct span record = {head->bytes.at + bom, head->bytes.size - bom};
    struct field_walk walk = {
        field_parser_new(delimiter, QUOTING_STRICT), record, head->ended, 0, 0, 0, 0};

    if (walk.parser == NULL)
        return diagnostics_no_memory(diagnostics);
    enum status status = measure(head, &walk, delimiter, complete, diagnostics);
    if (status == STATUS_OK && *complete) {
        const struct span raw = {head->bytes.at, bom + walk.at};
        const size_t count = walk.count;

        field_parser_reset(walk.parser);
        walk.at = 0;
        status = check_nul(head, raw, diagnostics);
        if (status == STATUS_OK && !copy(&walk, raw, bom, count, arena, header))
            status = diagnostics_no_memory(diagnostics);
    }
    field_parser_free(walk.parser);
    return status;
}

static enum status search_delimiter(const struct file_head *head, char *delimiter,
                                    struct diagnostics *diagnostics)
{
    const size_t bom = bom_size(head->bytes);
    const struct span record = {head->bytes.at + bom, head->bytes.size - bom};

    switch (delimiter_find(record, head->ended, delimiter)) {
    case DELIMITER_TIED:
        return refuse(head,
                      "two delimiters stand equally often in the header: declare the one "
                      "(dialect: {delimiter: ...})",
                      diagnostics);
    case DELIMITER_UNKNOWN:
        return ask_for_more(head, diagnostics);
    case DELIMITER_FOUND:
        break;
    }
    return STATUS_OK;
}

enum status header_parse(const struct file_head *head, struct arena *arena, struct header *header,
                         char *delimiter, bool *complete, struct diagnostics *diagnostics)
{
    enum status status = STATUS_OK;
    char used = *delimiter;

    *complete = false;
    if (is_utf16(head->bytes))
        return refuse(head, "UTF-16 and UTF-32 are not taken: convert the file to UTF-8",
                      diagnostics);
    if (used == DELIMITER_AUTO)
        status = search_delimiter(head, &used, diagnostics);
    if (status == STATUS_OK && used != DELIMITER_AUTO)
        status = parse(head, arena, header, used, complete, diagnostics);
    if (status == STATUS_OK && *complete)
        *delimiter = used;
    return status;
}
