#include "run/kept_records.h"

#include <check.h>

#include "read_fixture.h"
#include "run/collect_identifiers.h"
#include "run_fixture.h"

static struct run_fixture fixture;
static struct kept_records kept;

/* Guests refer to tickets, and tickets to contacts: only nobody refers to guests. */
#define RULES                                                                                      \
    "version: 1\nsubject: c\nundeclared_columns: keep\nentities:\n"                                \
    "  c: {files: [c.csv], key: Id, identifiers: {Email: email},\n"                                \
    "      fields: {Email: clear}}\n"                                                              \
    "  t: {files: [t.csv], key: Ticket, links: [{column: Buyer, to: c}],\n"                        \
    "      fields: {Email: clear}}\n"                                                              \
    "  g: {files: [g.csv], links: [{column: Ticket, to: t}], fields: {Email: clear}}\n"

#define CONTACTS "Id,Email\n"
#define TICKETS "Ticket,Buyer,Email\n"
#define FRIENDS "Ticket,Buyer,Friend,Email\n"

static void open_export(const char *rules, const char *contacts, const char *tickets)
{
    run_fixture_open(&fixture, rules);
    input_file("in/t.csv", span_of(tickets));
    input_file("in/g.csv", SPAN("Ticket,Email\nt1,guest@example.org\n"));
    run_fixture_contacts(&fixture, contacts);
}

static void keep_up_to(size_t limit)
{
    ck_assert(run_plan_leaks(&fixture.plan));
    ck_assert(kept_records_init(&kept, &fixture.plan, limit));
    fixture.kept = &kept;
}

static void resolve_of(const char *contact, size_t limit)
{
    keep_up_to(limit);
    run_fixture_target(&fixture, contact, MODE_ANONYMIZE);
    run_fixture_resolve(&fixture);
}

static void teardown(void)
{
    kept_records_release(&kept);
    run_fixture_close(&fixture);
}

static const struct file_plan *planned(const char *path)
{
    for (size_t i = 0; i < fixture.plan.file_count; i++)
        if (strcmp(fixture.plan.files[i].path, path) == 0)
            return &fixture.plan.files[i];
    ck_abort_msg("no file %s", path);
    return NULL;
}

/* What is kept of a file, whole; NULL: it has to be read again. */
static void assert_kept(const char *path, const char *text)
{
    const struct file_plan *file = planned(path);
    const struct buffer *bytes = &kept.files[file - fixture.plan.files].bytes;
    size_t size;

    ck_assert_msg(kept_records_have(&kept, file, &size) == (text != NULL), "%s", path);
    ck_assert_uint_eq(size, bytes->size);
    ck_assert_msg(span_equal(buffer_span(bytes), span_of(text ? text : "")), "%s: %.*s", path,
                  (int)bytes->size, bytes->at);
}

START_TEST(records_of_targets_are_kept_behind_the_header)
{
    open_export(RULES, CONTACTS "a,a@example.org\nb,b@example.org\nc,c@example.org\n",
                TICKETS "t1,b,x@example.org\r\nt2,a,\"y\"\"@example.org\"\r\nt3,b,\n\n");
    resolve_of("b", KEPT_LIMIT_DEFAULT);
    assert_kept("c.csv", CONTACTS "b,b@example.org\n");
    assert_kept("t.csv", TICKETS "t1,b,x@example.org\r\nt3,b,\n\n");
}
END_TEST

START_TEST(a_file_that_nobody_refers_to_is_not_searched_and_so_not_kept)
{
    open_export(RULES, CONTACTS "a,a@example.org\n", TICKETS "t1,a,\n");
    resolve_of("a", KEPT_LIMIT_DEFAULT);
    assert_kept("g.csv", NULL);
}
END_TEST

START_TEST(nothing_is_kept_of_a_file_without_a_targets_record)
{
    open_export(RULES, CONTACTS "a,a@example.org\n", TICKETS "t1,b,\n");
    resolve_of("a", KEPT_LIMIT_DEFAULT);
    assert_kept("t.csv", "");
}
END_TEST

START_TEST(the_last_record_gets_the_line_end_it_lacks)
{
    open_export(RULES, CONTACTS "b,b@example.org\na,a@example.org", TICKETS "t1,a,");
    resolve_of("a", KEPT_LIMIT_DEFAULT);
    assert_kept("c.csv", CONTACTS "a,a@example.org\n");
    assert_kept("t.csv", TICKETS "t1,a,\n");
}
END_TEST

START_TEST(further_records_of_a_contact_that_an_identifier_named_are_kept_too)
{
    open_export(RULES, CONTACTS "a,a@example.org\nb,b@example.org\na,other@example.org\n",
                TICKETS "t1,a,\n");
    resolve_of("other@example.org", KEPT_LIMIT_DEFAULT);
    assert_kept("c.csv", CONTACTS "a,a@example.org\na,other@example.org\n");
}
END_TEST

START_TEST(a_file_that_passes_the_limit_gives_up_what_was_kept_of_it)
{
    const char *contacts = CONTACTS "a,a@example.org\n";

    open_export(RULES, contacts, TICKETS "t1,a,x@example.org\nt2,a,x@example.org\n");
    resolve_of("a", strlen(contacts) + strlen(TICKETS) + 20);
    assert_kept("c.csv", contacts);
    assert_kept("t.csv", NULL);
    ck_assert_uint_eq(kept.size, strlen(contacts));
}
END_TEST

