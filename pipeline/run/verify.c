#include "run/verify.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <string.h>
#include <unistd.h>

#include "base/contained_open.h"
#include "base/folder_listing.h"
#include "read/export_reader.h"
#include "report/manifest_reader.h"
#include "report/manifest_words.h"
#include "run/stream.h"

/* The longest record that a run can have written: the largest --record-limit. */
enum { RECORD_LIMIT_LARGEST = 1 << 30 };

static const struct reader_options reader_options = {
    BATCH_SIZE_DEFAULT, RECORD_LIMIT_LARGEST, {EXPANSION_LIMIT_DEFAULT, true, false}};

/* What a file turns out to be. */
struct found {
    uint64_t size;
    unsigned char checksum[CHECKSUM_SIZE];
    uint64_t records;
    bool counted; /* the records could be */
};

struct verifying {
    const char *folder;
    int folder_fd;
    struct stream *stream;
    struct verify_counts *counts;
    struct diagnostics *diagnostics;
    struct arena arena;
    struct folder_listing listing;
    struct manifest manifest;
    const struct manifest_file *file; /* to be read next; NULL: none */
    struct found *found;              /* of the one being read */
};

static const char *name_of(struct verifying *verifying, const char *path)
{
    const char *name = arena_printf(&verifying->arena, "%s/%s", verifying->folder, path);

    return name ? name : path;
}

static void differ(struct verifying *verifying, const char *path, uint64_t *counter,
                   const char *what)
{
    (*counter)++;
    diagnostics_error(verifying->diagnostics, (struct place){name_of(verifying, path), 0, 0}, "%s",
                      what);
}

static enum status refuse_open(struct verifying *verifying, const char *name, int reason)
{
    diagnostics_system(verifying->diagnostics, name, "open", reason);
    return is_failure_of_system(reason) ? STATUS_SYSTEM : STATUS_INPUT;
}

static enum status open_folder(struct verifying *verifying)
{
    const char *const folder = verifying->folder;
    const char *name;
    int fd, reason;
    enum status status;

    verifying->folder_fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (verifying->folder_fd < 0)
        return refuse_open(verifying, folder, errno);
    fd = contained_open(verifying->folder_fd, MANIFEST_PATH);
    reason = errno;
    name = name_of(verifying, MANIFEST_PATH);
    if (fd < 0)
        return refuse_open(verifying, name, reason);
    status =
        manifest_read(fd, name, &verifying->arena, &verifying->manifest, verifying->diagnostics);
    close(fd);
    if (status != STATUS_OK)
        return status;
    return folder_list(verifying->folder_fd, folder, &verifying->arena, &verifying->listing,
                       verifying->diagnostics);
}

static enum status nothing(void *context, struct flight *flight)
{
    (void)context;
    (void)flight;
    return STATUS_OK;
}

static enum status open_next(void *context, struct export_reader **reader, const void **item,
                             struct diagnostics *diagnostics)
{
    struct verifying *verifying = context;
    const struct manifest_file *file = verifying->file;

    *reader = NULL;
    *item = verifying->file = NULL;
    if (!file)
        return STATUS_OK;
    return export_reader_open(verifying->folder_fd, file->path, name_of(verifying, file->path),
                              &file->dialect, &reader_options, reader, diagnostics);
}

static enum status count(void *context, struct flight *flight, struct diagnostics *diagnostics)
{
    struct found *found = ((struct verifying *)context)->found;
    const struct byte_source *source = export_reader_source(flight->reader);

    (void)diagnostics;
    found->records += flight->batch.record_count;
    if (!flight->batch.last)
        return STATUS_OK;
    found->size = (uint64_t)byte_source_stat(source)->st_size;
    memcpy(found->checksum, byte_source_checksum(source), CHECKSUM_SIZE);
    found->counted = true;
    return STATUS_OK;
}

/* Reads a file of records once, for all that is asked of it. */
static enum status read_records(struct verifying *verifying, const struct manifest_file *file,
                                struct found *found)
{
    const struct stage stage = {verifying, open_next, nothing, count, NULL, false};

    verifying->file = file;
    verifying->found = found;
    return stream_files(verifying->stream, &stage, verifying->diagnostics);
}

static enum status read_bytes(struct verifying *verifying, const char *path, struct found *found)
{
    int fd = contained_open(verifying->folder_fd, path);
    bool read = fd >= 0 && checksum_file(fd, found->checksum, &found->size);
    int reason = errno;

