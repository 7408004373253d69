/*
 * A lock that lasts as long as its descriptor, or as the process: flock(2).
 *
 * Children hold the locks of their parent, and when that is killed they end a moment later. So
 * whoever finds a lock taken tries for a second before it is believed that its owner lives.
 */
#ifndef EFFACE_BASE_FILE_LOCK_H
#define EFFACE_BASE_FILE_LOCK_H

#include <stdbool.h>
#include <sys/file.h>

#include "base/status.h"

/* `operation` is LOCK_SH or LOCK_EX. False with errno: EWOULDBLOCK where another process has it. */
MUST_USE bool file_lock(int fd, int operation);

#endif
