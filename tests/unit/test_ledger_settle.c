/* What an interrupted run or rewriting has left, and how the next use of the ledger ends it. */
#include "ledger/ledger_settle.h"

#include <check.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "ledger_fixture.h"
#include "read_fixture.h"

#define MANIFEST "{}\n"

static struct ledger_fixture fixture;
static struct ledger *const ledger = &fixture.ledger;
static unsigned char manifest[CHECKSUM_SIZE];

static void setup(void)
{
    struct checksum checksum = CHECKSUM_INIT;

    ledger_fixture_open(&fixture);
    ledger_fixture_run(&fixture, 2);
    ck_assert(checksum_start(&checksum));
    ck_assert(checksum_add(&checksum, SPAN(MANIFEST)));
    ck_assert(checksum_finish(&checksum, manifest));
    checksum_release(&checksum);
}

static void teardown(void)
{
    ledger_fixture_close(&fixture);
}

static void make_folder(const char *name, const char *text)
{
    char path[64];

    ck_assert_int_eq(mkdir(name, 0700), 0);
    snprintf(path, sizeof(path), "%s/efface-report", name);
    ck_assert_int_eq(mkdir(path, 0700), 0);
    snprintf(path, sizeof(path), "%s/efface-report/manifest.json", name);
    ledger_fixture_write(path, span_of(text));
}

/* Adds a contact, and is gone before the output appeared, or after. */
static void be_interrupted(void)
{
    ck_assert_int_eq(ledger_fixture_use(&fixture, LEDGER_CHANGE), STATUS_OK);
    ck_assert_int_eq(ledger_each(ledger, NULL, NULL, &fixture.diagnostics), STATUS_OK);
    ledger_fixture_add(&fixture, 1);
    ck_assert_int_eq(ledger_prepare(ledger, manifest, "out", &fixture.diagnostics), STATUS_OK);
    ledger_close(ledger);
}

static void use_again(void)
{
    ck_assert_int_eq(ledger_fixture_use(&fixture, LEDGER_CHANGE), STATUS_OK);
    ck_assert_int_eq(ledger_each(ledger, NULL, NULL, &fixture.diagnostics), STATUS_OK);
    ck_assert(!ledger->head.has_pending);
    ledger_close(ledger);
}

enum { BEFORE = 1 + 1 + 2, AFTER = BEFORE + 2 };

#define IS_GONE                                                                                    \
    "l: warning: a run was interrupted, and whether it had published its output can't be told, "   \
    "as that is gone: its erasures count as done"

/* What whoever looks is shown: the lines that whoever changes it next will find. Nothing changes.
 */
static void look(uint64_t lines, const char *warning)
{
    struct buffer before = ledger_fixture_read(LEDGER ".head"), after;

    ck_assert_uint_eq(ledger_fixture_lines(&fixture), lines);
    if (warning)
        assert_message(&fixture.diagnostics, warning);
    else
        ck_assert_uint_eq(fixture.diagnostics.count, 0);
    after = ledger_fixture_read(LEDGER ".head");
    ck_assert(span_equal(buffer_span(&before), buffer_span(&after)));
    buffer_release(&before);
    buffer_release(&after);
    diagnostics_release(&fixture.diagnostics);
}

START_TEST(what_appeared_counts)
{
    make_folder("out", MANIFEST);
    be_interrupted();
    look(AFTER, NULL);
    use_again();
    ck_assert_uint_eq(ledger_fixture_lines(&fixture), AFTER);
    ck_assert_uint_eq(fixture.diagnostics.count, 0);
}
END_TEST

START_TEST(what_is_still_staged_does_not_count)
{
    make_folder(".out.efface-staging", MANIFEST);
    be_interrupted();
    look(BEFORE, NULL);
    use_again();
    ck_assert_uint_eq(ledger_fixture_lines(&fixture), BEFORE);
    ck_assert_uint_eq(fixture.diagnostics.count, 0);
}
END_TEST

START_TEST(what_is_gone_counts_with_a_warning)
{
    make_folder("out", "of another run");
    be_interrupted();
    look(AFTER, IS_GONE);
    use_again();
    assert_message(&fixture.diagnostics, IS_GONE);
    ck_assert_uint_eq(ledger_fixture_lines(&fixture), AFTER);
}
END_TEST

