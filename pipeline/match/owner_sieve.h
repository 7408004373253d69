/*
 * Which records of a batch may be somebody's, before they are looked at one after another.
 */
#ifndef EFFACE_MATCH_OWNER_SIEVE_H
#define EFFACE_MATCH_OWNER_SIEVE_H

#include <stdbool.h>

#include "base/status.h"
#include "match/file_binding.h"
#include "match/record_view.h"
#include "match/resolution.h"
#include "match/value_sieve.h"

/*
 * Fills the sieve for the batch that `view` was pointed at; the view is left at any record. Of a
 * record that doesn't pass, ownership_find finds no claim and no orphan, and does not fail, until
 * the resolution changes; or, where only some of the binding's links matter and are set in
 * `links` (NULL: all), none by these or by the key. False where memory ran out.
 */
MUST_USE bool owner_sieve_fill(struct value_sieve *sieve, const struct file_binding *binding,
                               const bool *links, const struct resolution *resolution,
                               struct record_view *view);

#endif
