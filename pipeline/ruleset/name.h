/*
 * Names as the rules write them, each with its place. NUL-terminated behind its end.
 */
#ifndef EFFACE_RULESET_NAME_H
#define EFFACE_RULESET_NAME_H

#include <stdbool.h>
#include <stddef.h>

#include "base/diagnostics.h"
#include "base/span.h"

/* The most columns a key may have, and so a link to it. */
enum { KEY_COLUMNS_LIMIT = 16 };

struct name {
    struct span text;
    struct place place;
};

struct name_list {
    struct name *items;
    size_t count;
};

static inline bool name_list_has(const struct name_list *list, struct span text)
{
    for (size_t i = 0; i < list->count; i++)
        if (span_equal(list->items[i].text, text))
            return true;
    return false;
}

/* Whether both hold the same names in the same order. */
static inline bool name_list_equal(const struct name_list *a, const struct name_list *b)
{
    if (a->count != b->count)
        return false;
    for (size_t i = 0; i < a->count; i++)
        if (!span_equal(a->items[i].text, b->items[i].text))
            return false;
    return true;
}

#endif
