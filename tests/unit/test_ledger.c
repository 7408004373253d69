#include "ledger/ledger.h"

#include <check.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "ledger_fixture.h"
#include "read_fixture.h"

static struct ledger_fixture fixture;
static struct ledger *const ledger = &fixture.ledger;

static void setup(void)
{
    ledger_fixture_open(&fixture);
}

static void teardown(void)
{
    ledger_fixture_close(&fixture);
}

static void refuse(enum ledger_access access, enum status status, const char *message)
{
    ck_assert_int_eq(ledger_fixture_use(&fixture, access), status);
    ledger_close(ledger);
    assert_message(&fixture.diagnostics, message);
    diagnostics_release(&fixture.diagnostics);
}

/* Counts what it is told. */
static enum status count_line(void *context, const struct ledger_line *line,
                              struct diagnostics *diagnostics)
{
    (void)diagnostics;
    ((size_t *)context)[line->kind]++;
    return STATUS_OK;
}

START_TEST(what_was_committed_is_read_again)
{
    size_t counts[4] = {0};

    ledger_fixture_run(&fixture, 3);
    ledger_fixture_run(&fixture, 2);
    ck_assert_int_eq(ledger_fixture_use(&fixture, LEDGER_LOOK), STATUS_OK);
    ck_assert_int_eq(ledger_each(ledger, count_line, counts, &fixture.diagnostics), STATUS_OK);
    ledger_close(ledger);
    ck_assert_uint_eq(counts[LEDGER_HEADER], 1);
    ck_assert_uint_eq(counts[LEDGER_RUN], 2);
    ck_assert_uint_eq(counts[LEDGER_ERASED], 5);
}
END_TEST

START_TEST(many_lines_are_written_in_pieces)
{
    ledger_fixture_run(&fixture, 3000);
    ledger_fixture_run(&fixture, 1);
    ck_assert_uint_eq(ledger_fixture_lines(&fixture), 1 + 1 + 3000 + 1 + 1);
}
END_TEST

START_TEST(its_files_are_the_owners_alone)
{
    struct stat info;

    ledger_fixture_run(&fixture, 1);
    ck_assert_int_eq(stat(LEDGER, &info), 0);
    ck_assert_int_eq(info.st_mode & 0777, 0600);
    ck_assert_int_eq(stat(LEDGER ".head", &info), 0);
    ck_assert_int_eq(info.st_mode & 0777, 0600);
    ck_assert_int_eq(access(LEDGER ".new", F_OK), -1);
}
END_TEST

START_TEST(every_changed_byte_shows)
{
    struct buffer bytes;

    ledger_fixture_run(&fixture, 3);
    bytes = ledger_fixture_read(LEDGER);
    for (size_t i = 0; i < bytes.size; i++) {
        bytes.at[i] ^= 1;
        ledger_fixture_write(LEDGER, buffer_span(&bytes));
        ck_assert_int_ne(ledger_fixture_verdict(&fixture), STATUS_OK);
        bytes.at[i] ^= 1;
    }
    ledger_fixture_write(LEDGER, buffer_span(&bytes));
    ck_assert_int_eq(ledger_fixture_verdict(&fixture), STATUS_OK);
    buffer_release(&bytes);
}
END_TEST

START_TEST(every_changed_byte_of_the_head_shows)
{
    struct buffer bytes;

    ledger_fixture_run(&fixture, 3);
    bytes = ledger_fixture_read(LEDGER ".head");
    for (size_t i = 0; i < bytes.size; i++) {
        bytes.at[i] ^= 1;
        ledger_fixture_write(LEDGER ".head", buffer_span(&bytes));
        ck_assert_int_ne(ledger_fixture_verdict(&fixture), STATUS_OK);
        bytes.at[i] ^= 1;
    }
    buffer_release(&bytes);
}
END_TEST

/* Where the line of an index begins, from 0; or the end. */
static size_t line_at(const struct buffer *bytes, size_t index)
{
    size_t at = 0;

    while (index-- && at < bytes->size)
        at = (size_t)((char *)memchr(bytes->at + at, '\n', bytes->size - at) - bytes->at) + 1;
    return at;
}

static void write_without(const struct buffer *bytes, size_t from, size_t to)
{
    struct buffer less = BUFFER_INIT;

    ck_assert(buffer_append(&less, (struct span){bytes->at, from}));
    ck_assert(buffer_append(&less, (struct span){bytes->at + to, bytes->size - to}));
    ledger_fixture_write(LEDGER, buffer_span(&less));
    buffer_release(&less);
}

