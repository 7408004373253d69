/*
 * A condition of the rules (`when`, `where`): a list of alternatives, each a list of
 * tests of one column that must all hold.
 *
 * Here only what was written, checked; match/ binds it to a file's columns.
 */
#ifndef EFFACE_RULESET_CONDITION_H
#define EFFACE_RULESET_CONDITION_H

#include <stdbool.h>
#include <stddef.h>

#include "base/diagnostics.h"
#include "base/span.h"

struct entity_rule;

enum test_kind {
    TEST_EQUALS,    /* the value is text[0] */
    TEST_NOT,       /* the value is not text[0] */
    TEST_IN,        /* the value is one of text[] */
    TEST_EMPTY,     /* the cell is empty or null: equals `wanted` */
    TEST_IN_ENTITY, /* the value is the key of a record of `entity` of which `where` holds */
};

struct test {
    enum test_kind kind;
    struct place place;
    struct span column;
    struct span *text;
    size_t text_count;
    bool wanted;
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

#endif
