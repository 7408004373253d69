#include "run/stream.h"

#include <check.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <unistd.h>

#include "read_fixture.h"
#include "scratch_folder.h"

enum { RECORDS = 400, RECORD_SIZE = 7, BATCH_SIZE = 32, NEVER = RECORDS };
enum { FILES_MOST = 200, SLOTS_MOST = 64 };

static struct scratch_folder folder;
static struct diagnostics diagnostics;
static struct buffer body;      /* of the file: the records 000000, 000001, ... */
static struct buffer collected; /* the bytes of the batches, as they were collected */
static atomic_int stop;
static struct stream *stream;
static atomic_int working, most_working;

/* In the batches that hold these records, work or collect fails. */
static long work_fails[2], collect_fails;
static long stops; /* ... the flag is set while it is collected */

/* x.csv is opened so many times, one after the other; then opening fails, if it shall. */
static size_t files, opened;
static bool opening_fails;
static size_t limit;      /* on its records */
static size_t most_ahead; /* files opened and not collected wholly */
static atomic_size_t through;
static atomic_bool unsettled[SLOTS_MOST]; /* collected, and not settled since */

static void setup(void)
{
    scratch_folder_enter(&folder);
    diagnostics = (struct diagnostics)DIAGNOSTICS_INIT;
    collected = body = (struct buffer)BUFFER_INIT;
    for (int i = 0; i < RECORDS; i++)
        ck_assert(buffer_append_format(&body, "%06d\n", i));
    work_fails[0] = work_fails[1] = collect_fails = stops = NEVER;
    stop = 0;
    working = most_working = 0;
    files = 1;
    opening_fails = false;
    most_ahead = 0;
}

static void teardown(void)
{
    stream_free(stream);
    buffer_release(&body);
    buffer_release(&collected);
    diagnostics_release(&diagnostics);
    scratch_folder_leave(&folder);
}

static bool holds(const struct batch *batch, long record)
{
    const uint64_t header = sizeof "Id\n" - 1;
    const uint64_t at = header + (uint64_t)record * RECORD_SIZE;

    return batch->offset <= at && at < batch->offset + batch->bytes.size;
}

static void note_working(void)
{
    const int now = atomic_fetch_add(&working, 1) + 1;
    int most = atomic_load(&most_working);

    while (now > most && !atomic_compare_exchange_weak(&most_working, &most, now))
        ;
}

/* The first batches of every few take longest, so that later ones overtake them. */
static enum status work(void *context, struct flight *flight)
{
    enum status status = STATUS_OK;

    (void)context;
    note_working();
    usleep((useconds_t)(flight->batch.offset / BATCH_SIZE % 4 == 0 ? 2000 : 0));
    for (int i = 0; i < 2; i++) {
        if (!holds(&flight->batch, work_fails[i]))
            continue;
        diagnostics_error(&flight->diagnostics, (struct place){NULL, 0, 0}, "work of %ld",
                          work_fails[i]);
        status = STATUS_LEAK;
    }
    atomic_fetch_sub(&working, 1);
    return status;
}

static enum status collect(void *context, struct flight *flight, struct diagnostics *messages)
{
    (void)context;
    REQUIRE(flight->slot < stream_slots(stream));
    REQUIRE(flight->worker < stream_workers(stream));
    REQUIRE(!atomic_exchange(&unsettled[flight->slot], true));
    if (holds(&flight->batch, collect_fails)) {
        diagnostics_error(messages, (struct place){NULL, 0, 0}, "collecting");
        return STATUS_SYSTEM;
    }
    REQUIRE(buffer_append(&collected, buffer_span(&flight->batch.bytes)));
    REQUIRE(flight->first == (flight->batch.offset == sizeof "Id\n" - 1));
    REQUIRE(*(const size_t *)flight->file == atomic_load(&through) + 1);
    if (holds(&flight->batch, stops))
        stop = SIGTERM;
    atomic_fetch_add(&through, flight->batch.last);
    return STATUS_OK;
}

static void settle(void *context, size_t slot)
{
    (void)context;
    REQUIRE(atomic_exchange(&unsettled[slot], false));
}

static void write_file(void)
{
    struct buffer file = BUFFER_INIT;

    ck_assert(buffer_append(&file, SPAN("Id\n")) && buffer_append(&file, buffer_span(&body)));
    input_file("x.csv", buffer_span(&file));
    buffer_release(&file);
}

/* Its files are numbers, from 1. */
static enum status open_next(void *context, struct export_reader **reader, const void **file,
                             struct diagnostics *messages)
{
    static const struct dialect dialect = {',', QUOTING_STRICT, {NULL, 0}};
    static size_t numbers[FILES_MOST];
    const struct reader_options options = {
        BATCH_SIZE, limit, {EXPANSION_LIMIT_DEFAULT, false, false}};

    (void)context;
    *reader = NULL;
    if (opened == files && opening_fails) {
        diagnostics_error(messages, (struct place){NULL, 0, 0}, "opening");
        return STATUS_INPUT;
    }
    if (opened == files)
        return STATUS_OK;
    numbers[opened] = opened + 1;
    *file = &numbers[opened++];
    const size_t ahead = opened - atomic_load(&through);
    most_ahead = ahead > most_ahead ? ahead : most_ahead;
    return export_reader_open(folder.fd, "x.csv", "x.csv", &dialect, &options, reader, messages);
}

