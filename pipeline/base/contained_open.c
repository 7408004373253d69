#include "base/contained_open.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <stdbool.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/span.h"

enum { FILE_FLAGS = O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY };
enum { FOLDER_FLAGS = O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_DIRECTORY };

/* How often a path with ".." is tried again after a rename on its way (EAGAIN). */
enum { RENAME_RETRIES = 32 };

static int open_beneath(int folder_fd, const char *path)
{
    struct open_how how = {.flags = FILE_FLAGS,
                           .resolve =
                               RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS | RESOLVE_NO_MAGICLINKS};

    for (int attempt = 0;; attempt++) {
        const long fd = syscall(SYS_openat2, folder_fd, path, &how, sizeof how);

        if (fd >= 0 || (errno != EINTR && errno != EAGAIN) || attempt == RENAME_RETRIES)
            return (int)fd;
    }
}

/* Opens one name and closes the folder it stands in, if that is not the caller's. */
static int open_name(int folder_fd, bool owned, struct span name, int flags)
{
    char copy[256]; /* NAME_MAX and a NUL */
    int fd = -1;
    int reason = name.size == 0 ? ENOENT : ENAMETOOLONG;

    if (span_equal(name, SPAN("..")) || span_equal(name, SPAN("."))) {
        reason = EXDEV;
    } else if (name.size > 0 && name.size < sizeof copy) {
        memcpy(copy, name.at, name.size);
        copy[name.size] = '\0';
        fd = openat(folder_fd, copy, flags);
        reason = errno;
    }
    if (owned)
        close(folder_fd);
    errno = reason;
    return fd;
}

int contained_open_stepwise(int folder_fd, const char *path)
{
    int fd = folder_fd;
    bool owned = false;
    const char *slash;

    if (path[0] == '/') {
        errno = EXDEV;
        return -1;
    }
    while ((slash = strchr(path, '/')) != NULL) {
        fd = open_name(fd, owned, (struct span){path, (size_t)(slash - path)}, FOLDER_FLAGS);
        if (fd < 0)
            return -1;
        owned = true;
        path = slash + 1;
    }
    return open_name(fd, owned, span_of(path), FILE_FLAGS);
}

int contained_open(int folder_fd, const char *path)
{
    const int fd = open_beneath(folder_fd, path);

    /* Some sandboxes answer EPERM for a system call they don't know. */
    if (fd < 0 && (errno == ENOSYS || errno == EPERM))
        return contained_open_stepwise(folder_fd, path);
    return fd;
}
