#include "ledger/ledger_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file_lock.h"
#include "base/read_at.h"

enum { LOCK_ATTEMPTS = 100, HEAD_LIMIT = 65536 };

static enum status refuse(const struct ledger_file *file, enum status status, const char *why,
                          struct diagnostics *diagnostics)
{
    diagnostics_error(diagnostics, (struct place){file->path, 0, 0}, "%s", why);
    return status;
}

static enum status refuse_busy(const struct ledger_file *file, struct diagnostics *diagnostics)
{
    return refuse(file, STATUS_SYSTEM, "the ledger is in use by another run", diagnostics);
}

static enum status failed(const struct ledger_file *file, const char *verb,
                          struct diagnostics *diagnostics)
{
    return diagnostics_system(diagnostics, file->path, verb, errno);
}

static bool make_names(struct ledger_file *file)
{
    const char *name = file->folder.name;

    if (asprintf(&file->head_name, "%s.head", name) < 0)
        file->head_name = NULL;
    if (asprintf(&file->new_name, "%s.new", name) < 0)
        file->new_name = NULL;
    if (asprintf(&file->new_head_name, "%s.head.new", name) < 0)
        file->new_head_name = NULL;
    return file->head_name && file->new_name && file->new_head_name;
}

static enum status check_file(const struct ledger_file *file, struct diagnostics *diagnostics)
{
    struct stat info;

    if (fstat(file->fd, &info) != 0)
        return failed(file, "inspect the ledger", diagnostics);
    if (!S_ISREG(info.st_mode))
        return refuse(file, STATUS_INPUT, "the ledger is not a regular file", diagnostics);
    if (info.st_uid != geteuid())
        return refuse(file, STATUS_INPUT, "the ledger belongs to another user", diagnostics);
    if ((info.st_mode & 022) != 0)
        return refuse(file, STATUS_INPUT,
                      "the ledger can be written by other users, its mode should be 0600",
                      diagnostics);
    return STATUS_OK;
}

/* Whether what is locked still is what the name leads to: it may just have been renamed. */
static bool is_in_place(const struct ledger_file *file, int fd, const char *name)
{
    struct stat locked, named;

    return fstat(fd, &locked) == 0 &&
           fstatat(file->folder.fd, name, &named, AT_SYMLINK_NOFOLLOW) == 0 &&
           locked.st_dev == named.st_dev && locked.st_ino == named.st_ino;
}

static bool exists(const struct ledger_file *file, const char *name)
{
    struct stat info;

    return fstatat(file->folder.fd, name, &info, AT_SYMLINK_NOFOLLOW) == 0;
}

static enum status miss(const struct ledger_file *file, enum ledger_access access,
                        struct diagnostics *diagnostics)
{
    /* FILE.new is a ledger that was just being made: it has its head, but not yet its name */
    if (exists(file, file->head_name) && !exists(file, file->new_name))
        return refuse(file, STATUS_INPUT,
                      "the ledger is gone, though its head is there: restore it, or remove "
                      "the head if it was given up",
                      diagnostics);
    if (access == LEDGER_MAKE || exists(file, file->head_name))
        return STATUS_OK;
    return refuse(file, STATUS_INPUT, "there is no such ledger; 'efface ledger init' makes one",
                  diagnostics);
}

static int open_flags(enum ledger_access access)
{
    return (access == LEDGER_LOOK ? O_RDONLY : O_RDWR) | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY |
           O_CLOEXEC;
}

/* Who looks is content with others who look. False where somebody else is at it. */
static bool lock_as(int fd, enum ledger_access access)
{
    return file_lock(fd, access == LEDGER_LOOK ? LOCK_SH : LOCK_EX);
}

static enum status lock(struct ledger_file *file, enum ledger_access access,
                        struct diagnostics *diagnostics)
{
    for (int attempt = 0; attempt < LOCK_ATTEMPTS; attempt++) {
        file->fd = openat(file->folder.fd, file->folder.name, open_flags(access));
        if (file->fd < 0 && errno == ENOENT)
            return miss(file, access, diagnostics);
        if (file->fd < 0)
            return failed(file, "open the ledger", diagnostics);
        if (!lock_as(file->fd, access))
            break;
        if (is_in_place(file, file->fd, file->folder.name))
            return check_file(file, diagnostics);
        close(file->fd);
    }
    return refuse_busy(file, diagnostics);
}

enum status ledger_file_open(const char *path, enum ledger_access access, struct ledger_file *file,
                             struct diagnostics *diagnostics)
{
    enum status status;

    *file = (struct ledger_file){.folder = PARENT_FOLDER_INIT, .path = path, .fd = -1};
    status = parent_folder_open(path, &file->folder, diagnostics);
    if (status != STATUS_OK)
        return status;
    if (!make_names(file))
        return diagnostics_no_memory(diagnostics);
    return lock(file, access, diagnostics);
}

void ledger_file_close(struct ledger_file *file)
{
    if (file->fd >= 0)
        close(file->fd);
    file->fd = -1;
    parent_folder_close(&file->folder);
    free(file->head_name);
    free(file->new_name);
    free(file->new_head_name);
    file->head_name = file->new_name = file->new_head_name = NULL;
}

