#include "base/folder.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
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

static int open_folder(struct span path)
{
    char *copy = path.size != 0 ? strndup(path.at, path.size) : strdup(".");
    if (copy == NULL)
        return -1;
    const int fd = open(copy, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    const int reason = errno;

    free(copy);
    errno = reason;
    return fd;
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
    if (parent->name == NULL)
        return diagnostics_no_memory(diagnostics);
    parent->fd = open_folder((struct span){whole.at, whole.size - name.size});
    if (parent->fd < 0)
        return diagnostics_system(diagnostics, path, "open the folder it is in", errno);
    return STATUS_OK;
}

void parent_folder_close(struct parent_folder *parent)
{
    if (parent->fd >= 0)
        close(parent->fd);
    free(parent->name);
    *parent = (struct parent_folder)PARENT_FOLDER_INIT;
}

DIR *folder_entries(int parent_fd, const char *name)
{
    const int fd = openat(parent_fd, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    DIR *entries = fd >= 0 ? fdopendir(fd) : NULL;

    if (fd >= 0 && entries == NULL) {
        const int reason = errno;

        close(fd);
        errno = reason;
    }
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

bool folder_sync(int folder_fd)
{
    return fsync(folder_fd) == 0 || errno == EINVAL;
}