static enum status run_limited(size_t record_limit, bool one_by_one)
{
    const struct stage stage = {NULL, open_next, work, collect, settle, one_by_one};

    write_file();
    limit = record_limit;
    opened = 0;
    atomic_store(&through, 0);
    buffer_clear(&collected);
    const enum status status = stream_files(stream, &stage, &diagnostics);
    for (size_t slot = 0; slot < SLOTS_MOST; slot++)
        REQUIRE(!unsettled[slot]);
    return status;
}

static enum status run(void)
{
    return run_limited(RECORD_LIMIT_DEFAULT, false);
}

static void begin(size_t threads)
{
    stream = stream_new(threads, &stop);
    ck_assert_ptr_nonnull(stream);
}

/* Every file, in order. */
static void assert_whole(void)
{
    ck_assert_uint_eq(collected.size, files * body.size);
    for (size_t i = 0; i < files && body.size; i++)
        ck_assert_mem_eq(collected.at + i * body.size, body.at, body.size);
    ck_assert_uint_eq(diagnostics.count, 0);
}

/* Asserts that what was collected are the records before `record`, up to its batch. */
static void assert_collected_up_to(size_t record)
{
    ck_assert_uint_le(collected.size, record * RECORD_SIZE);
    ck_assert_uint_gt(collected.size + BATCH_SIZE, record * RECORD_SIZE);
    ck_assert_mem_eq(collected.at, body.at, collected.size);
}

START_TEST(batches_are_collected_in_order)
{
    static const size_t threads[] = {0, 1, 2, 4, 8};

    begin(threads[_i]);
    ck_assert_int_eq(run(), STATUS_OK);
    assert_whole();
    ck_assert_uint_eq(stream_workers(stream), threads[_i] ? threads[_i] : 1);
    ck_assert_int_le(most_working, (int)stream_workers(stream));
}
END_TEST

START_TEST(several_threads_work_at_once)
{
    begin(4);
    ck_assert_uint_gt(stream_slots(stream), 4);
    ck_assert_int_eq(run(), STATUS_OK);
    ck_assert_int_gt(most_working, 1);
}
END_TEST

START_TEST(no_batch_runs_ahead_where_one_follows_the_other)
{
    begin(4);
    ck_assert_int_eq(run_limited(RECORD_LIMIT_DEFAULT, true), STATUS_OK);
    assert_whole();
    ck_assert_int_eq(most_working, 1);
}
END_TEST

START_TEST(a_file_without_records_is_one_empty_batch)
{
    begin(2);
    buffer_clear(&body);
    ck_assert_int_eq(run(), STATUS_OK);
    assert_whole();
}
END_TEST

START_TEST(files_follow_one_another)
{
    begin((size_t)_i);
    files = 3;
    ck_assert_int_eq(run(), STATUS_OK);
    assert_whole();
}
END_TEST

START_TEST(no_file_at_all_is_fine)
{
    begin(2);
    files = 0;
    ck_assert_int_eq(run(), STATUS_OK);
    assert_whole();
}
END_TEST

/* Each is one batch; no more are open than batches can be in flight, and one that is read. */
START_TEST(small_files_go_side_by_side)
{
    begin(4);
    files = FILES_MOST;
    body.size = 2 * RECORD_SIZE;
    ck_assert_int_eq(run(), STATUS_OK);
    assert_whole();
    ck_assert_int_gt(most_working, 1);
    ck_assert_uint_gt(most_ahead, 1);
    ck_assert_uint_le(most_ahead, stream_slots(stream) + 1);
}
END_TEST

START_TEST(no_file_runs_ahead_where_one_follows_the_other)
{
    begin(4);
    files = 20;
    body.size = 2 * RECORD_SIZE;
    ck_assert_int_eq(run_limited(RECORD_LIMIT_DEFAULT, true), STATUS_OK);
    assert_whole();
    ck_assert_int_eq(most_working, 1);
    ck_assert_uint_eq(most_ahead, 1);
}
END_TEST

START_TEST(an_error_in_opening_comes_behind_those_before)
{
    begin((size_t)_i);
    files = 2;
    opening_fails = true;
    ck_assert_int_eq(run(), STATUS_INPUT);
    assert_message(&diagnostics, "error: opening");
    ck_assert_uint_eq(collected.size, files * body.size);

    diagnostics_release(&diagnostics);
    diagnostics = (struct diagnostics)DIAGNOSTICS_INIT;
    files = 1;
    work_fails[0] = RECORDS - 1;
    ck_assert_int_eq(run(), STATUS_LEAK);
    ck_assert_uint_eq(diagnostics.count, 1);
    assert_collected_up_to(RECORDS - 1);
}
END_TEST

