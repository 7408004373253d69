/*
 * The hidden folder .NAME.efface-staging (mode 0700) beside the place NAME of something that is to
 * appear there whole: it is made in it, and moved when it is done.
 *
 *     staging_locate   opens the folder that the place is in
 *     staging_lock     makes the staging folder, or takes one over
 *     staging_remove   removes it, with what is left in it
 *     staging_close    ends too, but leaves it: it has become what was to appear
 *
 * It is locked (file_lock.h) for the life of the run. One left by a dead run is not locked any
 * more: it is swept and used. One that is locked means that another run writes to the same place:
 * refused.
 */
#ifndef EFFACE_BASE_STAGING_H
#define EFFACE_BASE_STAGING_H

#include <stdbool.h>

#include "base/diagnostics.h"
#include "base/folder.h"
#include "base/status.h"

struct staging {
    struct parent_folder parent; /* of the place and of the staging folder; the place's name */
    char *name;                  /* the staging folder's */
    char *path;                  /* of the place, as given, for messages */
    int fd;                      /* of the staging folder; holds the lock; -1: not locked */
};

/*
 * `path` may be relative and end with slashes. STATUS_USAGE where it ends with no name ("", "/",
 * ".", ".."), STATUS_SYSTEM where the folder it is in can't be opened. Whatever is returned, ended
 * with staging_remove or staging_close.
 */
MUST_USE enum status staging_locate(struct staging *staging, const char *path,
                                    struct diagnostics *diagnostics);

/* The folder is empty then. STATUS_SYSTEM where it is another run's, or can't be made. */
MUST_USE enum status staging_lock(struct staging *staging, struct diagnostics *diagnostics);

/*
 * Whether the folder that this run has locked stands where it was made. It doesn't once it was
 * renamed to the place, also if the rename was reported to have failed.
 */
bool staging_is_in_place(const struct staging *staging);

/*
 * Removes the folder if this run has locked it and it is in place, and closes. What has got to the
 * place is whole, and not taken apart.
 */
void staging_remove(struct staging *staging);

void staging_close(struct staging *staging);

/* The name of the staging folder beside that of a place. NULL where memory ran out. Caller frees.
 */
char *staging_name(const char *place_name);

/* Tells why the place can't be written to: STATUS_SYSTEM. */
enum status staging_refuse(const struct staging *staging, const char *why,
                           struct diagnostics *diagnostics);

/* Tells what could not be done there, and errno: STATUS_SYSTEM. */
enum status staging_failed(const struct staging *staging, const char *verb,
                           struct diagnostics *diagnostics);

/* Warns that something is at the place after all: taking it back failed too, with errno. */
void staging_warn_stuck(const struct staging *staging, struct diagnostics *diagnostics);

#endif
