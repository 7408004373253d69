/*
 * What every form of an address has around its @: enough to tell that most addresses are none of
 * those looked for.
 */
#ifndef EFFACE_MATCH_EMAIL_LOOK_H
#define EFFACE_MATCH_EMAIL_LOOK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/span.h"

/* Lower case, 0 where nothing belongs to it. */
struct email_look {
    uint64_t local;  /* at most eight bytes before the sign */
    uint64_t domain; /* at most four behind it, and none from a full stop or hyphen on */
};

/* Of the address around the @ at `at`. False: it isn't known, as there are letters other than
 * ASCII's.
 */
bool email_look(struct span text, size_t at, struct email_look *look);

#endif
