/*
 * The text of the rules: a rules file and the packs it extends, read from disk and
 * merged into one tree.
 *
 * A pack is a rules file too. `extends` lists packs by name, found as NAME.yaml
 * beside the extending file or else in a pack folder, and files by a path below the
 * extending file's folder. Each file is read once, those it extends before it, and laid
 * over what stands already; so among all of them the later read wins.
 *
 * Here `version`, `extends` and `name` are dealt with, of every file by itself. The
 * rest of the language is the loader's.
 */
#ifndef EFFACE_RULESET_RULE_SOURCE_H
#define EFFACE_RULESET_RULE_SOURCE_H

#include <stddef.h>

#include "base/arena.h"
#include "base/checksum.h"
#include "base/diagnostics.h"
#include "base/span.h"
#include "base/status.h"
#include "ruleset/node.h"

enum { RULE_FILES_LIMIT = 64, EXTENDS_DEPTH_LIMIT = 8 };

/* A file as it was read, whether or not it made sense. */
struct rule_text {
    const char *path;
    struct span bytes; /* without a byte order mark */
};

struct rule_source {
    const struct node *root; /* a map; NULL: a file is missing, or can't be understood */
    struct span name;        /* of the rules file itself; empty: it has none */
    const char *paths[RULE_FILES_LIMIT]; /* in the order read, the rules file last */
    size_t path_count;
    unsigned char digest[CHECKSUM_SIZE];      /* of all texts in that order */
    struct rule_text texts[RULE_FILES_LIMIT]; /* to quote from in messages */
    size_t text_count;
};

/*
 * Everything is kept in the arena. A file that can't be found, isn't regular or is
 * writable by others than its owner is STATUS_RULES; where the system fails,
 * STATUS_SYSTEM. If STATUS_RULES leaves a root, the rest of the language is worth a look.
 */
MUST_USE enum status rule_source_load(const char *path, const char *const *pack_folders,
                                      struct arena *arena, struct rule_source *source,
                                      struct diagnostics *diagnostics);

/*
 * The position in `paths` of the file that a part of the tree, or a message, is from;
 * path_count if it is from none.
 */
size_t rule_source_rank(const struct rule_source *source, const char *path);

/* The text of a file that was read, or NULL. */
const struct rule_text *rule_source_text(const struct rule_source *source, const char *path);

/* Puts messages in the order of the texts; those about other files behind them, by path. */
void rule_source_sort(const struct rule_source *source, struct diagnostics *messages);

#endif
