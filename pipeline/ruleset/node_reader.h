/*
 * Typed access to the parts of a YAML tree.
 *
 * Every function reports what it doesn't like, at its place, and then gives the
 * fallback, so that a caller reads on and finds the next problem. Whether anything
 * was reported shows in the diagnostics; what is given after that serves only to
 * carry on. The functions that take a map and a key give the fallback, and report
 * nothing, where the map has no such key.
 */
#ifndef EFFACE_RULESET_NODE_READER_H
#define EFFACE_RULESET_NODE_READER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/diagnostics.h"
#include "base/span.h"
#include "ruleset/name.h"
#include "ruleset/node.h"
#include "ruleset/rule_keys.h"

struct node_reader {
    struct arena *arena; /* holds what is read */
    struct diagnostics *diagnostics;
    bool no_memory; /* latched: memory ran out somewhere */
};

/* For "%.*s": a name from a rules file, cut where it would flood the message. */
#define SHOWN(span) name_shown_size(span), (span).at
int name_shown_size(struct span name);

/* An array in the arena, zeroed; NULL where memory ran out. */
void *node_reader_array(struct node_reader *reader, size_t count, size_t size);

/* Reports a problem in what stands at `place`. */
#define node_reader_error(reader, place, ...)                                                      \
    diagnostics_error((reader)->diagnostics, place, __VA_ARGS__)

/* Whether the node is of the kind. */
bool node_expect(struct node_reader *reader, const struct node *node, enum node_kind kind);

enum { KEY_HINT_SIZE = KEY_PLACE_SIZE + 20 };

/*
 * Of a key that stands where only `words`, which end with NULL, may: " (did you mean 'fields'?)",
 * or else " (it belongs in an entity)", or "". Written into `hint`, and returned.
 */
const char *node_key_hint(const struct node *key, const char *const *words,
                          char hint[KEY_HINT_SIZE]);

/* Reports such a key, with the hint. */
void node_unknown_key(struct node_reader *reader, const struct node *key, const char *const *words);

/* Does so with every key of a map that is none of the words. */
void node_check_keys(struct node_reader *reader, const struct node *map, const char *const *words);

/* Reports a key that the map lacks. Gives its value, or NULL. */
const struct node *node_require(struct node_reader *reader, const struct node *map,
                                const char *key);

/* The value of a key if it is of the kind, or NULL. */
const struct node *node_part(struct node_reader *reader, const struct node *map, const char *key,
                             enum node_kind kind);

/* A scalar; text {NULL, 0} if it is none. */
struct name node_name(struct node_reader *reader, const struct node *node);

/* A list of scalars, each once; may be empty. */
struct name_list node_names(struct node_reader *reader, const struct node *node);

/* One scalar, or a list of at least one. */
struct name_list node_name_or_names(struct node_reader *reader, const struct node *node);

/* The words `true` and `false`. */
bool node_flag(struct node_reader *reader, const struct node *map, const char *key, bool fallback);

/* The position of a scalar among the words, which end with NULL; `what` says what they are. */
int node_word(struct node_reader *reader, const struct node *node, const char *what,
              const char *const *words, int fallback);

/* The same of a map's key, which says what the words are. */
int node_choice(struct node_reader *reader, const struct node *map, const char *key,
                const char *const *words, int fallback);

#endif
