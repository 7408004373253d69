#include "cli/progress_line.h"

#include <check.h>
#include <string.h>

#include "cli/progress.h"

Suite *test_progress_line_suite(void);

static const struct run_progress half_way = {PHASE_APPLY, PHASE_GOES_ON, 12,     15,
                                             1300000000,  2100000000,    9000000};

static void assert_line(const struct run_progress *progress, uint64_t elapsed, size_t width,
                        bool colour, const char *expected)
{
    char line[PROGRESS_LINE_SIZE];

    ck_assert_uint_eq(progress_line_write(line, progress, elapsed, width, colour),
                      strlen(expected));
    ck_assert_str_eq(line, expected);
}

START_TEST(a_line_of_80_columns_holds_all)
{
    assert_line(&half_way, 13000, 79, false,
                "apply    12 of 15 files   61 %  1.3 GB of 2.1 GB  692 k records/s  0:08 left");
}
END_TEST

START_TEST(a_narrow_line_leaves_out_what_matters_least)
{
    assert_line(&half_way, 13000, 74, false,
                "apply    12 of 15 files   61 %  692 k records/s  0:08 left");
    assert_line(&half_way, 13000, 50, false, "apply    12 of 15 files   61 %  0:08 left");
    assert_line(&half_way, 13000, 40, false, "apply    12 of 15 files   61 %");
    assert_line(&half_way, 13000, 20, false, "apply     61 %");
    assert_line(&half_way, 13000, 10, false, "apply  ");
    assert_line(&half_way, 13000, 3, false, "");
}
END_TEST

START_TEST(no_line_is_wider_than_asked)
{
    char line[PROGRESS_LINE_SIZE];
    const struct run_progress huge = {PHASE_RESOLVE, PHASE_GOES_ON, UINT64_MAX,       UINT64_MAX,
                                      UINT64_MAX,    UINT64_MAX,    UINT64_MAX / 2000};

    for (size_t width = 0; width < 200; width++) {
        ck_assert_uint_le(progress_line_write(line, &huge, 1000, width, false), width);
        ck_assert_uint_le(progress_line_write(line, &half_way, 1, width, false), width);
    }
}
END_TEST

START_TEST(colour_takes_no_room)
{
    assert_line(&half_way, 13000, 40, true, "\033[1mapply  \033[0m  12 of 15 files   61 %");
}
END_TEST

START_TEST(at_first_nothing_is_said_of_speed_and_time)
{
    const struct run_progress begun = {PHASE_RESOLVE, PHASE_BEGINS, 0, 1, 0, 999, 0};

    assert_line(&begun, 0, 79, false, "resolve  0 of 1 file    0 %  0 B of 999 B");
    ck_assert_int_eq(progress_left(&begun, 5000), LEFT_UNKNOWN);
    ck_assert_int_eq(progress_left(&half_way, 100), LEFT_UNKNOWN);
}
END_TEST

START_TEST(reports_are_only_counted)
{
    const struct run_progress reports = {PHASE_REPORTS, PHASE_GOES_ON, 2, 4, 9000, 9000, 0};

    assert_line(&reports, 5000, 79, false, "reports  2 of 4 files");
}
END_TEST

START_TEST(hours_are_hours)
{
    const struct run_progress slow = {PHASE_APPLY, PHASE_GOES_ON, 1, 9, 1000, 100000, 50};

    assert_line(&slow, 100000, 79, false,
                "apply    1 of 9 files    1 %  1.0 kB of 100 kB  0 records/s  2:45:00 left");
    ck_assert_int_eq(progress_left(&slow, 100000), 9900000);
}
END_TEST

START_TEST(a_live_line_is_drawn_at_most_ten_times_a_second)
{
    struct progress progress = {.mode = PROGRESS_ALWAYS, .terminal = true, .told_last = 1000};

    ck_assert(!progress_is_due(&progress, 1099));
    ck_assert(progress_is_due(&progress, 1100));
    progress.mode = PROGRESS_JSON;
    ck_assert(!progress_is_due(&progress, 1999));
    ck_assert(progress_is_due(&progress, 2000));
    progress = (struct progress){.mode = PROGRESS_ALWAYS, .told_last = 1000};
    ck_assert(!progress_is_due(&progress, 10999));
    ck_assert(progress_is_due(&progress, 11000));
}
END_TEST

START_TEST(a_short_run_shows_none_unless_asked)
{
    struct progress progress = {.mode = PROGRESS_AUTO, .terminal = true, .begun = 1000};

    ck_assert(!progress_is_due(&progress, 1499));
    ck_assert(progress_is_due(&progress, 1500));
}
END_TEST

Suite *test_progress_line_suite(void)
{
    Suite *suite = suite_create("progress_line");
    TCase *tests = tcase_create("all");

    tcase_add_test(tests, a_line_of_80_columns_holds_all);
    tcase_add_test(tests, a_narrow_line_leaves_out_what_matters_least);
    tcase_add_test(tests, no_line_is_wider_than_asked);
    tcase_add_test(tests, colour_takes_no_room);
    tcase_add_test(tests, at_first_nothing_is_said_of_speed_and_time);
    tcase_add_test(tests, reports_are_only_counted);
    tcase_add_test(tests, hours_are_hours);
    tcase_add_test(tests, a_live_line_is_drawn_at_most_ten_times_a_second);
    tcase_add_test(tests, a_short_run_shows_none_unless_asked);
    suite_add_tcase(suite, tests);
    return suite;
}
