/*
 * A rule set from its text, the files of an export from theirs, and a resolution of the one
 * over the others, for the tests of what comes behind rules and readers.
 *
 *     match_fixture_open(&fixture, rules);
 *     match_file_open(&fixture, &contacts, "contacts", SPAN("Id,Name\nc1,Ann\n"));
 *     match_fixture_target(&fixture, "c1", MODE_ANONYMIZE);
 *     match_fixture_resolve(&fixture, (struct match_file *[]){&contacts, NULL});
 *     match_file_close(&contacts);
 *     match_fixture_close(&fixture);
 */
#ifndef EFFACE_UNIT_MATCH_FIXTURE_H
#define EFFACE_UNIT_MATCH_FIXTURE_H

#include "base/secret.h"
#include "csv_text.h"
#include "match/findings.h"
#include "rules_fixture.h"

struct match_fixture {
    struct rules_fixture rules; /* entered */
    struct ruleset ruleset;
    struct resolution resolution; /* under a key that is always the same */
    struct arena arena;
    struct diagnostics diagnostics;
    struct secret *secret; /* the bytes 0 to 31 */
    struct finder finder;
    struct findings findings;
};

/* A file of an entity, bound. */
struct match_file {
    struct csv_text csv;
    struct file_binding binding;
};

/* The rules must be valid. */
void match_fixture_open(struct match_fixture *fixture, const char *rules);
void match_fixture_close(struct match_fixture *fixture);

/* The text must have what the rules need. */
void match_file_open(struct match_fixture *fixture, struct match_file *file, const char *entity,
                     struct span text);
void match_file_close(struct match_file *file);

/* Names a target as --contact does. */
void match_fixture_target(struct match_fixture *fixture, const char *value, enum mode mode);

/* Collects from a batch of the file into fixture->findings, which are cleared before. */
void match_fixture_collect(struct match_fixture *fixture, enum search search,
                           const struct match_file *file, const struct batch *batch);

/* Collects from the whole file and merges. */
void match_fixture_search(struct match_fixture *fixture, enum search search,
                          const struct match_file *file);

/*
 * Everything that resolution is, over files that end with NULL; conditions on other entities
 * may ask one level deep.
 */
void match_fixture_resolve(struct match_fixture *fixture, struct match_file *const *files);

/* The fixture's view, pointed at a record of the file. */
struct record_view *match_fixture_view(struct match_fixture *fixture, const struct match_file *file,
                                       size_t record);

/* The set of one column by the way it compares, which must be there. */
struct value_set *match_fixture_set(struct match_fixture *fixture, const char *entity,
                                    const char *column, enum match_kind match);

/* The slot that a value has in a set; KEY_MAP_NONE: it is not in it. */
size_t match_fixture_slot(struct match_fixture *fixture, const struct value_set *set,
                          const char *value);

/* Puts a value into a set, and lets it through the filter, as merging does. */
void match_fixture_put(struct match_fixture *fixture, struct value_set *set, const char *value,
                       uint32_t owner, uint8_t flags);

/* Whether both found the same targets, and the same owners and flags of the same values. */
bool same_resolution(const struct resolution *a, const struct resolution *b);

#endif
