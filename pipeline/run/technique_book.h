/*
 * Every technique that the rules name, compiled once.
 */
#ifndef EFFACE_RUN_TECHNIQUE_BOOK_H
#define EFFACE_RUN_TECHNIQUE_BOOK_H

#include "base/arena.h"
#include "base/diagnostics.h"
#include "base/status.h"
#include "deidentify/technique.h"
#include "ruleset/ruleset.h"

struct technique_book {
    const struct ruleset *ruleset;
    struct compiled_technique *defaults;  /* beside ruleset->defaults */
    struct compiled_technique **entities; /* of each entity, beside its fields */
};

/* All problems are reported. STATUS_RULES or STATUS_SYSTEM. Everything lives in the arena. */
MUST_USE enum status technique_book_compile(const struct ruleset *ruleset, struct arena *arena,
                                            struct technique_book *book,
                                            struct diagnostics *diagnostics);

/*
 * Loads a rules file and compiles its techniques, so that one look reports the problems of
 * both, in the order of the text. `ruleset` and what it leaves behind: as ruleset_examine.
 */
MUST_USE enum status technique_book_load(const char *path, const char *const *pack_folders,
                                         struct arena *arena, struct ruleset *ruleset,
                                         struct technique_book *book,
                                         struct diagnostics *diagnostics);

/* The technique of a field of `entity`, or of a default field. */
const struct compiled_technique *technique_book_find(const struct technique_book *book,
                                                     const struct entity_rule *entity,
                                                     const struct field_rule *field);

#endif
