/*
 * What may happen to each column of one file.
 *
 * Every column gets its roles here, once, from the rules and the file's header, so
 * that the apply pass only asks which of them hold in the record before it.
 */
#ifndef EFFACE_RUN_COLUMN_PLAN_H
#define EFFACE_RUN_COLUMN_PLAN_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/diagnostics.h"
#include "base/status.h"
#include "match/file_binding.h"
#include "report/run_report.h"
#include "run/technique_book.h"

#define NO_LINK SIZE_MAX

struct column_plan {
    struct span name;
    enum field_origin origin;
    const struct field_rule *field; /* NULL: not a personal field */
    const struct compiled_technique *technique;
    bool wants_known; /* the technique wants the known identifiers of a cell */
    const struct bound_condition *when;
    const struct value_set *mentions; /* NULL: the field mentions nobody */
    size_t about;                     /* index of the link it is about; NO_LINK: none */
    enum match_kind normal;           /* the form its values compare by */
    const size_t *links;              /* of the binding, that this column belongs to */
    size_t link_count;
    bool is_rekeyed_key;               /* the entity's key, which surrogates replace */
    const struct entity_rule *rekeyed; /* whose key it is, or links to; NULL: none that is replaced
                                        */
    bool is_marker;
    bool is_dropped;
    bool is_cleared;       /* undeclared, and cleared in every record */
    bool in_every_record;  /* something may happen to it in a record of nobody */
    bool in_owned_records; /* ... or only in one that belongs to a target or refers to one */
};

struct file_columns_plan {
    struct column_plan *columns; /* as many as the header has */
    size_t count;
    const size_t *active; /* the columns to which anything may happen, ascending */
    size_t active_count;
    const size_t *everywhere; /* of these, those with in_every_record */
    size_t everywhere_count;
    const size_t *counted; /* those of which filled cells are counted: all but what is kept */
    size_t counted_count;
    size_t first_kept; /* the first column that is not dropped */
    bool any_dropped;
    bool one_left; /* a single column is written: an empty cell must not become a blank line */
};

/* STATUS_INPUT for an undeclared column, a default field at a key, and the like: all are reported.
 */
MUST_USE enum status column_plan_make(const struct file_columns *columns,
                                      const struct file_binding *binding,
                                      const struct resolution *resolution,
                                      const struct technique_book *book, struct arena *arena,
                                      struct file_columns_plan *plan,
                                      struct diagnostics *diagnostics);

#endif
