/*
 * Rules files: the input is one. A pack to extend and files of values lie beside it.
 */
#include <check.h>

#include "fuzz_input.h"
#include "read_fixture.h"
#include "rules_fixture.h"
#include "run/technique_book.h"

static const char pack[] = "version: 1\nsubject: contacts\nentities:\n"
                           "  contacts:\n    key: Id\n    files: [contacts.csv]\n"
                           "    identifiers: {Email: email}\n"
                           "    fields: {Email: {technique: clear, class: direct}}\n";

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const packs[] = {"packs", NULL};
    struct rules_fixture fixture;
    struct arena arena = ARENA_INIT;
    struct diagnostics diagnostics = DIAGNOSTICS_INIT;
    struct technique_book book;
    struct ruleset ruleset;

    rules_fixture_enter(&fixture);
    rules_fixture_write("packs/p.yaml", pack);
    rules_fixture_write("v.csv", "from,to\na,b\nc,d\n");
    rules_fixture_write("v.txt", "a\nb\n");
    input_file("r.yaml", (struct span){(const char *)data, size});
    const enum status status =
        technique_book_load("r.yaml", packs, &arena, &ruleset, &book, &diagnostics);
    ck_assert(status == STATUS_OK || status == STATUS_RULES);
    ck_assert((status == STATUS_OK) == (diagnostics.errors == 0));
    ck_assert(status != STATUS_OK || ruleset.subject != NULL);
    diagnostics_release(&diagnostics);
    ruleset_release(&ruleset);
    arena_release(&arena);
    rules_fixture_leave(&fixture);
    return 0;
}
