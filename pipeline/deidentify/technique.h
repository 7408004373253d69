/*
 * What a technique is: one file in this folder that exports one const struct, and
 * one line of technique_table.c.
 *
 * A technique is compiled once, from the options the rules give it, into a state
 * that is read-only from then on; treating a cell allocates nothing but the room in
 * `out`. Names of techniques and labels are those of ISO/IEC 20889.
 */
#ifndef EFFACE_DEIDENTIFY_TECHNIQUE_H
#define EFFACE_DEIDENTIFY_TECHNIQUE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "base/checksum.h"
#include "base/diagnostics.h"
#include "base/secret.h"
#include "base/span.h"
#include "base/status.h"
#include "ruleset/node.h"

enum technique_label {
    LABEL_REMOVED,
    LABEL_GENERALIZED,
    LABEL_RANDOMIZED,
    LABEL_PSEUDONYMIZED,
    LABEL_KEPT,
};

enum treatment {
    TREATMENT_UNCHANGED, /* the cell keeps its bytes */
    TREATMENT_REPLACED,  /* `out` holds the new value */
    TREATMENT_NULL,      /* the cell becomes the dialect's null */
    TREATMENT_UNTAKEN,   /* the value is nothing the technique can take: clear it, count it */
    TREATMENT_FAILED,    /* memory or libcrypto failed */
};

/* A part of a text: from the byte at `start` up to, not including, that at `end`. */
struct text_range {
    size_t start;
    size_t end;
};

/* What a cell comes with. Borrowed for the call. */
struct cell {
    struct span value;   /* decoded */
    struct span normal;  /* the value in the normal form the column compares by; else the value.
                            Empty: the form has nothing to compare, so the value counts */
    struct span subject; /* the digest of the contact whose data it is, for techniques that are
                            per_subject; empty: nobody's */
    const struct text_range *known; /* only for techniques that want them: where the targets' own
                                       emails, phones and names stand in the value, by their starts;
                                       they may overlap */
    size_t known_count;
    bool blank;    /* empty or null; only techniques that fill the empty see such a cell */
    bool keep_own; /* an earlier run treated these records: a value that has the shape of the
                      technique's own output stays */
};

/* What pseudonyms are made of. Values without a normal form must not all become one. */
static inline struct span cell_source(const struct cell *cell)
{
    return cell->normal.size > 0 ? cell->normal : cell->value;
}

struct technique;

/* What compiling may use; `arena` holds the state, and must live as long as it. */
struct technique_setting {
    struct arena *arena;
    struct diagnostics *diagnostics;
    struct place place; /* of the technique's name, where there is no better place */
};

struct technique {
    const char *name;           /* as in the rules */
    const char *const *options; /* their names, ending with NULL; NULL: it takes none */
    enum technique_label label;
    bool whole_column; /* acts on the column, not on cells: needs applies_to: all_records */
    bool fills_blank;  /* may be given blank cells */
    bool per_subject;  /* the same value becomes another one of another contact */

    /* Whether, with these options, it wants the known identifiers of a cell. NULL: never. */
    bool (*wants_known)(const void *state);

    /*
     * Reads the options (NULL: none), which must live as long as *state. All problems are
     * reported. STATUS_RULES or STATUS_SYSTEM.
     */
    enum status (*compile)(const struct node *options, const struct technique_setting *setting,
                           const void **state);

    /* `out` is empty. `tagger` belongs to the calling thread. */
    enum treatment (*treat)(const void *state, const struct cell *cell, struct tagger *tagger,
                            struct buffer *out);

    /*
     * The options in words for reports ("year", "keep the first 1"), good as long as the
     * rules and both arenas; "" where there are none. NULL where memory ran out.
     */
    const char *(*describe)(const void *state, struct arena *arena);

    /*
     * Chains a digest (checksum_chain) with what was read beside the rules. False where memory
     * ran out. NULL: nothing is read.
     */
    bool (*digest)(const void *state, unsigned char digest[CHECKSUM_SIZE]);
};

/* Every technique; ends with NULL. */
extern const struct technique *const technique_table[];

/* The names of a technique's options, ending with NULL; NULL where it isn't a technique's name. */
const char *const *technique_options(struct span name);

/* A technique as compiled for one field. */
struct compiled_technique {
    const struct technique *technique;
    const void *state;
};

/*
 * Finds the technique and compiles it. An unknown name is an error at its place that
 * suggests the nearest one or lists what there is.
 */
MUST_USE enum status technique_compile(struct span name, const struct node *options,
                                       const struct technique_setting *setting,
                                       struct compiled_technique *compiled);

/*
 * Treats a cell: the technique's own treat, and for every technique: a blank cell
 * stays unless it fills the blank, a value equal to the old one is unchanged, and a
 * new value that would start a spreadsheet formula (= + - @ TAB CR) where the old
 * one did not is untaken. `out` is cleared first.
 */
enum treatment technique_treat(const struct compiled_technique *compiled, const struct cell *cell,
                               struct tagger *tagger, struct buffer *out);

/* Whether the technique wants the known identifiers of a cell. */
bool technique_wants_known(const struct compiled_technique *compiled);

/* Chains a digest with all that the technique read beside the rules. False: memory ran out. */
MUST_USE bool technique_digest(const struct compiled_technique *compiled,
                               unsigned char digest[CHECKSUM_SIZE]);

/* "removed", "generalized", ... A throw-away key makes "pseudonymized" "anonymized". */
const char *technique_label_name(enum technique_label label, bool key_is_kept);

/*
 * The token that stands for a value under `domain`: 26 characters of lower-case
 * base32 (RFC 4648) of 128 bits of its tag. Appended to `out`.
 */
MUST_USE bool token_append(struct tagger *tagger, struct span domain, struct span value,
                           struct buffer *out);

#endif
