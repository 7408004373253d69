/*
 * How the columns of one file relate to the rules of its entity: links, keys, the
 * marker, and the values it hands on.
 */
#ifndef EFFACE_MATCH_FILE_BINDING_H
#define EFFACE_MATCH_FILE_BINDING_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/diagnostics.h"
#include "base/status.h"
#include "match/bound_condition.h"
#include "match/resolution.h"

#define NO_COLUMN SIZE_MAX

struct bound_link {
    const struct link_rule *rule;
    const size_t *columns; /* as many as rule->columns */
    struct value_set *set;
    const struct bound_condition *when;
    size_t
        first; /* the first link of the same columns: several are the arms of a polymorphic one */
};

/* A set that the file's records add their values to. */
struct bound_set {
    struct value_set *set;
    const size_t *columns; /* as many as set->columns */
};

/* A set of keys that the file's records add to where a condition holds of them. */
struct bound_where {
    struct condition_set *set;
    const struct bound_condition *where;
    size_t key_column;
};

/* A hold on those whose the file's records are. */
struct bound_hold {
    const struct hold_rule *hold;
    const struct bound_condition *where;
};

struct file_binding {
    const struct entity_rule *entity;
    struct bound_link *links; /* beside entity->links */
    size_t link_count;
    struct bound_set *sets;
    size_t set_count;
    struct bound_where *wheres;
    size_t where_count;
    struct bound_hold *holds; /* in the order of the rules */
    size_t hold_count;
    const struct bound_condition *of_whom; /* of the subject: who is a target, of everybody */
    const size_t *key_columns;             /* as many as entity->key */
    size_t *identifier_columns;            /* beside entity->identifiers */
    size_t marker_column;                  /* NO_COLUMN: none */
};

/*
 * STATUS_INPUT where the file lacks a column that is needed: all of them are added to the
 * faults of `columns`, and the binding has NO_COLUMN in their place.
 */
MUST_USE enum status file_binding_make(const struct file_columns *columns,
                                       const struct entity_rule *entity,
                                       const struct resolution *resolution, struct arena *arena,
                                       struct file_binding *binding,
                                       struct diagnostics *diagnostics);

/* Whether the view's record has its marker set. */
bool record_is_marked(const struct file_binding *binding, const struct record_view *view);

#endif
