#include "run/stream.h"

#include <stdlib.h>

#include "base/task_pool.h"

/* Batches in flight per thread: one worked on, one waiting, one being collected. */
enum { FLIGHTS_PER_THREAD = 3 };

/* A flight with what the engine needs around it. */
struct seat {
    struct flight flight;
    struct task task;
    const struct export_reader *reader;
    const struct stage *stage;
    enum status status; /* of framing and work */
};

struct stream {
    struct task_pool *pool;
    struct seat *seats;
    size_t seat_count;
    size_t workers;
    const volatile sig_atomic_t *stop;
};

struct stream *stream_new(size_t threads, const volatile sig_atomic_t *stop)
{
    struct stream *stream = calloc(1, sizeof(*stream));

    if (!stream)
        return NULL;
    stream->workers = threads ? threads : 1;
    stream->seat_count = threads ? threads * FLIGHTS_PER_THREAD : 1;
    stream->stop = stop;
    stream->seats = calloc(stream->seat_count, sizeof(*stream->seats));
    stream->pool = task_pool_new(threads);
    if (!stream->seats || !stream->pool) {
        stream_free(stream);
        return NULL;
    }
    for (size_t i = 0; i < stream->seat_count; i++)
        stream->seats[i].flight = (struct flight){.batch = BATCH_INIT, .slot = i};
    return stream;
}

void stream_free(struct stream *stream)
{
    if (!stream)
        return;
    task_pool_free(stream->pool);
    for (size_t i = 0; stream->seats && i < stream->seat_count; i++) {
        batch_release(&stream->seats[i].flight.batch);
        diagnostics_release(&stream->seats[i].flight.diagnostics);
    }
    free(stream->seats);
    free(stream);
}

size_t stream_slots(const struct stream *stream)
{
    return stream->seat_count;
}

size_t stream_workers(const struct stream *stream)
{
    return stream->workers;
}

bool stream_stopped(const struct stream *stream, struct diagnostics *diagnostics)
{
    if (!*stream->stop)
        return false;
    diagnostics_error(diagnostics, (struct place){NULL, 0, 0}, "interrupted");
    return true;
}

static void work(void *argument, size_t worker)
{
    struct seat *seat = argument;
    struct flight *flight = &seat->flight;

    flight->worker = worker;
    seat->status = export_reader_index(seat->reader, &flight->batch, &flight->diagnostics);
    if (seat->status == STATUS_OK)
        seat->status = seat->stage->work(seat->stage->context, flight);
}

/* Waits for a seat's batch and collects it; after an error only waits. */
static enum status land(struct stream *stream, struct seat *seat, enum status status,
                        struct diagnostics *diagnostics)
{
    task_wait(stream->pool, &seat->task);
    if (status != STATUS_OK) {
        diagnostics_release(&seat->flight.diagnostics);
        return status;
    }
    diagnostics_move(diagnostics, &seat->flight.diagnostics);
    if (seat->status != STATUS_OK)
        return seat->status;
    return seat->stage->collect(seat->stage->context, &seat->flight, diagnostics);
}

static enum status take_off(struct stream *stream, struct seat *seat, struct export_reader *reader,
                            const struct stage *stage, struct diagnostics *diagnostics)
{
    enum status status = export_reader_next(reader, &seat->flight.batch, diagnostics);

    if (status != STATUS_OK)
        return status;
    seat->reader = reader;
    seat->stage = stage;
    seat->task = (struct task){.run = work, .argument = seat};
    task_submit(stream->pool, &seat->task);
    return STATUS_OK;
}

/*
 * Batch n sits in seat n % seats. An error met in reading comes behind those of the
 * batches before it, so it waits in `later` until these have landed.
 */
enum status stream_file(struct stream *stream, struct export_reader *reader,
                        const struct stage *stage, struct diagnostics *diagnostics)
{
    struct diagnostics later = DIAGNOSTICS_INIT;
    enum status status = STATUS_OK, read = STATUS_OK;
    size_t seats = stage->one_by_one ? 1 : stream->seat_count;
    size_t begun = 0, landed = 0;
    bool last = false;

    while (!last && status == STATUS_OK && read == STATUS_OK) {
        struct seat *seat = &stream->seats[begun % seats];

        if (begun - landed == seats)
            status = land(stream, &stream->seats[landed++ % seats], status, diagnostics);
        if (status == STATUS_OK && stream_stopped(stream, diagnostics))
            status = STATUS_SYSTEM;
        if (status != STATUS_OK)
            break;
        read = take_off(stream, seat, reader, stage, &later);
        begun += read == STATUS_OK;
        last = seat->flight.batch.last;
    }
    while (landed < begun)
        status = land(stream, &stream->seats[landed++ % seats], status, diagnostics);
    if (status == STATUS_OK && read != STATUS_OK) {
        status = read;
        diagnostics_move(diagnostics, &later);
    }
    diagnostics_release(&later);
    return status;
}
