/*
 * A condition of the rules, bound to the columns of one file.
 */
#ifndef EFFACE_MATCH_BOUND_CONDITION_H
#define EFFACE_MATCH_BOUND_CONDITION_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/diagnostics.h"
#include "base/status.h"
#include "match/record_view.h"
#include "match/resolution.h"
#include "ruleset/condition.h"
#include "ruleset/name.h"

struct bound_condition; /* opaque; in the arena it was bound in; read-only */

/* A column that the rules name and that a header doesn't have exactly once. */
struct column_fault {
    struct name name; /* as the rules write it, and where */
    bool repeated;    /* the header has it several times; else not at all */
    struct column_fault *next;
};

/* The faults of one file, each name once, in the order found. */
struct column_faults {
    struct column_fault *first;
    struct arena *arena; /* holds them */
    bool no_memory;      /* latched: not all of them stand here */
};

/* The columns of one file, as its header names them. */
struct file_columns {
    const char *path; /* for messages */
    const struct span *names;
    size_t count;
    struct column_faults *faults; /* what is missed is added here, to be reported by the caller */
};

/* The index of the column of this name. SIZE_MAX, and a fault, where there are none or several. */
size_t file_column(const struct file_columns *columns, struct name name);

/*
 * Binds `condition`; NULL is the condition that always holds, and is bound to NULL.
 * STATUS_INPUT where columns are missing.
 */
MUST_USE enum status condition_bind(const struct condition *condition,
                                    const struct file_columns *columns,
                                    const struct resolution *resolution, struct arena *arena,
                                    const struct bound_condition **bound,
                                    struct diagnostics *diagnostics);

enum truth { TRUTH_NO, TRUTH_YES, TRUTH_FAILED };

/*
 * Whether it holds of the view's record. An empty or null cell has the empty value.
 * TRUTH_FAILED where memory ran out, or a pattern met its limits.
 */
enum truth condition_holds(const struct bound_condition *bound, struct record_view *view);

/* Whether that can be for another reason than memory: whether it has patterns. */
bool condition_may_fail(const struct bound_condition *bound);

/*
 * Why work on the view's record failed, where no status says it: STATUS_INPUT, with the
 * field, for a pattern that met its limits there, else STATUS_SYSTEM for memory. `path` is
 * the file's, for messages.
 */
enum status condition_report_failure(const struct record_view *view, const char *path,
                                     struct diagnostics *diagnostics);

#endif
