/*
 * Targets files: the input is one, for contacts with a key and two identifiers.
 */
#include <check.h>

#include "fuzz_input.h"
#include "match/target_matches.h"
#include "read_fixture.h"
#include "rules_fixture.h"

static const char rules[] =
    "version: 1\nsubject: c\nentities:\n"
    "  c: {key: Id, files: [c.csv], identifiers: {Email: email, Phone: phone}}\n";

/* Holds a contact against the list that bears one of its values. */
static size_t match_value(const struct target_list *list, size_t slot, size_t at,
                          struct target_matches *matches)
{
    const size_t before = matches->count;
    struct contact_values contact = {.named = {false}};

    contact.named[slot] = true;
    contact.values[slot] = list->slots[slot].names.keys[at];
    ck_assert(target_matches_find(list, &contact, matches));
    return matches->count - before;
}

/* The cells of all names. */
static size_t cells_of(const struct target_list *list)
{
    size_t count = 0;

    for (size_t i = 0; i < list->name_count; i++)
        for (size_t slot = 0; slot < list->slot_count; slot++)
            count += list->names[i].slots >> slot & 1;
    return count;
}

/* The values of the list, each once, match each cell of it once. */
static void check_list(struct target_list *list)
{
    struct target_matches matches = {NULL, 0, 0};
    struct diagnostics diagnostics = DIAGNOSTICS_INIT;

    for (size_t slot = 0; slot < list->slot_count; slot++)
        for (size_t at = 0; at < list->slots[slot].names.capacity; at++)
            if (!key_map_is_free(&list->slots[slot].names, at))
                ck_assert(match_value(list, slot, at, &matches) > 0);
    ck_assert(matches.count == cells_of(list));
    for (size_t i = 0; i < matches.count; i++)
        ck_assert(target_match_note(list, matches.items[i]));
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
    struct row_reader *rows;

    rules_fixture_enter(&fixture);
    rules_fixture_load_valid(&fixture, rules, &ruleset);
    input_file("t.csv", (struct span){(const char *)data, size});
    ck_assert_int_eq(target_list_init(&list, ruleset.subject, &diagnostics), STATUS_OK);
    enum status status = row_reader_open("t.csv", &arena, &rows, &diagnostics);
    if (status == STATUS_OK)
        status = target_list_add_rows(&list, &key, rows, "t.csv", MODE_ANONYMIZE, &diagnostics);
    row_reader_free(rows);
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
