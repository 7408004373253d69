/*
 * Full names, alone or inside longer text.
 *
 * A name is words of letters (hyphens and apostrophes among them) with blanks or full stops
 * between, so that `J. R.`, `J.R.` and `J R` are the same. It compares folded.
 *
 * In longer text a full name can only stand where a blank parts two words, with a comma before
 * it at most (`Smith, Ann`). The look of the words around such a gap is held against a
 * filter (known_identifiers.h) before any is read.
 */
#ifndef EFFACE_MATCH_NAME_TEXT_H
#define EFFACE_MATCH_NAME_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/span.h"
#include "match/letter_table.h"

/* Longer first or last names are not looked for. */
enum { NAME_LETTERS = 64, NAME_WORDS = 4 };

/* Folded letters, the words with a blank between. */
struct folded_name {
    uint16_t letters[NAME_LETTERS];
    size_t count;
};

/* Folds a cell that is a first or last name. False: it is none, or too long a one. */
bool name_fold(const struct letter_table *table, struct span value, struct folded_name *name);

/* A gap between two words; offsets into the text. */
struct name_gap {
    size_t left_end;    /* behind the word before */
    size_t right_start; /* of the word behind */
};

/* The gap before what stands at `right_start`, behind a blank. False: there is none. */
bool name_gap_at(struct span text, size_t right_start, struct name_gap *gap);

/*
 * What the words beside a gap look like (word_look.h), if the cell `right` stood behind `left` in a
 * text. Initials are shared by too many, so that with one of them the next word away from the gap
 * is looked at too. In a longer text that word may not belong to the name: so there each side has
 * two looks, of which the name has one (gap_sieve_lanes.h).
 */
struct gap_look {
    uint64_t left, right;
    uint64_t initial; /* a bit, by the lowest six of its look, if `right` begins with one */
};

struct gap_look name_cells_look(struct span left, struct span right);

/* Whether a word's look is that of one letter, with which the next word is looked at. */
static inline bool look_is_initial(uint64_t look)
{
    return look - 1 < UINT8_MAX;
}

/* Where the next word of a name, or part of one (`O'Neil`), begins if an initial stands at `at`. */
size_t name_behind_initial(struct span text, size_t at);

/* Where the word before ends. */
size_t name_before_initial(struct span text, size_t at);

/* The words on one side of a gap, as many as a name can have, from the gap on. */
struct name_side {
    uint16_t room[NAME_LETTERS]; /* on the left, filled from its end */
    size_t counts[NAME_WORDS];   /* letters in the first 1, 2, ... words */
    size_t places[NAME_WORDS];   /* where they end (on the left: begin) in the text */
    size_t words;
};

void name_read_left(const struct letter_table *table, struct span text, size_t end,
                    struct name_side *side);
void name_read_right(const struct letter_table *table, struct span text, size_t start,
                     struct name_side *side);

/* The bytes of the first `words` words to the left of a gap, and to the right of it. */
struct span name_left_bytes(const struct name_side *side, size_t words);
struct span name_right_bytes(const struct name_side *side, size_t words);

static inline struct span folded_name_bytes(const struct folded_name *name)
{
    return (struct span){(const char *)name->letters, name->count * sizeof *name->letters};
}

#endif
