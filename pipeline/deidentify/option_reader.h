/*
 * The options of a technique, read from the rules with every problem reported at its place.
 *
 *     static const char *const names[] = {"keep_first", "with", NULL};
 *     struct option_reader reader;
 *
 *     option_reader_init(&reader, names, NULL, options, setting);
 *     state->keep_first = option_size(&reader, "keep_first", 0, 100, 0);
 *     state->with = option_text(&reader, "with", SPAN("*"));
 *     return option_reader_status(&reader);
 *
 * A reading function gives the fallback where the option is not given, or is wrong, so that
 * the next problem is found too. Options are borrowed from the rules.
 */
#ifndef EFFACE_DEIDENTIFY_OPTION_READER_H
#define EFFACE_DEIDENTIFY_OPTION_READER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/decimal.h"
#include "base/span.h"
#include "base/status.h"
#include "deidentify/technique.h"
#include "ruleset/node.h"
#include "ruleset/node_reader.h"

struct option_reader {
    struct node_reader nodes;
    const struct node *options; /* NULL: none */
    const char *shorthand;      /* the option that a lone scalar stands for; NULL: none */
    struct place place;         /* of the technique's name */
    size_t errors_before;
};

/*
 * Checks that the options are a mapping whose keys are among `names`, which ends with NULL,
 * or a scalar, which is short for a mapping of `shorthand` to it (NULL: no scalar will do).
 * `options` may be NULL: none. Everything is borrowed for the life of the reader.
 */
void option_reader_init(struct option_reader *reader, const char *const *names,
                        const char *shorthand, const struct node *options,
                        const struct technique_setting *setting);

/* Reports an option that is not given, unless the options as a whole are no good. */
void option_require(struct option_reader *reader, const char *name);

/* The option as it stands in the rules; NULL where it is not given. */
const struct node *option_node(const struct option_reader *reader, const char *name);

/* Reports that an option, or, where it is not given, the technique, has a problem. */
void option_reject(struct option_reader *reader, const char *name, const char *problem);

/* Text that is not empty, NUL-terminated. */
struct span option_text(struct option_reader *reader, const char *name, struct span fallback);

/* A whole number from `least` to `most`. */
size_t option_size(struct option_reader *reader, const char *name, size_t least, size_t most,
                   size_t fallback);

bool option_flag(struct option_reader *reader, const char *name, bool fallback);

/* The position of the option among `words`, which ends with NULL; `what` says what they are. */
int option_word(struct option_reader *reader, const char *name, const char *what,
                const char *const *words, int fallback);

/* The option if it is a list; NULL where it is not given, or is wrong. */
const struct node *option_list(struct option_reader *reader, const char *name);

/*
 * A decimal number with at most 9 decimals, which is what an option, or an item of its list, is.
 * False, with a report, for anything else.
 */
enum { OPTION_DECIMALS_MAX = 9 };
bool option_decimal(struct option_reader *reader, const struct node *node, const char *name,
                    struct decimal_text *decimal);

/* STATUS_RULES if anything was reported. */
MUST_USE enum status option_reader_status(const struct option_reader *reader);

/* The `compile` of techniques that have no options: reports any that are given. */
MUST_USE enum status no_options_compile(const struct node *options,
                                        const struct technique_setting *setting,
                                        const void **state);

/* Their `describe`: "". */
const char *no_options_describe(const void *state, struct arena *arena);

#endif
