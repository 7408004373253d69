#include "base/staging.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file_lock.h"

enum { LOCK_ATTEMPTS = 100 };

enum status staging_refuse(const struct staging *staging, const char *why,
                           struct diagnostics *diagnostics)
{
    diagnostics_error(diagnostics, (struct place){staging->path, 0, 0}, "%s", why);
    return STATUS_SYSTEM;
}

enum status staging_failed(const struct staging *staging, const char *verb,
                           struct diagnostics *diagnostics)
{
    return diagnostics_system(diagnostics, staging->path, verb, errno);
}

void staging_warn_stuck(const struct staging *staging, struct diagnostics *diagnostics)
{
    diagnostics_warning(diagnostics, (struct place){staging->path, 0, 0},
                        "it is there all the same, and complete, as it can't be taken back (%s); "
                        "a power failure may undo it",
                        strerror(errno));
}

char *staging_name(const char *place_name)
{
    char *name;

    return asprintf(&name, ".%s.efface-staging", place_name) < 0 ? NULL : name;
}

enum status staging_locate(struct staging *staging, const char *path,
                           struct diagnostics *diagnostics)
{
    *staging = (struct staging){.parent = PARENT_FOLDER_INIT, .path = strdup(path), .fd = -1};
    if (staging->path == NULL)
        return diagnostics_no_memory(diagnostics);
    const enum status status = parent_folder_open(path, &staging->parent, diagnostics);
    if (status != STATUS_OK)
        return status;
    staging->name = staging_name(staging->parent.name);
    return staging->name != NULL ? STATUS_OK : diagnostics_no_memory(diagnostics);
}

bool staging_is_in_place(const struct staging *staging)
{
    struct stat locked;
    struct stat named;

    return fstat(staging->fd, &locked) == 0 &&
           fstatat(staging->parent.fd, staging->name, &named, AT_SYMLINK_NOFOLLOW) == 0 &&
           locked.st_dev == named.st_dev && locked.st_ino == named.st_ino;
}

/* Leaves no descriptor where it fails, so that nothing of another run's is removed. */
static enum status lock(struct staging *staging, struct diagnostics *diagnostics)
{
    for (int attempt = 1; attempt <= LOCK_ATTEMPTS; attempt++) {
        const int fd = folder_open_or_make(staging->parent.fd, staging->name);

        /* the run before may just have removed it; but where nothing can be made, it stays so */
        if (fd < 0 && errno == ENOENT && attempt < LOCK_ATTEMPTS)
            continue;
        if (fd < 0)
            return staging_failed(staging, "make a staging folder beside it", diagnostics);
        if (!file_lock(fd, LOCK_EX)) {
            close_keeping_errno(fd);
            if (errno != EWOULDBLOCK)
                return staging_failed(staging, "lock the staging folder beside it", diagnostics);
            break;
        }
        staging->fd = fd;
        /* the run before may just have ended, and have renamed it */
        if (staging_is_in_place(staging))
            return STATUS_OK;
        staging->fd = -1;
        close(fd);
    }
    return staging_refuse(staging, "another run is writing to it", diagnostics);
}

/* Another user who owns the staging folder could add to it until the end. */
static enum status clear(struct staging *staging, struct diagnostics *diagnostics)
{
    struct stat info;

    if (fstat(staging->fd, &info) != 0)
        return staging_failed(staging, "inspect the staging folder beside it", diagnostics);
    if (info.st_uid != geteuid()) {
        close(staging->fd);
        staging->fd = -1;
        return staging_refuse(staging, "the staging folder beside it belongs to another user",
                              diagnostics);
    }
    if (fchmod(staging->fd, FOLDER_MODE) != 0 || !folder_remove_contents(staging->fd, "."))
        return staging_failed(staging, "clear the staging folder beside it", diagnostics);
    return STATUS_OK;
}

enum status staging_lock(struct staging *staging, struct diagnostics *diagnostics)
{
    const enum status status = lock(staging, diagnostics);

    return status == STATUS_OK ? clear(staging, diagnostics) : status;
}

void staging_close(struct staging *staging)
{
    if (staging->fd >= 0)
        close(staging->fd);
    parent_folder_close(&staging->parent);
    free(staging->name);
    free(staging->path);
}

void staging_remove(struct staging *staging)
{
    /* Before the lock goes, so that the next run finds nothing or waits its turn. */
    if (staging->fd >= 0 && staging_is_in_place(staging) &&
        folder_remove_contents(staging->fd, "."))
        (void)unlinkat(staging->parent.fd, staging->name, AT_REMOVEDIR);
    staging_close(staging);
}
