#include "run/record_trace.h"

#include <check.h>
#include <string.h>

#include "match_fixture.h"

Suite *test_record_trace_suite(void);

enum { NAMES = 2, TOLD_LIMIT = 8 };

static struct match_fixture fixture;
static struct match_file people;
static struct file_plan file;
static struct span names[NAMES];
static struct touched_records touched;
static struct record_trace trace;
static struct record_words words;

static const struct fingerprint_key digest_key = {.bytes = "of the people"};

/* What was told, in words. */
static char told[TOLD_LIMIT][256];
static size_t told_count;

static void setup(void)
{
    match_fixture_open(&fixture, "version: 1\nsubject: p\nentities:\n"
                                 "  p: {key: Id, files: [p.csv]}\n");
    match_file_open(&fixture, &people, "p",
                    SPAN("Id,Name\na,\"Ann\nLee\"\nb,Bob\nc,\"C \"\"id\"\"\"\n"));
    match_fixture_target(&fixture, "a", MODE_ANONYMIZE);
    match_fixture_target(&fixture, "c", MODE_DELETE);
    match_fixture_resolve(&fixture, (struct match_file *[]){&people, NULL});
    names[0] = SPAN("Id");
    names[1] = SPAN("Name");
    file = (struct file_plan){.name = "in/p.csv", .entity = people.binding.entity, .names = names};
    told_count = 0;
}

static void teardown(void)
{
    record_trace_release(&trace);
    record_words_release(&words);
    touched_records_release(&touched);
    match_file_close(&people);
    match_fixture_close(&fixture);
}

static void seen(void *context, const struct seen_record *record)
{
    char *text = told[told_count++];
    size_t size =
        (size_t)sprintf(text, "%s:%lu %s %s %.*s", record->file, (unsigned long)record->line,
                        record->entity, record->outcome, (int)record->route.size, record->route.at);

    ck_assert_ptr_eq(context, told);
    for (size_t i = 0; i < record->cell_count; i++) {
        const struct seen_cell *cell = &record->cells[i];

        size += (size_t)sprintf(text + size, " | %.*s %d %.*s > %.*s", (int)cell->field.size,
                                cell->field.at, cell->change, (int)cell->before.size,
                                cell->before.at, (int)cell->after.size, cell->after.at);
    }
}

/* Traces a record as the editor does. */
static struct record_view *touch(size_t record)
{
    struct record_view *view = match_fixture_view(&fixture, &people, record);
    struct ownership *ownership = &fixture.finder.ownership;

    ck_assert(ownership_find(&people.binding, &fixture.resolution, view, ownership));
    const struct disposition disposition =
        disposition_of(&people.binding, &fixture.resolution, view, ownership);
    ck_assert(touched_records_add(&touched, &people.binding, &fixture.resolution, &digest_key, view,
                                  ownership, &disposition));
    ck_assert(record_trace_record(&trace, view));
    return view;
}

static void tell(void)
{
    const struct record_watcher watcher = {told, seen, true};

    ck_assert(record_trace_tell(&trace, &file, &fixture.resolution, &touched, &words, &watcher));
}

START_TEST(records_are_told_in_order_with_their_cells)
{
    struct record_view *view = match_fixture_view(&fixture, &people, 0);

    record_trace_batch(&trace, view->batch, true);
    view = touch(0);
    ck_assert(record_trace_cell(&trace, view, 1, CELL_BECOMES, SPAN("X")));
    ck_assert(record_trace_cell(&trace, view, 0, CELL_BECOMES_NULL, SPAN("")));
    view = touch(2);
    ck_assert(record_trace_cell(&trace, view, 1, CELL_LEFT_OUT, SPAN("")));
    tell();
    ck_assert_uint_eq(told_count, 2);
    ck_assert_str_eq(told[0], "in/p.csv:2 p anonymized p | Name 0 Ann\nLee > X | Id 1 a > ");
    ck_assert_str_eq(told[1], "in/p.csv:5 p dropped p | Name 2 C \"id\" > ");
}
END_TEST

START_TEST(cells_are_left_out_unless_wanted)
{
    struct record_view *view = match_fixture_view(&fixture, &people, 0);

    record_trace_batch(&trace, view->batch, false);
    view = touch(0);
    ck_assert(record_trace_cell(&trace, view, 1, CELL_BECOMES, SPAN("X")));
    ck_assert_uint_eq(trace.values.size, 0);
    tell();
    ck_assert_str_eq(told[0], "in/p.csv:2 p anonymized p");
}
END_TEST

START_TEST(another_batch_begins_anew)
{
    struct record_view *view = match_fixture_view(&fixture, &people, 0);

    for (size_t i = 0; i < 2; i++) {
        record_trace_batch(&trace, view->batch, true);
        touched_records_clear(&touched);
        view = touch(2);
        ck_assert(record_trace_cell(&trace, view, 0, CELL_BECOMES, SPAN("k")));
        tell();
    }
    ck_assert_uint_eq(told_count, 2);
    ck_assert_str_eq(told[0], told[1]);
}
END_TEST

Suite *test_record_trace_suite(void)
{
    Suite *suite = suite_create("record_trace");
    TCase *tests = tcase_create("all");

    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, records_are_told_in_order_with_their_cells);
    tcase_add_test(tests, cells_are_left_out_unless_wanted);
    tcase_add_test(tests, another_batch_begins_anew);
    suite_add_tcase(suite, tests);
    return suite;
}
