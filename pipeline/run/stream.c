#include "run/stream.h"

#include <stdlib.h>

#include "base/task_pool.h"

/* Batches in flight per thread: one worked on, one waiting, one being collected, one being settled
 * after that. */
enum { FLIGHTS_PER_THREAD = 4 };

/* A flight with what the engine needs around it. */
struct seat {
    struct flight flight;
    struct export_reader *reader; /* of the flight's file; freed with the last of it */
    struct stream *stream;
    struct task work;   /* frames the batch and works on it */
    struct task land;   /* waits for that, and collects */
    uint64_t file_size; /* of that file as it stands on disk */
    uint64_t position;  /* how much of it has been read */
    enum status status; /* of framing and work */
    bool collected;     /* well or not */
    bool well;          /* it has landed, and so had all before it */
};

/* The files that are streamed. */
struct trip {
    const struct stage *stage;
    /* the caller's: the file being read */
    struct export_reader *reader; /* NULL: the next is to be opened */
    const void *file;
    bool begun; /* a batch of it was read */
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
    seat->status = export_reader_index(seat->reader, &flight->batch, &flight->diagnostics);
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
    seat->collected = trip->status == STATUS_OK;
    if (seat->collected)
        trip->status =
            trip->stage->collect(trip->stage->context, &seat->flight, &trip->diagnostics);
    seat->well = trip->status == STATUS_OK;
    diagnostics_release(&seat->flight.diagnostics);
    if (seat->flight.batch.last)
        export_reader_free(seat->reader);
}

static enum status open_next(struct trip *trip, struct diagnostics *diagnostics)
{
    if (trip->reader)
        return STATUS_OK;
    trip->begun = false;
    return trip->stage->open(trip->stage->context, &trip->reader, &trip->file, diagnostics);
}

/* Reads the next batch of the file that is open. */
static enum status board(struct trip *trip, struct seat *seat, struct diagnostics *diagnostics)
{
    const struct byte_source *source = export_reader_source(trip->reader);
    struct flight *flight = &seat->flight;
    enum status status = export_reader_next(trip->reader, &flight->batch, diagnostics);

    if (status != STATUS_OK)
        return status;
    seat->reader = trip->reader;
    seat->file_size = (uint64_t)byte_source_stat(source)->st_size;
    seat->position = byte_source_position(source);
    flight->reader = trip->reader;
    flight->file = trip->file;
    flight->first = !trip->begun;
    trip->begun = true;
    if (flight->batch.last)
        trip->reader = NULL;
    return STATUS_OK;
}

/* *begun is not counted up where nothing is left. */
static enum status take_off(struct stream *stream, struct seat *seat, size_t *begun,
                            struct diagnostics *diagnostics)
{
    struct trip *trip = &stream->trip;
    enum status status = STATUS_SYSTEM;

    if (!stream_stopped(stream, diagnostics))
        status = open_next(trip, diagnostics);
    if (status != STATUS_OK || !trip->reader)
        return status;
    status = board(trip, seat, diagnostics);
    if (status != STATUS_OK)
        return status;
    seat->work = (struct task){.run = work, .argument = seat};
    seat->land = (struct task){.run = land, .argument = seat};
    task_submit(stream->workers, &seat->work);
    task_submit(stream->ground, &seat->land);
    ++*begun;
    return STATUS_OK;
}

static void meter_flight(struct phase_meter *meter, const struct seat *seat)
{
    if (seat->flight.first)
        phase_meter_file(meter, seat->file_size);
    phase_meter_batch(meter, seat->position, seat->flight.batch.record_count);
    if (seat->flight.batch.last)
        phase_meter_file_end(meter);
}

/* Waits until the flight in a seat has landed and is settled. False if it, or one before it,
 * failed.
 */
static bool has_landed(struct stream *stream, struct seat *seat)
{
    const struct stage *stage = stream->trip.stage;

    task_wait(stream->ground, &seat->land);
    if (seat->collected && stage->settle)
        stage->settle(stage->context, seat->flight.slot);
    if (seat->well)
        meter_flight(stream->meter, seat);
    return seat->well;
}

/*
 * Batch n sits in seat n % seats. An error met in opening or reading comes behind those
 * of the batches before it, so it waits in `later` until these have landed.
 */
enum status stream_files(struct stream *stream, const struct stage *stage,
                         struct diagnostics *diagnostics)
{
    struct diagnostics later = DIAGNOSTICS_INIT;
    enum status read = STATUS_OK;
    size_t seats = stage->one_by_one ? 1 : stream->seat_count;
    size_t begun = 0, landed = 0, before;
    bool well = true;

    stream->trip = (struct trip){.stage = stage};
    do {
        before = begun;
        if (begun - landed == seats)
            well = has_landed(stream, &stream->seats[landed++ % seats]);
        if (well)
            read = take_off(stream, &stream->seats[begun % seats], &begun, &later);
    } while (begun > before);
    while (landed < begun)
        well = has_landed(stream, &stream->seats[landed++ % seats]) && well;
    export_reader_free(stream->trip.reader);
    diagnostics_move(diagnostics, &stream->trip.diagnostics);
    if (well)
        diagnostics_move(diagnostics, &later);
    diagnostics_release(&later);
    return well ? read : stream->trip.status;
}
