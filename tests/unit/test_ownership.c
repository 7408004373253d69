#include "match/ownership.h"

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
                            "      - {column: List, to: c, separator: ';'}\n"
                            "      - {column: [Site, P], to: p}\n"
                            "      - {column: Ref, to: c, when: {Kind: {equals: c}}}\n"
                            "      - {column: Editor, to: c, follow: \"false\"}\n";

static void setup(void)
{
    match_fixture_open(&fixture, rules);
    match_file_open(
        &fixture, &contacts, "c",
        SPAN("Id,Email,Boss\nc1,a@example.com,\nc2,b@example.com,c1\nc1,d@example.com,\n"
             ",e@example.com,\n\"\",f@example.com,c1\n"));
    match_file_open(&fixture, &people, "p", SPAN("Site,Id,C\ns,1,c1\ns1,,c1\n"));
    match_fixture_target(&fixture, "c1", MODE_ANONYMIZE);
    match_fixture_target(&fixture, "e@example.com", MODE_ANONYMIZE);
    match_fixture_resolve(&fixture, (struct match_file *[]){&contacts, &people, NULL});
    ck_assert_uint_eq(fixture.resolution.target_count, 2);
}

static void teardown(void)
{
    match_file_close(&contacts);
    match_file_close(&people);
    match_fixture_close(&fixture);
}

static struct ownership *find(const struct match_file *in, size_t record)
{
    ck_assert(ownership_find(&in->binding, &fixture.resolution,
                             match_fixture_view(&fixture, in, record), &fixture.finder.ownership));
    return &fixture.finder.ownership;
}

/* Asserts the links by which a record of `file` is claimed, all for the first target. */
static void assert_links(size_t record, size_t count, const uint32_t *links)
{
    const struct ownership *ownership = find(&file, record);

    ck_assert_uint_eq(ownership->count, count);
    for (size_t i = 0; i < count; i++) {
        ck_assert_uint_eq(ownership->claims[i].link, links[i]);
        ck_assert_uint_eq(ownership->claims[i].owner, owner_of_target(0));
    }
}

START_TEST(a_contact_is_claimed_by_its_key)
{
    const struct ownership *ownership = find(&contacts, 0);

    ck_assert_uint_eq(ownership->count, 1);
    ck_assert_uint_eq(ownership->claims[0].link, CLAIM_BY_KEY);
    ck_assert_uint_eq(ownership->claims[0].owner, owner_of_target(0));
    ck_assert(claims_record(&contacts.binding, &ownership->claims[0]));
}
END_TEST

START_TEST(every_record_of_the_key_is_claimed)
{
    const struct ownership *ownership = find(&contacts, 2);

    ck_assert_uint_eq(ownership->count, 1);
    ck_assert_uint_eq(ownership->claims[0].owner, owner_of_target(0));
}
END_TEST

START_TEST(a_contact_without_key_is_claimed_by_its_bytes)
{
    const struct ownership *ownership = find(&contacts, 3);

    ck_assert_uint_eq(ownership->count, 1);
    ck_assert_uint_eq(ownership->claims[0].link, CLAIM_BY_KEY);
    ck_assert_uint_eq(ownership->claims[0].owner, owner_of_target(1));
}
END_TEST

START_TEST(links_of_the_subject_claim_nothing)
{
    const struct ownership *ownership = find(&contacts, 1);

    ck_assert_uint_eq(ownership->count, 1);
    ck_assert_uint_eq(ownership->claims[0].link, 0);
    ck_assert(!claims_record(&contacts.binding, &ownership->claims[0]));
    ck_assert_uint_eq(find(&contacts, 4)->count, 1); /* no key, but a boss */
}
END_TEST

START_TEST(every_link_may_claim)
{
    static const uint32_t by_key[] = {0}, by_parts[] = {2}, by_both[] = {0, 2};

    match_file_open(&fixture, &file, "t",
                    SPAN("Id,C,List,Site,P,Kind,Ref,Editor\n"
                         "1,c1,,,,,,\n"
                         "2,,,s,1,,,\n"
                         "3,\"c1\",,s,\"1\",,,\n"
                         "4,c2,,s,2,,,\n"
                         "5,C1,,s1,,,,\n"));
    assert_links(0, 1, by_key);
    assert_links(1, 1, by_parts);
    assert_links(2, 2, by_both);
    assert_links(3, 0, NULL);
    assert_links(4, 0, NULL);
    match_file_close(&file);
}
END_TEST

START_TEST(every_element_of_a_list_may_claim)
{
    static const uint32_t once[] = {1}, twice[] = {1, 1};

    match_file_open(&fixture, &file, "t",
                    SPAN("Id,C,List,Site,P,Kind,Ref,Editor\n"
                         "1,,c2;c1,,,,,\n"
                         "2,,;c1;;c1,,,,,\n"
                         "3,, c1;c11,,,,,\n"
                         "4,,\"c1\",,,,,\n"));
    assert_links(0, 1, once);
    assert_links(1, 2, twice);
    assert_links(2, 0, NULL);
    assert_links(3, 1, once);
    match_file_close(&file);
}
END_TEST

