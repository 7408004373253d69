#include "ruleset/ruleset.h"

#include <stdlib.h>

#include "base/array.h"
#include "ruleset/pattern.h"
#include "ruleset/rule_keys.h"
#include "ruleset/rule_loader.h"
#include "ruleset/rule_words.h"

static char load_delimiter(struct node_reader *reader, const struct node *map)
{
    const struct node *node = node_part(reader, map, "delimiter", NODE_SCALAR);

    if (node == NULL || node_is(node, "auto"))
        return DELIMITER_AUTO;
    if (node_is(node, "tab"))
        return '\t';
    if (node->text.size == 1 && strchr(",;\t|", node->text.at[0]) != NULL)
        return node->text.at[0];
    node_reader_error(reader, node->place, "unknown delimiter '%.*s' (expected auto , ; tab or |)",
                      SHOWN(node->text));
    return DELIMITER_AUTO;
}

/* Bytes that can't stand in an unquoted cell can't be a null. */
static bool is_unquotable(struct span text, char delimiter)
{
    for (size_t i = 0; i < text.size; i++)
        if (strchr("\"\r\n", text.at[i]) != NULL ||
            (delimiter != DELIMITER_AUTO && text.at[i] == delimiter))
            return false;
    return true;
}

static void load_dialect(struct rule_loader *loader, const struct node *root)
{
    struct node_reader *reader = &loader->reader;
    struct dialect *dialect = &loader->ruleset->dialect;
    const struct node *map = node_part(reader, root, "dialect", NODE_MAP);

    *dialect = (struct dialect){DELIMITER_AUTO, QUOTING_STRICT, SPAN("")};
    if (map == NULL)
        return;
    node_check_keys(reader, map, dialect_keys);
    dialect->delimiter = load_delimiter(reader, map);
    dialect->quoting =
        (enum quoting)node_choice(reader, map, "quoting", quoting_words, QUOTING_STRICT);
    const struct node *null = node_part(reader, map, "null", NODE_SCALAR);
    if (null == NULL)
        return;
    dialect->null = null->text;
    if (!is_unquotable(null->text, dialect->delimiter))
        node_reader_error(reader, null->place,
                          "a null must not hold quotes, line ends or the delimiter");
}

static void load_subject(struct rule_loader *loader, const struct node *node)
{
    if (node_expect(&loader->reader, node, NODE_SCALAR))
        loader->ruleset->subject = loader_entity(loader, node_name(&loader->reader, node));
}

static void load_entities(struct rule_loader *loader, const struct node *root)
{
    struct node_reader *reader = &loader->reader;
    const struct node *subject = node_require(reader, root, "subject");
    const struct node *defaults = node_part(reader, root, "defaults", NODE_MAP);
    const struct node *bodies = node_require(reader, root, "entities");
    const struct node *selections = node_part(reader, root, "selections", NODE_MAP);
    const struct node *holds = node_part(reader, root, "holds", NODE_MAP);

    if (bodies == NULL || !node_expect(reader, bodies, NODE_MAP))
        return;
    entities_load_names(loader, bodies);
    if (subject != NULL)
        load_subject(loader, subject);
    entities_load_heads(loader);
    if (loader->ruleset->subject != NULL)
        loader_require_key(loader, loader->ruleset->subject, subject->place);
    if (defaults != NULL)
        fields_load_defaults(loader, defaults);
    entities_load_bodies(loader);
    if (selections != NULL)
        selections_load(loader, selections);
    if (holds != NULL)
        holds_load(loader, holds);
    rules_check(loader);
}

static void load_root(struct rule_loader *loader, const struct node *root)
{
    struct node_reader *reader = &loader->reader;
    struct ruleset *ruleset = loader->ruleset;

    node_check_keys(reader, root, top_keys);
    load_dialect(loader, root);
    ruleset->unmatched = (enum unmatched)node_choice(reader, root, "unmatched_files",
                                                     unmatched_words, UNMATCHED_FAIL);
    ruleset->leak_check =
        (enum leak_policy)node_choice(reader, root, "leak_check", leak_policy_words, LEAK_FAIL);
    loader->undeclared = (enum undeclared)node_choice(reader, root, "undeclared_columns",
                                                      undeclared_words, UNDECLARED_FAIL);
    load_entities(loader, root);
}

/* The parts are not checked in the order of the text, but reported in it. */
static enum status load_tree(struct ruleset *ruleset, technique_option_names *option_names,
                             struct diagnostics *diagnostics)
{
    struct diagnostics messages = DIAGNOSTICS_INIT;
    struct rule_loader loader = {.reader = {&ruleset->arena, &messages, false},
                                 .ruleset = ruleset,
                                 .source = ruleset->source,
                                 .option_names = option_names};

    load_root(&loader, ruleset->source->root);
    if (loader.reader.no_memory) {
        /* what was found wrong may only have been left out */
        diagnostics_release(&messages);
        return diagnostics_no_memory(diagnostics);
    }
    const bool valid = messages.errors == 0;
    diagnostics_move(diagnostics, &messages);
    return valid ? STATUS_OK : STATUS_RULES;
}

/* What the files say, as far as they can be read. */
static enum status load_source(const char *path, const char *const *pack_folders,
                               technique_option_names *option_names, struct ruleset *ruleset,
                               struct diagnostics *diagnostics)
{
    struct rule_source *source = arena_alloc(&ruleset->arena, sizeof *source);

