/*
 * "did you mean" for columns: what the rules call it against what the header says.
 */
#ifndef EFFACE_RUN_COLUMN_HINT_H
#define EFFACE_RUN_COLUMN_HINT_H

#include <stdbool.h>

#include "match/bound_condition.h"
#include "ruleset/ruleset.h"
#include "ruleset/spelling.h"

/* The header's column nearest to one that the rules name. Returns `hint`, maybe empty. */
const char *column_hint_present(const struct file_columns *columns, struct span missing,
                                char hint[SPELLING_HINT_SIZE]);

/*
 * The column that the rules of the entity name, and the header lacks, nearest to one of the
 * header that they don't. Returns `hint`, maybe empty.
 */
const char *column_hint_declared(const struct file_columns *columns,
                                 const struct entity_rule *entity, const struct ruleset *ruleset,
                                 struct span undeclared, char hint[SPELLING_HINT_SIZE]);

/*
 * Whether no column of the header is one that the rules of the entity name, nor near to one. It may
 * be no header then, but somebody's data.
 */
bool column_hint_knows_none(const struct file_columns *columns, const struct entity_rule *entity,
                            const struct ruleset *ruleset);

#endif
