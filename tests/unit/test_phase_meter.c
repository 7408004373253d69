#include "run/phase_meter.h"

#include <check.h>

Suite *test_phase_meter_suite(void);

static struct run_progress told;
static size_t told_count;

static void take(void *context, const struct run_progress *progress)
{
    ck_assert_ptr_eq(context, &told);
    ck_assert(progress->moment == PHASE_BEGINS || progress->bytes_done >= told.bytes_done);
    ck_assert_uint_le(progress->bytes_done, progress->bytes);
    ck_assert_uint_le(progress->files_done, progress->files);
    told = *progress;
    told_count++;
}

static struct phase_meter watched(void)
{
    told_count = 0;
    return (struct phase_meter){.watcher = {&told, take}};
}

START_TEST(files_and_batches_add_up)
{
    struct phase_meter meter = watched();

    phase_meter_begin(&meter, PHASE_APPLY, 2, 300);
    ck_assert_int_eq(told.moment, PHASE_BEGINS);
    ck_assert_uint_eq(told.files, 2);
    phase_meter_file(&meter, 100);
    phase_meter_batch(&meter, 40, 7);
    ck_assert_int_eq(told.moment, PHASE_GOES_ON);
    ck_assert_uint_eq(told.bytes_done, 40);
    phase_meter_batch(&meter, 100, 3);
    phase_meter_file_end(&meter);
    phase_meter_file(&meter, 200);
    phase_meter_batch(&meter, 50, 1);
    ck_assert_uint_eq(told.bytes_done, 150);
    ck_assert_uint_eq(told.records, 11);
    ck_assert_uint_eq(told.files_done, 1);
    phase_meter_file_end(&meter);
    phase_meter_end(&meter);
    ck_assert_int_eq(told.moment, PHASE_ENDS);
    ck_assert_uint_eq(told.bytes_done, 300);
    ck_assert_uint_eq(told.files_done, 2);
    ck_assert_uint_eq(told_count, 7);
}
END_TEST

START_TEST(what_is_read_again_makes_the_phase_longer)
{
    struct phase_meter meter = watched();

    phase_meter_begin(&meter, PHASE_RESOLVE, 1, 10);
    for (uint64_t i = 1; i <= 3; i++) {
        phase_meter_file(&meter, 10);
        phase_meter_file_end(&meter);
        ck_assert_uint_eq(told.files, i);
        ck_assert_uint_eq(told.bytes, 10 * i);
    }
}
END_TEST

START_TEST(what_was_not_read_after_all_is_not_left_over)
{
    struct phase_meter meter = watched();

    phase_meter_begin(&meter, PHASE_RESOLVE, 5, 50);
    phase_meter_file(&meter, 10);
    phase_meter_file_end(&meter);
    phase_meter_end(&meter);
    ck_assert_uint_eq(told.files, 1);
    ck_assert_uint_eq(told.bytes, 10);
}
END_TEST

START_TEST(a_file_is_never_longer_than_it_was_announced)
{
    struct phase_meter meter = watched();

    phase_meter_begin(&meter, PHASE_APPLY, 1, 10);
    phase_meter_file(&meter, 10);
    phase_meter_batch(&meter, 12, 1);
    ck_assert_uint_eq(told.bytes_done, 10);
}
END_TEST

START_TEST(nobody_need_watch)
{
    struct phase_meter meter = PHASE_METER_INIT;

    phase_meter_begin(&meter, PHASE_REPORTS, 1, 0);
    phase_meter_file(&meter, 3);
    phase_meter_file_end(&meter);
    phase_meter_end(&meter);
    ck_assert_uint_eq(meter.progress.files_done, 1);
}
END_TEST

Suite *test_phase_meter_suite(void)
{
    Suite *suite = suite_create("phase_meter");
    TCase *tests = tcase_create("all");

    tcase_add_test(tests, files_and_batches_add_up);
    tcase_add_test(tests, what_is_read_again_makes_the_phase_longer);
    tcase_add_test(tests, what_was_not_read_after_all_is_not_left_over);
    tcase_add_test(tests, a_file_is_never_longer_than_it_was_announced);
    tcase_add_test(tests, nobody_need_watch);
    suite_add_tcase(suite, tests);
    return suite;
}
