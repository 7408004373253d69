#include "run/technique_book.h"

#include "ruleset/rule_source.h"

static enum status compile_fields(const struct field_rule *fields, size_t count,
                                  struct arena *arena, struct compiled_technique **compiled,
                                  struct diagnostics *diagnostics)
{
    enum status status = STATUS_OK;

    *compiled = arena_array(arena, count, sizeof(**compiled));
    if (!*compiled)
        return diagnostics_no_memory(diagnostics);
    for (size_t i = 0; i < count; i++) {
        const struct technique_rule *rule = &fields[i].technique;
        struct technique_setting setting = {arena, diagnostics, rule->name.place};
        enum status one;

        if (rule->name.text.size == 0)
            continue; /* faulty, and reported */
        one = technique_compile(rule->name.text, rule->options, &setting, &(*compiled)[i]);
        status = one == STATUS_OK ? status : one;
    }
    return status;
}

enum status technique_book_compile(const struct ruleset *ruleset, struct arena *arena,
                                   struct technique_book *book, struct diagnostics *diagnostics)
{
    enum status status = compile_fields(ruleset->defaults, ruleset->default_count, arena,
                                        &book->defaults, diagnostics);

    book->ruleset = ruleset;
    book->entities = arena_array(arena, ruleset->entity_count, sizeof(*book->entities));
    if (!book->entities)
        return diagnostics_no_memory(diagnostics);
    for (size_t i = 0; i < ruleset->entity_count; i++) {
        const struct entity_rule *entity = &ruleset->entities[i];
        enum status one = compile_fields(entity->fields, entity->field_count, arena,
                                         &book->entities[i], diagnostics);

        status = one == STATUS_OK ? status : one;
    }
    return status;
}

/* What techniques read beside the rules belongs to the rules. */
static bool digest_techniques(const struct compiled_technique *compiled, size_t count,
                              struct ruleset *ruleset)
{
    for (size_t i = 0; i < count; i++)
        if (!technique_digest(&compiled[i], ruleset->digest))
            return false;
    return true;
}

static enum status digest_book(const struct technique_book *book, struct ruleset *ruleset,
                               struct diagnostics *diagnostics)
{
    bool done = digest_techniques(book->defaults, ruleset->default_count, ruleset);

    for (size_t i = 0; i < ruleset->entity_count && done; i++)
        done = digest_techniques(book->entities[i], ruleset->entities[i].field_count, ruleset);
    return done ? STATUS_OK : diagnostics_no_memory(diagnostics);
}

enum status technique_book_load(const char *path, const char *const *pack_folders,
                                struct arena *arena, struct ruleset *ruleset,
                                struct technique_book *book, struct diagnostics *diagnostics)
{
    struct diagnostics messages = DIAGNOSTICS_INIT;
    enum status status = ruleset_examine(path, pack_folders, technique_options, ruleset, &messages);

    if (status != STATUS_SYSTEM) {
        enum status compiled = technique_book_compile(ruleset, arena, book, &messages);

        status = compiled == STATUS_OK ? status : compiled;
        if (status == STATUS_OK)
            status = digest_book(book, ruleset, &messages);
        rule_source_sort(ruleset->source, &messages);
    }
    diagnostics_move(diagnostics, &messages);
    return status;
}

const struct compiled_technique *technique_book_find(const struct technique_book *book,
                                                     const struct entity_rule *entity,
                                                     const struct field_rule *field)
{
    const struct ruleset *ruleset = book->ruleset;

    if (field >= ruleset->defaults && field < ruleset->defaults + ruleset->default_count)
        return &book->defaults[field - ruleset->defaults];
    return &book->entities[entity - ruleset->entities][field - entity->fields];
}
