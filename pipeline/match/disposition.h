/*
 * What becomes of a record, once it is known whose it is.
 */
#ifndef EFFACE_MATCH_DISPOSITION_H
#define EFFACE_MATCH_DISPOSITION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "match/file_binding.h"
#include "match/ownership.h"
#include "match/record_view.h"
#include "match/resolution.h"

enum record_outcome {
    RECORD_UNCHANGED, /* belongs to no target */
    RECORD_ANONYMIZED,
    RECORD_UNLINKED, /* stays, but loses its links to deleted records, and its personal fields */
    RECORD_DROPPED,
    RECORD_ALREADY, /* belongs to targets, but its marker says that an earlier run was here */
    RECORD_FAILED,  /* memory ran out */
};

struct disposition {
    enum record_outcome outcome;
    uint8_t fate; /* the sum over the record's owners */
    bool marked;  /* by an earlier run: its own fields, key and marker are left alone */
};

/* `ownership` is that of the view's record; the resolution is sealed. */
struct disposition disposition_of(const struct file_binding *binding,
                                  const struct resolution *resolution, struct record_view *view,
                                  const struct ownership *ownership);

/*
 * Whether a claim is a reason for what becomes of its record: it makes the record a target's
 * or, where that alone would not drop it, it is of the list that ran empty.
 */
bool claim_is_reason(const struct file_binding *binding, const struct resolution *resolution,
                     const struct disposition *disposition, const struct claim *claim);

/*
 * The sum of the fates that the values of a link's columns have, by whatever arm of a
 * polymorphic link; for fields `about` it. `link` is the first of these columns.
 */
uint8_t link_fate(const struct file_binding *binding, const struct resolution *resolution,
                  const struct ownership *ownership, size_t link);

/* The lowest-numbered target that owns the record; NULL: none. */
const struct target *record_contact(const struct file_binding *binding,
                                    const struct resolution *resolution,
                                    const struct ownership *ownership);

/* The lowest-numbered target among those that link_fate sums up; NULL: none. */
const struct target *link_contact(const struct file_binding *binding,
                                  const struct resolution *resolution,
                                  const struct ownership *ownership, size_t link);

/* What a link's value refers to, and what that means for the cell that holds it. */
enum reference {
    REFERENCE_STAYS,
    REFERENCE_DROPPED, /* to a record that is dropped: the cell or element goes */
    REFERENCE_REKEYED, /* to a key that a surrogate replaces */
    REFERENCE_FAILED,  /* memory ran out */
};

/* Of one value, or one element of a list. */
enum reference reference_of_value(const struct bound_link *link,
                                  const struct resolution *resolution, struct record_view *view,
                                  struct span value);

/* Of the cells of a link that is not list-valued. */
enum reference reference_of_cells(const struct bound_link *link,
                                  const struct resolution *resolution, struct record_view *view);

#endif
