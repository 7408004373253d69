#include "read/lenient_framer.h"

#include <assert.h>
#include <stdlib.h>

#include "read/field_parser.h"
#include "read/record_fault.h"

struct lenient_framer {
    const struct framing *framing;
    struct field_parser *parser;
    size_t at;          /* bytes of the batch taken */
    size_t field_start; /* of the field at hand */
    size_t fields;      /* of the record at hand that have ended */
    size_t complete;    /* end of the last whole record or blank line */
    bool after_blank;   /* the line before the record at hand is blank */
};

struct lenient_framer *lenient_framer_new(const struct framing *framing)
{
    struct lenient_framer *framer = calloc(1, sizeof *framer);

    if (framer == NULL)
        return NULL;
    framer->framing = framing;
    framer->parser = field_parser_new(framing->delimiter, QUOTING_LENIENT);
    if (framer->parser == NULL) {
        free(framer);
        return NULL;
    }
    return framer;
}

void lenient_framer_free(struct lenient_framer *framer)
{
    if (framer == NULL)
        return;
    field_parser_free(framer->parser);
    free(framer);
}

bool lenient_framer_start(struct lenient_framer *framer, struct batch *batch)
{
    field_parser_reset(framer->parser);
    framer->at = 0;
    framer->field_start = 0;
    framer->fields = 0;
    framer->complete = 0;
    framer->after_blank = batch->after_blank;
    batch->field_count = framer->framing->field_count;
    return batch_reserve(batch, 0, 0);
}

/* Whether RFC 4180 reads `value` out of a raw field. */
static bool raw_says(struct span raw, struct span value)
{
    size_t at = 1;

    if (!raw_is_quoted(raw))
        return span_equal(raw, value);
    if (raw.size < 2 || raw.at[raw.size - 1] != '"')
        return false;
    for (size_t i = 0; i < value.size; i++) {
        if (at >= raw.size - 1 || raw.at[at] != value.at[i])
            return false;
        at++;
        if (value.at[i] == '"') {
            if (at >= raw.size - 1 || raw.at[at] != '"')
                return false;
            at++;
        }
    }
    return at == raw.size - 1;
}

static struct record_site site_of(const struct lenient_framer *framer, const struct batch *batch)
{
    return (struct record_site){buffer_span(&batch->bytes), batch->first_line, framer->complete};
}

/* Notes a field that ends at `end`; of a ragged record's excess fields only the number. */
static bool add_field(struct lenient_framer *framer, struct batch *batch, size_t end,
                      struct span value)
{
    const size_t index = batch->record_count * batch->field_count + framer->fields;
    const struct span raw = {batch->bytes.at + framer->field_start, end - framer->field_start};

    framer->fields++;
    framer->field_start = framer->at;
    if (framer->fields > batch->field_count)
        return true;
    if (!batch_reserve(batch, batch->record_count + 1, index + 1))
        return false;
    batch->field_end[index] = (uint32_t)end;
    return raw_says(raw, value) || batch_add_odd(batch, (uint32_t)index, value);
}

/* A record or blank line has ended with the bytes taken. */
static void begin_record(struct lenient_framer *framer, bool after_blank)
{
    framer->complete = framer->at;
    framer->field_start = framer->at;
    framer->fields = 0;
    framer->after_blank = after_blank;
}

static enum status end_record(struct lenient_framer *framer, struct batch *batch, size_t end,
                              struct diagnostics *diagnostics)
{
    const struct record_site site = site_of(framer, batch);

    if (framer->fields != batch->field_count)
        return fault_report_ragged(framer->framing, &site, framer->fields, end, diagnostics);
    batch->record_start[batch->record_count++] = (uint32_t)framer->complete;
    begin_record(framer, false);
    return STATUS_OK;
}

static enum status take_field(struct lenient_framer *framer, struct batch *batch,
                              const struct parsed *parsed, struct diagnostics *diagnostics)
{
    const size_t end = framer->at - parsed->end_size;

    if (framer->after_blank && batch->field_count > 1) {
        const struct record_site site = site_of(framer, batch);

        return fault_report_blank(framer->framing, &site, diagnostics);
    }
    if (!add_field(framer, batch, end, parsed->value))
        return diagnostics_no_memory(diagnostics);
    if (parsed->event == PARSE_RECORD)
        return end_record(framer, batch, end, diagnostics);
    return STATUS_OK;
}

static enum status take(struct lenient_framer *framer, struct batch *batch,
                        const struct parsed *parsed, struct diagnostics *diagnostics)
{
    const struct record_site site = site_of(framer, batch);

    switch (parsed->event) {
    case PARSE_FIELD:
    case PARSE_RECORD:
        return take_field(framer, batch, parsed, diagnostics);
    case PARSE_BLANK:
        begin_record(framer, true);
        break;
    case PARSE_LONE_CR:
        return fault_report(framer->framing, &site, FAULT_LONE_RETURN, framer->fields,
                            framer->at - 1, diagnostics);
    case PARSE_NO_MEMORY:
        return diagnostics_no_memory(diagnostics);
    case PARSE_BROKEN:
        assert(!"lenient reading breaks no rule");
        return STATUS_INPUT;
    case PARSE_HUNGRY:
    case PARSE_END:
        break;
    }
    return STATUS_OK;
}

enum status lenient_framer_frame(struct lenient_framer *framer, struct batch *batch,
                                 size_t *complete, struct diagnostics *diagnostics)
{
    enum status status = STATUS_OK;
    struct parsed parsed;

    do {
        const struct span rest = span_from(buffer_span(&batch->bytes), framer->at);

        parsed = field_parser_next(framer->parser, rest, batch->last);
        framer->at += parsed.taken;
        status = take(framer, batch, &parsed, diagnostics);
    } while (status == STATUS_OK && parsed.event != PARSE_HUNGRY && parsed.event != PARSE_END);
    *complete = framer->complete;
    return status;
}

void lenient_framer_finish(struct batch *batch)
{
    const size_t fields = batch->record_count * batch->field_count;

    while (batch->odd_count > 0 && batch->odd[batch->odd_count - 1].field >= fields)
        batch->odd_count--;
    batch->record_start[batch->record_count] = (uint32_t)batch->bytes.size;
}