START_TEST(whoever_looks_settles_nothing)
{
    make_folder("out", MANIFEST);
    be_interrupted();
    ck_assert_int_eq(ledger_fixture_use(&fixture, LEDGER_LOOK), STATUS_OK);
    ck_assert(ledger->head.has_pending);
    ledger_close(ledger);
}
END_TEST

START_TEST(what_was_revoked_is_gone)
{
    uint64_t size;

    ck_assert_int_eq(ledger_fixture_use(&fixture, LEDGER_CHANGE), STATUS_OK);
    ck_assert_int_eq(ledger_each(ledger, NULL, NULL, &fixture.diagnostics), STATUS_OK);
    ledger_fixture_add(&fixture, 1);
    ck_assert_int_eq(ledger_prepare(ledger, manifest, "out", &fixture.diagnostics), STATUS_OK);
    ck_assert_int_eq(ledger_revoke(ledger, &fixture.diagnostics), STATUS_OK);
    ck_assert_int_eq(ledger_file_size(&ledger->file, &size, &fixture.diagnostics), STATUS_OK);
    ck_assert_uint_eq(size, ledger->head.stands.bytes);
    ledger_close(ledger);
    ck_assert_uint_eq(ledger_fixture_lines(&fixture), BEFORE);
}
END_TEST

START_TEST(what_was_never_prepared_is_cut_off)
{
    struct buffer bytes = ledger_fixture_read(LEDGER), after;

    ck_assert(buffer_append(&bytes, SPAN("erased,delete,half a li")));
    ledger_fixture_write(LEDGER, buffer_span(&bytes));
    ck_assert_uint_eq(ledger_fixture_lines(&fixture), BEFORE);
    use_again();
    after = ledger_fixture_read(LEDGER);
    ck_assert_uint_eq(after.size, bytes.size - sizeof("erased,delete,half a li") + 1);
    buffer_release(&bytes);
    buffer_release(&after);
}
END_TEST

static bool choose_first(void *context, const struct ledger_line *line)
{
    return line->number == *(const uint64_t *)context;
}

static void rewrite(const struct secret *secret, uint64_t forgotten)
{
    ck_assert_int_eq(ledger_fixture_use(&fixture, LEDGER_CHANGE), STATUS_OK);
    ck_assert_int_eq(ledger_rewrite(ledger, secret, choose_first, &forgotten, SPAN("2024-06-01"),
                                    &fixture.diagnostics),
                     STATUS_OK);
    ledger_close(ledger);
}

static size_t count_of(const char *word)
{
    struct buffer bytes = ledger_fixture_read(LEDGER);
    size_t count = 0;

    ck_assert(buffer_append_byte(&bytes, '\0'));
    for (const char *at = bytes.at; (at = strstr(at, word)); at++)
        count++;
    buffer_release(&bytes);
    return count;
}

START_TEST(a_forgotten_line_leaves_the_chain_whole)
{
    struct buffer bytes;

    rewrite(fixture.secret, 3);
    rewrite(fixture.secret, 4);
    ck_assert_uint_eq(ledger_fixture_lines(&fixture), BEFORE);
    bytes = ledger_fixture_read(LEDGER);
    ck_assert(buffer_append_byte(&bytes, '\0'));
    ck_assert_ptr_null(strstr(bytes.at, "erased"));
    for (size_t i = 0; i + 1 < bytes.size; i++) {
        bytes.at[i] ^= 1;
        ledger_fixture_write(LEDGER, (struct span){bytes.at, bytes.size - 1});
        ck_assert_int_ne(ledger_fixture_verdict(&fixture), STATUS_OK);
        bytes.at[i] ^= 1;
    }
    ledger_fixture_write(LEDGER, (struct span){bytes.at, bytes.size - 1});
    ledger_fixture_run(&fixture, 1);
    ck_assert_uint_eq(ledger_fixture_lines(&fixture), AFTER);
    buffer_release(&bytes);
}
END_TEST

