#include "ruleset/rule_keys.h"

#include <stdbool.h>
#include <stdio.h>

#include "ruleset/condition.h"

const char *const top_keys[] = {
    "version",
    "name",
    "extends",
    "subject",
    "defaults",
    "dialect",
    "undeclared_columns",
    "unmatched_files",
    "leak_check",
    "entities",
    "selections",
    "holds",
    NULL,
};

const char *const dialect_keys[] = {"delimiter", "quoting", "null", NULL};

const char *const entity_keys[] = {
    "scope",  "files", "optional", "key",       "rekey",           "identifiers",        "marker",
    "fields", "keep",  "links",    "on_delete", "drop_when_empty", "undeclared_columns", NULL,
};

const char *const marker_keys[] = {"column", "value", NULL};

const char *const link_keys[] = {"column", "to", "match", "separator", "follow", "when", NULL};

const char *const field_keys[] = {"technique", "class",      "when", "about",
                                  "mentions",  "applies_to", NULL};

const char *const default_keys[] = {"technique", "class", "when", "mentions", "applies_to", NULL};

/* Of these, by where they belong. A default is of no entity, so it has no links to be about. */
static const char *const technique_key[] = {"technique", NULL};
static const char *const detail_keys[] = {"class", "when", "mentions", "applies_to", NULL};
static const char *const about_key[] = {"about", NULL};

const char *const hold_keys[] = {"entity", "where", NULL};

const char *const test_keys[] = {
    [TEST_EQUALS] = "equals",
    [TEST_NOT] = "not",
    [TEST_IN] = "in",
    [TEST_IN_FILE] = "in_file",
    [TEST_EMPTY] = "empty",
    [TEST_BEFORE] = "before",
    [TEST_AFTER] = "after",
    [TEST_LESS] = "less",
    [TEST_GREATER] = "greater",
    [TEST_MATCHES] = "matches",
    [TEST_IN_ENTITY] = "in_entity",
    "where",
    NULL,
};

static const struct level {
    const char *const *keys;
    const char *place;
} levels[] = {
    {top_keys, "at the top level"},
    {dialect_keys, "in 'dialect'"},
    {entity_keys, "in an entity"},
    {marker_keys, "in 'marker'"},
    {link_keys, "in a link"},
    {technique_key, "in a field"},
    {detail_keys, "in a field, beside 'technique'"},
    {about_key, "in a field of an entity, beside 'technique'"},
    {hold_keys, "in a hold"},
    {test_keys, "in the test of a column"},
};

static bool is_key(struct span key, const char *const *keys)
{
    while (*keys != NULL && !span_equal(key, span_of(*keys)))
        keys++;
    return *keys != NULL;
}

const char *rule_key_place(struct span key, char place[KEY_PLACE_SIZE])
{
    size_t size = 0;

    place[0] = '\0';
    for (size_t i = 0; i < sizeof levels / sizeof *levels && size < KEY_PLACE_SIZE; i++)
        if (is_key(key, levels[i].keys))
            size += (size_t)snprintf(place + size, KEY_PLACE_SIZE - size, "%s%s",
                                     size == 0 ? "" : " or ", levels[i].place);
    return place;
}
