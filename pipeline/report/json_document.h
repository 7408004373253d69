/*
 * A JSON document (RFC 8259), written as it is made, so its size costs no memory.
 *
 *     document_open     on a descriptor; the document is an object
 *     document_text ... members in their order
 *     document_array, document_object ... document_end    nested ones
 *     document_close    ends the document, and tells whether all of it was written
 *
 * `key` names a member of an object and is NULL for an element of an array. Errors
 * are kept until document_close. All text is cleaned as report_text.h says.
 */
#ifndef EFFACE_REPORT_JSON_DOCUMENT_H
#define EFFACE_REPORT_JSON_DOCUMENT_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <time.h>

#include "base/buffer.h"
#include "base/checksum.h"
#include "base/diagnostics.h"
#include "base/span.h"
#include "base/status.h"

enum { DOCUMENT_DEPTH = 8 };

struct document {
    FILE *file;                   /* over a duplicate of the caller's descriptor */
    struct buffer clean;          /* room for one text */
    char closing[DOCUMENT_DEPTH]; /* of each object or array that is open */
    size_t depth;
    bool is_line;  /* all of it stands in one */
    bool is_first; /* nothing stands yet in the innermost one */
    int error;     /* errno of the first failure, or 0 */
};

/* `fd` stays the caller's. Must be ended with document_close, whatever happens. */
void document_open(struct document *document, int fd);

/* The same, of one line. */
void document_open_line(struct document *document, int fd);

void document_object(struct document *document, const char *key);

void document_array(struct document *document, const char *key);

/* Ends the innermost object or array. */
void document_end(struct document *document);

/* NULL gives null. */
void document_text(struct document *document, const char *key, const char *text);

void document_count(struct document *document, const char *key, uint64_t count);

void document_flag(struct document *document, const char *key, bool flag);

/* As report_time_text gives it. */
void document_time(struct document *document, const char *key, time_t time);

/* The bytes as text in lower-case hexadecimal. */
void document_hex(struct document *document, const char *key, struct span bytes);

void document_checksum(struct document *document, const char *key,
                       const unsigned char digest[CHECKSUM_SIZE]);

/*
 * Ends the document with a member that holds the SHA-256 of all bytes before the comma that it
 * follows. Only at the outermost level; `fd` is the descriptor of document_open, and can be read.
 */
void document_seal(struct document *document, const char *key, int fd);

/* Writes what is left and gives everything back. `name` is the file's, for the message. */
MUST_USE enum status document_close(struct document *document, const char *name,
                                    struct diagnostics *diagnostics);

#endif
