#include "read/record_fault.h"

#include <assert.h>
#include <stdio.h>

/* A field's name is cut to this in messages. */
enum { NAME_SHOWN = 200 };

static struct place place_at(const struct framing *framing, const struct record_site *site,
                             size_t at)
{
    const struct span before = {site->bytes.at, site->start};

    return (struct place){framing->path, site->first_line + newline_count(before),
                          at - site->start + 1};
}

static void describe_field(const struct framing *framing, size_t field, char *text, size_t size)
{
    if (field >= framing->field_count) {
        snprintf(text, size, "field %zu", field + 1);
        return;
    }
    const struct span name = framing->names[field];
    const int shown = name.size < NAME_SHOWN ? (int)name.size : NAME_SHOWN;

    snprintf(text, size, "field '%.*s'", shown, name.at != NULL ? name.at : "");
}

enum status fault_report(const struct framing *framing, const struct record_site *site,
                         enum fault fault, size_t field, size_t at, struct diagnostics *diagnostics)
{
    static const struct {
        const char *before, *behind;
    } words[] = {
        [FAULT_STRAY_QUOTE] = {"quote inside the unquoted ", ""},
        [FAULT_TEXT_BEHIND_QUOTE] = {"text after the closing quote of ", ""},
        [FAULT_OPEN_QUOTE] = {"quote of ", " is never closed"},
        [FAULT_LONE_RETURN] = {"carriage return outside quotes that no newline follows, in ", ""},
    };
    char field_text[NAME_SHOWN + sizeof "field ''"];

    assert(fault < FAULT_NONE);
    describe_field(framing, field, field_text, sizeof field_text);
    diagnostics_error(diagnostics, place_at(framing, site, at), "%s%s%s", words[fault].before,
                      field_text, words[fault].behind);
    return STATUS_INPUT;
}

static enum status report_count(const struct framing *framing, struct place place, size_t fields,
                                struct diagnostics *diagnostics)
{
    diagnostics_error(diagnostics, place, "record of %zu field%s where the header has %zu", fields,
                      fields == 1 ? "" : "s", framing->field_count);
    return STATUS_INPUT;
}

enum status fault_report_ragged(const struct framing *framing, const struct record_site *site,
                                size_t fields, size_t at, struct diagnostics *diagnostics)
{
    return report_count(framing, place_at(framing, site, at), fields, diagnostics);
}

enum status fault_report_blank(const struct framing *framing, const struct record_site *site,
                               struct diagnostics *diagnostics)
{
    struct place place = place_at(framing, site, site->start);

    place.line--;
    return report_count(framing, place, 1, diagnostics);
}

struct walk {
    const char *bytes;
    size_t size;
    size_t at; /* the next byte */
    char delimiter;
};

static bool is_at(const struct walk *walk, char byte)
{
    return walk->at < walk->size && walk->bytes[walk->at] == byte;
}

/* The size of the line end that stands here; 0: none. */
static size_t line_end_size(const struct walk *walk)
{
    if (is_at(walk, '\n'))
        return 1;
    const size_t behind = walk->at + 1;
    return is_at(walk, '\r') && behind < walk->size && walk->bytes[behind] == '\n' ? 2 : 0;
}

static enum fault check_end(const struct walk *walk, enum fault otherwise)
{
    if (walk->at == walk->size || is_at(walk, walk->delimiter) || line_end_size(walk) != 0)
        return FAULT_NONE;
    return is_at(walk, '\r') ? FAULT_LONE_RETURN : otherwise;
}

static enum fault skip_quoted(struct walk *walk)
{
    const size_t opening = walk->at;

    do {
        const size_t from = walk->at + 1;
        const char *quote = memchr(walk->bytes + from, '"', walk->size - from);

        if (quote == NULL) {
            walk->at = opening;
            return FAULT_OPEN_QUOTE;
        }
        walk->at = (size_t)(quote - walk->bytes) + 1;
    } while (is_at(walk, '"'));
    return check_end(walk, FAULT_TEXT_BEHIND_QUOTE);
}

static enum fault skip_unquoted(struct walk *walk)
{
    while (walk->at < walk->size && !is_at(walk, walk->delimiter) && !is_at(walk, '\n') &&
           !is_at(walk, '\r') && !is_at(walk, '"'))
        walk->at++;
    return check_end(walk, FAULT_STRAY_QUOTE);
}

/* Skips a record's fields, of which *fields then counts those that are right. */
static enum fault skip_fields(struct walk *walk, size_t *fields)
{
    for (*fields = 0;; walk->at++) {
        const enum fault fault = is_at(walk, '"') ? skip_quoted(walk) : skip_unquoted(walk);

        if (fault != FAULT_NONE)
            return fault;
        ++*fields;
        if (!is_at(walk, walk->delimiter))
            return FAULT_NONE;
    }
}

enum status fault_find(const struct framing *framing, struct record_site site, bool after_blank,
                       struct diagnostics *diagnostics)
{
    struct walk walk = {site.bytes.at, site.bytes.size, site.start, framing->delimiter};
    bool blank = after_blank;

    while (walk.at < walk.size) {
        const size_t blank_size = line_end_size(&walk);
        size_t fields;

        site.start = walk.at;
        if (blank_size != 0) {
            blank = true;
            walk.at += blank_size;
            continue;
        }
        if (blank && framing->field_count > 1)
            return fault_report_blank(framing, &site, diagnostics);
        const enum fault fault = skip_fields(&walk, &fields);
        if (fault != FAULT_NONE)
            return fault_report(framing, &site, fault, fields, walk.at, diagnostics);
        if (framing->field_count != 0 && fields != framing->field_count)
            return fault_report_ragged(framing, &site, fields, walk.at, diagnostics);
        blank = false;
        walk.at += line_end_size(&walk);
    }
    assert(!"a record without a fault");
    return STATUS_INPUT;
}
