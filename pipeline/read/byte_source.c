#include "read/byte_source.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "base/contained_open.h"
#include "read/gzip_members.h"

enum { INPUT_SIZE = 256 << 10 };

struct byte_source {
    int fd; /* -1: closed, as the file is read, or there was none */
    const char *name;
    struct source_options options;
    struct stat opened;           /* the file as it was at first */
    struct gzip_members *members; /* NULL: plain */
    struct checksum checksum;     /* without a context: not asked for */
    unsigned char digest[CHECKSUM_SIZE];
    char *input;        /* INPUT_SIZE bytes; NULL: there is no file */
    struct span unread; /* what of `input`, or of all that there is, is not used yet */
    uint64_t taken;     /* bytes of the file read so far */
    bool ended;         /* the file is read, and has not changed meanwhile */
};

static enum status refuse(const struct byte_source *source, const char *problem,
                          struct diagnostics *diagnostics)
{
    diagnostics_error(diagnostics, (struct place){source->name, 0, 0}, "%s", problem);
    return STATUS_INPUT;
}

static bool same_time(struct timespec a, struct timespec b)
{
    return a.tv_sec == b.tv_sec && a.tv_nsec == b.tv_nsec;
}

static enum status finish(struct byte_source *source, struct diagnostics *diagnostics)
{
    const struct stat *then = &source->opened;
    struct stat now;

    if (fstat(source->fd, &now) != 0)
        return diagnostics_system(diagnostics, source->name, "read", errno);
    if (now.st_size != then->st_size || source->taken != (uint64_t)then->st_size ||
        !same_time(now.st_mtim, then->st_mtim) || !same_time(now.st_ctim, then->st_ctim))
        return refuse(source, "the file changed while it was read", diagnostics);
    if (source->checksum.context != NULL && !checksum_finish(&source->checksum, source->digest))
        return diagnostics_no_memory(diagnostics);
    source->ended = true;
    /* Batches of many files may be in flight: only the one being read holds a descriptor. */
    if (source->options.again)
        return STATUS_OK;
    close(source->fd);
    source->fd = -1;
    return STATUS_OK;
}

static ssize_t read_retrying(int fd, char *to, size_t size)
{
    ssize_t got;

    do
        got = read(fd, to, size);
    while (got < 0 && errno == EINTR);
    return got;
}

/* Reads `size` bytes of the file, less only at its end. */
static enum status take(struct byte_source *source, char *to, size_t size, size_t *taken,
                        struct diagnostics *diagnostics)
{
    ssize_t got = 1;

    *taken = 0;
    while (*taken < size && got > 0) {
        got = read_retrying(source->fd, to + *taken, size - *taken);
        if (got < 0)
            return diagnostics_system(diagnostics, source->name, "read", errno);
        *taken += (size_t)got;
    }
    source->taken += *taken;
    if (source->checksum.context != NULL &&
        !checksum_add(&source->checksum, (struct span){to, *taken}))
        return diagnostics_no_memory(diagnostics);
    return got == 0 ? finish(source, diagnostics) : STATUS_OK;
}

/* Fills the input, all of which has been used, or finds the end of the file. */
static enum status fill(struct byte_source *source, struct diagnostics *diagnostics)
{
    size_t size;
    const enum status status = take(source, source->input, INPUT_SIZE, &size, diagnostics);

    source->unread = (struct span){source->input, size};
    return status;
}

static bool is_named_gzip(const char *path)
{
    const struct span name = span_of(path);

    return name.size >= 3 && strcasecmp(name.at + name.size - 3, ".gz") == 0;
}

/* The name and the first bytes must agree on whether the file is gzip. */
static enum status choose_format(struct byte_source *source, const char *path,
                                 struct diagnostics *diagnostics)
{
    const bool named = is_named_gzip(path);
    const bool begins = gzip_begins(source->unread);

    if (named && !begins)
        return refuse(source, "not gzip, though its name ends in .gz", diagnostics);
    if (!named && begins)
        return refuse(source, "gzip data, though its name does not end in .gz", diagnostics);
    if (!named)
        return STATUS_OK;
    source->members = gzip_members_new(source->options.expansion_limit);
    return source->members != NULL ? STATUS_OK : diagnostics_no_memory(diagnostics);
}

static enum status begin(struct byte_source *source, const char *path,
                         struct diagnostics *diagnostics)
{
    if (fstat(source->fd, &source->opened) != 0)
        return diagnostics_system(diagnostics, source->name, "read", errno);
    if (!S_ISREG(source->opened.st_mode))
        return refuse(source, "not a regular file", diagnostics);
    /* Only a hint: that it fails does not matter. */
    (void)posix_fadvise(source->fd, 0, 0, POSIX_FADV_SEQUENTIAL);
    source->input = malloc(INPUT_SIZE);
    if (source->input == NULL || (source->options.checksum && !checksum_start(&source->checksum)))
        return diagnostics_no_memory(diagnostics);

    const enum status status = fill(source, diagnostics);
    return status == STATUS_OK ? choose_format(source, path, diagnostics) : status;
}

static enum status refuse_opening(const char *name, int reason, struct diagnostics *diagnostics)
{
    if (reason == EXDEV || reason == ELOOP) {
        diagnostics_error(diagnostics, (struct place){name, 0, 0},
                          "cannot open: a symbolic link, or outside its folder");
        return STATUS_INPUT;
    }
    const enum status status = diagnostics_system(diagnostics, name, "open", reason);
    return is_failure_of_system(reason) ? status : STATUS_INPUT;
}

