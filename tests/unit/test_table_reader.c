#include "read/table_reader.h"

#include <check.h>
#include <unistd.h>

#include "read_fixture.h"
#include "scratch_folder.h"

Suite *test_table_reader_suite(void);

static struct scratch_folder folder;
static struct arena arena;
static struct table table;
static struct diagnostics diagnostics;

static void setup(void)
{
    scratch_folder_enter(&folder);
    arena = (struct arena)ARENA_INIT;
    diagnostics = (struct diagnostics)DIAGNOSTICS_INIT;
}

static void teardown(void)
{
    arena_release(&arena);
    diagnostics_release(&diagnostics);
    scratch_folder_leave(&folder);
}

static void read_well(struct span bytes)
{
    input_file("targets.csv", bytes);
    ck_assert_int_eq(table_read("targets.csv", &arena, &table, &diagnostics), STATUS_OK);
    ck_assert_uint_eq(diagnostics.count, 0);
}

static void assert_cell(size_t row, size_t column, struct span expected)
{
    ck_assert(span_equal(table.cells[row * table.column_count + column], expected));
}

START_TEST(a_table_comes_whole)
{
    read_well(SPAN("\xef\xbb\xbf\"Id\";Email\r\n\r\n1;\"a;b\"\n\n\"2\n\";\"c\"\"\"\n3;\n\n"));
    ck_assert_uint_eq(table.column_count, 2);
    ck_assert(span_equal(table.names[0], SPAN("Id")));
    ck_assert(span_equal(table.names[1], SPAN("Email")));
    ck_assert_uint_eq(table.row_count, 3);
    assert_cell(0, 0, SPAN("1"));
    assert_cell(0, 1, SPAN("a;b"));
    assert_cell(1, 0, SPAN("2\n"));
    assert_cell(1, 1, SPAN("c\""));
    assert_cell(2, 1, SPAN(""));
    ck_assert_uint_eq(table.lines[0], 3);
    ck_assert_uint_eq(table.lines[1], 5);
    ck_assert_uint_eq(table.lines[2], 7);
}
END_TEST

START_TEST(one_column_needs_no_delimiter)
{
    read_well(SPAN("Email\nann@example.com\n\nbo@example.com"));
    ck_assert_uint_eq(table.column_count, 1);
    ck_assert_uint_eq(table.row_count, 2);
    assert_cell(1, 0, SPAN("bo@example.com"));
    read_well(SPAN("Email\n\"\"\n"));
    ck_assert_uint_eq(table.row_count, 1);
}
END_TEST

START_TEST(a_header_alone_is_a_table)
{
    read_well(SPAN("Id,Email"));
    ck_assert_uint_eq(table.column_count, 2);
    ck_assert_uint_eq(table.row_count, 0);
}
END_TEST

START_TEST(gzip_and_links_are_followed)
{
    struct buffer bytes = BUFFER_INIT;

    append_gzip(&bytes, SPAN("Id\n1\n"));
    input_file("stored.csv.gz", buffer_span(&bytes));
    ck_assert_int_eq(symlink("stored.csv.gz", "targets.csv.gz"), 0);
    ck_assert_int_eq(table_read("targets.csv.gz", &arena, &table, &diagnostics), STATUS_OK);
    ck_assert_uint_eq(table.row_count, 1);
    buffer_release(&bytes);
}
END_TEST

START_TEST(many_rows_come_in_order)
{
    struct buffer bytes = BUFFER_INIT;

    ck_assert(buffer_append(&bytes, SPAN("Id,Number\n")));
    for (int i = 0; i < 200000; i++)
        REQUIRE(buffer_append_format(&bytes, "%d,%d\n", i, 2 * i));
    read_well(buffer_span(&bytes));
    ck_assert_uint_eq(table.row_count, 200000);
    assert_cell(199999, 1, SPAN("399998"));
    ck_assert_uint_eq(table.lines[199999], 200001);
    buffer_release(&bytes);
}
END_TEST

static const struct {
    struct span bytes;
    const char *message;
} faults[] = {
    {{"", 0}, "targets.csv:1:1: error: the file has no header"},
    {{"Id,Email\n1\n", 11}, "targets.csv:2:2: error: record of 1 field where the header has 2"},
    {{"Id,Email\n\n1,2,3\n", 16},
     "targets.csv:3:6: error: record of 3 fields where the header has 2"},
    {{"Id,Email\n1,\"a", 13}, "targets.csv:2:3: error: quote of field 'Email' is never closed"},
    {{"Id,Email\n1,\"a\"b\n", 16},
     "targets.csv:2:6: error: text after the closing quote of field 'Email'"},
    {{"Id,Email\n\"1\n\",a\n\n2\",b\n", 22},
     "targets.csv:5:2: error: quote inside the unquoted field 'Id'"},
    {{"Id\n1\r2\n", 7},
     "targets.csv:2:2: error: carriage return outside quotes that no newline "
     "follows, in field 'Id'"},
};

START_TEST(what_is_malformed_is_refused)
{
    input_file("targets.csv", faults[_i].bytes);
    ck_assert_int_eq(table_read("targets.csv", &arena, &table, &diagnostics), STATUS_INPUT);
    assert_message(&diagnostics, faults[_i].message);
}
END_TEST

START_TEST(a_missing_file_is_refused)
{
    ck_assert_int_eq(table_read("targets.csv", &arena, &table, &diagnostics), STATUS_INPUT);
    assert_message(&diagnostics, "targets.csv: error: cannot open: No such file or directory");
}
END_TEST

Suite *test_table_reader_suite(void)
{
    Suite *suite = suite_create("table_reader");
    TCase *cases = tcase_create("table_reader");

    tcase_add_checked_fixture(cases, setup, teardown);
    tcase_add_test(cases, a_table_comes_whole);
    tcase_add_test(cases, one_column_needs_no_delimiter);
    tcase_add_test(cases, a_header_alone_is_a_table);
    tcase_add_test(cases, gzip_and_links_are_followed);
    tcase_add_test(cases, many_rows_come_in_order);
    tcase_add_loop_test(cases, what_is_malformed_is_refused, 0,
                        (int)(sizeof faults / sizeof faults[0]));
    tcase_add_test(cases, a_missing_file_is_refused);
    suite_add_tcase(suite, cases);
    return suite;
}
