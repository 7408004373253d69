/*
 * Fields one after another, by libcsv.
 *
 * libcsv hands out values by callback and does not say where in its input they
 * ended. It is fed here in runs that end with a byte that can end a field, so that
 * what it calls back for a run ended with that run: every field has its place.
 *
 *     while ((parsed = field_parser_next(parser, bytes, last)).event ...)
 *         move `bytes` on by parsed.taken
 *
 * Blanks are part of a value; LF and CRLF end a record, a lone CR is told apart.
 * Strict is what libcsv takes with CSV_STRICT and CSV_STRICT_FINI.
 */
#ifndef EFFACE_READ_FIELD_PARSER_H
#define EFFACE_READ_FIELD_PARSER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/span.h"
#include "base/status.h"
#include "record/dialect.h"

enum parse_event {
    PARSE_HUNGRY,    /* nothing has ended; more bytes are needed */
    PARSE_FIELD,     /* a field has ended, and its delimiter is taken */
    PARSE_RECORD,    /* a record has ended with a field, and its line end is taken */
    PARSE_BLANK,     /* a blank line is taken */
    PARSE_END,       /* nothing was left of the last bytes */
    PARSE_LONE_CR,   /* a CR outside quotes, the last byte taken, that no LF follows */
    PARSE_BROKEN,    /* strict only: the byte behind those taken, or the end, breaks a rule */
    PARSE_NO_MEMORY, /* memory ran out */
};

struct parsed {
    enum parse_event event;
    size_t taken;      /* bytes taken off the front; a last CR may be left when hungry */
    size_t end_size;   /* how many of them are the delimiter or line end: 0, 1 or 2 */
    struct span value; /* of a field or a record's last field; borrowed until the next call */
};

struct field_parser; /* opaque */

/* NULL where memory ran out. Caller frees with field_parser_free. */
struct field_parser *field_parser_new(char delimiter, enum quoting quoting);

/*
 * Takes bytes up to the next event. With `last`, nothing follows `bytes`: it is never hungry, and
 * PARSE_END comes once they are used up. After PARSE_END and what follows it in the list of events
 * only field_parser_reset makes sense.
 */
MUST_USE struct parsed field_parser_next(struct field_parser *parser, struct span bytes, bool last);

/* Makes the next byte the first of a record. */
void field_parser_reset(struct field_parser *parser);

/* NULL is fine. */
void field_parser_free(struct field_parser *parser);

#endif
