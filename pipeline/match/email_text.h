/*
 * Email addresses inside longer text.
 *
 *     size_t from = 0;
 *     while (email_next(text, &from, &found))
 *         while (email_form_next(text, &found, &form)) ...
 *
 * Text doesn't say where an address ends: in `to=ann@example.org` it begins behind the equals
 * sign, although RFC 5322 allows one in an address. So each find has several forms, of which
 * the longest comes first. A form is folded, so that forms of one address are equal bytes.
 */
#ifndef EFFACE_MATCH_EMAIL_TEXT_H
#define EFFACE_MATCH_EMAIL_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buffer.h"
#include "base/span.h"
#include "base/status.h"

/* Longer ones are no addresses (RFC 5321 allows 254 bytes). */
enum { EMAIL_SIZE_LIMIT = 320 };

/* Offsets into the text. */
struct found_email {
    size_t start; /* of the longest form */
    size_t at;    /* the sign */
    size_t end;   /* behind the longest form */
    /* where email_form_next goes on */
    size_t next_start;
    size_t next_end;
};

/* The address around the @ at `at`. False: there is none. */
bool email_at(struct span text, size_t at, struct found_email *found);

/* Finds the next address from *from on, which moves behind its @. False: none. */
bool email_next(struct span text, size_t *from, struct found_email *found);

/*
 * Sets *form to the bytes of the next form as they stand in the text. False: there is none. The
 * first call gives the longest one.
 */
bool email_form_next(struct span text, struct found_email *found, struct span *form);

#endif
