/*
 * Rules files in a scratch folder, for the tests that load them.
 */
#ifndef EFFACE_UNIT_RULES_FIXTURE_H
#define EFFACE_UNIT_RULES_FIXTURE_H

#include "base/status.h"
#include "ruleset/ruleset.h"
#include "scratch_folder.h"

struct rules_fixture {
    struct scratch_folder scratch; /* entered; "packs" in it is the folder of packs */
    char messages[32768];          /* of the latest load, as printed */
};

void rules_fixture_enter(struct rules_fixture *fixture);
void rules_fixture_leave(struct rules_fixture *fixture);

/* Writes a file, or replaces it. */
void rules_fixture_write(const char *path, const char *text);

/* Loads a file. The caller ends the rule set with ruleset_release. */
enum status rules_fixture_load(struct rules_fixture *fixture, const char *path,
                               struct ruleset *ruleset);

/* Writes and loads rules.yaml, which must be valid. */
void rules_fixture_load_valid(struct rules_fixture *fixture, const char *text,
                              struct ruleset *ruleset);

/* Writes and loads rules.yaml, which must be refused with these messages. */
void rules_fixture_refuse(struct rules_fixture *fixture, const char *text, const char *messages);

/* The entity of that name, which must be there. */
const struct entity_rule *entity_named(const struct ruleset *ruleset, const char *name);

#endif
