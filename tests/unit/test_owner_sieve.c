#include "match/owner_sieve.h"

#include <check.h>

#include "match_fixture.h"

static struct match_fixture fixture;
static struct match_file contacts, people, file;

static const char rules[] = "version: 1\nsubject: c\nentities:\n"
                            "  c:\n"
                            "    key: Id\n"
                            "    files: [c.csv]\n"
                            "    identifiers: {Email: email}\n"
                            "    links: [{column: Boss, to: c}]\n"
                            "  p: {key: [Site, Id], files: [p.csv], links: [{column: C, to: c}]}\n"
                            "  t:\n"
                            "    key: Id\n"
                            "    files: [t.csv]\n"
                            "    links:\n"
                            "      - {column: C, to: c}\n"
                            "      - {column: List, to: c, separator: '; '}\n"
                            "      - {column: [Site, P], to: p}\n"
                            "      - {column: Mail, to: c.Email, match: email, when: {C: {empty: "
                            "true}}}\n"
                            "      - {column: Editor, to: c, follow: \"false\"}\n";

static void setup(void)
{
    match_fixture_open(&fixture, rules);
    match_file_open(&fixture, &contacts, "c",
                    SPAN("Id,Email,Boss\nc1,a@example.com,\nc2,b@example.com,\n"
                         "c3,c@example.com,c1\n,d@example.com,\n\"\",e@example.com,\n"));
    match_file_open(&fixture, &people, "p", SPAN("Site,Id,C\ns,1,c1\ns,2,c2\n"));
    match_fixture_target(&fixture, "c1", MODE_ANONYMIZE);
    match_fixture_target(&fixture, "d@example.com", MODE_ANONYMIZE);
    match_fixture_resolve(&fixture, (struct match_file *[]){&contacts, &people, NULL});
    ck_assert_uint_eq(fixture.resolution.target_count, 2);
    match_fixture_put(&fixture, fixture.resolution.contacts, "gone", OWNER_NOBODY, VALUE_ORPHAN);
}

static void teardown(void)
{
    match_file_close(&contacts);
    match_file_close(&people);
    match_fixture_close(&fixture);
}

static bool passes(const struct value_sieve *sieve, size_t record)
{
    return value_sieve_next(sieve, record, record + 1) == record;
}

/*
 * Asserts which records pass: '1' or '.'; and that those that don't are nobody's by a closer look,
 * and those that do are somebody's, or refer to an orphan.
 */
static void expect(const struct match_file *in, const char *expected)
{
    struct ownership *ownership = &fixture.finder.ownership;
    struct value_sieve sieve = {.words = NULL};

    ck_assert(owner_sieve_fill(&sieve, &in->binding, NULL, &fixture.resolution,
                               match_fixture_view(&fixture, in, 0)));
    ck_assert_uint_eq(in->csv.batch.record_count, strlen(expected));
    for (size_t i = 0; expected[i] != '\0'; i++) {
        ck_assert_msg(passes(&sieve, i) == (expected[i] == '1'), "record %zu", i);
        ck_assert(ownership_find(&in->binding, &fixture.resolution,
                                 match_fixture_view(&fixture, in, i), ownership));
        ck_assert_int_eq(ownership->count + ownership->orphans > 0, expected[i] == '1');
    }
    value_sieve_release(&sieve);
}

START_TEST(contacts_pass_by_key_and_by_links)
{
    match_file_open(&fixture, &file, "c",
                    SPAN("Id,Email,Boss\nc1,x@example.com,\nc2,,\nc3,,c1\n\"c1\",,\n"));
    expect(&file, "1.11");
    match_file_close(&file);
}
END_TEST

START_TEST(all_contacts_without_key_pass)
{
    struct value_sieve sieve = {.words = NULL};

    ck_assert(owner_sieve_fill(&sieve, &contacts.binding, NULL, &fixture.resolution,
                               match_fixture_view(&fixture, &contacts, 0)));
    ck_assert(passes(&sieve, 0));
    ck_assert(!passes(&sieve, 1));
    ck_assert(passes(&sieve, 3)); /* the target */
    ck_assert(passes(&sieve, 4)); /* nobody's, which its bytes tell */
    value_sieve_release(&sieve);
}
END_TEST

START_TEST(records_pass_by_any_link)
{
    match_file_open(&fixture, &file, "t",
                    SPAN("Id,C,List,Site,P,Mail,Editor\n"
                         "c1,c2,,,,,\n" /* a key is no link */
                         "2,c1,,,,,\n"
                         "3,c2,c2; c1,,,,\n"
                         "4,c2,c2;c1,,,,\n" /* another separator */
                         "5,c2,,s,1,,\n"
                         "6,c2,,s,2,,\n"
                         "7,c2,,,,a@example.com,\n" /* another condition */
                         "8,,,,,A@example.com,\n"
                         "9,,,,,b@example.com,c2\n"
                         "10,,,,,,c1\n"
                         "11,,,,,,\n"));
    expect(&file, ".11.1..1.1.");
    match_file_close(&file);
}
END_TEST

START_TEST(records_that_refer_to_orphans_pass)
{
    match_file_open(
        &fixture, &file, "t",
        SPAN("Id,C,List,Site,P,Mail,Editor\n1,gone,,,,,\n2,,c2; gone,,,,\n3,on,,,,,\n"));
    expect(&file, "11.");
    match_file_close(&file);
}
END_TEST

START_TEST(links_that_do_not_matter_are_left_out)
{
    static const bool by_list_alone[] = {false, true, false, false, false};
    struct value_sieve sieve = {.words = NULL};

    match_file_open(&fixture, &file, "t",
                    SPAN("Id,C,List,Site,P,Mail,Editor\n1,c1,,,,,\n2,,c1,,,,\n3,,,s,1,,c1\n"));
    ck_assert(owner_sieve_fill(&sieve, &file.binding, by_list_alone, &fixture.resolution,
                               match_fixture_view(&fixture, &file, 0)));
    ck_assert(!passes(&sieve, 0));
    ck_assert(passes(&sieve, 1));
    ck_assert(!passes(&sieve, 2));
    value_sieve_release(&sieve);
    match_file_close(&file);
}
END_TEST

START_TEST(all_pass_where_a_set_has_no_filter)
{
    struct value_sieve sieve = {.words = NULL};

    match_file_open(&fixture, &file, "t", SPAN("Id,C,List,Site,P,Mail,Editor\n1,,,,,,\n"));
    key_map_forgo_filter(&fixture.resolution.contacts->map);
    ck_assert(owner_sieve_fill(&sieve, &file.binding, NULL, &fixture.resolution,
                               match_fixture_view(&fixture, &file, 0)));
    ck_assert(passes(&sieve, 0));
    value_sieve_release(&sieve);
    match_file_close(&file);
}
END_TEST

Suite *test_owner_sieve_suite(void)
{
    Suite *suite = suite_create("owner_sieve");
    TCase *tcase = tcase_create("owner_sieve");

    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_test(tcase, contacts_pass_by_key_and_by_links);
    tcase_add_test(tcase, all_contacts_without_key_pass);
    tcase_add_test(tcase, records_pass_by_any_link);
    tcase_add_test(tcase, records_that_refer_to_orphans_pass);
    tcase_add_test(tcase, links_that_do_not_matter_are_left_out);
    tcase_add_test(tcase, all_pass_where_a_set_has_no_filter);
    suite_add_tcase(suite, tcase);
    return suite;
}
