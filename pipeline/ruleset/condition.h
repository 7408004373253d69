/*
 * A condition of the rules (`when`, `where`, a selection): a list of alternatives, each a
 * list of tests of one column that must all hold.
 *
 * Here only what was written, checked; match/ binds it to a file's columns.
 */
#ifndef EFFACE_RULESET_CONDITION_H
#define EFFACE_RULESET_CONDITION_H

#include <stdbool.h>
#include <stddef.h>

#include "base/decimal.h"
#include "base/diagnostics.h"
#include "base/moment.h"
#include "base/span.h"
#include "ruleset/name_index.h"

struct entity_rule;
struct pattern;

/* In the order in which the tests of a column are made: the quick ones first. */
enum test_kind {
    TEST_EQUALS,    /* the value is `text` */
    TEST_NOT,       /* the value is not `text` */
    TEST_IN,        /* the value is one of `values`, which the rules list */
    TEST_IN_FILE,   /* ... which a file lists */
    TEST_EMPTY,     /* the cell is empty or null: equals `wanted` */
    TEST_BEFORE,    /* the value is a date before `moment` */
    TEST_AFTER,     /* ... after it */
    TEST_LESS,      /* the value is a number less than `number` */
    TEST_GREATER,   /* ... greater than it */
    TEST_MATCHES,   /* `pattern` is found in the value */
    TEST_IN_ENTITY, /* the value is the key of a record of `entity` of which `where` holds */
};

enum { TEST_KIND_COUNT = TEST_IN_ENTITY + 1 };

struct test {
    enum test_kind kind;
    struct place place; /* of what stands behind the test's name */
    struct span column;
    struct span text;
    struct name_index values;
    bool wanted;
    struct moment moment;
    struct decimal_text number;
    const struct pattern *pattern;
    const struct entity_rule *entity;
    const struct condition *where; /* NULL: any record */
};

struct alternative {
    struct test *tests; /* all must hold */
    size_t count;
};

struct condition {
    struct alternative *alternatives; /* any must hold */
    size_t count;
};

/*
 * Whether a condition that is asked of records of `asked` reads a column of `entity`: as one
 * of its own, or by an `in_entity` inside it. NULL reads nothing.
 */
bool condition_reads(const struct condition *condition, const struct entity_rule *asked,
                     const struct entity_rule *entity, struct span column);

#endif
