/*
 * By which links a record is reached from its contact.
 *
 * A route is the chain of links from a record to the subject: a meeting's organizer,
 * a participant, is a contact. It belongs to the rules, not to the data, so there are few,
 * and a value of a target keeps the number of the one it was reached by first. Routes
 * are interned in the order in which they are met, on one thread, in the order of the
 * data: the same for any number of threads.
 *
 * A loop of links is told once: a task below a task below a contact's task is reached by
 * tasks.Parent, tasks.ContactId, however many tasks are between them.
 */
#ifndef EFFACE_MATCH_ROUTE_TABLE_H
#define EFFACE_MATCH_ROUTE_TABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buffer.h"
#include "base/status.h"
#include "ruleset/ruleset.h"

enum {
    ROUTE_SUBJECT = 0,        /* no link: a record of the subject */
    ROUTE_UNTOLD = UINT16_MAX /* one more than there are numbers: only its last link is told */
};

/* A link, and the route of the value it leads to. */
struct route_step {
    const struct link_rule *link; /* NULL: a record of the subject */
    uint16_t next;
};

#define ROUTE_STEP_SUBJECT ((struct route_step){NULL, ROUTE_SUBJECT})

struct route {
    struct route_step step;
    uint16_t first_longer; /* of the routes that end with this one, one link longer; 0: none */
    uint16_t sibling;      /* the next that is longer than the same; 0: none */
};

/* All zero: empty. */
struct route_table {
    struct route *routes; /* number 1 first */
    size_t count, room;
    uint16_t first_longer; /* than ROUTE_SUBJECT */
};

void route_table_release(struct route_table *table);

/* The number of the route that begins with `step`, new or not. False where memory ran out. */
MUST_USE bool route_table_add(struct route_table *table, struct route_step step, uint16_t *route);

/*
 * Appends a route of a record of `entity` in words:
 *
 *     business_meetings.OrganizerId > participants.ContactId > contacts
 *
 * The subject is followed by its column where the last link doesn't refer to its key. What
 * isn't told is "...". False where memory ran out.
 */
MUST_USE bool route_append_words(const struct route_table *table, const struct entity_rule *entity,
                                 struct route_step step, struct buffer *out);

#endif
