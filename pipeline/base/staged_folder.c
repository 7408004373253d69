#include "base/staged_folder.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/folder.h"
#include "base/span.h"
#include "base/staging.h"

struct staged_folder {
    struct staging staging;
    struct arena names;
    unsigned rename_flags;
};

static bool sync_folders(int parent_fd, const char *folder_name);

static bool sync_entry(int folder_fd, const char *name)
{
    struct stat info;

    if (fstatat(folder_fd, name, &info, AT_SYMLINK_NOFOLLOW) != 0)
        return false;
    return !S_ISDIR(info.st_mode) || sync_folders(folder_fd, name);
}

/* Syncs a folder and those below it; their files were synced when they were closed. */
static bool sync_folders(int parent_fd, const char *folder_name)
{
    DIR *entries = folder_entries(parent_fd, folder_name);
    bool synced = entries != NULL;
    const char *name;

    while (synced && (name = folder_next_entry(entries)) != NULL)
        synced = sync_entry(dirfd(entries), name);
    synced = synced && errno == 0 && folder_sync(dirfd(entries));
    folder_entries_close(entries);
    return synced;
}

static enum status check_empty(const struct staging *staging, struct diagnostics *diagnostics)
{
    DIR *entries = folder_entries(staging->parent.fd, staging->parent.name);
    if (entries == NULL)
        return staging_failed(staging, "open", diagnostics);
    const bool is_empty = folder_next_entry(entries) == NULL && errno == 0;
    folder_entries_close(entries);
    return is_empty ? STATUS_OK
                    : staging_refuse(staging, "already exists and is not empty", diagnostics);
}

/* OUT must not exist, or be an empty folder that a rename can replace. */
static enum status check_out(struct staged_folder *folder, struct diagnostics *diagnostics)
{
    const struct staging *staging = &folder->staging;
    struct stat parent;
    struct stat out;

    if (fstat(staging->parent.fd, &parent) != 0)
        return staging_failed(staging, "inspect the folder it is in", diagnostics);
    if (fstatat(staging->parent.fd, staging->parent.name, &out, AT_SYMLINK_NOFOLLOW) != 0) {
        if (errno != ENOENT)
            return staging_failed(staging, "inspect", diagnostics);
        folder->rename_flags = RENAME_NOREPLACE;
        return STATUS_OK;
    }
    if (!S_ISDIR(out.st_mode))
        return staging_refuse(staging, "already exists and is not a folder", diagnostics);
    if (out.st_dev != parent.st_dev)
        return staging_refuse(staging, "is a mount point; name a folder in it", diagnostics);
    return check_empty(staging, diagnostics);
}

enum status staged_folder_open(const char *out, struct staged_folder **folder,
                               struct diagnostics *diagnostics)
{
    struct staged_folder *opened = calloc(1, sizeof *opened);

    *folder = NULL;
    if (opened == NULL)
        return diagnostics_no_memory(diagnostics);
    enum status status = staging_locate(&opened->staging, out, diagnostics);
    if (status == STATUS_OK)
        status = check_out(opened, diagnostics);
    if (status == STATUS_OK)
        status = staging_lock(&opened->staging, diagnostics);
    if (status == STATUS_OK)
        *folder = opened;
    else
        staged_folder_abandon(opened);
    return status;
}

int staged_folder_fd(const struct staged_folder *folder)
{
    return folder->staging.fd;
}

/* Whether a path leads nowhere but down, by names that are each given once. */
static bool is_downward(const char *path)
{
    for (;;) {
        const struct span name = {path, strcspn(path, "/")};

        if (name.size == 0 || span_equal(name, SPAN(".")) || span_equal(name, SPAN("..")))
            return false;
        if (path[name.size] == '\0')
            return true;
        path += name.size + 1;
    }
}

/* Closes the folder and gives the one of that name in it. -1 with errno. */
static int step_into(int folder_fd, struct span name)
{
    char *copy = strndup(name.at, name.size);
    int fd = copy != NULL ? folder_open_or_make(folder_fd, copy) : -1;

    if (fd >= 0 && fchmod(fd, FOLDER_MODE) != 0) {
        close_keeping_errno(fd);
        fd = -1;
    }
    close_keeping_errno(folder_fd);
    const int reason = errno;
    free(copy);
    errno = reason;
    return fd;
}