START_TEST(nothing_is_kept_without_room)
{
    open_export(RULES, CONTACTS "a,a@example.org\n", TICKETS "t1,a,\n");
    keep_up_to(0);
    kept_records_begin(&kept, planned("c.csv"));
    ck_assert(!kept_records_wanted(&kept, planned("c.csv")));
    run_fixture_target(&fixture, "a", MODE_ANONYMIZE);
    run_fixture_resolve(&fixture);
    assert_kept("c.csv", NULL);
}
END_TEST

/* A contact that refers to another is that one's too, which is not asked while contacts are
 * found. */
START_TEST(contacts_that_refer_to_contacts_are_read_again)
{
    open_export("version: 1\nsubject: c\nundeclared_columns: keep\nentities:\n"
                "  c: {files: [c.csv], key: Id, links: [{column: Boss, to: c}],\n"
                "      identifiers: {Email: email}, fields: {Email: clear}}\n"
                "  t: {files: [t.csv], key: Ticket, links: [{column: Buyer, to: c}],\n"
                "      fields: {Email: clear}}\n"
                "  g: {files: [g.csv], links: [{column: Ticket, to: t}]}\n",
                "Id,Boss,Email\na,,a@example.org\nb,a,b@example.org\n", TICKETS "t1,a,\n");
    resolve_of("a", KEPT_LIMIT_DEFAULT);
    assert_kept("c.csv", NULL);
    assert_kept("t.csv", TICKETS "t1,a,\n");
}
END_TEST

/* What a link that isn't followed finds may be found after the record was looked at. */
START_TEST(records_are_read_again_where_a_link_may_find_more_by_now)
{
    open_export("version: 1\nsubject: c\nundeclared_columns: keep\nentities:\n"
                "  c: {files: [c.csv], key: Id}\n"
                "  t: {files: [t.csv], key: Ticket, links: [{column: Buyer, to: c},\n"
                "      {column: Friend, to: g.Email, follow: false}], fields: {Email: clear}}\n"
                "  g: {files: [g.csv], links: [{column: Ticket, to: t}]}\n",
                CONTACTS "a,a@example.org\n", FRIENDS "t1,a,,\nt2,,guest@example.org,\n");
    resolve_of("a", KEPT_LIMIT_DEFAULT);
    assert_kept("t.csv", NULL);
}
END_TEST

START_TEST(records_that_are_reached_in_a_loop_are_kept_as_they_are_in_the_end)
{
    open_export("version: 1\nsubject: c\nundeclared_columns: keep\nentities:\n"
                "  c: {files: [c.csv], key: Id}\n"
                "  t: {files: [t.csv], key: Ticket, links: [{column: Buyer, to: c},\n"
                "      {column: Friend, to: t}], fields: {Email: clear}}\n"
                "  g: {files: [g.csv], links: [{column: Ticket, to: t}]}\n",
                CONTACTS "a,a@example.org\n", FRIENDS "t3,,t2,\nt2,,t1,\nt1,a,,\nt4,,,\n");
    resolve_of("a", KEPT_LIMIT_DEFAULT);
    assert_kept("t.csv", FRIENDS "t3,,t2,\nt2,,t1,\nt1,a,,\n");
}
END_TEST

static size_t count_identifiers(void)
{
    struct known_identifiers known;
    size_t count;

    ck_assert_int_eq(collect_identifiers(&fixture.plan, fixture.stream, fixture.secret,
                                         &fixture.resolution, &kept, &known, &fixture.diagnostics),
                     STATUS_OK);
    count = known.set.prints.count;
    known_identifiers_release(&known);
    return count;
}

START_TEST(what_is_kept_and_the_files_give_the_same_identifiers)
{
    open_export(RULES, CONTACTS "a,a@example.org\nb,b@example.org\n",
                TICKETS "t1,a,x@example.org\nt2,b,y@example.org\nt3,a,z@example.org");
    resolve_of("a", KEPT_LIMIT_DEFAULT);
    ck_assert_uint_eq(count_identifiers(), 4);
    for (size_t i = 0; i < fixture.plan.file_count; i++)
        kept_records_forget(&kept, &fixture.plan.files[i]);
    ck_assert_uint_eq(count_identifiers(), 4);
}
END_TEST

Suite *test_kept_records_suite(void)
{
    Suite *suite = suite_create("kept_records");
    TCase *tests = tcase_create("kept_records");

    tcase_add_checked_fixture(tests, NULL, teardown);
    tcase_add_test(tests, records_of_targets_are_kept_behind_the_header);
    tcase_add_test(tests, a_file_that_nobody_refers_to_is_not_searched_and_so_not_kept);
    tcase_add_test(tests, nothing_is_kept_of_a_file_without_a_targets_record);
    tcase_add_test(tests, the_last_record_gets_the_line_end_it_lacks);
    tcase_add_test(tests, further_records_of_a_contact_that_an_identifier_named_are_kept_too);
    tcase_add_test(tests, a_file_that_passes_the_limit_gives_up_what_was_kept_of_it);
    tcase_add_test(tests, nothing_is_kept_without_room);
    tcase_add_test(tests, contacts_that_refer_to_contacts_are_read_again);
    tcase_add_test(tests, records_are_read_again_where_a_link_may_find_more_by_now);
    tcase_add_test(tests, records_that_are_reached_in_a_loop_are_kept_as_they_are_in_the_end);
    tcase_add_test(tests, what_is_kept_and_the_files_give_the_same_identifiers);
    suite_add_tcase(suite, tests);
    return suite;
}
