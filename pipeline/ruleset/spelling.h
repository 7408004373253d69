/*
 * "did you mean": the known word that is nearest to one that was not understood.
 *
 *     struct spelling spelling = spelling_of(word);
 *     spelling_consider(&spelling, candidate);       as often as there are candidates
 *     ... "unknown key '%.*s'%s", spelling_hint(&spelling, hint)
 *
 * Near is an edit distance of at most 2: insert, delete or replace a byte, or swap two neighbours
 * (optimal string alignment). Upper and lower case of ASCII are the same. Less than half of
 * the longer word is edited, and something of the shorter one is left. Words over
 * SPELLING_WORD_LIMIT bytes are near to nothing.
 */
#ifndef EFFACE_RULESET_SPELLING_H
#define EFFACE_RULESET_SPELLING_H

#include <stddef.h>

#include "base/span.h"
#include "ruleset/name.h"

enum { SPELLING_WORD_LIMIT = 64, SPELLING_DISTANCE_LIMIT = 2, SPELLING_HINT_SIZE = 96 };

struct spelling {
    struct span word;    /* borrowed */
    struct span nearest; /* borrowed from the candidates; empty: none is near */
    size_t distance;     /* of the nearest; one more than the limit where there is none */
};

struct spelling spelling_of(struct span word);

/* Of equally near candidates the first stays. */
void spelling_consider(struct spelling *spelling, struct span candidate);

/* Considers every word of an array that ends with NULL. */
void spelling_consider_all(struct spelling *spelling, const char *const *words);

/* Considers the names of a list. */
void spelling_consider_names(struct spelling *spelling, const struct name_list *names);

/* " (did you mean 'fields'?)" written into `hint`, or "". Returns `hint`. */
const char *spelling_hint(const struct spelling *spelling, char hint[SPELLING_HINT_SIZE]);

#endif
