#include "base/staged_folder.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/folder.h"
#include "base/span.h"

enum { FOLDER_MODE = 0700, FILE_MODE = 0600, LOCK_ATTEMPTS = 100 };

struct staged_folder {
    struct parent_folder parent; /* of OUT and of the staging folder */
    char *staging;               /* the staging folder's name */
    char *out;                   /* as given, for messages */
    int fd;                      /* of the staging folder; holds the lock */
    unsigned rename_flags;
};

static enum status refuse(const struct staged_folder *folder, const char *why,
                          struct diagnostics *diagnostics)
{
    diagnostics_error(diagnostics, (struct place){folder->out, 0, 0}, "%s", why);
    return STATUS_SYSTEM;
}

static enum status failed(const struct staged_folder *folder, const char *verb,
                          struct diagnostics *diagnostics)
{
    return diagnostics_system(diagnostics, folder->out, verb, errno);
}

static void close_folder(struct staged_folder *folder)
{
    if (folder->fd >= 0)
        close(folder->fd);
    parent_folder_close(&folder->parent);
    free(folder->staging);
    free(folder->out);
    free(folder);
}

/* What stands at the end of a failed step leaves the reason of the failure. */
static void close_keeping_errno(int fd)
{
    const int reason = errno;

    close(fd);
    errno = reason;
}

/* The descriptor of a folder that is made if there is none. -1 with errno. */
static int open_or_make(int parent_fd, const char *name)
{
    const int flags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC;

    if (mkdirat(parent_fd, name, FOLDER_MODE) != 0 && errno != EEXIST)
        return -1;
    int fd = openat(parent_fd, name, flags);
    /* A umask may have taken the owner's rights too. */
    if (fd < 0 && errno == EACCES &&
        fchmodat(parent_fd, name, FOLDER_MODE, AT_SYMLINK_NOFOLLOW) == 0)
        fd = openat(parent_fd, name, flags);
    return fd;
}

static bool remove_contents(int parent_fd, const char *folder_name);

static bool remove_entry(int folder_fd, const char *name)
{
    struct stat info;

    if (fstatat(folder_fd, name, &info, AT_SYMLINK_NOFOLLOW) != 0)
        return false;
    if (!S_ISDIR(info.st_mode))
        return unlinkat(folder_fd, name, 0) == 0;
    /* An empty one goes without being opened, which its mode may forbid. */
    if (unlinkat(folder_fd, name, AT_REMOVEDIR) == 0)
        return true;
    return remove_contents(folder_fd, name) && unlinkat(folder_fd, name, AT_REMOVEDIR) == 0;
}

static bool remove_entries(DIR *entries, bool *found)
{
    const char *name;

    *found = false;
    rewinddir(entries);
    while ((name = folder_next_entry(entries)) != NULL) {
        *found = true;
        if (!remove_entry(dirfd(entries), name))
            return false;
    }
    return errno == 0;
}

/* Removing while reading may skip entries, so only a pass that finds none is the last. */
static bool remove_contents(int parent_fd, const char *folder_name)
{
    DIR *entries = folder_entries(parent_fd, folder_name);
    bool removed = entries != NULL;
    bool found = true;

    while (removed && found)
        removed = remove_entries(entries, &found);
    folder_entries_close(entries);
    return removed;
}

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

/* A new struct with nothing open. */
static struct staged_folder *new_folder(const char *out)
{
    struct staged_folder *folder = calloc(1, sizeof *folder);

    if (folder == NULL)
        return NULL;
    folder->parent = (struct parent_folder)PARENT_FOLDER_INIT;
    folder->fd = -1;
    folder->out = strdup(out);
    if (folder->out != NULL)
        return folder;
    close_folder(folder);
    return NULL;
}

char *staged_folder_name(const char *out_name)
{
    char *name;

    return asprintf(&name, ".%s.efface-staging", out_name) < 0 ? NULL : name;
}

