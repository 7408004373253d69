/*
 * From the merged tree of the rules to a rule set: what the loaders of its parts
 * share. Internal to this folder.
 *
 *     entities_load_names   all entities, nameable from now on
 *     (the subject)
 *     entities_load_heads   their keys and identifiers, which links and mentions need
 *     fields_load_defaults
 *     entities_load_bodies  their links, then their fields, and the rest
 *     selections_load, holds_load
 *     rules_check           what takes all of it together
 *
 * Every step goes on after a problem, so that one run reports all of them. What was
 * read of a faulty part is then of no use but to find more problems.
 */
#ifndef EFFACE_RULESET_RULE_LOADER_H
#define EFFACE_RULESET_RULE_LOADER_H

#include "ruleset/name_index.h"
#include "ruleset/node_reader.h"
#include "ruleset/rule_source.h"
#include "ruleset/ruleset.h"

struct rule_loader {
    struct node_reader reader; /* into the rule set's arena */
    struct ruleset *ruleset;
    const struct rule_source *source;
    const struct node *bodies; /* the map of entities; its pair i is entity i of the rule set */
    struct name_index entity_names;
    enum undeclared undeclared;           /* of entities that don't say */
    technique_option_names *option_names; /* NULL: techniques are unknown */
};

/* The entity of that name; NULL where none is, which is reported at the name's place. */
struct entity_rule *loader_entity(struct rule_loader *loader, struct name name);

/*
 * Splits "entity.column" at the first dot. Without one, the column's text is {NULL, 0}.
 */
void loader_split_name(struct name whole, struct name *entity, struct name *column);

/* Reports, at `place`, that something needs a key that the entity doesn't have. */
void loader_require_key(struct rule_loader *loader, const struct entity_rule *entity,
                        struct place place);

/*
 * Of a map merged from several files, the pairs of the file that was read last.
 * For maps that mean something only as a whole: a condition, a technique.
 */
struct node loader_latest(struct rule_loader *loader, const struct node *map);

void entities_load_names(struct rule_loader *loader, const struct node *bodies);
void entities_load_heads(struct rule_loader *loader);
void entities_load_bodies(struct rule_loader *loader);

/* The links of an entity: a list of maps. */
void links_load(struct rule_loader *loader, struct entity_rule *entity, const struct node *list);

/* The fields of an entity, whose links stand already: a map of column to field. */
void fields_load(struct rule_loader *loader, struct entity_rule *entity, const struct node *map);

/* The default personal fields. */
void fields_load_defaults(struct rule_loader *loader, const struct node *map);

/* A condition; NULL where it is faulty. */
const struct condition *condition_load(struct rule_loader *loader, const struct node *node);

/* What stands behind the name of a test, of whose column `tests` are all; its kind is set. */
void test_load(struct rule_loader *loader, const struct node *tests, const struct node *node,
               struct test *test);

/* The selections, a map of name to condition, and the holds, a map of name to hold. */
void selections_load(struct rule_loader *loader, const struct node *map);
void holds_load(struct rule_loader *loader, const struct node *map);

/* Sets every key_match and the match of mentions, and reports what doesn't go together. */
void rules_check(struct rule_loader *loader);

#endif
