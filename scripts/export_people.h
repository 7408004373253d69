#ifndef EXPORT_PEOPLE_H
#define EXPORT_PEOPLE_H

#include "export_file.h"

/*
 * Invented people. A person is a function of the seed and a number: any file can name person 17
 * without a table of people, so memory is flat and files can be written in any order.
 *
 * Email addresses and phones are unique to the number (phones up to 100 million people). Names are
 * not, as in life: there are some 600,000 full names.
 */

struct export_name {
    const char *text; /* as the person writes it */
    const char *mail; /* as an address has it: a-z only */
};

struct export_country {
    const char *code, *language, *dial;
};

struct export_person {
    uint64_t number;                                      /* from 0 */
    const struct export_country *country;                 /* all pointers: static */
    const struct export_name *first, *last, *second_last; /* second_last: NULL if there is none */
    char initial;                                         /* of a middle name, or NUL */
    const char *company, *position;                       /* company: quoted where CSV wants it */
    uint64_t chance; /* random bits that only this person has */
};

/* A random number for the given place in the export; the same arguments give the same number. */
uint64_t export_random(uint64_t seed, uint64_t stream, uint64_t number);

struct export_person export_person_get(uint64_t seed, uint64_t number);

/* Each writes one cell, or part of one, without delimiters. */
void export_person_first_name(struct export_file *file, const struct export_person *person);
void export_person_last_name(struct export_file *file, const struct export_person *person);
void export_person_email(struct export_file *file, const struct export_person *person);
void export_person_phone(struct export_file *file, const struct export_person *person);

#endif
