#include "ruleset/rule_words.h"

#include "ruleset/ruleset.h"

const char *const scope_words[] = {
    [SCOPE_AUDIENCE] = "audience",   [SCOPE_SITES] = "sites", [SCOPE_EVENTS] = "events",
    [SCOPE_COMMUNITY] = "community", [SCOPE_NONE] = NULL,
};

const char *const undeclared_words[] = {
    [UNDECLARED_FAIL] = "fail",
    [UNDECLARED_CLEAR] = "clear",
    [UNDECLARED_KEEP] = "keep",
    NULL,
};

const char *const unmatched_words[] = {
    [UNMATCHED_FAIL] = "fail",
    [UNMATCHED_COPY] = "copy",
    [UNMATCHED_IGNORE] = "ignore",
    NULL,
};

const char *const leak_policy_words[] = {
    [LEAK_FAIL] = "fail",
    [LEAK_WARN] = "warn",
    [LEAK_OFF] = "off",
    NULL,
};

const char *const match_kind_words[] = {
    [MATCH_EXACT] = "exact", [MATCH_CASEFOLD] = "casefold", [MATCH_EMAIL] = "email",
    [MATCH_PHONE] = "phone", [MATCH_UUID] = "uuid",         NULL,
};

const char *const on_delete_words[] = {
    [ON_DELETE_DROP] = "drop",
    [ON_DELETE_UNLINK] = "unlink",
    [ON_DELETE_RESTRICT] = "restrict",
    NULL,
};

const char *const field_class_words[] = {
    [CLASS_DIRECT] = "direct",
    [CLASS_QUASI] = "quasi",
    [CLASS_SENSITIVE] = "sensitive",
    [CLASS_FREE_TEXT] = "free_text",
    NULL,
};

const char *const quoting_words[] = {
    [QUOTING_STRICT] = "strict",
    [QUOTING_LENIENT] = "lenient",
    NULL,
};

const char *scope_name(enum scope scope)
{
    return scope == SCOPE_NONE ? "" : scope_words[scope];
}

const char *match_kind_name(enum match_kind match)
{
    return match_kind_words[match];
}

const char *field_class_name(enum field_class class)
{
    return field_class_words[class];
}
