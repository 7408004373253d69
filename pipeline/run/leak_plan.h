/*
 * What each column of a file means to the leak check: which identifiers of targets it
 * gives, and what is looked for in it.
 */
#ifndef EFFACE_RUN_LEAK_PLAN_H
#define EFFACE_RUN_LEAK_PLAN_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/status.h"
#include "match/file_binding.h"
#include "run/column_plan.h"

/* What a column holds, by its name, however that is spelt. */
enum column_topic {
    TOPIC_OTHER,
    TOPIC_PHONE, /* phone, mobile, tel or fax in its name, or compared as a phone */
    TOPIC_FIRST_NAME,
    TOPIC_LAST_NAME,
    TOPIC_FULL_NAME,
};

struct leak_column {
    enum column_topic topic;
    bool is_exempt;  /* kept on purpose: nothing is looked for */
    bool gives;      /* a target's cell here is cleared or replaced because it names the person */
    bool is_key;     /* the entity's own key, which surrogates replace */
    bool links_key;  /* links to such a key */
    bool is_unknown; /* undeclared and kept: may hold any key */
};

struct leak_plan {
    struct leak_column *columns; /* as many as the file has */
    const size_t *key_columns;   /* those with is_key, links_key or is_unknown, ascending */
    size_t key_column_count;
    size_t first_name; /* the columns that together make a full name; NO_COLUMN: none */
    size_t last_name;
    const struct value_set *keys; /* the entity's own; NULL: nothing refers to them */
    bool keys_are_claimed;        /* ... and whose each is, is what ownership tells first */
    const bool *personal_links;   /* of the binding: leads, in the end, to a contact */
    bool gives;                   /* records of the file can give identifiers */
    const bool *giving_links;     /* of the binding: a record that none of them leads to a target
                                     gives nothing; those with conditions, which may fail, as well */
};

/* Whether whom the link leads to counts for fields `about` that link, or, by NO_LINK, the record.
 */
bool leak_link_counts(const struct file_binding *binding, size_t link, size_t about);

enum column_topic column_topic_of(struct span name);

/* False where memory ran out. Everything lives in the arena. */
MUST_USE bool leak_plan_make(const struct file_binding *binding,
                             const struct file_columns_plan *columns, const struct ruleset *ruleset,
                             struct arena *arena, struct leak_plan *plan);

#endif
