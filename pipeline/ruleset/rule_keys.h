/*
 * The keys of the rules language, level by level: arrays that end with NULL.
 */
#ifndef EFFACE_RULESET_RULE_KEYS_H
#define EFFACE_RULESET_RULE_KEYS_H

#include "base/span.h"

extern const char *const top_keys[];
extern const char *const dialect_keys[];
extern const char *const entity_keys[];
extern const char *const marker_keys[];
extern const char *const link_keys[];
extern const char *const field_keys[];
extern const char *const default_keys[]; /* of a default personal field */
extern const char *const hold_keys[];
extern const char *const test_keys[]; /* in the order of enum test_kind; then `where` */

enum { KEY_PLACE_SIZE = 128 };

/*
 * "at the top level or in an entity": where a key belongs, written into `place`; "" where it is
 * known nowhere. Returns `place`.
 */
const char *rule_key_place(struct span key, char place[KEY_PLACE_SIZE]);

#endif
