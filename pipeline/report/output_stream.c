#include "report/output_stream.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio_ext.h>
#include <unistd.h>

FILE *output_stream(int fd)
{
    const int copy = fcntl(fd, F_DUPFD_CLOEXEC, 0);
    FILE *file = copy >= 0 ? fdopen(copy, "w") : NULL;

    if (file == NULL && copy >= 0) {
        const int reason = errno;

        close(copy);
        errno = reason;
    }
    if (file != NULL)
        (void)__fsetlocking(file, FSETLOCKING_BYCALLER);
    return file;
}
