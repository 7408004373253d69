#include "report/json_document.h"

#include <assert.h>
#include <errno.h>
#include <inttypes.h>
#include <jansson.h>

#include "report/output_stream.h"
#include "report/report_text.h"

static void fail(struct document *document, int error)
{
    if (document->error == 0)
        document->error = error != 0 ? error : EIO;
}

static void put(struct document *document, const char *text)
{
    if (document->error == 0 && fputs(text, document->file) == EOF)
        fail(document, errno);
}

static void put_escaped(struct document *document, const char *text)
{
    json_t *string = json_string(text);

    if (string == NULL)
        fail(document, ENOMEM);
    else if (json_dumpf(string, document->file, JSON_ENCODE_ANY) != 0)
        fail(document, errno);
    json_decref(string);
}

/* Whether a text is printable ASCII of which JSON escapes nothing. */
static bool is_plain(const char *text)
{
    while (*text >= 0x20 && *text < 0x7F && *text != '"' && *text != '\\')
        text++;
    return *text == '\0';
}

/* Writes a text, which is valid UTF-8, as a JSON string. */
static void put_string(struct document *document, const char *text)
{
    if (is_plain(text)) {
        put(document, "\"");
        put(document, text);
        put(document, "\"");
    } else if (document->error == 0) {
        put_escaped(document, text);
    }
}

/* The outer two levels go line by line; what is deeper stands in one line, as a record does. */
static void put_line(struct document *document)
{
    put(document, document->depth == 1 ? "\n  " : "\n    ");
}

/* Everything that comes before a value: comma, place, key. */
static void put_key(struct document *document, const char *key)
{
    if (!document->is_first)
        put(document, ",");
    if (document->depth <= 2 && !document->is_line)
        put_line(document);
    else if (!document->is_first)
        put(document, " ");
    document->is_first = false;

    if (key != NULL) {
        put_string(document, key);
        put(document, ": ");
    }
}

static void nest(struct document *document, const char *opening, char closing)
{
    assert(document->depth < DOCUMENT_DEPTH);
    put(document, opening);
    document->closing[document->depth++] = closing;
    document->is_first = true;
}

void document_open(struct document *document, int fd)
{
    *document = (struct document){0};

    document->file = output_stream(fd);
    if (document->file == NULL)
        fail(document, errno);
    nest(document, "{", '}');
}

void document_open_line(struct document *document, int fd)
{
    document_open(document, fd);
    document->is_line = true;
}

void document_object(struct document *document, const char *key)
{
    put_key(document, key);
    nest(document, "{", '}');
}

void document_array(struct document *document, const char *key)
{
    put_key(document, key);
    nest(document, "[", ']');
}

void document_end(struct document *document)
{
    assert(document->depth > 0);
    const bool is_empty = document->is_first;
    const char closing[] = {document->closing[--document->depth], '\0'};

    if (!is_empty && document->depth == 0 && !document->is_line)
        put(document, "\n");
    else if (!is_empty && document->depth == 1 && !document->is_line)
        put_line(document);
    put(document, closing);
    document->is_first = false;
}

void document_text(struct document *document, const char *key, const char *text)
{
    put_key(document, key);
    if (text == NULL)
        put(document, "null");
    else if (!report_text_clean(&document->clean, text, SIZE_MAX))
        fail(document, ENOMEM);
    else
        put_string(document, document->clean.at);
}

void document_count(struct document *document, const char *key, uint64_t count)
{
    char digits[24];

    snprintf(digits, sizeof(digits), "%" PRIu64, count);
    put_key(document, key);
    put(document, digits);
}

void document_flag(struct document *document, const char *key, bool flag)
{
    put_key(document, key);
    put(document, flag ? "true" : "false");
}

void document_time(struct document *document, const char *key, time_t time)
{
    char text[REPORT_TIME_SIZE];

    report_time_text(time, text);
    document_text(document, key, text);
}

void document_hex(struct document *document, const char *key, struct span bytes)
{
    put_key(document, key);
    put(document, "\"");
    for (size_t i = 0; i < bytes.size; i++) {
        char digits[3];
        snprintf(digits, sizeof(digits), "%02x", (unsigned char)bytes.at[i]);
        put(document, digits);
    }
    put(document, "\"");
}

void document_checksum(struct document *document, const char *key,
                       const unsigned char digest[CHECKSUM_SIZE])
{
    document_hex(document, key, (struct span){(const char *)digest, CHECKSUM_SIZE});
}

void document_seal(struct document *document, const char *key, int fd)
{
    unsigned char digest[CHECKSUM_SIZE] = {0};
    uint64_t size;

    assert(document->depth == 1);
    if (document->error == 0 && fflush(document->file) == EOF)
        fail(document, errno);
    if (document->error == 0 && !checksum_file(fd, digest, &size))
        fail(document, errno);
    document_checksum(document, key, digest);
}

enum status document_close(struct document *document, const char *name,
                           struct diagnostics *diagnostics)
{
    document_end(document);
    assert(document->depth == 0);
    put(document, "\n");

    if (document->file != NULL && fclose(document->file) == EOF)
        fail(document, errno);
    buffer_release(&document->clean);
    if (document->error != 0)
        return diagnostics_system(diagnostics, name, "write", document->error);
    return STATUS_OK;
}
