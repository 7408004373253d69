#include "cli/ledger_listing.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/hex.h"
#include "report/json_document.h"

enum { FORMAT_VERSION = 1, DIGEST_TEXT_SIZE = 2 * sizeof(struct fingerprint) + 1 };

static const char *mode_word(const struct ledger_erasure *erasure)
{
    return erasure->deletes ? "delete" : "anonymize";
}

/* The columns that the digest of a slot is of: from *first on, how many. */
static size_t slot_columns(const struct ledger_run *run, size_t slot, size_t *first)
{
    const size_t keys = run->column_count - (run->slot_count - 1);

    *first = slot == 0 ? 0 : keys + slot - 1;
    return slot == 0 ? keys : 1;
}

/* Text of a header may hold anything; a terminal gets what it can show. */
static void print_name(struct span name)
{
    for (size_t i = 0; i < name.size; i++)
        putchar((unsigned char)name.at[i] < ' ' || name.at[i] == 0x7f ? '?' : name.at[i]);
}

static void print_slot(const struct ledger_line *line, size_t slot)
{
    char digest[DIGEST_TEXT_SIZE];
    size_t first;
    const size_t count = slot_columns(&line->run, slot, &first);

    hex_put(&line->erasure.digests[slot], sizeof(line->erasure.digests[slot]), digest);
    putchar(' ');
    for (size_t i = 0; i < count; i++) {
        if (i)
            putchar('+');
        print_name(line->run.columns[first + i].name);
    }
    printf("=%s", digest);
}

static enum status print_line(void *context, const struct ledger_line *line,
                              struct diagnostics *diagnostics)
{
    (void)context;
    (void)diagnostics;
    if (line->kind == LEDGER_FORGOTTEN)
        printf("%" PRIu64 ": %.*s forgotten\n", line->number, (int)line->forgotten.size,
               line->forgotten.at);
    if (line->kind != LEDGER_ERASED)
        return STATUS_OK;
    printf("%" PRIu64 ": %.*s %s", line->number, (int)line->run.date.size, line->run.date.at,
           mode_word(&line->erasure));
    for (size_t slot = 0; slot < line->erasure.slot_count; slot++)
        if (line->erasure.named[slot])
            print_slot(line, slot);
    putchar('\n');
    return STATUS_OK;
}

enum status ledger_list_text(struct ledger *ledger, struct diagnostics *diagnostics)
{
    return ledger_each(ledger, print_line, NULL, diagnostics);
}

/* What writing JSON takes. */
struct json_listing {
    struct document document;
    struct buffer text;
};

/* A text that does not end with NUL. */
static bool put_text(struct json_listing *listing, const char *key, struct span text)
{
    buffer_clear(&listing->text);
    if (!buffer_append(&listing->text, text) || !buffer_append_byte(&listing->text, '\0'))
        return false;
    document_text(&listing->document, key, listing->text.at);
    return true;
}

static bool put_slot(struct json_listing *listing, const struct ledger_line *line, size_t slot)
{
    struct document *document = &listing->document;
    size_t first;
    const size_t count = slot_columns(&line->run, slot, &first);
    const struct ledger_column *column = &line->run.columns[first];
    bool put = true;

    document_object(document, NULL);
    document_array(document, "columns");
    for (size_t i = 0; i < count && put; i++)
        put = put_text(listing, NULL, column[i].name);
    document_end(document);
    document_text(document, "match", column->is_key ? "key" : match_kind_name(column->match));
    document_hex(document, "digest",
                 (struct span){(const char *)&line->erasure.digests[slot],
                               sizeof(line->erasure.digests[slot])});
    document_end(document);
    return put;
}

static bool put_erasure(struct json_listing *listing, const struct ledger_line *line)
{
    struct document *document = &listing->document;
    bool put = put_text(listing, "date", line->run.date) &&
               put_text(listing, "rules_sha256", line->run.rules);

    document_text(document, "mode", mode_word(&line->erasure));
    document_array(document, "known_by");
    for (size_t slot = 0; slot < line->erasure.slot_count && put; slot++)
        if (line->erasure.named[slot])
            put = put_slot(listing, line, slot);
    document_end(document);
    return put;
}

static enum status put_line(void *context, const struct ledger_line *line,
                            struct diagnostics *diagnostics)
{
    struct json_listing *listing = context;
    bool put;

    if (line->kind != LEDGER_ERASED && line->kind != LEDGER_FORGOTTEN)
        return STATUS_OK;
    document_object(&listing->document, NULL);
    document_count(&listing->document, "line", line->number);
    put = line->kind == LEDGER_ERASED ? put_erasure(listing, line)
                                      : put_text(listing, "forgotten", line->forgotten);
    document_end(&listing->document);
    return put ? STATUS_OK : diagnostics_no_memory(diagnostics);
}

enum status ledger_list_json(struct ledger *ledger, struct diagnostics *diagnostics)
{
    struct json_listing listing = {.text = BUFFER_INIT};
    enum status status = ledger_each(ledger, NULL, NULL, diagnostics);

    if (status != STATUS_OK)
        return status;
    document_open(&listing.document, STDOUT_FILENO);
    document_text(&listing.document, "format", "efface-ledger");
    document_count(&listing.document, "version", FORMAT_VERSION);
    document_count(&listing.document, "lines", ledger->head.stands.lines);
    document_hex(&listing.document, "head",
                 (struct span){(const char *)ledger->head.stands.link, LINK_SIZE});
    document_flag(&listing.document, "pending", ledger->head.has_pending);
    document_array(&listing.document, "contacts");
    status = ledger_each(ledger, put_line, &listing, diagnostics);
    document_end(&listing.document);
    buffer_release(&listing.text);
    /* a full or closed stdout does not change the status: what is wrong with it is told */
    (void)(document_close(&listing.document, "standard output", diagnostics) == STATUS_OK);
    return status;
}
