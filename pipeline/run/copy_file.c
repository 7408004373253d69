#include "run/copy_file.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/contained_open.h"
#include "run/text_leaks.h"
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

/* What one copy needs. */
struct copying {
    const struct file_plan *file;
    struct text_leaks leaks;
    struct file_tally *tally;
    struct file_report *report;
    struct phase_meter *meter;
    struct diagnostics *diagnostics;
};

static enum status write_piece(struct copying *copying, struct span piece, struct byte_sink *sink,
                               struct pieces *pieces)
{
    copying->report->size_in += piece.size;
    phase_meter_batch(copying->meter, copying->report->size_in, 0);
    pieces_clear(pieces);
    if (!text_leaks_add(&copying->leaks, piece, copying->tally) || !pieces_add(pieces, piece))
        return diagnostics_no_memory(copying->diagnostics);
    return sink ? byte_sink_write(sink, pieces, copying->diagnostics) : STATUS_OK;
}

static enum status copy_bytes(struct copying *copying, int from, struct byte_sink *sink)
{
    char *bytes = malloc(COPY_SIZE);
    struct pieces pieces = PIECES_INIT;
    enum status status = bytes ? STATUS_OK : diagnostics_no_memory(copying->diagnostics);
    ssize_t got = 1;

    while (status == STATUS_OK && got > 0) {
        got = read_some(from, bytes);
        if (got < 0)
            status = diagnostics_system(copying->diagnostics, copying->file->name, "read", errno);
        else
            status = write_piece(copying, (struct span){bytes, (size_t)got}, sink, &pieces);
    }
    pieces_release(&pieces);
    free(bytes);
    if (status == STATUS_OK && sink)
        status = byte_sink_finish(sink, copying->diagnostics);
    return status;
}

/* `sink` NULL: the file is only looked through. */
static enum status copy_to_sink(struct copying *copying, int from, struct byte_sink *sink)
{
    struct file_report *report = copying->report;
    enum status status = file_tally_init(copying->tally, 1)
                             ? STATUS_OK
                             : diagnostics_no_memory(copying->diagnostics);

    if (status == STATUS_OK)
        status = copy_bytes(copying, from, sink);
    if (status == STATUS_OK && sink) {
        report->size_out = byte_sink_size(sink);
        memcpy(report->checksum_in, byte_sink_checksum(sink), CHECKSUM_SIZE);
        memcpy(report->checksum_out, byte_sink_checksum(sink), CHECKSUM_SIZE);
    }
    text_leaks_release(&copying->leaks);
    return status;
}

static enum status copy_staged(struct copying *copying, int from, struct staged_folder *staged)
{
    const char *path = copying->file->path, *name = staged_file_name(staged, path);
    struct byte_sink *sink = NULL;
    int to = -1;
    enum status closed, status = staged_file_create(staged, path, &to, copying->diagnostics);

    if (status != STATUS_OK)
        return status;
    status = byte_sink_new(to, name, SINK_PLAIN, &sink, copying->diagnostics);
    if (status == STATUS_OK)
        status = copy_to_sink(copying, from, sink);
    byte_sink_free(sink);
    closed = staged_file_close(to, name, copying->diagnostics);
    return status == STATUS_OK ? closed : status;
}

enum status copy_file(const struct run_plan *plan, const struct file_plan *file,
                      const struct known_identifiers *leaks, struct staged_folder *staged,
                      struct phase_meter *meter, struct file_tally *tally,
                      struct file_report *report, struct diagnostics *diagnostics)
{
    struct copying copying = {.file = file,
                              .leaks = {.known = leaks},
                              .tally = tally,
                              .report = report,
                              .meter = meter,
                              .diagnostics = diagnostics};
    int from = contained_open(plan->folder_fd, file->path);
    enum status status;

    if (from < 0) {
        const int reason = errno;

        diagnostics_system(diagnostics, file->name, "open", reason);
        return is_failure_of_system(reason) ? STATUS_SYSTEM : STATUS_INPUT;
    }
    phase_meter_file(meter, (uint64_t)file->seen.st_size);
    status = staged ? copy_staged(&copying, from, staged) : copy_to_sink(&copying, from, NULL);
    close(from);
    if (status == STATUS_OK)
        phase_meter_file_end(meter);
    return status;
}
