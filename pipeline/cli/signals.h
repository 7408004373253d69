/*
 * Being asked to stop.
 *
 * SIGINT, SIGTERM and SIGHUP are noted, not obeyed at once: the run ends between two
 * batches, removes what it has staged, and then dies of the signal after all, so
 * that whoever sent it sees 128+n.
 */
#ifndef EFFACE_CLI_SIGNALS_H
#define EFFACE_CLI_SIGNALS_H

#include <stdatomic.h>

/* Starts noting. Returns where the signal's number will stand; 0: none came. */
const atomic_int *signals_watch(void);

/* Dies of the signal that came, if one did. */
void signals_reraise(void);

#endif
