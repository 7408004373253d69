#include <check.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "report/workbook_check.h"
#include "report/workbook_sheet.h"
#include "scratch_folder.h"

Suite *test_workbook_check_suite(void);

static struct scratch_folder folder;

static void enter(void)
{
    scratch_folder_enter(&folder);
}

static void leave(void)
{
    scratch_folder_leave(&folder);
}

/* Three rows of a text and a count. */
static void next_row(void *source, struct table_cell *cells)
{
    static const char *const names[] = {"R&D <x> \"y\"; _x0041_", "", "  caf\xC3\xA9"};
    size_t *next = source;

    cells[0].text = names[*next];
    cells[1].count = (*next)++;
}

/* Title, note, two headings and three rows: 10 cells with 1 + 1 + 1 + 1 + 20 + 0 + 7 bytes of text.
 */
static const struct workbook_contents contents = {10, 31};

static int write_book(const char *path)
{
    static const struct table_column columns[] = {{"A", 20, COLUMN_TEXT}, {"B", 9, COLUMN_COUNT}};
    const struct book_properties properties = {"Test", "efface", 1717200000};
    size_t next = 0;
    struct book *book = book_open(path, folder.path, &properties);

    ck_assert_ptr_nonnull(book);
    book_table(book, &(struct report_table){
                         .sheet = "Sheet",
                         .title = "T",
                         .note = "N",
                         .columns = columns,
                         .column_count = 2,
                         .row_count = 3,
                         .next_row = next_row,
                         .source = &next,
                     });
    return book_close(book);
}

START_TEST(what_was_put_in_is_found)
{
    ck_assert_int_eq(write_book("book.xlsx"), 0);
    ck_assert_int_eq(workbook_check("book.xlsx", &contents), 0);
}
END_TEST

START_TEST(a_lost_cell_or_byte_is_seen)
{
    const struct workbook_contents other[] = {{9, 31}, {11, 31}, {10, 30}, {10, 32}};

    ck_assert_int_eq(write_book("book.xlsx"), 0);
    for (size_t i = 0; i < sizeof(other) / sizeof(other[0]); i++)
        ck_assert_int_eq(workbook_check("book.xlsx", &other[i]), EIO);
}
END_TEST

START_TEST(a_cut_file_is_seen_wherever_it_is_cut)
{
    struct stat about;

    ck_assert_int_eq(write_book("book.xlsx"), 0);
    ck_assert_int_eq(stat("book.xlsx", &about), 0);
    for (off_t size = about.st_size - 1; size > 0; size -= 61) {
        ck_assert_int_eq(truncate("book.xlsx", size), 0);
        ck_assert_int_eq(workbook_check("book.xlsx", &contents), EIO);
    }
}
END_TEST

START_TEST(a_damaged_file_is_read_safely)
{
    struct stat about;

    ck_assert_int_eq(write_book("book.xlsx"), 0);
    ck_assert_int_eq(stat("book.xlsx", &about), 0);
    FILE *file = fopen("book.xlsx", "r+");
    ck_assert_ptr_nonnull(file);
    for (long at = 0; at < about.st_size; at++) {
        ck_assert_int_eq(fseek(file, at, SEEK_SET), 0);
        const int byte = fgetc(file);
        ck_assert_int_eq(fseek(file, at, SEEK_SET), 0);
        ck_assert_int_eq(fputc(byte ^ 0xFF, file), byte ^ 0xFF);
        ck_assert_int_eq(fflush(file), 0);
        const int error = workbook_check("book.xlsx", &contents);
        ck_assert(error == 0 || error == EIO); /* names and times are nobody's concern */
        ck_assert_int_eq(fseek(file, at, SEEK_SET), 0);
        ck_assert_int_eq(fputc(byte, file), byte);
    }
    ck_assert_int_eq(fclose(file), 0);
    ck_assert_int_eq(workbook_check("book.xlsx", &contents), 0);
}
END_TEST

START_TEST(a_file_that_is_not_there_is_told)
{
    ck_assert_int_eq(workbook_check("book.xlsx", &contents), ENOENT);
}
END_TEST

Suite *test_workbook_check_suite(void)
{
    Suite *suite = suite_create("workbook_check");
    TCase *tests = tcase_create("all");

    tcase_add_checked_fixture(tests, enter, leave);
    tcase_set_timeout(tests, 60);
    tcase_add_test(tests, what_was_put_in_is_found);
    tcase_add_test(tests, a_lost_cell_or_byte_is_seen);
    tcase_add_test(tests, a_cut_file_is_seen_wherever_it_is_cut);
    tcase_add_test(tests, a_damaged_file_is_read_safely);
    tcase_add_test(tests, a_file_that_is_not_there_is_told);
    suite_add_tcase(suite, tests);
    return suite;
}