    if (source == NULL)
        return diagnostics_no_memory(diagnostics);
    ruleset->source = source;
    const enum status status =
        rule_source_load(path, pack_folders, &ruleset->arena, source, diagnostics);
    if (status == STATUS_SYSTEM || source->root == NULL)
        return status;
    ruleset->path = source->paths[source->path_count - 1];
    ruleset->name = source->name;
    memcpy(ruleset->digest, source->digest, sizeof ruleset->digest);
    const enum status loaded = load_tree(ruleset, option_names, diagnostics);
    return loaded != STATUS_OK ? loaded : status;
}

enum status ruleset_examine(const char *path, const char *const *pack_folders,
                            technique_option_names *option_names, struct ruleset *ruleset,
                            struct diagnostics *diagnostics)
{
    struct diagnostics messages = DIAGNOSTICS_INIT;

    *ruleset = (struct ruleset){.arena = ARENA_INIT};
    const enum status status = load_source(path, pack_folders, option_names, ruleset, &messages);
    if (ruleset->source != NULL)
        rule_source_sort(ruleset->source, &messages);
    diagnostics_move(diagnostics, &messages);
    return status;
}

enum status ruleset_load(const char *path, const char *const *pack_folders, struct ruleset *ruleset,
                         struct diagnostics *diagnostics)
{
    const enum status status = ruleset_examine(path, pack_folders, NULL, ruleset, diagnostics);

    if (status != STATUS_OK)
        ruleset_release(ruleset);
    return status;
}

void ruleset_release(struct ruleset *ruleset)
{
    for (size_t i = 0; i < ruleset->pattern_count; i++)
        pattern_free(ruleset->patterns[i]);
    free(ruleset->patterns);
    arena_release(&ruleset->arena);
    *ruleset = (struct ruleset){.arena = ARENA_INIT};
}

bool ruleset_own_pattern(struct ruleset *ruleset, struct pattern *pattern)
{
    struct pattern **patterns = array_room(ruleset->patterns, ruleset->pattern_count + 1,
                                           &ruleset->pattern_room, sizeof *patterns);

    if (patterns == NULL) {
        pattern_free(pattern);
        return false;
    }
    ruleset->patterns = patterns;
    patterns[ruleset->pattern_count++] = pattern;
    return true;
}

static bool is_ignored(char byte)
{
    return byte == ' ' || byte == '\t' || byte == '_' || byte == '-';
}

/* The next byte that counts, in lower case, or -1 at the end. */
static int next_folded(struct span name, size_t *at)
{
    while (*at < name.size && is_ignored(name.at[*at]))
        (*at)++;
    if (*at == name.size)
        return -1;
    const unsigned char byte = (unsigned char)name.at[(*at)++];
    return byte >= 'A' && byte <= 'Z' ? byte - 'A' + 'a' : byte;
}

static bool names_alike(struct span a, struct span b)
{
    size_t at_a = 0;
    size_t at_b = 0;
    int byte;

    do {
        byte = next_folded(a, &at_a);
        if (byte != next_folded(b, &at_b))
            return false;
    } while (byte >= 0);
    return true;
}

int ruleset_default_for(const struct ruleset *ruleset, struct span column)
{
    for (size_t i = 0; i < ruleset->default_count; i++)
        if (names_alike(ruleset->defaults[i].column.text, column))
            return (int)i;
    return -1;
}

const struct field_rule *entity_field(const struct entity_rule *entity, struct span column)
{
    for (size_t i = 0; i < entity->field_count; i++)
        if (span_equal(entity->fields[i].column.text, column))
            return &entity->fields[i];
    return NULL;
}

const struct selection_rule *ruleset_selection(const struct ruleset *ruleset, struct span name)
{
    for (size_t i = 0; i < ruleset->selection_count; i++)
        if (span_equal(ruleset->selections[i].name.text, name))
            return &ruleset->selections[i];
    return NULL;
}

/* Whether the conditions on records of `asked` ask those of `entity` for the column. */
static bool entity_asks(const struct entity_rule *asked, const struct entity_rule *entity,
                        struct span column)
{
    for (size_t i = 0; i < asked->link_count; i++)
        if (condition_reads(asked->links[i].when, asked, entity, column))
            return true;
    for (size_t i = 0; i < asked->field_count; i++)
        if (condition_reads(asked->fields[i].when, asked, entity, column))
            return true;
    return false;
}

bool ruleset_asks(const struct ruleset *ruleset, const struct entity_rule *entity,
                  struct span column)
{
    for (size_t i = 0; i < ruleset->entity_count; i++)
        if (entity_asks(&ruleset->entities[i], entity, column))
            return true;
    for (size_t i = 0; i < ruleset->default_count; i++)
        if (condition_reads(ruleset->defaults[i].when, entity, entity, column))
            return true;
    for (size_t i = 0; i < ruleset->selection_count; i++)
        if (condition_reads(ruleset->selections[i].where, ruleset->subject, entity, column))
            return true;
    for (size_t i = 0; i < ruleset->hold_count; i++)
        if (condition_reads(ruleset->holds[i].where, ruleset->holds[i].entity, entity, column))
            return true;
    return false;
}
