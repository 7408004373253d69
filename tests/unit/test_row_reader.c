#include "read/row_reader.h"

#include <check.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "read_fixture.h"
#include "scratch_folder.h"

Suite *test_row_reader_suite(void);

static struct scratch_folder folder;
static struct arena arena;
static struct row_reader *reader;
static struct row row;
static struct diagnostics diagnostics;

static void setup(void)
{
    scratch_folder_enter(&folder);
    arena = (struct arena)ARENA_INIT;
    diagnostics = (struct diagnostics)DIAGNOSTICS_INIT;
    reader = NULL;
}

static void teardown(void)
{
    row_reader_free(reader);
    arena_release(&arena);
    diagnostics_release(&diagnostics);
    scratch_folder_leave(&folder);
}

static void begin(struct span bytes)
{
    input_file("t.csv", bytes);
    ck_assert_int_eq(row_reader_open("t.csv", &arena, &reader, &diagnostics), STATUS_OK);
}

static void next(void)
{
    REQUIRE(row_reader_next(reader, &row, &diagnostics) == STATUS_OK);
}

static void assert_row(uint64_t line, const char *first, const char *second)
{
    next();
    ck_assert_ptr_nonnull(row.cells);
    ck_assert_uint_eq(row.line, line);
    ck_assert(span_equal(row.cells[0], span_of(first)));
    ck_assert(span_equal(row.cells[1], span_of(second)));
}

static void assert_end(void)
{
    next();
    ck_assert_ptr_null(row.cells);
}

static void rewind_well(void)
{
    ck_assert_int_eq(row_reader_rewind(reader, &diagnostics), STATUS_OK);
}

START_TEST(rows_come_one_by_one)
{
    begin(SPAN("\xef\xbb\xbf\"Id\";Email\r\n\r\n1;\"a;b\"\n\n\"2\n\";\"c\"\"\"\n3;"));
    ck_assert_uint_eq(row_reader_columns(reader), 2);
    ck_assert(span_equal(row_reader_names(reader)[0], SPAN("Id")));
    assert_row(3, "1", "a;b");
    assert_row(5, "2\n", "c\"");
    assert_row(7, "3", "");
    assert_end();
    assert_end();
}
END_TEST

START_TEST(rows_can_be_walked_again)
{
    begin(SPAN("Id,Email\n1,a\n2,b\n"));
    for (int i = 0; i < 3; i++) {
        assert_row(2, "1", "a");
        if (i == 1)
            rewind_well(); /* in the middle */
        else
            assert_row(3, "2", "b");
        if (i == 1)
            assert_row(2, "1", "a");
        rewind_well();
    }
}
END_TEST

START_TEST(rows_are_counted_and_not_taken)
{
    size_t rows;

    begin(SPAN("Id,Email\n1,a\n\n\n2,\"b\nc\"\n"));
    ck_assert_int_eq(row_reader_count(reader, &rows, &diagnostics), STATUS_OK);
    ck_assert_uint_ge(rows, 2);
    ck_assert_uint_le(rows, 3);
    assert_row(2, "1", "a");
    assert_row(5, "2", "b\nc");
    assert_end();
}
END_TEST

START_TEST(a_file_of_blank_lines_has_hardly_a_row)
{
    struct buffer bytes = BUFFER_INIT;
    size_t rows;

    ck_assert(buffer_append(&bytes, SPAN("Id,Email\n")));
    for (int i = 0; i < 3000000; i++)
        REQUIRE(buffer_append_byte(&bytes, '\n'));
    ck_assert(buffer_append(&bytes, SPAN("1,a")));
    begin(buffer_span(&bytes));
    buffer_release(&bytes);
    ck_assert_int_eq(row_reader_count(reader, &rows, &diagnostics), STATUS_OK);
    ck_assert_uint_eq(rows, 1);
    assert_row(3000002, "1", "a");
    assert_end();
}
END_TEST