START_TEST(every_missing_line_shows)
{
    struct buffer bytes;

    ledger_fixture_run(&fixture, 4);
    bytes = ledger_fixture_read(LEDGER);
    for (size_t line = 0; line < 6; line++) {
        write_without(&bytes, line_at(&bytes, line), line_at(&bytes, line + 1));
        ck_assert_int_ne(ledger_fixture_verdict(&fixture), STATUS_OK);
        write_without(&bytes, line_at(&bytes, line), bytes.size);
        ck_assert_int_ne(ledger_fixture_verdict(&fixture), STATUS_OK);
    }
    buffer_release(&bytes);
}
END_TEST

START_TEST(exchanged_lines_show)
{
    struct buffer bytes, swapped = BUFFER_INIT;
    size_t a, b, c;

    ledger_fixture_run(&fixture, 4);
    bytes = ledger_fixture_read(LEDGER);
    a = line_at(&bytes, 3), b = line_at(&bytes, 4), c = line_at(&bytes, 5);
    ck_assert(buffer_append(&swapped, (struct span){bytes.at, a}));
    ck_assert(buffer_append(&swapped, (struct span){bytes.at + b, c - b}));
    ck_assert(buffer_append(&swapped, (struct span){bytes.at + a, b - a}));
    ck_assert(buffer_append(&swapped, (struct span){bytes.at + c, bytes.size - c}));
    ledger_fixture_write(LEDGER, buffer_span(&swapped));
    ck_assert_int_eq(ledger_fixture_verdict(&fixture), STATUS_INPUT);
    buffer_release(&swapped);
    buffer_release(&bytes);
}
END_TEST

START_TEST(lines_of_another_ledger_show)
{
    struct buffer own, other;

    ledger_fixture_run(&fixture, 2);
    own = ledger_fixture_read(LEDGER ".head");
    ck_assert_int_eq(unlink(LEDGER), 0);
    ck_assert_int_eq(unlink(LEDGER ".head"), 0);
    ledger_fixture_run(&fixture, 2);
    other = ledger_fixture_read(LEDGER ".head");
    ck_assert_uint_eq(own.size, other.size);
    ledger_fixture_write(LEDGER ".head", buffer_span(&own));
    ck_assert_int_eq(ledger_fixture_verdict(&fixture), STATUS_INPUT);
    buffer_release(&own);
    buffer_release(&other);
}
END_TEST

START_TEST(a_head_without_ledger_or_without_head_is_refused)
{
    ledger_fixture_run(&fixture, 1);
    ck_assert_int_eq(rename(LEDGER, "away"), 0);
    refuse(LEDGER_MAKE, STATUS_INPUT,
           "l: error: the ledger is gone, though its head is there: restore it, or remove the head "
           "if it was given up");
    ck_assert_int_eq(rename("away", LEDGER), 0);
    ck_assert_int_eq(unlink(LEDGER ".head"), 0);
    refuse(LEDGER_CHANGE, STATUS_INPUT,
           "l: error: the ledger's head is missing: without it, lines may be missing too");
}
END_TEST

START_TEST(it_is_made_only_where_that_is_wanted)
{
    refuse(LEDGER_LOOK, STATUS_INPUT,
           "l: error: there is no such ledger; 'efface ledger init' makes one");
    refuse(LEDGER_CHANGE, STATUS_INPUT,
           "l: error: there is no such ledger; 'efface ledger init' makes one");
    ck_assert_int_eq(ledger_fixture_use(&fixture, LEDGER_MAKE), STATUS_OK);
    ledger_close(ledger);
    ck_assert_uint_eq(ledger_fixture_lines(&fixture), 1);
}
END_TEST

START_TEST(another_key_is_refused)
{
    struct secret *secret = fixture.secret;

    ledger_fixture_run(&fixture, 1);
    fixture.secret = fixture.other;
    refuse(LEDGER_CHANGE, STATUS_USAGE, "l: error: the key is not the one of this ledger");
    fixture.secret = secret;
}
END_TEST

START_TEST(who_changes_is_alone)
{
    struct ledger first;

    ledger_fixture_run(&fixture, 1);
    ck_assert_int_eq(ledger_open(&first, LEDGER, LEDGER_LOOK, fixture.secret, &fixture.diagnostics),
                     STATUS_OK);
    ck_assert_int_eq(ledger_fixture_use(&fixture, LEDGER_LOOK), STATUS_OK);
    ledger_close(ledger);
    refuse(LEDGER_CHANGE, STATUS_SYSTEM, "l: error: the ledger is in use by another run");
    ledger_close(&first);
    ck_assert_int_eq(
        ledger_open(&first, LEDGER, LEDGER_CHANGE, fixture.secret, &fixture.diagnostics),
        STATUS_OK);
    refuse(LEDGER_LOOK, STATUS_SYSTEM, "l: error: the ledger is in use by another run");
    ledger_close(&first);
}
END_TEST

