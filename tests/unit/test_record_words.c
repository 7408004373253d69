#include "run/record_words.h"

#include <check.h>
#include <string.h>

#include "match_fixture.h"

static struct match_fixture fixture;
static struct match_file contacts, people, meetings;
static struct touched_records touched;
static struct record_words words;

static const struct fingerprint_key digest_key = {.bytes = "of the meetings"};

static const char rules[] = "version: 1\nsubject: c\nentities:\n"
                            "  c: {key: Id, files: [c.csv], identifiers: {Email: email}}\n"
                            "  p:\n"
                            "    key: Id\n"
                            "    files: [p.csv]\n"
                            "    links: [{column: C, to: c}, {column: Email, to: c.Email}]\n"
                            "  m:\n"
                            "    key: [Site, Id]\n"
                            "    files: [m.csv]\n"
                            "    on_delete: unlink\n"
                            "    drop_when_empty: All\n"
                            "    links:\n"
                            "      - {column: P, to: p}\n"
                            "      - {column: All, to: p, separator: ';', follow: \"false\"}\n";

static void setup(void)
{
    match_fixture_open(&fixture, rules);
    match_file_open(&fixture, &contacts, "c",
                    SPAN("Id,Email\na,a@example.com\nx,x@example.com\nn,n@example.com\n"));
    match_file_open(&fixture, &people, "p",
                    SPAN("Id,C,Email\n1,a,\n2,,x@example.com\n3,n,\n4,x,\n"));
    match_file_open(&fixture, &meetings, "m",
                    SPAN("Site,Id,P,All\ns,1,1,\ns,2,2,3\ns,3,3,\ns,4,1,2\n,4,3,\"2;2\"\n"));
    match_fixture_target(&fixture, "a", MODE_ANONYMIZE);
    match_fixture_target(&fixture, "x", MODE_DELETE);
    match_fixture_resolve(&fixture, (struct match_file *[]){&contacts, &people, &meetings, NULL});
}

static void teardown(void)
{
    record_words_release(&words);
    touched_records_release(&touched);
    match_file_close(&contacts);
    match_file_close(&people);
    match_file_close(&meetings);
    match_fixture_close(&fixture);
}

/* Adds a record; whether it was one that something becomes of. */
static bool add(const struct match_file *file, size_t record)
{
    struct record_view *view = match_fixture_view(&fixture, file, record);
    struct ownership *ownership = &fixture.finder.ownership;
    const size_t before = touched.count;

    ck_assert(ownership_find(&file->binding, &fixture.resolution, view, ownership));
    const struct disposition disposition =
        disposition_of(&file->binding, &fixture.resolution, view, ownership);
    ck_assert(touched_records_add(&touched, &file->binding, &fixture.resolution, &digest_key, view,
                                  ownership, &disposition));
    ck_assert_ptr_eq(view->key, &fixture.resolution.key);
    return touched.count > before;
}

static void assert_text(const struct buffer *buffer, const char *expected)
{
    ck_assert(span_equal(buffer_span(buffer), span_of(expected)));
}

/* Asserts what is said of a record, and that it is the targets' whose bits are set. */
static void assert_words(const struct match_file *file, size_t record, const char *outcome,
                         unsigned targets, const char *route)
{
    ck_assert(add(file, record));
    ck_assert(record_words_make(&words, &touched, touched.count - 1, &fixture.resolution,
                                file->binding.entity));
    ck_assert_str_eq(words.outcome, outcome);
    assert_text(&words.route, route);
    const struct touched_record *last = &touched.records[touched.count - 1];
    unsigned found = 0;
    for (size_t i = 0; i < last->target_count; i++)
        found |= 1u << touched.targets[last->first_target + i];
    ck_assert_uint_eq(found, targets);
    ck_assert_uint_eq(words.targets.size, last->target_count * 33 - 1);
}

START_TEST(contacts_are_their_own)
{
    assert_words(&contacts, 0, "anonymized", 1, "c");
    assert_text(&words.targets, words.digest);
    assert_words(&contacts, 1, "dropped", 2, "c");
    assert_text(&words.targets, words.digest);
    ck_assert(!add(&contacts, 2));
}
END_TEST

START_TEST(a_route_is_told_from_the_record_to_the_contact)
{
    assert_words(&people, 0, "anonymized", 1, "p.C > c");
    assert_words(&people, 1, "dropped", 2, "p.Email > c.Email");
    assert_words(&meetings, 0, "anonymized", 1, "m.P > p.C > c");
    assert_words(&meetings, 1, "unlinked", 2, "m.P > p.Email > c.Email");
    ck_assert(!add(&people, 2));
    ck_assert(!add(&meetings, 2));
}
END_TEST

START_TEST(a_list_that_runs_empty_is_the_reason)
{
    assert_words(&meetings, 3, "dropped", 2, "m.All > p.Email > c.Email");
    assert_words(&meetings, 4, "dropped", 2, "m.All > p.Email > c.Email");
}
END_TEST

START_TEST(a_digest_is_of_the_key_or_the_bytes)
{
    struct fingerprint key, bytes;
    struct record_view view = {.key = &digest_key};
    const size_t columns[] = {0, 1};

    ck_assert(add(&meetings, 0) && add(&meetings, 4));
    record_view_open(&view, &meetings.csv.batch, &meetings.csv.dialect, &digest_key);
    ck_assert(record_view_at(&view, 0));
    ck_assert_int_eq(view_fingerprint(&view, columns, 2, MATCH_EXACT, &key), NAMES_VALUE);
    bytes = fingerprint_of(&digest_key, SPAN(",4,3,\"2;2\""));
    ck_assert_mem_eq(touched.records[0].digest, &key, DIGEST_SIZE);
    ck_assert_mem_eq(touched.records[1].digest, &bytes, DIGEST_SIZE);
    record_view_release(&view);
}
END_TEST

START_TEST(many_targets_and_routes_are_counted)
{
    uint32_t targets[20] = {0};
    struct route_step steps[20];
    struct touched_record record = {
        .outcome = RECORD_ALREADY, .target_count = 20, .step_count = 20};
    const struct touched_records many = {
        .records = &record, .count = 1, .targets = targets, .steps = steps};
    const char *end;

    for (size_t i = 0; i < 20; i++)
        steps[i] = ROUTE_STEP_SUBJECT;
    ck_assert(record_words_make(&words, &many, 0, &fixture.resolution, contacts.binding.entity));
    ck_assert_str_eq(words.outcome, "already anonymized");
    ck_assert_uint_eq(words.targets.size, RECORD_WORDS_LIMIT * 33 + 2);
    end = words.targets.at + words.targets.size - 3;
    ck_assert_mem_eq(end, " +4", 3);
    end = words.route.at + words.route.size - 4;
    ck_assert_mem_eq(end, "; +4", 4);
}
END_TEST

Suite *test_record_words_suite(void)
{
    Suite *suite = suite_create("record_words");
    TCase *cases = tcase_create("record_words");

    tcase_add_checked_fixture(cases, setup, teardown);
    tcase_add_test(cases, contacts_are_their_own);
    tcase_add_test(cases, a_route_is_told_from_the_record_to_the_contact);
    tcase_add_test(cases, a_list_that_runs_empty_is_the_reason);
    tcase_add_test(cases, a_digest_is_of_the_key_or_the_bytes);
    tcase_add_test(cases, many_targets_and_routes_are_counted);
    suite_add_tcase(suite, cases);
    return suite;
}
