#include "run/copy_file.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/contained_open.h"
#include "write/byte_sink.h"

enum { COPY_SIZE = 256 * 1024 };

static ssize_t read_some(int fd, char *to)
{
    ssize_t got;

    do
        got = read(fd, to, COPY_SIZE);
    while (got < 0 && errno == EINTR);
    return got;
}

static enum status copy_bytes(const struct file_plan *file, int from, struct byte_sink *sink,
                              struct file_report *report, struct diagnostics *diagnostics)
{
    char *bytes = malloc(COPY_SIZE);
    struct pieces pieces = PIECES_INIT;
    enum status status = bytes ? STATUS_OK : diagnostics_no_memory(diagnostics);
    ssize_t got = 1;

    while (status == STATUS_OK && got > 0) {
        got = read_some(from, bytes);
        if (got < 0) {
            status = diagnostics_system(diagnostics, file->name, "read", errno);
            break;
        }
        report->size_in += (uint64_t)got;
        pieces_clear(&pieces);
        status = pieces_add(&pieces, (struct span){bytes, (size_t)got})
                     ? byte_sink_write(sink, &pieces, diagnostics)
                     : diagnostics_no_memory(diagnostics);
    }
    pieces_release(&pieces);
    free(bytes);
    return status == STATUS_OK ? byte_sink_finish(sink, diagnostics) : status;
}

static enum status copy_open(const struct file_plan *file, int from, int to,
                             struct file_report *report, struct diagnostics *diagnostics)
{
    struct byte_sink *sink = NULL;
    enum status status = byte_sink_new(to, file->path, false, &sink, diagnostics);

    if (status == STATUS_OK)
        status = copy_bytes(file, from, sink, report, diagnostics);
    if (status == STATUS_OK) {
        report->size_out = byte_sink_size(sink);
        memcpy(report->checksum_in, byte_sink_checksum(sink), CHECKSUM_SIZE);
        memcpy(report->checksum_out, byte_sink_checksum(sink), CHECKSUM_SIZE);
    }
    byte_sink_free(sink);
    return status;
}

enum status copy_file(const struct run_plan *plan, const struct file_plan *file,
                      struct staged_folder *staged, struct file_report *report,
                      struct diagnostics *diagnostics)
{
    int from = contained_open(plan->folder_fd, file->path);
    enum status status, closed;
    int to = -1;

    if (from < 0) {
        diagnostics_system(diagnostics, file->name, "open", errno);
        return STATUS_INPUT;
    }
    status = staged_file_create(staged, file->path, &to, diagnostics);
    if (status == STATUS_OK) {
        status = copy_open(file, from, to, report, diagnostics);
        closed = staged_file_close(to, file->path, diagnostics);
        status = status == STATUS_OK ? closed : status;
    }
    close(from);
    return status;
}
