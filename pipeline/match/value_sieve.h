/*
 * Which records of a batch have a value that a map may hold.
 *
 * Of most records no value is in any map, and the filters before the maps say so. Here they are
 * asked for a whole batch, one column after another, which costs a fraction of looking at one
 * record after another, as the processor works on several cells at once.
 *
 *     value_sieve_begin     a batch: no record passes
 *     value_sieve_add       ... but those with a value that this map may hold
 *     value_sieve_next      ... and these are looked at one after another
 *
 * Of a record that doesn't pass, view_find and view_find_value find nothing in any of the maps, and
 * a condition that was asked did not fail. Of one that passes, nothing is known.
 */
#ifndef EFFACE_MATCH_VALUE_SIEVE_H
#define EFFACE_MATCH_VALUE_SIEVE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/key_map.h"
#include "base/span.h"
#include "base/status.h"
#include "match/bound_condition.h"
#include "match/record_view.h"
#include "ruleset/ruleset.h"

enum { SIEVE_WORD = 64 }; /* records that a word has a bit for */

/* A thread keeps one for all batches. */
struct value_sieve {
    uint64_t *words;
    size_t room;
    bool holds_back; /* any; else all records pass */
};

/* The cells that are looked up, and where. Borrowed. */
struct sieved_cells {
    const size_t *columns;
    size_t column_count; /* several: a composite key */
    enum match_kind match;
    struct span separator;              /* of the elements of a list; empty: a cell is one value */
    const struct bound_condition *when; /* where they are; NULL: in every record */
    const struct key_map *map;
};

void value_sieve_release(struct value_sieve *sieve);

/* False where memory ran out. */
MUST_USE bool value_sieve_begin(struct value_sieve *sieve, const struct batch *batch);

/*
 * Looks at all records of the batch that `view` was pointed at, by the map as it stands; the view
 * is left at any of them. Where the map holds something and has no filter, all records pass.
 * False where memory ran out.
 */
MUST_USE bool value_sieve_add(struct value_sieve *sieve, const struct sieved_cells *cells,
                              struct record_view *view);

void value_sieve_pass_all(struct value_sieve *sieve, const struct batch *batch);

static inline void value_sieve_pass(struct value_sieve *sieve, size_t record)
{
    sieve->words[record / SIEVE_WORD] |= (uint64_t)1 << record % SIEVE_WORD;
}

/* The first record from `record` on that passes; `count`, that of the batch, where none does. */
size_t value_sieve_next(const struct value_sieve *sieve, size_t record, size_t count);

#endif
