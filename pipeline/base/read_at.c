#include "base/read_at.h"

#include <errno.h>
#include <unistd.h>

ssize_t read_at(int fd, void *to, size_t size, uint64_t offset)
{
    char *bytes = to;
    size_t taken = 0;

    while (taken < size) {
        const ssize_t got = pread(fd, bytes + taken, size - taken, (off_t)(offset + taken));

        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return -1;
        if (got == 0)
            break;
        taken += (size_t)got;
    }
    return (ssize_t)taken;
}
