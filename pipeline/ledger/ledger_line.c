#include "ledger/ledger_line.h"

#include <string.h>

#include "base/hex.h"
#include "ruleset/rule_words.h"

#define NAME "efface-ledger"
#define VERSION "1"

enum { DATE_SIZE = 10 };

bool ledger_value(struct span *line, struct span *value)
{
    const char *comma;

    if (!line->at)
        return false;
    comma = line->size ? memchr(line->at, ',', line->size) : NULL;
    *value = *line;
    if (comma) {
        value->size = (size_t)(comma - line->at);
        *line = (struct span){comma + 1, line->size - value->size - 1};
    } else {
        *line = (struct span){NULL, 0};
    }
    return true;
}

/* Takes a value that must be this word. */
static bool take_word(struct span *line, struct span word)
{
    struct span value;

    return ledger_value(line, &value) && span_equal(value, word);
}

static bool take_hex(struct span *line, void *bytes, size_t size)
{
    struct span value;

    return ledger_value(line, &value) && hex_read(value, bytes, size);
}

static bool take_date(struct span *line, struct span *date)
{
    return ledger_value(line, date) && date->size == DATE_SIZE;
}

static bool put_hex(struct buffer *out, const void *bytes, size_t size)
{
    return buffer_append_byte(out, ',') && hex_append(out, bytes, size);
}

static bool put_date(struct buffer *out, struct span word, struct span date)
{
    return buffer_append(out, word) && buffer_append_byte(out, ',') && buffer_append(out, date);
}

bool ledger_header_write(struct buffer *out, const unsigned char id[LEDGER_ID_SIZE],
                         const unsigned char key[WRAPPED_KEY_SIZE])
{
    return buffer_append(out, SPAN(NAME "," VERSION)) && put_hex(out, id, LEDGER_ID_SIZE) &&
           put_hex(out, key, WRAPPED_KEY_SIZE);
}

bool ledger_header_read(struct span line, unsigned char id[LEDGER_ID_SIZE],
                        unsigned char key[WRAPPED_KEY_SIZE])
{
    return take_word(&line, SPAN(NAME)) && take_word(&line, SPAN(VERSION)) &&
           take_hex(&line, id, LEDGER_ID_SIZE) && take_hex(&line, key, WRAPPED_KEY_SIZE) &&
           !line.at;
}

static bool is_plain(unsigned char byte)
{
    return byte > ' ' && byte < 0x7f && byte != ',' && byte != '"' && byte != '%';
}

static bool put_column(struct buffer *out, const char *kind, struct span name)
{
    if (!buffer_append_byte(out, ',') || !buffer_append(out, span_of(kind)) ||
        !buffer_append_byte(out, ','))
        return false;
    for (size_t i = 0; i < name.size; i++) {
        const unsigned char byte = (unsigned char)name.at[i];

        if (is_plain(byte) ? !buffer_append_byte(out, name.at[i])
                           : !buffer_append_byte(out, '%') || !hex_append(out, &byte, 1))
            return false;
    }
    return true;
}

bool ledger_run_write(struct buffer *out, struct span date,
                      const unsigned char rules[CHECKSUM_SIZE], const struct entity_rule *subject)
{
    bool written = put_date(out, SPAN("run"), date) && put_hex(out, rules, CHECKSUM_SIZE);

    for (size_t i = 0; i < subject->key.count && written; i++)
        written = put_column(out, "key", subject->key.items[i].text);
    for (size_t i = 0; i < subject->identifier_count && written; i++)
        written = put_column(out, match_kind_words[subject->identifiers[i].match],
                             subject->identifiers[i].column.text);
    return written;
}

/* The kind of a column, by its word. */
static bool read_kind(struct span word, struct ledger_column *column)
{
    column->is_key = span_equal(word, SPAN("key"));
    for (size_t i = 0; !column->is_key && match_kind_words[i]; i++) {
        if (!span_equal(word, span_of(match_kind_words[i])))
            continue;
        column->match = (enum match_kind)i;
        return true;
    }
    return column->is_key;
}

