#include "run/stream.h"

#include <stdlib.h>

#include "base/task_pool.h"

/* Batches in flight per thread: one worked on, one waiting, one being collected. */
enum { FLIGHTS_PER_THREAD = 3 };

/* A flight with what the engine needs around it. */
struct seat {
    struct flight flight;
    struct stream *stream;
    struct task work;   /* frames the batch and works on it */
    struct task land;   /* waits for that, and collects */
    enum status status; /* of framing and work */
    bool well;          /* it has landed, and so had all before it */
};

/* The file that is streamed. */
struct trip {
    struct export_reader *reader;
    const struct stage *stage;
    /* the landing thread's, until every flight has landed */
    enum status status; /* of the first flight, in order, that failed */
    struct diagnostics diagnostics;
};

struct stream {
    struct task_pool *workers;
    struct task_pool *ground; /* one thread, where flights land in order */
    struct seat *seats;
    size_t seat_count;
    size_t worker_count;
    const atomic_int *stop;
    struct phase_meter *meter;
    struct phase_meter unwatched; /* what `meter` is at first */
    struct trip trip;
};

struct stream *stream_new(size_t threads, const atomic_int *stop)
{
    struct stream *stream = calloc(1, sizeof(*stream));

    if (!stream)
        return NULL;
    stream->worker_count = threads ? threads : 1;
    stream->seat_count = threads ? threads * FLIGHTS_PER_THREAD : 1;
    stream->stop = stop;
    stream->meter = &stream->unwatched;
    stream->seats = calloc(stream->seat_count, sizeof(*stream->seats));
    stream->workers = task_pool_new(threads);
    stream->ground = task_pool_new(threads ? 1 : 0);
    if (!stream->seats || !stream->workers || !stream->ground) {
        stream_free(stream);
        return NULL;
    }
    for (size_t i = 0; i < stream->seat_count; i++)
        stream->seats[i] =
            (struct seat){.flight = {.batch = BATCH_INIT, .slot = i}, .stream = stream};
    return stream;
}

void stream_free(struct stream *stream)
{
    if (!stream)
        return;
    task_pool_free(stream->workers);
    task_pool_free(stream->ground);
    for (size_t i = 0; stream->seats && i < stream->seat_count; i++) {
        batch_release(&stream->seats[i].flight.batch);
        diagnostics_release(&stream->seats[i].flight.diagnostics);
    }
    free(stream->seats);
    free(stream);
}

void stream_watch(struct stream *stream, struct phase_meter *meter)
{
    stream->meter = meter;
}

struct phase_meter *stream_meter(struct stream *stream)
{
    return stream->meter;
}

size_t stream_slots(const struct stream *stream)
{
    return stream->seat_count;
}

size_t stream_workers(const struct stream *stream)
{
    return stream->worker_count;
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
    const struct trip *trip = &seat->stream->trip;

    flight->worker = worker;
    seat->status = export_reader_index(trip->reader, &flight->batch, &flight->diagnostics);
    if (seat->status == STATUS_OK)
        seat->status = trip->stage->work(trip->stage->context, flight);
}

/* Waits for a seat's batch and collects it; after an error only waits. */
static void land(void *argument, size_t worker)
{
    struct seat *seat = argument;
    struct trip *trip = &seat->stream->trip;

    (void)worker;
    task_wait(seat->stream->workers, &seat->work);
    if (trip->status == STATUS_OK) {
        diagnostics_move(&trip->diagnostics, &seat->flight.diagnostics);
        trip->status = seat->status;
    }
    if (trip->status == STATUS_OK)
        trip->status =
            trip->stage->collect(trip->stage->context, &seat->flight, &trip->diagnostics);
    seat->well = trip->status == STATUS_OK;
    diagnostics_release(&seat->flight.diagnostics);
}

static enum status take_off(struct stream *stream, struct seat *seat,
                            struct diagnostics *diagnostics)
{
    enum status status = STATUS_SYSTEM;

    if (!stream_stopped(stream, diagnostics))
        status = export_reader_next(stream->trip.reader, &seat->flight.batch, diagnostics);
    if (status != STATUS_OK)
        return status;
    seat->work = (struct task){.run = work, .argument = seat};
    seat->land = (struct task){.run = land, .argument = seat};
    task_submit(stream->workers, &seat->work);
    task_submit(stream->ground, &seat->land);
    return STATUS_OK;
}

/* Waits until the flight in a seat has landed. False if it, or one before it, failed. */
static bool has_landed(struct stream *stream, struct seat *seat)
{
    task_wait(stream->ground, &seat->land);
    if (seat->well)
        phase_meter_batch(stream->meter,
                          byte_source_position(export_reader_source(stream->trip.reader)),
                          seat->flight.batch.record_count);
    return seat->well;
}

/*
 * Batch n sits in seat n % seats. An error met in reading comes behind those of the
 * batches before it, so it waits in `later` until these have landed.
 */
enum status stream_file(struct stream *stream, struct export_reader *reader,
                        const struct stage *stage, struct diagnostics *diagnostics)
{
    struct diagnostics later = DIAGNOSTICS_INIT;
    enum status read = STATUS_OK;
    size_t seats = stage->one_by_one ? 1 : stream->seat_count;
    size_t begun = 0, landed = 0;
    bool last = false, well = true;

    stream->trip = (struct trip){.reader = reader, .stage = stage};
    phase_meter_file(stream->meter,
                     (uint64_t)byte_source_stat(export_reader_source(reader))->st_size);
    while (!last && well && read == STATUS_OK) {
        struct seat *seat = &stream->seats[begun % seats];

        if (begun - landed == seats)
            well = has_landed(stream, &stream->seats[landed++ % seats]);
        if (!well)
            break;
        read = take_off(stream, seat, &later);
        begun += read == STATUS_OK;
        last = seat->flight.batch.last;
    }
    while (landed < begun)
        well = has_landed(stream, &stream->seats[landed++ % seats]) && well;
    diagnostics_move(diagnostics, &stream->trip.diagnostics);
    if (well)
        diagnostics_move(diagnostics, &later);
    if (well && read == STATUS_OK)
        phase_meter_file_end(stream->meter);
    diagnostics_release(&later);
    return well ? read : stream->trip.status;
}
