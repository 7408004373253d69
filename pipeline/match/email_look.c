#include "match/email_look.h"

#include "match/look_lanes.h"

bool email_look(struct span text, size_t at, struct email_look *look)
{
    word_lanes unsure[2];

    look->local = email_local_looks((word_lanes){bytes_before(text, at)}, &unsure[0])[0];
    look->domain = email_domain_looks((word_lanes){bytes_from(text, at + 1)}, &unsure[1])[0];
    return !(unsure[0][0] | unsure[1][0]);
}