/* Undoes %XX. The buffer has room. */
static bool read_name(struct span text, struct buffer *names, struct span *name)
{
    *name = (struct span){names->at + names->size, 0};
    for (size_t i = 0; i < text.size; i++) {
        if (text.at[i] != '%') {
            names->at[names->size++] = text.at[i];
            continue;
        }
        if (text.size - i < 3 ||
            !hex_read((struct span){text.at + i + 1, 2}, &names->at[names->size], 1))
            return false;
        names->size++;
        i += 2;
    }
    name->size = (size_t)(names->at + names->size - name->at);
    return name->size > 0;
}

static bool read_columns(struct span line, struct ledger_run *run)
{
    struct span kind, name;

    while (ledger_value(&line, &kind)) {
        struct ledger_column *column = &run->columns[run->column_count];

        if (run->column_count == LEDGER_COLUMN_LIMIT || !read_kind(kind, column) ||
            !ledger_value(&line, &name) || !read_name(name, &run->names, &column->name))
            return false;
        if (column->is_key && run->column_count && !column[-1].is_key)
            return false;
        run->slot_count += !column->is_key || run->column_count == 0;
        run->column_count++;
    }
    return run->column_count && run->columns[0].is_key && run->slot_count <= LEDGER_SLOT_LIMIT;
}

/* A copy in a buffer that has room. */
static struct span keep(struct buffer *names, struct span text)
{
    const struct span kept = {names->at + names->size, text.size};

    memcpy(names->at + names->size, text.at, text.size);
    names->size += text.size;
    return kept;
}

enum status ledger_run_read(struct span line, struct ledger_run *run)
{
    unsigned char digest[CHECKSUM_SIZE];
    struct span date, rules;

    run->column_count = run->slot_count = 0;
    buffer_clear(&run->names);
    if (!buffer_reserve(&run->names, line.size))
        return STATUS_SYSTEM;
    if (!take_word(&line, SPAN("run")) || !take_date(&line, &date) ||
        !ledger_value(&line, &rules) || !hex_read(rules, digest, CHECKSUM_SIZE))
        return STATUS_INPUT;
    run->date = keep(&run->names, date);
    run->rules = keep(&run->names, rules);
    return read_columns(line, run) ? STATUS_OK : STATUS_INPUT;
}

void ledger_run_release(struct ledger_run *run)
{
    buffer_release(&run->names);
}

bool ledger_erasure_write(struct buffer *out, const struct ledger_erasure *erasure)
{
    bool written =
        buffer_append(out, erasure->deletes ? SPAN("erased,delete") : SPAN("erased,anonymize"));

    for (size_t i = 0; i < erasure->slot_count && written; i++)
        written = erasure->named[i]
                      ? put_hex(out, &erasure->digests[i], sizeof(erasure->digests[i]))
                      : buffer_append_byte(out, ',');
    return written;
}

bool ledger_erasure_read(struct span line, struct ledger_erasure *erasure)
{
    struct span mode, digest;

    erasure->slot_count = 0;
    if (!take_word(&line, SPAN("erased")) || !ledger_value(&line, &mode))
        return false;
    erasure->deletes = span_equal(mode, SPAN("delete"));
    if (!erasure->deletes && !span_equal(mode, SPAN("anonymize")))
        return false;
    for (size_t i = 0; ledger_value(&line, &digest); i = ++erasure->slot_count) {
        if (i == LEDGER_SLOT_LIMIT)
            return false;
        erasure->named[i] = digest.size > 0;
        if (digest.size && !hex_read(digest, &erasure->digests[i], sizeof(erasure->digests[i])))
            return false;
    }
    return erasure->slot_count > 0;
}

bool ledger_forgotten_write(struct buffer *out, struct span date,
                            const unsigned char link[LINK_SIZE])
{
    return put_date(out, SPAN("forgotten"), date) && put_hex(out, link, LINK_SIZE);
}

bool ledger_forgotten_read(struct span line, struct span *date, unsigned char link[LINK_SIZE])
{
    return take_word(&line, SPAN("forgotten")) && take_date(&line, date) &&
           take_hex(&line, link, LINK_SIZE) && !line.at;
}