START_TEST(the_first_error_in_order_wins)
{
    begin(4);
    work_fails[0] = 32 * BATCH_SIZE / RECORD_SIZE; /* in a slow batch */
    work_fails[1] = work_fails[0] + 10;
    ck_assert_int_eq(run(), STATUS_LEAK);
    char message[32];
    snprintf(message, sizeof message, "error: work of %ld", work_fails[0]);
    assert_message(&diagnostics, message);
    assert_collected_up_to((size_t)work_fails[0]);
}
END_TEST

START_TEST(an_error_in_collecting_ends_the_stream)
{
    begin(4);
    collect_fails = 100;
    work_fails[0] = 110;
    ck_assert_int_eq(run(), STATUS_SYSTEM);
    assert_message(&diagnostics, "error: collecting");
    assert_collected_up_to(100);
}
END_TEST

START_TEST(a_malformed_record_is_an_error_in_its_place)
{
    begin(4);
    body.at[200 * RECORD_SIZE + 2] = '"';
    ck_assert_int_eq(run(), STATUS_INPUT);
    ck_assert_uint_eq(diagnostics.count, 1);
    ck_assert_uint_eq(diagnostics.items[0].line, 202);
    assert_collected_up_to(200);
}
END_TEST

/* The batch before it is still being worked on when reading fails. */
START_TEST(an_error_in_reading_comes_behind_those_before)
{
    begin(4);
    for (size_t i = 0; i < 10; i++)
        body.at[(200 + i) * RECORD_SIZE - 1] = 'x'; /* one long record */
    ck_assert_int_eq(run_limited(40, false), STATUS_INPUT);
    ck_assert_uint_eq(diagnostics.count, 1);
    ck_assert_uint_eq(diagnostics.items[0].line, 201);
    assert_collected_up_to(199);

    diagnostics_release(&diagnostics);
    diagnostics = (struct diagnostics)DIAGNOSTICS_INIT;
    work_fails[0] = 197;
    ck_assert_int_eq(run_limited(40, false), STATUS_LEAK);
    assert_message(&diagnostics, "error: work of 197");
}
END_TEST

START_TEST(a_stream_serves_again_after_an_error)
{
    begin(3);
    work_fails[0] = 5;
    ck_assert_int_eq(run(), STATUS_LEAK);
    assert_message(&diagnostics, "error: work of 5");
    work_fails[0] = NEVER;
    ck_assert_int_eq(run(), STATUS_OK);
    assert_whole();
}
END_TEST

/* What is in flight may still be collected. */
START_TEST(a_stop_ends_the_stream_between_batches)
{
    begin((size_t)_i);
    stops = 50;
    ck_assert_int_eq(run(), STATUS_SYSTEM);
    assert_message(&diagnostics, "error: interrupted");
    ck_assert_uint_gt(collected.size, 50 * RECORD_SIZE);
    ck_assert_uint_le(collected.size, 50 * RECORD_SIZE + (stream_slots(stream) + 1) * BATCH_SIZE);
    ck_assert_mem_eq(collected.at, body.at, collected.size);
}
END_TEST

START_TEST(a_stop_before_the_first_batch_collects_nothing)
{
    begin(2);
    stop = SIGINT;
    ck_assert_int_eq(run(), STATUS_SYSTEM);
    assert_message(&diagnostics, "error: interrupted");
    ck_assert_uint_eq(collected.size, 0);
}
END_TEST

START_TEST(whether_to_stop_can_be_asked)
{
    begin(0);
    ck_assert(!stream_stopped(stream, &diagnostics));
    ck_assert_uint_eq(diagnostics.count, 0);
    stop = SIGHUP;
    ck_assert(stream_stopped(stream, &diagnostics));
    assert_message(&diagnostics, "error: interrupted");
}
END_TEST

Suite *test_stream_suite(void)
{
    Suite *suite = suite_create("stream");
    TCase *cases = tcase_create("stream");

    tcase_add_checked_fixture(cases, setup, teardown);
    tcase_add_loop_test(cases, batches_are_collected_in_order, 0, 5);
    tcase_add_test(cases, several_threads_work_at_once);
    tcase_add_test(cases, no_batch_runs_ahead_where_one_follows_the_other);
    tcase_add_test(cases, a_file_without_records_is_one_empty_batch);
    tcase_add_loop_test(cases, files_follow_one_another, 0, 5);
    tcase_add_test(cases, no_file_at_all_is_fine);
    tcase_add_test(cases, small_files_go_side_by_side);
    tcase_add_test(cases, no_file_runs_ahead_where_one_follows_the_other);
    tcase_add_loop_test(cases, an_error_in_opening_comes_behind_those_before, 0, 3);
    tcase_add_test(cases, the_first_error_in_order_wins);
    tcase_add_test(cases, an_error_in_collecting_ends_the_stream);
    tcase_add_test(cases, a_malformed_record_is_an_error_in_its_place);
    tcase_add_test(cases, an_error_in_reading_comes_behind_those_before);
    tcase_add_test(cases, a_stream_serves_again_after_an_error);
    tcase_add_loop_test(cases, a_stop_ends_the_stream_between_batches, 0, 4);
    tcase_add_test(cases, a_stop_before_the_first_batch_collects_nothing);
    tcase_add_test(cases, whether_to_stop_can_be_asked);
    suite_add_tcase(suite, cases);
    return suite;
}
