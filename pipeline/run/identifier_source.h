/*
 * The identifiers that one record gives the leak check (collect_identifiers.h). Pure: reads
 * the plan and the sealed resolution, and adds to what its thread has found.
 */
#ifndef EFFACE_RUN_IDENTIFIER_SOURCE_H
#define EFFACE_RUN_IDENTIFIER_SOURCE_H

#include <stdbool.h>

#include "base/secret.h"
#include "base/status.h"
#include "match/known_identifiers.h"
#include "match/ownership.h"
#include "match/record_view.h"
#include "match/resolution.h"
#include "match/value_sieve.h"
#include "run/file_plan.h"

/* What a thread needs; kept from batch to batch. */
struct identifier_source {
    const struct file_plan *file;
    const struct resolution *resolution;
    const struct known_identifiers *known;
    struct record_view view;  /* at the record */
    struct value_sieve owned; /* by links that decide what a record gives */
    struct ownership ownership;
    struct tagger *tagger;
    struct buffer value, normal, scratch;
};

void identifier_source_release(struct identifier_source *source);

/* Appends what the view's record gives. False where memory or libcrypto failed. */
MUST_USE bool identifiers_of_record(struct identifier_source *source,
                                    struct found_identifiers *found);

#endif