static enum status locate(struct staged_folder *folder, struct diagnostics *diagnostics)
{
    const enum status status = parent_folder_open(folder->out, &folder->parent, diagnostics);

    if (status != STATUS_OK)
        return status;
    folder->staging = staged_folder_name(folder->parent.name);
    return folder->staging != NULL ? STATUS_OK : diagnostics_no_memory(diagnostics);
}

static enum status check_empty(const struct staged_folder *folder, struct diagnostics *diagnostics)
{
    DIR *entries = folder_entries(folder->parent.fd, folder->parent.name);
    if (entries == NULL)
        return failed(folder, "open", diagnostics);
    const bool is_empty = folder_next_entry(entries) == NULL && errno == 0;
    folder_entries_close(entries);
    return is_empty ? STATUS_OK : refuse(folder, "already exists and is not empty", diagnostics);
}

/* OUT must not exist, or be an empty folder that a rename can replace. */
static enum status check_out(struct staged_folder *folder, struct diagnostics *diagnostics)
{
    struct stat parent;
    struct stat out;

    if (fstat(folder->parent.fd, &parent) != 0)
        return failed(folder, "inspect the folder it is in", diagnostics);
    if (fstatat(folder->parent.fd, folder->parent.name, &out, AT_SYMLINK_NOFOLLOW) != 0) {
        if (errno != ENOENT)
            return failed(folder, "inspect", diagnostics);
        folder->rename_flags = RENAME_NOREPLACE;
        return STATUS_OK;
    }
    if (!S_ISDIR(out.st_mode))
        return refuse(folder, "already exists and is not a folder", diagnostics);
    if (out.st_dev != parent.st_dev)
        return refuse(folder, "is a mount point; name a folder in it", diagnostics);
    return check_empty(folder, diagnostics);
}

/* Whether what is locked still is what the path leads to: the run before may just have ended. */
static bool is_in_place(const struct staged_folder *folder)
{
    struct stat locked;
    struct stat named;

    return fstat(folder->fd, &locked) == 0 &&
           fstatat(folder->parent.fd, folder->staging, &named, AT_SYMLINK_NOFOLLOW) == 0 &&
           locked.st_dev == named.st_dev && locked.st_ino == named.st_ino;
}

/* Leaves no descriptor where it fails, so that nothing of another run's is removed. */
static enum status lock_staging(struct staged_folder *folder, struct diagnostics *diagnostics)
{
    for (int attempt = 0; attempt < LOCK_ATTEMPTS; attempt++) {
        const int fd = open_or_make(folder->parent.fd, folder->staging);

        if (fd < 0 && errno == ENOENT)
            continue;
        if (fd < 0)
            return failed(folder, "make a staging folder beside it", diagnostics);
        if (flock(fd, LOCK_EX | LOCK_NB) != 0) {
            close_keeping_errno(fd);
            if (errno != EWOULDBLOCK)
                return failed(folder, "lock the staging folder beside it", diagnostics);
            break;
        }
        folder->fd = fd;
        if (is_in_place(folder))
            return STATUS_OK;
        folder->fd = -1;
        close(fd);
    }
    return refuse(folder, "another run is writing to it", diagnostics);
}

/* Another user who owns the staging folder could add to it until the end. */
static enum status clear_staging(struct staged_folder *folder, struct diagnostics *diagnostics)
{
    struct stat staging;

    if (fstat(folder->fd, &staging) != 0)
        return failed(folder, "inspect the staging folder beside it", diagnostics);
    if (staging.st_uid != geteuid()) {
        close(folder->fd);
        folder->fd = -1;
        return refuse(folder, "the staging folder beside it belongs to another user", diagnostics);
    }
    if (fchmod(folder->fd, FOLDER_MODE) != 0 || !remove_contents(folder->fd, "."))
        return failed(folder, "clear the staging folder beside it", diagnostics);
    return STATUS_OK;
}

