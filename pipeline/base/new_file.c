#include "base/new_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/staging.h"

/* In the staging folder: the file, and what stood at its place. */
#define NEW "new"
#define OLD "old"

/* What stood at the place. */
enum old_file {
    OLD_ABSENT,
    OLD_KEPT, /* under a second name */
    OLD_LOST, /* the file system has but one name for a file */
};

struct new_file {
    struct staging staging;
    int fd;
    bool replace;
    enum old_file old;
};

static enum status check_place(const struct new_file *file, struct diagnostics *diagnostics)
{
    const struct staging *staging = &file->staging;
    struct stat info;

    if (fstatat(staging->parent.fd, staging->parent.name, &info, AT_SYMLINK_NOFOLLOW) != 0)
        return errno == ENOENT ? STATUS_OK : staging_failed(staging, "inspect", diagnostics);
    if (!file->replace)
        return staging_refuse(staging, "already exists", diagnostics);
    return S_ISREG(info.st_mode)
               ? STATUS_OK
               : staging_refuse(staging, "exists and is not a regular file", diagnostics);
}

static enum status make_file(struct new_file *file, struct diagnostics *diagnostics)
{
    const int flags = O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC;

    file->fd = openat(file->staging.fd, NEW, flags, FILE_MODE);
    if (file->fd >= 0 && fchmod(file->fd, FILE_MODE) == 0)
        return STATUS_OK;
    return staging_failed(&file->staging, "make a file beside it", diagnostics);
}

enum status new_file_open(const char *path, bool replace, struct new_file **file,
                          struct diagnostics *diagnostics)
{
    struct new_file *opened = calloc(1, sizeof(*opened));

    *file = NULL;
    if (opened == NULL)
        return diagnostics_no_memory(diagnostics);
    opened->fd = -1;
    opened->replace = replace;
    enum status status = staging_locate(&opened->staging, path, diagnostics);
    /* first, so that what a dead run left is swept even if the file of that run stands there */
    if (status == STATUS_OK)
        status = staging_lock(&opened->staging, diagnostics);
    if (status == STATUS_OK)
        status = check_place(opened, diagnostics);
    if (status == STATUS_OK)
        status = make_file(opened, diagnostics);
    if (status == STATUS_OK)
        *file = opened;
    else
        new_file_abandon(opened);
    return status;
}

int new_file_fd(const struct new_file *file)
{
    return file->fd;
}

int new_file_folder_fd(const struct new_file *file)
{
    return file->staging.fd;
}

static enum old_file keep_old(const struct new_file *file)
{
    const struct staging *staging = &file->staging;

    if (!file->replace)
        return OLD_ABSENT;
    if (linkat(staging->parent.fd, staging->parent.name, staging->fd, OLD, 0) == 0)
        return OLD_KEPT;
    return errno == ENOENT ? OLD_ABSENT : OLD_LOST;
}

/* A link refuses to replace as well, where the file system knows no RENAME_NOREPLACE. */
static bool move_to_place(const struct new_file *file)
{
    const int from = file->staging.fd;
    const int to = file->staging.parent.fd;
    const char *name = file->staging.parent.name;

    if (file->replace)
        return renameat(from, NEW, to, name) == 0;
    if (renameat2(from, NEW, to, name, RENAME_NOREPLACE) == 0)
        return true;
    return (errno == EINVAL || errno == ENOSYS) && linkat(from, NEW, to, name, 0) == 0;
}

/* Everything as it was before the move. False with errno. */
static bool take_back(const struct new_file *file)
{
    const struct staging *staging = &file->staging;
    const int fd = staging->parent.fd;

    if (file->old == OLD_ABSENT)
        return renameat(fd, staging->parent.name, staging->fd, NEW) == 0;
    if (file->old == OLD_KEPT)
        return renameat(staging->fd, OLD, fd, staging->parent.name) == 0;
    errno = ENOENT;
    return false;
}

/* What may be gone after a power failure is not published. */
static enum status sync_parent(const struct new_file *file, struct diagnostics *diagnostics)
{
    if (folder_sync(file->staging.parent.fd))
        return STATUS_OK;
    const enum status status =
        staging_failed(&file->staging, "sync the folder it is in", diagnostics);
    if (!take_back(file))
        staging_warn_stuck(&file->staging, diagnostics);
    return status;
}

enum status new_file_publish(struct new_file *file, struct diagnostics *diagnostics)
{
    const struct staging *staging = &file->staging;
    const int fd = file->fd;

    if (fsync(fd) != 0)
        return staging_failed(staging, "sync", diagnostics);
    file->fd = -1;
    if (close(fd) != 0)
        return staging_failed(staging, "close", diagnostics);
    file->old = keep_old(file);
    if (!move_to_place(file)) {
        if (errno == EEXIST)
            return staging_refuse(staging, "already exists", diagnostics);
        return staging_failed(staging, "rename the finished file to it", diagnostics);
    }
    const enum status status = sync_parent(file, diagnostics);
    if (status == STATUS_OK)
        new_file_abandon(file);
    return status;
}

void new_file_abandon(struct new_file *file)
{
    if (file == NULL)
        return;
    if (file->fd >= 0)
        close(file->fd);
    staging_remove(&file->staging);
    free(file);
}
