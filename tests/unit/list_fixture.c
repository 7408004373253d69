#include "list_fixture.h"

#include <check.h>

#include "match/record_view.h"
#include "rules_fixture.h"

enum status list_fixture_add_rows(struct target_list *list, const struct fingerprint_key *key,
                                  const char *text, struct arena *arena,
                                  struct diagnostics *diagnostics)
{
    struct row_reader *rows;
    enum status status;

    rules_fixture_write("t.csv", text);
    ck_assert_int_eq(row_reader_open("t.csv", arena, &rows, diagnostics), STATUS_OK);
    status = target_list_add_rows(list, key, rows, "t.csv", MODE_ANONYMIZE, diagnostics);
    row_reader_free(rows);
    return status;
}

static void set_slot(struct contact_values *contact, const struct fingerprint_key *key, size_t slot,
                     enum match_kind match, const char *value)
{
    struct buffer normal = BUFFER_INIT, joined = BUFFER_INIT;
    const struct span span = span_of(value);

    contact->named[slot] = values_fingerprint(key, &span, 1, match, &normal, &joined,
                                              &contact->values[slot]) == NAMES_VALUE;
    buffer_release(&normal);
    buffer_release(&joined);
}

struct contact_values list_fixture_contact(const struct fingerprint_key *key, const char *id,
                                           const char *email, const char *phone)
{
    struct contact_values contact = {.named = {false}};

    set_slot(&contact, key, 0, MATCH_EXACT, id);
    set_slot(&contact, key, 1, MATCH_EMAIL, email);
    set_slot(&contact, key, 2, MATCH_PHONE, phone);
    return contact;
}

void list_fixture_match(struct target_list *list, const struct contact_values *contact,
                        struct target_matches *matches)
{
    matches->count = 0;
    ck_assert(target_matches_find(list, contact, matches));
    for (size_t i = 0; i < matches->count; i++)
        ck_assert(target_match_note(list, matches->items[i]));
}

size_t list_fixture_agreeing(const struct target_matches *matches)
{
    size_t count = 0;

    for (size_t i = 0; i < matches->count; i++)
        count += matches->items[i].agrees;
    return count;
}
