#include "rules_fixture.h"

#include <check.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

void rules_fixture_enter(struct rules_fixture *fixture)
{
    scratch_folder_enter(&fixture->scratch);
    ck_assert_int_eq(mkdir("packs", 0700), 0);
}

void rules_fixture_leave(struct rules_fixture *fixture)
{
    scratch_folder_leave(&fixture->scratch);
}

void rules_fixture_write(const char *path, const char *text)
{
    unlink(path); /* there or not */
    scratch_file(path, text);
}

enum status rules_fixture_load(struct rules_fixture *fixture, const char *path,
                               struct ruleset *ruleset)
{
    static const char *const packs[] = {"packs", NULL};
    struct diagnostics diagnostics = DIAGNOSTICS_INIT;

    const enum status status = ruleset_load(path, packs, ruleset, &diagnostics);
    memset(fixture->messages, 0, sizeof fixture->messages);
    FILE *stream = fmemopen(fixture->messages, sizeof fixture->messages - 1, "w");
    ck_assert_ptr_nonnull(stream);
    diagnostics_print(&diagnostics, stream);
    ck_assert_int_eq(fclose(stream), 0);
    diagnostics_release(&diagnostics);
    return status;
}

void rules_fixture_load_valid(struct rules_fixture *fixture, const char *text,
                              struct ruleset *ruleset)
{
    rules_fixture_write("rules.yaml", text);
    const enum status status = rules_fixture_load(fixture, "rules.yaml", ruleset);
    ck_assert_str_eq(fixture->messages, "");
    ck_assert_int_eq(status, STATUS_OK);
}

void rules_fixture_refuse(struct rules_fixture *fixture, const char *text, const char *messages)
{
    struct ruleset ruleset;

    rules_fixture_write("rules.yaml", text);
    const enum status status = rules_fixture_load(fixture, "rules.yaml", &ruleset);
    ck_assert_msg(strcmp(fixture->messages, messages) == 0, "of\n%sexpected\n%sbut got\n%s", text,
                  messages, fixture->messages);
    ck_assert_int_eq(status, STATUS_RULES);
    ck_assert_uint_eq(ruleset.entity_count, 0);
    ck_assert_ptr_null(ruleset.arena.newest);
}

const struct entity_rule *entity_named(const struct ruleset *ruleset, const char *name)
{
    const struct entity_rule *found = NULL;

    for (size_t i = 0; i < ruleset->entity_count; i++)
        if (span_equal(ruleset->entities[i].name.text, span_of(name)))
            found = &ruleset->entities[i];
    ck_assert_ptr_nonnull(found);
    return found;
}