/* The folder that the path's last name goes into, and that name. -1 with errno. */
static int open_way(const struct staged_folder *folder, const char *path, const char **name)
{
    int fd = fcntl(folder->staging.fd, F_DUPFD_CLOEXEC, 0);

    for (const char *slash; fd >= 0 && (slash = strchr(path, '/')) != NULL; path = slash + 1)
        fd = step_into(fd, (struct span){path, (size_t)(slash - path)});
    *name = path;
    return fd;
}

const char *staged_file_name(struct staged_folder *folder, const char *path)
{
    const struct staging *staging = &folder->staging;
    const char *name =
        arena_printf(&folder->names, "%s%s/%s", staging->parent.way, staging->name, path);

    return name != NULL ? name : path;
}

static enum status file_failed(struct staged_folder *folder, const char *path, const char *verb,
                               struct diagnostics *diagnostics)
{
    const int reason = errno;

    return diagnostics_system(diagnostics, staged_file_name(folder, path), verb, reason);
}

enum status staged_file_create(struct staged_folder *folder, const char *path, int *fd,
                               struct diagnostics *diagnostics)
{
    const int flags = O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC;
    const char *name;

    *fd = -1;
    if (!is_downward(path)) {
        diagnostics_error(diagnostics, (struct place){path, 0, 0},
                          "the path of an output file must not leave the output folder");
        return STATUS_SYSTEM;
    }
    const int folder_fd = open_way(folder, path, &name);
    if (folder_fd < 0)
        return file_failed(folder, path, "make the output's folder", diagnostics);
    *fd = openat(folder_fd, name, flags, FILE_MODE);
    close_keeping_errno(folder_fd);
    if (*fd >= 0 && fchmod(*fd, FILE_MODE) == 0)
        return STATUS_OK;
    if (*fd >= 0)
        close_keeping_errno(*fd);
    *fd = -1;
    return file_failed(folder, path, "create the output", diagnostics);
}

enum status staged_file_close(int fd, const char *name, struct diagnostics *diagnostics)
{
    if (fsync(fd) != 0) {
        close_keeping_errno(fd);
        return diagnostics_system(diagnostics, name, "sync the output", errno);
    }
    if (close(fd) != 0)
        return diagnostics_system(diagnostics, name, "close the output", errno);
    return STATUS_OK;
}

/*
 * Where the file system knows no RENAME_NOREPLACE a plain rename is as safe for what matters: of a
 * folder, it replaces nothing but an empty folder.
 */
static bool rename_to_out(const struct staged_folder *folder)
{
    const int fd = folder->staging.parent.fd;
    const char *from = folder->staging.name;
    const char *to = folder->staging.parent.name;

    if (renameat2(fd, from, fd, to, folder->rename_flags) == 0)
        return true;
    return (errno == EINVAL || errno == ENOSYS) && renameat(fd, from, fd, to) == 0;
}

/* A folder that may be gone after a power failure is not published: it goes back. */
static enum status sync_parent(struct staged_folder *folder, struct diagnostics *diagnostics)
{
    const int fd = folder->staging.parent.fd;

    if (folder_sync(fd))
        return STATUS_OK;
    const enum status status =
        staging_failed(&folder->staging, "sync the folder it is in", diagnostics);
    if (renameat(fd, folder->staging.parent.name, fd, folder->staging.name) != 0)
        staging_warn_stuck(&folder->staging, diagnostics);
    return status;
}

enum status staged_folder_publish(struct staged_folder *folder, struct diagnostics *diagnostics)
{
    if (!sync_folders(folder->staging.fd, "."))
        return staging_failed(&folder->staging, "sync", diagnostics);
    if (!rename_to_out(folder)) {
        if (errno == EEXIST || errno == ENOTEMPTY || errno == ENOTDIR)
            return staging_refuse(&folder->staging, "already exists", diagnostics);
        return staging_failed(&folder->staging, "rename the staging folder to it", diagnostics);
    }
    const enum status status = sync_parent(folder, diagnostics);
    if (status == STATUS_OK)
        staged_folder_leave(folder);
    return status;
}

static void release(struct staged_folder *folder)
{
    arena_release(&folder->names);
    free(folder);
}

bool staged_folder_is_stuck(const struct staged_folder *folder)
{
    return !staging_is_in_place(&folder->staging);
}

void staged_folder_abandon(struct staged_folder *folder)
{
    if (folder == NULL)
        return;
    staging_remove(&folder->staging);
    release(folder);
}

void staged_folder_leave(struct staged_folder *folder)
{
    staging_close(&folder->staging);
    release(folder);
}
