/*
 * The kinds of pseudonyms: what `pseudonym: KIND` makes of a value.
 */
#ifndef EFFACE_DEIDENTIFY_PSEUDONYM_KIND_H
#define EFFACE_DEIDENTIFY_PSEUDONYM_KIND_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buffer.h"
#include "base/secret.h"
#include "base/span.h"
#include "deidentify/technique.h"

struct pseudonym_kind;

/* A kind with its options. */
struct pseudonym {
    const struct pseudonym_kind *kind;
    struct span domain;
    size_t length;    /* characters; 0 for kinds that have no such option */
    bool keep_domain; /* of an email: what stands behind its last @ */
};

struct pseudonym_kind {
    const char *name; /* the domain too, where the rules give no other */
    size_t least_length;
    size_t most_length; /* 0: no option `length` */
    size_t usual_length;
    bool has_host; /* takes the option `keep_domain` */

    /* Appends the pseudonym: _REPLACED, _UNTAKEN or _FAILED. */
    enum treatment (*append)(const struct pseudonym *pseudonym, const struct cell *cell,
                             struct tagger *tagger, struct buffer *out);

    /* Whether a value has a shape that no other values have; NULL: it can't be told. */
    bool (*has_shape)(const struct pseudonym *pseudonym, struct span value);
};

extern const struct pseudonym_kind pseudonym_token;
extern const struct pseudonym_kind pseudonym_uuid;
extern const struct pseudonym_kind pseudonym_email;

extern const struct pseudonym_kind pseudonym_first_name;
extern const struct pseudonym_kind pseudonym_last_name;
extern const struct pseudonym_kind pseudonym_full_name;
extern const struct pseudonym_kind pseudonym_company;

extern const struct pseudonym_kind pseudonym_phone;
extern const struct pseudonym_kind pseudonym_integer;

#endif