enum status staged_folder_open(const char *out, struct staged_folder **folder,
                               struct diagnostics *diagnostics)
{
    struct staged_folder *opened = new_folder(out);

    *folder = NULL;
    if (opened == NULL)
        return diagnostics_no_memory(diagnostics);
    enum status status = locate(opened, diagnostics);
    if (status == STATUS_OK)
        status = check_out(opened, diagnostics);
    if (status == STATUS_OK)
        status = lock_staging(opened, diagnostics);
    if (status == STATUS_OK)
        status = clear_staging(opened, diagnostics);
    if (status == STATUS_OK)
        *folder = opened;
    else
        staged_folder_abandon(opened);
    return status;
}

int staged_folder_fd(const struct staged_folder *folder)
{
    return folder->fd;
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
    int fd = copy != NULL ? open_or_make(folder_fd, copy) : -1;

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
    int fd = fcntl(folder->fd, F_DUPFD_CLOEXEC, 0);

    for (const char *slash; fd >= 0 && (slash = strchr(path, '/')) != NULL; path = slash + 1)
        fd = step_into(fd, (struct span){path, (size_t)(slash - path)});
    *name = path;
    return fd;
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
        return diagnostics_system(diagnostics, path, "make the output's folder", errno);
    *fd = openat(folder_fd, name, flags, FILE_MODE);
    close_keeping_errno(folder_fd);
    if (*fd >= 0 && fchmod(*fd, FILE_MODE) == 0)
        return STATUS_OK;
    if (*fd >= 0)
        close_keeping_errno(*fd);
    *fd = -1;
    return diagnostics_system(diagnostics, path, "create the output", errno);
}

enum status staged_file_close(int fd, const char *path, struct diagnostics *diagnostics)
{
    if (fsync(fd) != 0) {
        close_keeping_errno(fd);
        return diagnostics_system(diagnostics, path, "sync the output", errno);
    }
    if (close(fd) != 0)
        return diagnostics_system(diagnostics, path, "close the output", errno);
    return STATUS_OK;
}

/*
 * Where the file system knows no RENAME_NOREPLACE a plain rename is as safe for what matters: of a
 * folder, it replaces nothing but an empty folder.
 */
static bool rename_to_out(const struct staged_folder *folder)
{
    const int fd = folder->parent.fd;
    const char *from = folder->staging;
    const char *to = folder->parent.name;

    if (renameat2(fd, from, fd, to, folder->rename_flags) == 0)
        return true;
    return (errno == EINVAL || errno == ENOSYS) && renameat(fd, from, fd, to) == 0;
}

/* A folder that may be gone after a power failure is not published: it goes back. */
static enum status sync_parent(struct staged_folder *folder, struct diagnostics *diagnostics)
{
    const int fd = folder->parent.fd;

    if (folder_sync(fd))
        return STATUS_OK;
    const enum status status = failed(folder, "sync the folder it is in", diagnostics);
    (void)renameat(fd, folder->parent.name, fd, folder->staging);
    return status;
}

enum status staged_folder_publish(struct staged_folder *folder, struct diagnostics *diagnostics)
{
    if (!sync_folders(folder->fd, "."))
        return failed(folder, "sync", diagnostics);
    if (!rename_to_out(folder)) {
        if (errno == EEXIST || errno == ENOTEMPTY || errno == ENOTDIR)
            return refuse(folder, "already exists", diagnostics);
        return failed(folder, "rename the staging folder to it", diagnostics);
    }
    const enum status status = sync_parent(folder, diagnostics);
    if (status == STATUS_OK)
        close_folder(folder);
    return status;
}

void staged_folder_abandon(struct staged_folder *folder)
{
    if (folder == NULL)
        return;
    /* Before the lock goes, so that the next run finds nothing or waits its turn. */
    if (folder->fd >= 0 && remove_contents(folder->fd, "."))
        (void)unlinkat(folder->parent.fd, folder->staging, AT_REMOVEDIR);
    close_folder(folder);
}
