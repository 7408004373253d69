/*
 * A rules file, read, merged with the packs it extends, and checked as far as it can
 * be without an export.
 *
 * Everything here lives in the rule set's arena and is read-only once loaded, so any
 * number of threads may use it. Every part keeps its place, so that a later check
 * can point back at the line. Names are NUL-terminated spans.
 */
#ifndef EFFACE_RULESET_RULESET_H
#define EFFACE_RULESET_RULESET_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/checksum.h"
#include "base/diagnostics.h"
#include "base/status.h"
#include "record/dialect.h"
#include "ruleset/condition.h"
#include "ruleset/name.h"
#include "ruleset/node.h"

struct rule_source;

enum scope { SCOPE_AUDIENCE, SCOPE_SITES, SCOPE_EVENTS, SCOPE_COMMUNITY, SCOPE_NONE };
enum undeclared { UNDECLARED_FAIL, UNDECLARED_CLEAR, UNDECLARED_KEEP };
enum unmatched { UNMATCHED_FAIL, UNMATCHED_COPY, UNMATCHED_IGNORE };
enum leak_policy { LEAK_FAIL, LEAK_WARN, LEAK_OFF };
enum match_kind { MATCH_EXACT, MATCH_CASEFOLD, MATCH_EMAIL, MATCH_PHONE, MATCH_UUID };
enum on_delete { ON_DELETE_DROP, ON_DELETE_UNLINK, ON_DELETE_RESTRICT };
enum field_class { CLASS_DIRECT, CLASS_QUASI, CLASS_SENSITIVE, CLASS_FREE_TEXT };

/* The names of a technique's options, ending with NULL; NULL where it isn't a technique's name. */
typedef const char *const *technique_option_names(struct span technique);

/* A technique as the rules name it; its options are read by the technique itself. */
struct technique_rule {
    struct name name;
    const struct node *options; /* NULL: none were given */
};

struct link_rule {
    struct place place;
    struct name_list columns;     /* one; several for a composite key */
    const struct entity_rule *to; /* the entity referred to */
    struct name_list to_columns;  /* its key, or the one column named; as many as columns */
    bool to_key;                  /* refers to the key */
    enum match_kind match;
    struct span separator; /* of a list-valued cell; empty: one value. Else one byte or more */
    bool follow;           /* false: rewritten, but claims nothing. Always false in the subject */
    const struct condition *when; /* NULL: always */
};

/* `entity.column` of `mentions`, compared by the match of the identifier or key it names. */
struct mention_rule {
    const struct entity_rule *entity; /* NULL: the field mentions nobody */
    struct name column;
    enum match_kind match;
};

struct field_rule {
    struct name column; /* of a default: the name it is declared by */
    enum field_class class;
    struct technique_rule technique;
    const struct link_rule *about; /* the first link of the columns named; NULL: any owner */
    struct mention_rule mentions;
    bool all_records;
    const struct condition *when; /* NULL: always */
};

struct identifier_rule {
    struct name column;
    enum match_kind match;
};

struct marker_rule {
    struct name column; /* empty: no marker */
    struct span value;
    bool run_date; /* the value is the run's date, YYYY-MM-DD in UTC */
};

struct entity_rule {
    struct name name;
    enum scope scope;
    struct name_list files; /* globs */
    bool optional;
    struct name_list key;      /* none; one; several: a composite key */
    enum match_kind key_match; /* what links to the key compare by, if not exactly; the form that
                                  surrogates are made of */
    bool rekey;
    struct identifier_rule *identifiers;
    size_t identifier_count;
    struct marker_rule marker;
    struct field_rule *fields; /* this entity's own; defaults are matched by column later */
    size_t field_count;
    struct name_list keep;
    struct link_rule *links;
    size_t link_count;
    enum on_delete on_delete;
    const struct link_rule *drop_when_empty; /* the list-valued link; NULL: none */
    enum undeclared undeclared;
};

/* Contacts by what their records say (--select). */
struct selection_rule {
    struct name name;
    const struct condition *where; /* of a record of the subject */
};

/* What keeps a target from being processed at all: a record that is its own. */
struct hold_rule {
    struct name name;
    const struct entity_rule *entity; /* whose records hold */
    const struct condition *where;    /* NULL: any of them */
};

struct ruleset {
    struct arena arena;
    const struct rule_source *source; /* the files it was read from */
    const char *path;                 /* of the rules file */
    struct span name;                 /* its `name`, or empty */
    struct dialect dialect;
    enum unmatched unmatched;
    enum leak_policy leak_check;
    struct field_rule *defaults; /* the default personal fields */
    size_t default_count;
    struct entity_rule *entities; /* in the order of the file, a pack's first */
    size_t entity_count;
    const struct entity_rule *subject;
    struct selection_rule *selections; /* in the order of the file, a pack's first */
    size_t selection_count;
    struct hold_rule *holds; /* likewise */
    size_t hold_count;
    struct pattern **patterns; /* of all conditions; owned */
    size_t pattern_count;
    size_t pattern_room;
    unsigned char digest[CHECKSUM_SIZE]; /* of all texts read: the packs' first, then the
                                            file's, then those of in_file */
};

/*
 * Reads and checks `path`. All problems are reported, not only the first, in the order
 * of the text. On failure (STATUS_RULES, also where there is no such file, or
 * STATUS_SYSTEM) the rule set is empty. Caller ends it with ruleset_release.
 * `pack_folders` are searched, after the extending file's own folder, for the packs
 * that `extends` names; it ends with NULL.
 */
MUST_USE enum status ruleset_load(const char *path, const char *const *pack_folders,
                                  struct ruleset *ruleset, struct diagnostics *diagnostics);

/*
 * The same, but a faulty rule set is left as it is, to look for more problems in it and to
 * quote its source: names may be {NULL, 0}, entities, fields and links may lack any part. With
 * STATUS_SYSTEM, even the source may be NULL. `option_names` tells a misplaced option from an
 * unknown key (NULL: nobody can).
 */
MUST_USE enum status ruleset_examine(const char *path, const char *const *pack_folders,
                                     technique_option_names *option_names, struct ruleset *ruleset,
                                     struct diagnostics *diagnostics);

void ruleset_release(struct ruleset *ruleset);

/* Frees the pattern with the rule set. False, and it is freed now, where memory ran out. */
MUST_USE bool ruleset_own_pattern(struct ruleset *ruleset, struct pattern *pattern);

/* The selection of that name, or NULL. */
const struct selection_rule *ruleset_selection(const struct ruleset *ruleset, struct span name);

/* Whether a condition, wherever it stands, asks the records of `entity` for the column. */
bool ruleset_asks(const struct ruleset *ruleset, const struct entity_rule *entity,
                  struct span column);

/*
 * The index in ruleset->defaults of the default personal field that a column's name
 * matches (ignoring case, blanks, '_' and '-'), or -1.
 */
int ruleset_default_for(const struct ruleset *ruleset, struct span column);

/* The field of `entity` declared for exactly this column, or NULL. */
const struct field_rule *entity_field(const struct entity_rule *entity, struct span column);

/* Words of the rules language for the enumerations; SCOPE_NONE has none and gives "". */
const char *scope_name(enum scope scope);
const char *match_kind_name(enum match_kind match);
const char *field_class_name(enum field_class class);

#endif