/* Cells of all lengths, so that pieces end anywhere; plain and gzipped, twice. */
START_TEST(rows_cross_the_pieces_that_are_read)
{
    enum { ROWS = 60000 };
    struct buffer bytes = BUFFER_INIT, packed = BUFFER_INIT;
    char expected[32];

    ck_assert(buffer_append(&bytes, SPAN("Id,Text\n")));
    for (int i = 0; i < ROWS; i++)
        REQUIRE(buffer_append_format(&bytes, "%d,\"%*d\r\n\"\r\n", i, i % 97, i));
    append_gzip(&packed, buffer_span(&bytes));
    input_file("t.csv", buffer_span(&bytes));
    input_file("t.csv.gz", buffer_span(&packed));
    ck_assert_int_eq(row_reader_open(_i ? "t.csv.gz" : "t.csv", &arena, &reader, &diagnostics),
                     STATUS_OK);
    for (int round = 0; round < 2; round++) {
        for (int i = 0; i < ROWS; i++) {
            next();
            snprintf(expected, sizeof expected, "%d", i);
            REQUIRE(row.line == (uint64_t)(2 + 2 * i) &&
                    span_equal(row.cells[0], span_of(expected)));
            REQUIRE(row.cells[1].size >= 3 &&
                    memcmp(row.cells[1].at + row.cells[1].size - 2, "\r\n", 2) == 0);
        }
        assert_end();
        rewind_well();
    }
    buffer_release(&bytes);
    buffer_release(&packed);
}
END_TEST

START_TEST(a_fault_far_down_has_its_place)
{
    struct buffer bytes = BUFFER_INIT;
    enum status status;

    ck_assert(buffer_append(&bytes, SPAN("Id,Text\n")));
    for (int i = 0; i < 200000; i++)
        REQUIRE(buffer_append_format(&bytes, "%d,%d\n", i, i));
    ck_assert(buffer_append(&bytes, SPAN("x,\"y\"z\n")));
    begin(buffer_span(&bytes));
    buffer_release(&bytes);
    do
        status = row_reader_next(reader, &row, &diagnostics);
    while (status == STATUS_OK);
    ck_assert_int_eq(status, STATUS_INPUT);
    assert_message(&diagnostics,
                   "t.csv:200002:6: error: text after the closing quote of field 'Text'");
}
END_TEST

/* Of equal size, and with more or less. */
static const char *const changes[] = {"Id,Email\n1,x\n2,b\n", "Id,Email\n1,a\n2,b\n3,c\n",
                                      "Id,Email\n1,a\n", "Id\n"};

START_TEST(a_file_that_changes_between_is_refused)
{
    enum status status;

    begin(SPAN("Id,Email\n1,a\n2,b\n"));
    assert_row(2, "1", "a");
    assert_row(3, "2", "b");
    assert_end();
    FILE *file = fopen("t.csv", "r+");
    ck_assert_ptr_nonnull(file);
    ck_assert_int_ne(fputs(changes[_i], file), EOF);
    ck_assert_int_eq(fclose(file), 0);
    ck_assert_int_eq(truncate("t.csv", (off_t)strlen(changes[_i])), 0);
    status = row_reader_rewind(reader, &diagnostics);
    while (status == STATUS_OK) {
        status = row_reader_next(reader, &row, &diagnostics);
        ck_assert(status != STATUS_OK || row.cells != NULL);
    }
    ck_assert_int_eq(status, STATUS_INPUT);
    assert_message(&diagnostics, "t.csv: error: the file changed since it was first read");
}
END_TEST

START_TEST(a_file_that_is_moved_is_read_again)
{
    begin(SPAN("Id,Email\n1,a\n"));
    assert_row(2, "1", "a");
    assert_end();
    ck_assert_int_eq(rename("t.csv", "done.csv"), 0);
    rewind_well();
    assert_row(2, "1", "a");
    assert_end();
}
END_TEST

Suite *test_row_reader_suite(void)
{
    Suite *suite = suite_create("row_reader");
    TCase *cases = tcase_create("row_reader");

    tcase_add_checked_fixture(cases, setup, teardown);
    tcase_add_test(cases, rows_come_one_by_one);
    tcase_add_test(cases, rows_can_be_walked_again);
    tcase_add_test(cases, rows_are_counted_and_not_taken);
    tcase_add_test(cases, a_file_of_blank_lines_has_hardly_a_row);
    tcase_add_loop_test(cases, rows_cross_the_pieces_that_are_read, 0, 2);
    tcase_add_test(cases, a_fault_far_down_has_its_place);
    tcase_add_loop_test(cases, a_file_that_changes_between_is_refused, 0,
                        (int)(sizeof changes / sizeof changes[0]));
    tcase_add_test(cases, a_file_that_is_moved_is_read_again);
    suite_add_tcase(suite, cases);
    return suite;
}
