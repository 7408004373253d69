/*
 * What the tests of the list of targets do with it: rows in, contacts held against it.
 *
 * Failures to do what is asked are failed assertions.
 */
#ifndef EFFACE_UNIT_LIST_FIXTURE_H
#define EFFACE_UNIT_LIST_FIXTURE_H

#include "match/target_matches.h"

/* Writes a targets file into the working folder, and adds its rows to the list. */
enum status list_fixture_add_rows(struct target_list *list, const struct fingerprint_key *key,
                                  const char *text, struct arena *arena,
                                  struct diagnostics *diagnostics);

/* A contact with a key, an address and a phone; "" is a value that names nothing. */
struct contact_values list_fixture_contact(const struct fingerprint_key *key, const char *id,
                                           const char *email, const char *phone);

/* Holds a contact against the list, and notes what matched; what matched before is forgotten. */
void list_fixture_match(struct target_list *list, const struct contact_values *contact,
                        struct target_matches *matches);

/* How many of the matches agree. */
size_t list_fixture_agreeing(const struct target_matches *matches);

#endif