START_TEST(a_link_claims_only_where_its_condition_holds)
{
    static const uint32_t by_reference[] = {3};

    match_file_open(&fixture, &file, "t",
                    SPAN("Id,C,List,Site,P,Kind,Ref,Editor\n1,,,,,c,c1,\n2,,,,,d,c1,\n"));
    assert_links(0, 1, by_reference);
    assert_links(1, 0, NULL);
    match_file_close(&file);
}
END_TEST

START_TEST(an_unfollowed_link_points_but_does_not_claim)
{
    static const uint32_t by_editor[] = {4};

    match_file_open(&fixture, &file, "t", SPAN("Id,C,List,Site,P,Kind,Ref,Editor\n1,,,,,,,c1\n"));
    assert_links(0, 1, by_editor);
    ck_assert(!claims_record(&file.binding, &fixture.finder.ownership.claims[0]));
    match_file_close(&file);
}
END_TEST

START_TEST(blank_cells_claim_nothing)
{
    match_file_open(
        &fixture, &file, "t",
        SPAN("Id,C,List,Site,P,Kind,Ref,Editor\n1,\"\",c1,s,\"\",c,c1,\n2,,\"\",,,,,\n"));
    file.csv.dialect.null = SPAN("c1");
    assert_links(0, 0, NULL);
    assert_links(1, 0, NULL);
    match_file_close(&file);
}
END_TEST

START_TEST(orphans_are_counted_and_claim_nothing)
{
    match_file_open(
        &fixture, &file, "t",
        SPAN("Id,C,List,Site,P,Kind,Ref,Editor\n1,gone,gone;x;gone,,,,,\n2,c1,,,,,,\n"));
    match_fixture_put(&fixture, fixture.resolution.contacts, "gone", OWNER_NOBODY, VALUE_ORPHAN);
    ck_assert_uint_eq(find(&file, 0)->orphans, 3);
    ck_assert_uint_eq(fixture.finder.ownership.count, 0);
    ck_assert_uint_eq(find(&file, 1)->orphans, 0); /* nothing is left of the record before */
    match_file_close(&file);
}
END_TEST

START_TEST(a_link_to_a_dropped_record_of_nobody_is_a_claim)
{
    match_file_open(&fixture, &file, "t", SPAN("Id,C,List,Site,P,Kind,Ref,Editor\n1,c9,,,,,,\n"));
    match_fixture_put(&fixture, fixture.resolution.contacts, "c9", OWNER_NOBODY, VALUE_DROPPED);
    ck_assert_uint_eq(find(&file, 0)->count, 1);
    ck_assert_uint_eq(fixture.finder.ownership.claims[0].owner, OWNER_NOBODY);
    match_file_close(&file);
}
END_TEST

static struct fingerprint contact_of(size_t record, bool *has_key)
{
    struct fingerprint contact;

    ck_assert_int_eq(record_fingerprint(&contacts.binding,
                                        match_fixture_view(&fixture, &contacts, record), &contact,
                                        has_key),
                     NAMES_VALUE);
    return contact;
}

START_TEST(contacts_without_key_are_told_apart_by_their_bytes)
{
    bool has_key;
    const struct fingerprint first = contact_of(3, &has_key);

    ck_assert(!has_key);
    ck_assert(!fingerprint_equal(first, contact_of(4, &has_key)));
    ck_assert(!has_key);
    ck_assert(fingerprint_equal(first, contact_of(3, &has_key)));
    ck_assert(fingerprint_equal(contact_of(0, &has_key), contact_of(2, &has_key)));
    ck_assert(has_key);
}
END_TEST

Suite *test_ownership_suite(void)
{
    Suite *suite = suite_create("ownership");
    TCase *cases = tcase_create("ownership");

    tcase_add_checked_fixture(cases, setup, teardown);
    tcase_add_test(cases, a_contact_is_claimed_by_its_key);
    tcase_add_test(cases, every_record_of_the_key_is_claimed);
    tcase_add_test(cases, a_contact_without_key_is_claimed_by_its_bytes);
    tcase_add_test(cases, links_of_the_subject_claim_nothing);
    tcase_add_test(cases, every_link_may_claim);
    tcase_add_test(cases, every_element_of_a_list_may_claim);
    tcase_add_test(cases, a_link_claims_only_where_its_condition_holds);
    tcase_add_test(cases, an_unfollowed_link_points_but_does_not_claim);
    tcase_add_test(cases, blank_cells_claim_nothing);
    tcase_add_test(cases, orphans_are_counted_and_claim_nothing);
    tcase_add_test(cases, a_link_to_a_dropped_record_of_nobody_is_a_claim);
    tcase_add_test(cases, contacts_without_key_are_told_apart_by_their_bytes);
    suite_add_tcase(suite, cases);
    return suite;
}
