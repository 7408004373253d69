/*
 * The words of the rules language for its enumerations: arrays in the order of the
 * enumeration, that end with NULL.
 */
#ifndef EFFACE_RULESET_RULE_WORDS_H
#define EFFACE_RULESET_RULE_WORDS_H

extern const char *const scope_words[]; /* all but SCOPE_NONE */
extern const char *const undeclared_words[];
extern const char *const unmatched_words[];
extern const char *const leak_policy_words[];
extern const char *const match_kind_words[];
extern const char *const on_delete_words[];
extern const char *const field_class_words[];
extern const char *const quoting_words[];

#endif