START_TEST(a_long_ledger_is_rewritten_in_pieces)
{
    const uint64_t lines = BEFORE + 1 + 3000;
    struct secret *secret = fixture.secret;

    ledger_fixture_run(&fixture, 3000);
    rewrite(fixture.other, 2000);
    fixture.secret = fixture.other;
    look(lines, NULL);
    ck_assert_uint_eq(count_of("forgotten"), 1);
    ledger_fixture_run(&fixture, 1);
    look(lines + 2, NULL);
    fixture.secret = secret;
}
END_TEST

START_TEST(another_key_keeps_the_digests)
{
    struct fingerprint_key key;
    struct secret *secret = fixture.secret;

    ck_assert_int_eq(ledger_fixture_use(&fixture, LEDGER_LOOK), STATUS_OK);
    key = ledger->key;
    ledger_close(ledger);
    rewrite(fixture.secret, 3);
    rewrite(fixture.other, 0);
    ck_assert_int_eq(ledger_fixture_verdict(&fixture), STATUS_USAGE);
    fixture.secret = fixture.other;
    ck_assert_int_eq(ledger_fixture_use(&fixture, LEDGER_LOOK), STATUS_OK);
    ck_assert_mem_eq(ledger->key.bytes, key.bytes, sizeof(key.bytes));
    ledger_close(ledger);
    ledger_fixture_run(&fixture, 1);
    ck_assert_uint_eq(ledger_fixture_lines(&fixture), AFTER);
    fixture.secret = secret;
}
END_TEST

/* The files after a rewriting, as a kill leaves them: with the new head, or still the old one. */
static void interrupt_rewriting(const struct secret *secret, bool headed)
{
    struct buffer old = ledger_fixture_read(LEDGER), head = ledger_fixture_read(LEDGER ".head");
    struct buffer renewed;

    rewrite(secret, 3);
    renewed = ledger_fixture_read(LEDGER);
    ledger_fixture_write(LEDGER ".new", buffer_span(&renewed));
    ledger_fixture_write(LEDGER, buffer_span(&old));
    if (!headed)
        ledger_fixture_write(LEDGER ".head", buffer_span(&head));
    buffer_release(&old);
    buffer_release(&head);
    buffer_release(&renewed);
}

#define IS_NEW                                                                                     \
    "l: warning: a change was interrupted when it had all but ended: what is read stands in "      \
    "l.new, until the next change or 'efface ledger init' renames it"

#define IS_REKEYED                                                                                 \
    "l: error: its head is not sealed with this key: it was changed, or 'efface ledger rekey' "    \
    "was "                                                                                         \
    "interrupted when it had all but ended, and the new key counts"

/* Whoever still has the old key must not spoil it, and is told where the new one counts. */
static void try_old_key(enum ledger_access access)
{
    ck_assert_int_eq(ledger_fixture_use(&fixture, access), STATUS_INPUT);
    ledger_close(ledger);
    assert_message(&fixture.diagnostics, IS_REKEYED);
    diagnostics_release(&fixture.diagnostics);
}

START_TEST(a_rewriting_that_was_headed_is_completed)
{
    struct secret *secret = fixture.secret;

    interrupt_rewriting(fixture.other, true);
    try_old_key(LEDGER_CHANGE);
    try_old_key(LEDGER_LOOK);
    fixture.secret = fixture.other;
    use_again();
    ck_assert_uint_eq(count_of("forgotten"), 1);
    ck_assert_int_eq(access(LEDGER ".new", F_OK), -1);
    fixture.secret = secret;
}
END_TEST

START_TEST(whoever_looks_reads_a_rewriting_that_was_headed)
{
    struct diagnostics of_first = DIAGNOSTICS_INIT;
    struct ledger first;

    interrupt_rewriting(fixture.secret, true);
    ck_assert_int_eq(ledger_open(&first, LEDGER, LEDGER_LOOK, fixture.secret, &of_first),
                     STATUS_OK);
    look(BEFORE, IS_NEW);
    /* it is not taken away from somebody who reads it */
    ck_assert_int_eq(ledger_fixture_use(&fixture, LEDGER_CHANGE), STATUS_SYSTEM);
    ledger_close(ledger);
    diagnostics_release(&fixture.diagnostics);
    ck_assert_int_eq(ledger_each(&first, NULL, NULL, &of_first), STATUS_OK);
    ledger_close(&first);
    diagnostics_release(&of_first);
    ck_assert_int_eq(access(LEDGER ".new", F_OK), 0);
    use_again();
    ck_assert_uint_eq(count_of("forgotten"), 1);
}
END_TEST