/* Makes the source of an open file; `fd` is its own from here on, or -1 with errno set. */
static enum status make(int fd, const char *path, const char *name,
                        const struct source_options *options, struct byte_source **result,
                        struct diagnostics *diagnostics)
{
    *result = NULL;
    if (fd < 0)
        return refuse_opening(name, errno, diagnostics);
    struct byte_source *source = calloc(1, sizeof *source);
    if (source == NULL) {
        close(fd);
        return diagnostics_no_memory(diagnostics);
    }
    source->fd = fd;
    source->name = name;
    source->options = *options;
    const enum status status = begin(source, path, diagnostics);
    if (status != STATUS_OK) {
        byte_source_free(source);
        return status;
    }
    *result = source;
    return STATUS_OK;
}

enum status byte_source_open(int folder_fd, const char *path, const char *name,
                             const struct source_options *options, struct byte_source **source,
                             struct diagnostics *diagnostics)
{
    return make(contained_open(folder_fd, path), path, name, options, source, diagnostics);
}

enum status byte_source_open_own(const char *path, const struct source_options *options,
                                 struct byte_source **source, struct diagnostics *diagnostics)
{
    const int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);

    return make(fd, path, path, options, source, diagnostics);
}

struct byte_source *byte_source_of_bytes(struct span bytes, const char *name)
{
    struct byte_source *source = calloc(1, sizeof *source);

    if (source == NULL)
        return NULL;
    source->fd = -1;
    source->name = name;
    source->opened.st_size = (off_t)bytes.size;
    source->unread = bytes;
    source->taken = bytes.size;
    source->ended = true;
    return source;
}

/* Gives up to `size` bytes of the input as they are. */
static size_t copy_some(struct byte_source *source, char *to, size_t size)
{
    const size_t piece = size < source->unread.size ? size : source->unread.size;

    memcpy(to, source->unread.at, piece);
    source->unread.at += piece;
    source->unread.size -= piece;
    return piece;
}

static enum status inflate_more(struct byte_source *source, char *to, size_t size, size_t *got,
                                struct diagnostics *diagnostics)
{
    const struct gzip_problem *problem;
    const enum status status = gzip_members_inflate(source->members, &source->unread, source->ended,
                                                    to, size, got, &problem);

    if (status == STATUS_INPUT)
        diagnostics_error(diagnostics, (struct place){source->name, 0, 0}, "%s, %s %" PRIu64,
                          problem->what, problem->where, gzip_members_offset(source->members));
    return status == STATUS_SYSTEM ? diagnostics_no_memory(diagnostics) : status;
}

/* Adds to *got up to `size` bytes, which may be 0 where more are to come. */
static enum status read_some(struct byte_source *source, char *to, size_t size, size_t *got,
                             struct diagnostics *diagnostics)
{
    const bool is_due = source->unread.size == 0 && !source->ended;
    enum status status = STATUS_OK;
    size_t taken;

    /* Much of a plain file goes straight to where it is wanted. */
    if (is_due && source->members == NULL && size >= INPUT_SIZE) {
        status = take(source, to, size, &taken, diagnostics);
        *got += taken;
        return status;
    }
    if (is_due)
        status = fill(source, diagnostics);
    if (status == STATUS_OK && source->members != NULL)
        status = inflate_more(source, to, size, got, diagnostics);
    else if (status == STATUS_OK)
        *got += copy_some(source, to, size);
    return status;
}

enum status byte_source_read(struct byte_source *source, char *to, size_t size, size_t *got,
                             struct diagnostics *diagnostics)
{
    enum status status = STATUS_OK;
    bool ended = false;

    *got = 0;
    while (status == STATUS_OK && *got < size && !ended) {
        ended = source->ended;
        status = read_some(source, to + *got, size - *got, got, diagnostics);
        ended = ended && source->unread.size == 0;
    }
    return status;
}

enum status byte_source_rewind(struct byte_source *source, struct diagnostics *diagnostics)
{
    if (lseek(source->fd, 0, SEEK_SET) != 0 || fstat(source->fd, &source->opened) != 0)
        return diagnostics_system(diagnostics, source->name, "read", errno);
    source->taken = 0;
    source->ended = false;
    source->unread = (struct span){source->input, 0};
    checksum_release(&source->checksum);
    if (source->options.checksum && !checksum_start(&source->checksum))
        return diagnostics_no_memory(diagnostics);
    if (source->members == NULL)
        return STATUS_OK;
    gzip_members_free(source->members);
    source->members = gzip_members_new(source->options.expansion_limit);
    return source->members != NULL ? STATUS_OK : diagnostics_no_memory(diagnostics);
}

bool byte_source_is_gzip(const struct byte_source *source)
{
    return source->members != NULL;
}

uint64_t byte_source_position(const struct byte_source *source)
{
    return source->taken;
}

const struct stat *byte_source_stat(const struct byte_source *source)
{
    return &source->opened;
}

const unsigned char *byte_source_checksum(const struct byte_source *source)
{
    return source->digest;
}

void byte_source_free(struct byte_source *source)
{
    if (source == NULL)
        return;
    gzip_members_free(source->members);
    checksum_release(&source->checksum);
    free(source->input);
    if (source->fd >= 0)
        close(source->fd);
    free(source);
}
