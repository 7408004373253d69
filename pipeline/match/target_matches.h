/*
 * Which names of a target list a record bears cells of. Finding is pure, on any thread;
 * what was found is noted in the list as findings are merged.
 */
#ifndef EFFACE_MATCH_TARGET_MATCHES_H
#define EFFACE_MATCH_TARGET_MATCHES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/status.h"
#include "match/target_list.h"

/* A cell of the list that a record bears. */
struct target_match {
    uint32_t name;
    uint8_t slot;
    bool agrees; /* and so do all other cells of its name */
};

/* All zero: empty. */
struct target_matches {
    struct target_match *items;
    size_t count;
    size_t capacity;
};

void target_matches_release(struct target_matches *matches);

/* Appends to `matches` every cell that the record bears. False where memory ran out. */
MUST_USE bool target_matches_find(const struct target_list *list,
                                  const struct contact_values *contact,
                                  struct target_matches *matches);

/* Notes a match as found. No name is added any more. False where memory ran out. */
MUST_USE bool target_match_note(struct target_list *list, struct target_match match);

#endif