START_TEST(whoever_looks_reads_past_a_rewriting_that_was_not_headed)
{
    interrupt_rewriting(fixture.other, false);
    look(BEFORE, NULL);
    ck_assert_int_eq(access(LEDGER ".new", F_OK), 0);
}
END_TEST

START_TEST(a_rewriting_that_cannot_be_looked_at_is_left_for_later)
{
    interrupt_rewriting(fixture.secret, true);
    ck_assert_int_eq(rename(LEDGER ".new", "aside"), 0);
    ck_assert_int_eq(symlink("aside", LEDGER ".new"), 0);
    ck_assert_int_eq(ledger_fixture_use(&fixture, LEDGER_CHANGE), STATUS_SYSTEM);
    ledger_close(ledger);
    diagnostics_release(&fixture.diagnostics);
    ck_assert_int_eq(rename("aside", LEDGER ".new"), 0);
    use_again();
    ck_assert_uint_eq(count_of("forgotten"), 1);
}
END_TEST

START_TEST(a_rewriting_that_was_not_headed_never_was)
{
    interrupt_rewriting(fixture.other, false);
    use_again();
    ck_assert_uint_eq(count_of("forgotten"), 0);
    ck_assert_int_eq(access(LEDGER ".new", F_OK), -1);
}
END_TEST

START_TEST(a_ledger_that_was_headed_but_not_named_is_completed)
{
    ck_assert_int_eq(rename(LEDGER, LEDGER ".new"), 0);
    look(BEFORE, IS_NEW);
    use_again();
    ck_assert_uint_eq(ledger_fixture_lines(&fixture), BEFORE);
}
END_TEST

START_TEST(a_ledger_that_was_begun_only_is_made_anew)
{
    ck_assert_int_eq(rename(LEDGER, LEDGER ".new"), 0);
    ck_assert_int_eq(unlink(LEDGER ".head"), 0);
    ledger_fixture_run(&fixture, 2);
    ck_assert_uint_eq(ledger_fixture_lines(&fixture), BEFORE);
}
END_TEST

Suite *test_ledger_settle_suite(void)
{
    Suite *suite = suite_create("ledger_settle");
    TCase *cases = tcase_create("ledger_settle");

    tcase_add_checked_fixture(cases, setup, teardown);
    tcase_add_test(cases, what_appeared_counts);
    tcase_add_test(cases, what_is_still_staged_does_not_count);
    tcase_add_test(cases, what_is_gone_counts_with_a_warning);
    tcase_add_test(cases, whoever_looks_settles_nothing);
    tcase_add_test(cases, what_was_revoked_is_gone);
    tcase_add_test(cases, what_was_never_prepared_is_cut_off);
    tcase_add_test(cases, a_forgotten_line_leaves_the_chain_whole);
    tcase_add_test(cases, a_long_ledger_is_rewritten_in_pieces);
    tcase_add_test(cases, another_key_keeps_the_digests);
    tcase_add_test(cases, a_rewriting_that_was_headed_is_completed);
    tcase_add_test(cases, whoever_looks_reads_a_rewriting_that_was_headed);
    tcase_add_test(cases, whoever_looks_reads_past_a_rewriting_that_was_not_headed);
    tcase_add_test(cases, a_rewriting_that_cannot_be_looked_at_is_left_for_later);
    tcase_add_test(cases, a_rewriting_that_was_not_headed_never_was);
    tcase_add_test(cases, a_ledger_that_was_headed_but_not_named_is_completed);
    tcase_add_test(cases, a_ledger_that_was_begun_only_is_made_anew);
    suite_add_tcase(suite, cases);
    return suite;
}