    if (fd >= 0)
        close(fd);
    return read ? STATUS_OK
                : diagnostics_system(verifying->diagnostics, name_of(verifying, path), "read",
                                     reason);
}

/* "changed: 24 bytes instead of 30, 2 records instead of 3" */
static void compare(struct verifying *verifying, const struct manifest_file *file,
                    const struct found *found)
{
    const bool sized = found->size == file->size;
    const bool same = sized && memcmp(found->checksum, file->checksum, CHECKSUM_SIZE) == 0;
    const bool miscounted = found->counted && found->records != file->records;
    const char *bytes = "", *records = "", *what;

    if (same && !miscounted)
        return;
    if (!sized)
        bytes = arena_printf(&verifying->arena, ": %" PRIu64 " bytes instead of %" PRIu64,
                             found->size, file->size);
    else if (!same)
        bytes = ": the same size, but other bytes";
    if (miscounted)
        records = arena_printf(&verifying->arena, "%s %" PRIu64 " records instead of %" PRIu64,
                               same ? ":" : ",", found->records, file->records);
    what = bytes && records ? arena_printf(&verifying->arena, "changed%s%s", bytes, records) : NULL;
    differ(verifying, file->path, &verifying->counts->changed, what ? what : "changed");
}

/* A file that can't be read as the records it held has changed, and why it can't is told too. */
static enum status check_file(struct verifying *verifying, const struct manifest_file *file,
                              const struct listed_file *listed)
{
    struct found found = {.counted = false};
    enum status status = STATUS_OK;

    verifying->counts->files += !file->is_report;
    if (listed->kind != FILE_REGULAR) {
        differ(verifying, file->path, &verifying->counts->changed,
               listed->kind == FILE_SYMLINK ? "is a symbolic link now" : "is no regular file now");
        return STATUS_OK;
    }
    if (file->has_records)
        status = read_records(verifying, file, &found);
    if (status == STATUS_SYSTEM)
        return status;
    if (!found.counted)
        status = read_bytes(verifying, file->path, &found);
    if (status != STATUS_OK)
        return status;
    verifying->counts->bytes += file->is_report ? 0 : found.size;
    verifying->counts->records += found.records;
    compare(verifying, file, &found);
    return STATUS_OK;
}

/* Walks both lists, which have one order, side by side. */
static enum status compare_lists(struct verifying *verifying)
{
    const struct manifest *manifest = &verifying->manifest;
    const struct folder_listing *listing = &verifying->listing;
    size_t i = 0, j = 0;
    enum status status = STATUS_OK;

    while (status == STATUS_OK && (i < manifest->count || j < listing->count)) {
        const struct manifest_file *file = i < manifest->count ? &manifest->files[i] : NULL;
        const struct listed_file *listed = j < listing->count ? &listing->files[j] : NULL;
        const int order = !file ? 1 : !listed ? -1 : strcmp(file->path, listed->path);

        if (order < 0)
            differ(verifying, file->path, &verifying->counts->missing, "missing");
        else if (order == 0)
            status = check_file(verifying, file, listed);
        else if (strcmp(listed->path, MANIFEST_PATH) != 0)
            differ(verifying, listed->path, &verifying->counts->extra, "not in the manifest");
        i += order <= 0;
        j += order >= 0;
    }
    return status;
}

enum status verify(const struct verify_options *options, struct verify_counts *counts,
                   struct diagnostics *diagnostics)
{
    struct verifying verifying = {.folder = options->folder,
                                  .folder_fd = -1,
                                  .counts = counts,
                                  .diagnostics = diagnostics,
                                  .arena = ARENA_INIT};
    enum status status = open_folder(&verifying);

    *counts = (struct verify_counts){0};
    if (status == STATUS_OK) {
        verifying.stream = stream_new(options->jobs > 1 ? options->jobs : 0, options->stop);
        status = verifying.stream ? STATUS_OK : diagnostics_no_threads(diagnostics);
    }
    if (status == STATUS_OK)
        status = compare_lists(&verifying);
    if (status == STATUS_OK && diagnostics->errors)
        status = STATUS_INPUT;
    stream_free(verifying.stream);
    if (verifying.folder_fd >= 0)
        close(verifying.folder_fd);
    arena_release(&verifying.arena);
    return status;
}
