#include "run/fill_count.h"

#include <check.h>
#include <string.h>

Suite *test_fill_count_suite(void);

static struct batch batch;
static struct file_tally tally;

static void setup(void)
{
    batch = (struct batch)BATCH_INIT;
    ck_assert(file_tally_init(&tally, 3));
}

static void teardown(void)
{
    batch_release(&batch);
    file_tally_release(&tally);
}

/* Records of three cells without line breaks in them. */
static void fill(struct span text)
{
    size_t fields = 0;

    ck_assert(buffer_append(&batch.bytes, text));
    ck_assert(batch_reserve(&batch, text.size, text.size));
    batch.field_count = 3;
    batch.record_start[0] = 0;
    for (uint32_t i = 0; i < text.size; i++) {
        if (text.at[i] == ',' || text.at[i] == '\n')
            batch.field_end[fields++] = i;
        if (text.at[i] == '\n')
            batch.record_start[++batch.record_count] = i + 1;
    }
    ck_assert_uint_eq(fields, 3 * batch.record_count);
}

static void count(struct span null)
{
    static const size_t counted[] = {0, 2};
    const struct file_columns_plan plan = {.counted = counted, .counted_count = 2};
    const struct dialect dialect = {',', QUOTING_STRICT, null};

    count_filled(&plan, &batch, &dialect, &tally);
}

START_TEST(empty_cells_are_not_filled)
{
    fill(SPAN("a,b,\n"
              ",b,\"\"\n"
              "ab,,\"c\"\n"
              "abc,b, \n"));
    count(SPAN(""));
    ck_assert_uint_eq(tally.columns[0].filled, 3);
    ck_assert_uint_eq(tally.columns[2].filled, 2);
}
END_TEST

START_TEST(nulls_are_not_filled_unless_they_are_quoted)
{
    fill(SPAN("NULL,b,\"NULL\"\n"
              "NULLS,b,NUL\n"
              "a,b,NULL\n"));
    count(SPAN("NULL"));
    ck_assert_uint_eq(tally.columns[0].filled, 2);
    ck_assert_uint_eq(tally.columns[2].filled, 2);
}
END_TEST

START_TEST(only_the_plans_columns_are_counted_and_added_up)
{
    fill(SPAN("a,b,c\n"));
    count(SPAN(""));
    count(SPAN(""));
    ck_assert_uint_eq(tally.columns[0].filled, 2);
    ck_assert_uint_eq(tally.columns[1].filled, 0);
    ck_assert_uint_eq(tally.columns[2].filled, 2);
}
END_TEST

Suite *test_fill_count_suite(void)
{
    Suite *suite = suite_create("fill_count");
    TCase *tests = tcase_create("all");

    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, empty_cells_are_not_filled);
    tcase_add_test(tests, nulls_are_not_filled_unless_they_are_quoted);
    tcase_add_test(tests, only_the_plans_columns_are_counted_and_added_up);
    suite_add_tcase(suite, tests);
    return suite;
}
