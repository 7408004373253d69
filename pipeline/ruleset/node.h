/*
 * A YAML document as a tree whose every part knows its place.
 *
 * Read by libyaml, strictly: one document; no anchors, aliases, tags or merge keys;
 * no duplicate keys; keys are scalars; depth, size and count bounded. Every scalar
 * is a string. The tree lives in the arena it was read into.
 */
#ifndef EFFACE_RULESET_NODE_H
#define EFFACE_RULESET_NODE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/diagnostics.h"
#include "base/span.h"
#include "base/status.h"

enum { NODE_DEPTH_LIMIT = 32, NODE_COUNT_LIMIT = 200000, NODE_BYTES_LIMIT = 4 << 20 };

enum node_kind { NODE_SCALAR, NODE_LIST, NODE_MAP };

struct node {
    enum node_kind kind;
    struct place place;  /* of its first character */
    struct span text;    /* scalar: its value, NUL-terminated behind its end; holds no NUL */
    bool quoted;         /* scalar: written in quotes or as a block */
    struct node **items; /* list: its items; map: its values */
    struct node **keys;  /* map: its keys, scalars, beside the values */
    size_t count;        /* of a list's items or a map's pairs */
};

/*
 * Reads the bytes of one document. Problems go to `diagnostics` with the place in
 * `path`, which must outlive the tree. STATUS_RULES on any.
 */
MUST_USE enum status node_parse(const char *path, struct span bytes, struct arena *arena,
                                struct node **root, struct diagnostics *diagnostics);

/* The text of a document: its bytes without a byte order mark. Places count in it. */
struct span node_text(struct span bytes);

/* The value of a map's key, or NULL. */
const struct node *node_get(const struct node *map, const char *key);

/* Whether a scalar's text is this word. */
bool node_is(const struct node *node, const char *word);

/* Whether it is one of these, which end with NULL. */
bool node_is_one_of(const struct node *node, const char *const *words);

/* "a mapping", "a list", "a scalar": for messages. */
const char *node_kind_name(enum node_kind kind);

/*
 * `over` laid over `under`, as one rules file extends another: maps merge key by
 * key, anything else of `over` replaces what `under` has. Shares nodes of both.
 * NULL where memory ran out.
 */
struct node *node_merge(const struct node *under, const struct node *over, struct arena *arena);

#endif