enum status ledger_file_read_head(const struct ledger_file *file, struct buffer *text,
                                  struct diagnostics *diagnostics)
{
    const int fd = openat(file->folder.fd, file->head_name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
    ssize_t got;

    if (fd < 0 && errno == ENOENT)
        return refuse(file, STATUS_INPUT,
                      "the ledger's head is missing: without it, lines may be missing too",
                      diagnostics);
    if (fd < 0)
        return failed(file, "open the head of the ledger", diagnostics);
    buffer_clear(text);
    if (!buffer_reserve(text, HEAD_LIMIT)) {
        close(fd);
        return diagnostics_no_memory(diagnostics);
    }
    got = read_at(fd, text->at, HEAD_LIMIT, 0);
    close(fd);
    if (got < 0)
        return failed(file, "read the head of the ledger", diagnostics);
    text->size = (size_t)got;
    return STATUS_OK;
}

/* False with errno. */
static bool write_at(int fd, struct span bytes, uint64_t offset)
{
    while (bytes.size > 0) {
        const ssize_t written = pwrite(fd, bytes.at, bytes.size, (off_t)offset);

        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0)
            return false;
        bytes = (struct span){bytes.at + written, bytes.size - (size_t)written};
        offset += (uint64_t)written;
    }
    return true;
}

/* A file to be renamed into place; an old one may be there. -1 with errno. */
static int make_file(const struct ledger_file *file, const char *name)
{
    const int flags = O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC;

    return openat(file->folder.fd, name, flags, FILE_MODE);
}

/* A umask may have taken the owner's rights too. False with errno. */
static bool empty_file(int fd)
{
    return fchmod(fd, FILE_MODE) == 0 && ftruncate(fd, 0) == 0;
}

enum status ledger_file_write_head(const struct ledger_file *file, struct span text,
                                   struct diagnostics *diagnostics)
{
    const int folder = file->folder.fd;
    const int fd = make_file(file, file->new_head_name);
    bool written = fd >= 0 && empty_file(fd) && write_at(fd, text, 0) && fsync(fd) == 0;

    if (fd >= 0 && close(fd) != 0)
        written = false;
    if (written && renameat(folder, file->new_head_name, folder, file->head_name) == 0 &&
        folder_sync(folder))
        return STATUS_OK;
    return failed(file, "write the head of the ledger", diagnostics);
}

enum status ledger_file_size(const struct ledger_file *file, uint64_t *size,
                             struct diagnostics *diagnostics)
{
    struct stat info;

    if (fstat(file->fd, &info) != 0)
        return failed(file, "inspect the ledger", diagnostics);
    *size = (uint64_t)info.st_size;
    return STATUS_OK;
}

enum status ledger_file_append(const struct ledger_file *file, struct span bytes, uint64_t offset,
                               struct diagnostics *diagnostics)
{
    if (write_at(file->fd, bytes, offset))
        return STATUS_OK;
    return failed(file, "write to the ledger", diagnostics);
}

enum status ledger_file_sync(const struct ledger_file *file, struct diagnostics *diagnostics)
{
    return fsync(file->fd) == 0 ? STATUS_OK : failed(file, "sync the ledger", diagnostics);
}

enum status ledger_file_cut(const struct ledger_file *file, uint64_t size,
                            struct diagnostics *diagnostics)
{
    if (ftruncate(file->fd, (off_t)size) != 0)
        return failed(file, "take back lines of the ledger", diagnostics);
    return ledger_file_sync(file, diagnostics);
}

/* Locks FILE.new. False where somebody else is at it, or has just renamed it. */
static bool lock_new(const struct ledger_file *file, enum ledger_access access, int fd)
{
    return lock_as(fd, access) && is_in_place(file, fd, file->new_name);
}

enum status ledger_file_begin(const struct ledger_file *file, struct ledger_file *replacement,
                              struct diagnostics *diagnostics)
{
    *replacement = *file;
    replacement->fd = make_file(file, file->new_name);
    if (replacement->fd < 0)
        return failed(file, "make a new ledger beside it", diagnostics);
    /* without FILE there was no lock so far, and another run may just have made it */
    if (lock_new(file, LEDGER_MAKE, replacement->fd) &&
        (file->fd >= 0 || !exists(file, file->folder.name))) {
        if (empty_file(replacement->fd))
            return STATUS_OK;
        close(replacement->fd);
        return failed(file, "empty the new ledger beside it", diagnostics);
    }
    close(replacement->fd);
    return refuse_busy(file, diagnostics);
}

enum status ledger_file_install(struct ledger_file *file, const struct ledger_file *replacement,
                                struct diagnostics *diagnostics)
{
    const int folder = file->folder.fd;

    if (renameat(folder, file->new_name, folder, file->folder.name) != 0 || !folder_sync(folder))
        return failed(file, "rename the new ledger to it", diagnostics);
    ledger_file_adopt(file, replacement->fd);
    return STATUS_OK;
}

void ledger_file_adopt(struct ledger_file *file, int fd)
{
    if (file->fd >= 0)
        close(file->fd);
    file->fd = fd;
}

enum status ledger_file_left(const struct ledger_file *file, enum ledger_access access, int *fd,
                             struct diagnostics *diagnostics)
{
    *fd = openat(file->folder.fd, file->new_name, open_flags(access));
    if (*fd < 0 && errno == ENOENT)
        return STATUS_OK;
    if (*fd < 0)
        return failed(file, "open the new ledger beside it", diagnostics);
    if (lock_new(file, access, *fd))
        return STATUS_OK;
    close(*fd);
    *fd = -1;
    return refuse_busy(file, diagnostics);
}

void ledger_file_remove_left(const struct ledger_file *file)
{
    (void)unlinkat(file->folder.fd, file->new_name, 0);
    (void)unlinkat(file->folder.fd, file->new_head_name, 0);
}
