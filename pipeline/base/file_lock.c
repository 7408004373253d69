#include "base/file_lock.h"

#include <errno.h>
#include <time.h>

enum { ATTEMPTS = 100, PAUSE_NANOSECONDS = 10 * 1000 * 1000 };

bool file_lock(int fd, int operation)
{
    const struct timespec pause = {0, PAUSE_NANOSECONDS};

    for (int attempt = 1; flock(fd, operation | LOCK_NB) != 0; attempt++) {
        if (errno != EWOULDBLOCK || attempt == ATTEMPTS)
            return false;
        nanosleep(&pause, NULL);
    }
    return true;
}
