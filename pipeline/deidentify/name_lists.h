/*
 * Names for pseudonyms, in UTF-8: 302 first names, 298 last names, 80 x 64 x 16 companies.
 *
 * The first names are common ones of many languages; the last names and the first words of
 * companies are made up, which does not keep somebody from bearing one. No name starts a
 * spreadsheet formula. The order is part of what a pseudonym is: a name that is added or moved
 * changes those that earlier runs gave.
 */
#ifndef EFFACE_DEIDENTIFY_NAME_LISTS_H
#define EFFACE_DEIDENTIFY_NAME_LISTS_H

#include <stddef.h>

struct name_list {
    const char *const *items;
    size_t count;
};

extern const struct name_list name_list_first_names;
extern const struct name_list name_list_last_names;

/* A company is one of each: "Borantis Logistics GmbH". The names stand in no dictionary. */
extern const struct name_list name_list_company_names;
extern const struct name_list name_list_company_trades;
extern const struct name_list name_list_company_forms;

#endif
