/*
 * Targets files: the input is one, for contacts with a key and two identifiers.
 */
#include <check.h>

#include "fuzz_input.h"
#include "match/target_list.h"
#include "read_fixture.h"
#include "rules_fixture.h"

static const char rules[] =
    "version: 1\nsubject: c\nentities:\n"
    "  c: {key: Id, files: [c.csv], identifiers: {Email: email, Phone: phone}}\n";

/* Every cell of the list names what it was made of: a contact that bears it is matched. */
static void check_list(struct target_list *list)
{
    struct target_matches matches = {NULL, 0, 0};
    struct diagnostics diagnostics = DIAGNOSTICS_INIT;

    for (size_t i = 0; i < list->cell_count; i++) {
        const struct target_cell *cell = &list->cells[i];
        struct contact_values contact = {.named = {false}};

        contact.named[cell->slot] = true;
        contact.values[cell->slot] = cell->value;
        ck_assert(target_list_match(list, &contact, &matches));
    }
    ck_assert(matches.count >= list->cell_count);
    for (size_t i = 0; i < matches.count; i++)
        target_list_note(list, matches.items[i]);
    (void)!target_list_judge(list, &diagnostics);
    diagnostics_release(&diagnostics);
    target_matches_release(&matches);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const struct fingerprint_key key = {"fifteen letters", {1}};
    struct rules_fixture fixture;
    struct arena arena = ARENA_INIT;
    struct diagnostics diagnostics = DIAGNOSTICS_INIT;
    struct ruleset ruleset;
    struct target_list list;
    struct table table;

    rules_fixture_enter(&fixture);
    rules_fixture_load_valid(&fixture, rules, &ruleset);
    input_file("t.csv", (struct span){(const char *)data, size});
    ck_assert_int_eq(target_list_init(&list, ruleset.subject, &diagnostics), STATUS_OK);
    enum status status = table_read("t.csv", &arena, &table, &diagnostics);
    if (status == STATUS_OK)
        status = target_list_add_table(&list, &key, &table, "t.csv", MODE_ANONYMIZE, &diagnostics);
    ck_assert(status == STATUS_OK || status == STATUS_INPUT);
    ck_assert((status == STATUS_OK) == (diagnostics.errors == 0));
    if (status == STATUS_OK)
        check_list(&list);
    target_list_release(&list);
    ruleset_release(&ruleset);
    diagnostics_release(&diagnostics);
    arena_release(&arena);
    rules_fixture_leave(&fixture);
    return 0;
}
