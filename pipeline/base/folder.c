#include "base/folder.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/span.h"

/* The path without the slashes at its end; of "/" nothing is left. */
static struct span without_end_slashes(const char *path)
{
    struct span rest = span_of(path);

    while (rest.size > 0 && rest.at[rest.size - 1] == '/')
        rest.size--;
    return rest;
}

static struct span last_name(struct span path)
{
    const char *slash = path.size > 0 ? memrchr(path.at, '/', path.size) : NULL;
    const size_t start = slash != NULL ? (size_t)(slash - path.at) + 1 : 0;

    return (struct span){path.at + start, path.size - start};
}

static bool is_proper(struct span name)
{
    return name.size != 0 && !span_equal(name, SPAN(".")) && !span_equal(name, SPAN(".."));
}

void close_keeping_errno(int fd)
{
    const int reason = errno;

    close(fd);
    errno = reason;
}

enum status parent_folder_open(const char *path, struct parent_folder *parent,
                               struct diagnostics *diagnostics)
{
    const struct span whole = without_end_slashes(path);
    const struct span name = last_name(whole);

    *parent = (struct parent_folder)PARENT_FOLDER_INIT;
    if (!is_proper(name)) {
        diagnostics_error(diagnostics, (struct place){path, 0, 0}, "the path must end with a name");
        return STATUS_USAGE;
    }
    parent->name = strndup(name.at, name.size);
    parent->way = strndup(whole.at, whole.size - name.size);
    if (parent->name == NULL || parent->way == NULL)
        return diagnostics_no_memory(diagnostics);
    parent->fd =
        open(parent->way[0] != '\0' ? parent->way : ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (parent->fd < 0)
        return diagnostics_system(diagnostics, path, "open the folder it is in", errno);
    return STATUS_OK;
}

void parent_folder_close(struct parent_folder *parent)
{
    if (parent->fd >= 0)
        close(parent->fd);
    free(parent->way);
    free(parent->name);
    *parent = (struct parent_folder)PARENT_FOLDER_INIT;
}

DIR *folder_entries(int parent_fd, const char *name)
{
    const int fd = openat(parent_fd, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    DIR *entries = fd >= 0 ? fdopendir(fd) : NULL;

    if (fd >= 0 && entries == NULL)
        close_keeping_errno(fd);
    return entries;
}

const char *folder_next_entry(DIR *entries)
{
    const struct dirent *entry;

    do {
        errno = 0;
        entry = readdir(entries);
    } while (entry != NULL &&
             (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0));
    return entry != NULL ? entry->d_name : NULL;
}

void folder_entries_close(DIR *entries)
{
    const int reason = errno;

    if (entries != NULL)
        closedir(entries);
    errno = reason;
}

int folder_open_or_make(int parent_fd, const char *name)
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
    return folder_remove_contents(folder_fd, name) && unlinkat(folder_fd, name, AT_REMOVEDIR) == 0;
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
bool folder_remove_contents(int parent_fd, const char *folder_name)
{
    DIR *entries = folder_entries(parent_fd, folder_name);
    bool removed = entries != NULL;
    bool found = true;

    while (removed && found)
        removed = remove_entries(entries, &found);
    folder_entries_close(entries);
    return removed;
}

bool folder_sync(int folder_fd)
{
    return fsync(folder_fd) == 0 || errno == EINVAL;
}
