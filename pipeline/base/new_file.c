#include "base/new_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/folder.h"

struct new_file {
    struct parent_folder parent;
    char *path;      /* as given, for messages */
    char *temporary; /* the name in the parent; NULL: there is none */
    int fd;
    bool replace;
};

static enum status refuse(const struct new_file *file, const char *why,
                          struct diagnostics *diagnostics)
{
    diagnostics_error(diagnostics, (struct place){file->path, 0, 0}, "%s", why);
    return STATUS_SYSTEM;
}

static enum status failed(const struct new_file *file, const char *verb,
                          struct diagnostics *diagnostics)
{
    return diagnostics_system(diagnostics, file->path, verb, errno);
}

static void release(struct new_file *file)
{
    if (file->fd >= 0)
        close(file->fd);
    parent_folder_close(&file->parent);
    free(file->temporary);
    free(file->path);
    free(file);
}

static enum status check_place(const struct new_file *file, struct diagnostics *diagnostics)
{
    struct stat info;

    if (fstatat(file->parent.fd, file->parent.name, &info, AT_SYMLINK_NOFOLLOW) != 0)
        return errno == ENOENT ? STATUS_OK : failed(file, "inspect", diagnostics);
    if (!file->replace)
        return refuse(file, "already exists", diagnostics);
    return S_ISREG(info.st_mode) ? STATUS_OK
                                 : refuse(file, "exists and is not a regular file", diagnostics);
}

static enum status make_temporary(struct new_file *file, struct diagnostics *diagnostics)
{
    char *path;
    char *name;

    if (asprintf(&path, "/proc/self/fd/%d/.%s.XXXXXX", file->parent.fd, file->parent.name) < 0)
        return diagnostics_no_memory(diagnostics);
    name = strrchr(path, '/') + 1;
    file->fd = mkostemp(path, O_CLOEXEC);
    if (file->fd < 0) {
        const enum status status = failed(file, "make a file beside it", diagnostics);

        free(path);
        return status;
    }
    /* the name moves within its memory: nothing can fail that would lose it */
    memmove(path, name, strlen(name) + 1);
    file->temporary = path;
    return STATUS_OK;
}

enum status new_file_open(const char *path, bool replace, struct new_file **file,
                          struct diagnostics *diagnostics)
{
    struct new_file *opened = calloc(1, sizeof(*opened));
    enum status status;

    *file = NULL;
    if (opened == NULL)
        return diagnostics_no_memory(diagnostics);
    opened->parent = (struct parent_folder)PARENT_FOLDER_INIT;
    opened->fd = -1;
    opened->replace = replace;
    opened->path = strdup(path);
    status = opened->path != NULL ? parent_folder_open(path, &opened->parent, diagnostics)
                                  : diagnostics_no_memory(diagnostics);
    if (status == STATUS_OK)
        status = check_place(opened, diagnostics);
    if (status == STATUS_OK)
        status = make_temporary(opened, diagnostics);
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
    return file->parent.fd;
}

/* A link refuses to replace as well, where the file system knows no RENAME_NOREPLACE. */
static bool move_without_replacing(const struct new_file *file)
{
    const int fd = file->parent.fd;

    if (renameat2(fd, file->temporary, fd, file->parent.name, RENAME_NOREPLACE) == 0)
        return true;
    if (errno != EINVAL && errno != ENOSYS)
        return false;
    return linkat(fd, file->temporary, fd, file->parent.name, 0) == 0 &&
           unlinkat(fd, file->temporary, 0) == 0;
}

static bool move(const struct new_file *file)
{
    const int fd = file->parent.fd;

    if (file->replace)
        return renameat(fd, file->temporary, fd, file->parent.name) == 0;
    return move_without_replacing(file);
}

enum status new_file_publish(struct new_file *file, struct diagnostics *diagnostics)
{
    const int fd = file->fd;

    if (fsync(fd) != 0)
        return failed(file, "sync", diagnostics);
    file->fd = -1;
    if (close(fd) != 0)
        return failed(file, "close", diagnostics);
    if (!move(file)) {
        if (errno == EEXIST)
            return refuse(file, "already exists", diagnostics);
        return failed(file, "rename the finished file to it", diagnostics);
    }
    free(file->temporary);
    file->temporary = NULL;
    if (!folder_sync(file->parent.fd))
        return failed(file, "sync the folder it is in", diagnostics);
    release(file);
    return STATUS_OK;
}

void new_file_abandon(struct new_file *file)
{
    if (file == NULL)
        return;
    if (file->temporary != NULL)
        (void)unlinkat(file->parent.fd, file->temporary, 0);
    release(file);
}
