#ifndef EXPORT_RECORDS_H
#define EXPORT_RECORDS_H

#include "export_file.h"

/*
 * The entities of a generated export: how many records each has and what one looks like.
 *
 * Every record is a function of the seed and its number. Links are computed, not looked up, and
 * always resolve: participant 17's contact is the same wherever it is needed. So records can be
 * written in any order, to any number of files.
 */

enum { EXPORT_ENTITIES = 9, EXPORT_EVENTS_MOST = 12 };

/* What a record needs to know about the export around it. Set up by export_world_init. */
struct export_world {
    uint64_t seed, contacts, participants, events;
    uint64_t stride; /* number * stride modulo contacts visits every contact once */
};

struct export_place {
    uint64_t number; /* of the record in its entity, from 0 */
    uint64_t event;  /* index of the event whose file it stands in, or 0 */
};

struct export_entity {
    const char *name;      /* the file's, without .csv */
    const char *folder;    /* "", or with a slash at the end */
    bool per_event;        /* one file in the folder of every event */
    uint64_t per_thousand; /* records for 1,000 contacts, or 0: a fixed number */
    uint64_t fixed;
    const char *header; /* with its newline */
    void (*write)(struct export_file *file, const struct export_world *world,
                  struct export_place at);
};

extern const struct export_entity export_entities[EXPORT_ENTITIES];
extern const char *const export_events[EXPORT_EVENTS_MOST];

/* contacts is at least 1. */
void export_world_init(struct export_world *world, uint64_t seed, uint64_t contacts);

/* The number of records of the entity: at least 1. */
uint64_t export_entity_records(const struct export_entity *entity, uint64_t contacts);

/* The contact that the number-th draw gives; the first `contacts` draws are all different. */
uint64_t export_world_contact(const struct export_world *world, uint64_t number);

/* Writes a contact's key. */
void export_contact_key(struct export_file *file, uint64_t contact);

/* Splits records into shares of equal size; returns the first record of share `index`. */
uint64_t export_share_first(uint64_t records, uint64_t index, uint64_t shares);

#endif
