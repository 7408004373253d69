#include "base/folder_listing.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/folder.h"

enum { DEPTH_LIMIT = 64 };

struct found_file {
    struct listed_file file;
    struct found_file *next;
};

struct search {
    const char *name; /* the top folder's, for messages */
    struct arena *arena;
    struct diagnostics *diagnostics;
    struct found_file *found; /* latest first */
    size_t count;
};

/* `path` is relative to the top folder, "" the top folder itself. */
static enum status failed(struct search *search, const char *path, const char *verb, int reason)
{
    const char *separator = *path != '\0' ? "/" : "";
    char *full = arena_printf(search->arena, "%s%s%s", search->name, separator, path);

    if (full == NULL)
        return diagnostics_no_memory(search->diagnostics);
    return diagnostics_system(search->diagnostics, full, verb, reason);
}

static enum file_kind kind_of(mode_t mode)
{
    if (S_ISREG(mode))
        return FILE_REGULAR;
    return S_ISLNK(mode) ? FILE_SYMLINK : FILE_OTHER;
}

static enum status add_file(struct search *search, const char *path, const struct stat *info)
{
    struct found_file *found = arena_alloc(search->arena, sizeof *found);

    if (found == NULL)
        return diagnostics_no_memory(search->diagnostics);
    found->file = (struct listed_file){path, kind_of(info->st_mode), info->st_size};
    found->next = search->found;
    search->found = found;
    search->count++;
    return STATUS_OK;
}

static enum status search_folder(struct search *search, int parent_fd, const char *name,
                                 const char *path, unsigned depth);

static enum status add_entry(struct search *search, int folder_fd, const char *folder,
                             const char *name, unsigned depth)
{
    const char *separator = *folder != '\0' ? "/" : "";
    char *path = arena_printf(search->arena, "%s%s%s", folder, separator, name);
    struct stat info;

    if (path == NULL)
        return diagnostics_no_memory(search->diagnostics);
    if (fstatat(folder_fd, name, &info, AT_SYMLINK_NOFOLLOW) != 0)
        return failed(search, path, "inspect", errno);
    if (S_ISDIR(info.st_mode))
        return search_folder(search, folder_fd, name, path, depth + 1);
    return add_file(search, path, &info);
}

static enum status add_entries(struct search *search, DIR *entries, const char *path,
                               unsigned depth)
{
    enum status status = STATUS_OK;
    const char *name;

    while (status == STATUS_OK && (name = folder_next_entry(entries)) != NULL)
        status = add_entry(search, dirfd(entries), path, name, depth);
    if (status == STATUS_OK && errno != 0)
        status = failed(search, path, "list", errno);
    return status;
}

static enum status search_folder(struct search *search, int parent_fd, const char *name,
                                 const char *path, unsigned depth)
{
    if (depth > DEPTH_LIMIT) {
        diagnostics_error(search->diagnostics, (struct place){search->name, 0, 0},
                          "folders are nested more than %d deep", DEPTH_LIMIT);
        return STATUS_INPUT;
    }
    DIR *entries = folder_entries(parent_fd, name);
    if (entries == NULL)
        return failed(search, path, "open", errno);
    const enum status status = add_entries(search, entries, path, depth);
    folder_entries_close(entries);
    return status;
}

static int by_path(const void *left, const void *right)
{
    const struct listed_file *a = left;
    const struct listed_file *b = right;

    return strcmp(a->path, b->path);
}

static enum status sort_files(const struct search *search, struct folder_listing *listing)
{
    struct listed_file *files = arena_array(search->arena, search->count, sizeof *files);
    size_t count = 0;

    if (files == NULL)
        return diagnostics_no_memory(search->diagnostics);
    for (const struct found_file *found = search->found; found != NULL; found = found->next)
        files[count++] = found->file;
    qsort(files, count, sizeof *files, by_path);
    *listing = (struct folder_listing){files, count};
    return STATUS_OK;
}

enum status folder_list(int folder_fd, const char *name, struct arena *arena,
                        struct folder_listing *listing, struct diagnostics *diagnostics)
{
    struct search search = {.name = name, .arena = arena, .diagnostics = diagnostics};

    *listing = (struct folder_listing){NULL, 0};
    /* Opened anew as ".", so that the caller's descriptor keeps its position. */
    const enum status status = search_folder(&search, folder_fd, ".", "", 0);
    return status == STATUS_OK ? sort_files(&search, listing) : status;
}