START_TEST(files_that_others_could_have_changed_are_refused)
{
    ledger_fixture_run(&fixture, 1);
    ck_assert_int_eq(chmod(LEDGER, 0620), 0);
    refuse(LEDGER_LOOK, STATUS_INPUT,
           "l: error: the ledger can be written by other users, its mode should be 0600");
    ck_assert_int_eq(unlink(LEDGER), 0);
    ck_assert_int_eq(mkdir(LEDGER, 0700), 0);
    ck_assert_int_eq(ledger_fixture_use(&fixture, LEDGER_LOOK), STATUS_INPUT);
    ledger_close(ledger);
}
END_TEST

START_TEST(a_ledger_of_another_user_is_refused)
{
    if (geteuid() != 0)
        return; /* only root can give a file away */
    ledger_fixture_run(&fixture, 1);
    ck_assert_int_eq(chown(LEDGER, 1, 1), 0);
    refuse(LEDGER_LOOK, STATUS_INPUT, "l: error: the ledger belongs to another user");
    refuse(LEDGER_MAKE, STATUS_INPUT, "l: error: the ledger belongs to another user");
}
END_TEST

START_TEST(what_is_no_ledger_is_refused)
{
    ledger_fixture_run(&fixture, 1);
    ledger_fixture_write(LEDGER, SPAN("Id,Email\n1,a@example.com\n"));
    refuse(LEDGER_LOOK, STATUS_INPUT, "l: error: this is no ledger that this version can read");
    ledger_fixture_write(LEDGER, SPAN(""));
    refuse(LEDGER_LOOK, STATUS_INPUT, "l: error: this is no ledger that this version can read");
}
END_TEST

START_TEST(an_empty_run_changes_nothing)
{
    static const unsigned char manifest[CHECKSUM_SIZE] = {0};
    struct buffer before, after;

    ledger_fixture_run(&fixture, 1);
    before = ledger_fixture_read(LEDGER ".head");
    ck_assert_int_eq(ledger_fixture_use(&fixture, LEDGER_CHANGE), STATUS_OK);
    ck_assert_int_eq(ledger_each(ledger, NULL, NULL, &fixture.diagnostics), STATUS_OK);
    ck_assert_int_eq(ledger_prepare(ledger, manifest, "out", &fixture.diagnostics), STATUS_OK);
    ck_assert_int_eq(ledger_commit(ledger, &fixture.diagnostics), STATUS_OK);
    ledger_close(ledger);
    after = ledger_fixture_read(LEDGER ".head");
    ck_assert(span_equal(buffer_span(&before), buffer_span(&after)));
    buffer_release(&before);
    buffer_release(&after);
}
END_TEST

static void add_change_cases(TCase *cases)
{
    tcase_add_test(cases, every_changed_byte_shows);
    tcase_add_test(cases, every_changed_byte_of_the_head_shows);
    tcase_add_test(cases, every_missing_line_shows);
    tcase_add_test(cases, exchanged_lines_show);
    tcase_add_test(cases, lines_of_another_ledger_show);
    tcase_add_test(cases, a_head_without_ledger_or_without_head_is_refused);
}

Suite *test_ledger_suite(void)
{
    Suite *suite = suite_create("ledger");
    TCase *cases = tcase_create("ledger");

    tcase_add_checked_fixture(cases, setup, teardown);
    tcase_add_test(cases, what_was_committed_is_read_again);
    tcase_add_test(cases, many_lines_are_written_in_pieces);
    tcase_add_test(cases, its_files_are_the_owners_alone);
    add_change_cases(cases);
    tcase_add_test(cases, it_is_made_only_where_that_is_wanted);
    tcase_add_test(cases, another_key_is_refused);
    tcase_add_test(cases, who_changes_is_alone);
    tcase_add_test(cases, files_that_others_could_have_changed_are_refused);
    tcase_add_test(cases, a_ledger_of_another_user_is_refused);
    tcase_add_test(cases, what_is_no_ledger_is_refused);
    tcase_add_test(cases, an_empty_run_changes_nothing);
    suite_add_tcase(suite, cases);
    return suite;
}
