#include "match/disposition.h"

#include <check.h>

#include "match_fixture.h"

static struct match_fixture fixture;
static struct match_file contacts, file;

static const char rules[] =
    "version: 1\nsubject: c\nentities:\n"
    "  c:\n"
    "    key: Id\n"
    "    rekey: \"true\"\n"
    "    files: [c.csv]\n"
    "    links: [{column: Boss, to: c}]\n"
    "    marker: {column: Done}\n"
    "  t:\n"
    "    key: Id\n"
    "    files: [t.csv]\n"
    "    marker: {column: Done}\n"
    "    links: [{column: C, to: c}, {column: D, to: c}]\n"
    "  u:\n"
    "    files: [u.csv]\n"
    "    on_delete: unlink\n"
    "    drop_when_empty: List\n"
    "    links:\n"
    "      - {column: C, to: c}\n"
    "      - {column: List, to: c, separator: ';', when: {Kind: {not: x}}}\n"
    "      - {column: Ref, to: c, when: {Kind: {equals: c}}}\n"
    "      - {column: Ref, to: t, when: {Kind: {equals: t}}}\n"
    "  v:\n"
    "    files: [v.csv]\n"
    "    drop_when_empty: List\n"
    "    links:\n"
    "      - {column: C, to: c}\n"
    "      - {column: List, to: c, separator: ';', follow: \"false\"}\n";

/* a is anonymized, b deleted, m was marked by an earlier run, n is nobody's. */
static void setup(void)
{
    match_fixture_open(&fixture, rules);
    match_file_open(&fixture, &contacts, "c", SPAN("Id,Boss,Done\na,,\nb,,\nm,,x\nn,a,\n"));
    match_fixture_target(&fixture, "a", MODE_ANONYMIZE);
    match_fixture_target(&fixture, "b", MODE_DELETE);
    match_fixture_target(&fixture, "m", MODE_ANONYMIZE);
}

static void teardown(void)
{
    match_file_close(&contacts);
    match_fixture_close(&fixture);
}

static void open_file(const char *entity, struct span text)
{
    match_file_open(&fixture, &file, entity, text);
    match_fixture_resolve(&fixture, (struct match_file *[]){&contacts, &file, NULL});
}

static struct disposition dispose(const struct match_file *of, size_t record)
{
    struct record_view *view = match_fixture_view(&fixture, of, record);

    ck_assert(ownership_find(&of->binding, &fixture.resolution, view, &fixture.finder.ownership));
    return disposition_of(&of->binding, &fixture.resolution, view, &fixture.finder.ownership);
}

static void assert_outcome(const struct match_file *of, size_t record, enum record_outcome expected)
{
    ck_assert_int_eq(dispose(of, record).outcome, expected);
}

START_TEST(contacts_go_as_they_were_named)
{
    open_file("t", SPAN("Id,Done,C,D\n"));
    assert_outcome(&contacts, 0, RECORD_ANONYMIZED);
    assert_outcome(&contacts, 1, RECORD_DROPPED);
    assert_outcome(&contacts, 2, RECORD_ALREADY);
    assert_outcome(&contacts, 3, RECORD_UNCHANGED); /* it only links to one */
    match_file_close(&file);
}
END_TEST

START_TEST(records_go_as_their_contacts_do)
{
    open_file("t", SPAN("Id,Done,C,D\n1,,a,\n2,,b,\n3,,n,\n4,,,\n"));
    assert_outcome(&file, 0, RECORD_ANONYMIZED);
    assert_outcome(&file, 1, RECORD_DROPPED);
    assert_outcome(&file, 2, RECORD_UNCHANGED);
    assert_outcome(&file, 3, RECORD_UNCHANGED);
    match_file_close(&file);
}
END_TEST

START_TEST(delete_wins_in_a_record_of_both)
{
    open_file("t", SPAN("Id,Done,C,D\n1,,a,b\n2,,b,a\n"));
    assert_outcome(&file, 0, RECORD_DROPPED);
    ck_assert_uint_eq(dispose(&file, 1).fate, FATE_DELETE | FATE_ANONYMIZE | FATE_UNMARKED);
    match_file_close(&file);
}
END_TEST

START_TEST(a_marker_protects_from_editing_but_not_from_erasure)
{
    open_file("t", SPAN("Id,Done,C,D\n1,x,a,\n2,x,b,\n3,x,n,\n4,,m,\n"));
    assert_outcome(&file, 0, RECORD_ALREADY);
    ck_assert(dispose(&file, 0).marked);
    assert_outcome(&file, 1, RECORD_DROPPED);
    assert_outcome(&file, 2, RECORD_UNCHANGED);
    assert_outcome(&file, 3, RECORD_ANONYMIZED); /* its contact is marked, it is not */
    ck_assert_uint_eq(dispose(&file, 3).fate, FATE_ANONYMIZE);
    match_file_close(&file);
}
END_TEST

START_TEST(unlinking_keeps_the_record)
{
    open_file("u", SPAN("C,List,Kind,Ref\nb,,,\na,,,\nb,n,,\n"));
    assert_outcome(&file, 0, RECORD_UNLINKED);
    assert_outcome(&file, 1, RECORD_ANONYMIZED);
    assert_outcome(&file, 2, RECORD_UNLINKED);
    match_file_close(&file);
}
END_TEST

START_TEST(a_record_drops_when_its_list_runs_empty)
{
    open_file("u", SPAN("C,List,Kind,Ref\n,b,,\n,b;b,,\n,;b;,,\n,b;n,,\n,b;a,,\n"));
    assert_outcome(&file, 0, RECORD_DROPPED);
    assert_outcome(&file, 1, RECORD_DROPPED);
    assert_outcome(&file, 2, RECORD_DROPPED);
    assert_outcome(&file, 3, RECORD_UNLINKED);
    assert_outcome(&file, 4, RECORD_UNLINKED);
    match_file_close(&file);
}
END_TEST

START_TEST(a_list_that_came_empty_stays)
{
    open_file("u", SPAN("C,List,Kind,Ref\nb,,,\nb,\"\",,\nb,;,,\n"));
    for (size_t i = 0; i < 3; i++)
        assert_outcome(&file, i, RECORD_UNLINKED);
    match_file_close(&file);
}
END_TEST

START_TEST(a_list_that_is_no_link_stays)
{
    open_file("u", SPAN("C,List,Kind,Ref\n,b,x,\nb,b,x,\n"));
    assert_outcome(&file, 0, RECORD_UNCHANGED);
    assert_outcome(&file, 1, RECORD_UNLINKED);
    match_file_close(&file);
}
END_TEST

/* Asserts which of the claims on a record are reasons, by their links: bit 0 for the first. */
static void assert_reasons(size_t record, unsigned expected)
{
    const struct disposition disposition = dispose(&file, record);
    const struct ownership *ownership = &fixture.finder.ownership;
    unsigned reasons = 0;

    for (size_t i = 0; i < ownership->count; i++)
        if (claim_is_reason(&file.binding, &fixture.resolution, &disposition,
                            &ownership->claims[i]))
            reasons |= 1u << ownership->claims[i].link;
    ck_assert_uint_eq(reasons, expected);
}

START_TEST(a_claim_that_decides_is_a_reason)
{
    open_file("v", SPAN("C,List\na,a\nb,a\n,b\na,b\nb,b\n,a\n"));
    assert_reasons(0, 1); /* the list is not followed */
    assert_reasons(1, 1);
    assert_reasons(2, 2); /* dropped, as the list runs empty */
    assert_reasons(3, 2); /* dropped for that, though it would have been anonymized */
    assert_reasons(4, 1); /* dropped anyway */
    assert_reasons(5, 0);
    match_file_close(&file);
}
END_TEST

START_TEST(fields_about_a_link_ask_for_its_fate)
{
    open_file("t", SPAN("Id,Done,C,D\n1,,a,b\n2,,,b\n"));
    const struct ownership *ownership = &fixture.finder.ownership;

    dispose(&file, 0);
    ck_assert_uint_eq(link_fate(&file.binding, &fixture.resolution, ownership, 0),
                      FATE_ANONYMIZE | FATE_UNMARKED);
    ck_assert_uint_eq(link_fate(&file.binding, &fixture.resolution, ownership, 1),
                      FATE_DELETE | FATE_UNMARKED);
    dispose(&file, 1);
    ck_assert_uint_eq(link_fate(&file.binding, &fixture.resolution, ownership, 0), 0);
    match_file_close(&file);
}
END_TEST

START_TEST(the_fate_of_a_polymorphic_link_is_that_of_any_arm)
{
    struct match_file tickets;

    match_file_open(&fixture, &tickets, "t", SPAN("Id,Done,C,D\nt1,,a,\n"));
    match_file_open(&fixture, &file, "u", SPAN("C,List,Kind,Ref\n,,c,a\n,,t,t1\n,,z,a\n"));
    match_fixture_resolve(&fixture, (struct match_file *[]){&contacts, &tickets, &file, NULL});
    for (size_t i = 0; i < 3; i++) {
        dispose(&file, i);
        ck_assert_uint_eq(
            link_fate(&file.binding, &fixture.resolution, &fixture.finder.ownership, 2),
            i < 2 ? FATE_ANONYMIZE | FATE_UNMARKED : 0);
    }
    match_file_close(&tickets);
    match_file_close(&file);
}
END_TEST

START_TEST(a_contact_of_its_own_key_is_about_no_link)
{
    open_file("t", SPAN("Id,Done,C,D\n"));
    dispose(&contacts, 0);
    ck_assert_uint_eq(
        link_fate(&contacts.binding, &fixture.resolution, &fixture.finder.ownership, 0), 0);
    match_file_close(&file);
}
END_TEST

static enum reference refer(size_t record)
{
    struct record_view *view = match_fixture_view(&fixture, &file, record);

    return reference_of_cells(&file.binding.links[0], &fixture.resolution, view);
}

START_TEST(references_follow_what_becomes_of_the_contact)
{
    open_file("t", SPAN("Id,Done,C,D\n1,,a,\n2,,b,\n3,,m,\n4,,n,\n5,,\"\",\n6,,unknown,\n"));
    ck_assert_int_eq(refer(0), REFERENCE_REKEYED);
    ck_assert_int_eq(refer(1), REFERENCE_DROPPED);
    ck_assert_int_eq(refer(2), REFERENCE_STAYS); /* its key was replaced before */
    ck_assert_int_eq(refer(3), REFERENCE_STAYS);
    ck_assert_int_eq(refer(4), REFERENCE_STAYS);
    ck_assert_int_eq(refer(5), REFERENCE_STAYS);
    match_file_close(&file);
}
END_TEST

START_TEST(elements_refer_one_by_one)
{
    open_file("u", SPAN("C,List,Kind,Ref\n,a;b;n,,\n"));
    const struct bound_link *link = &file.binding.links[1];
    struct record_view *view = match_fixture_view(&fixture, &file, 0);

    ck_assert_int_eq(reference_of_value(link, &fixture.resolution, view, SPAN("a")),
                     REFERENCE_REKEYED);
    ck_assert_int_eq(reference_of_value(link, &fixture.resolution, view, SPAN("b")),
                     REFERENCE_DROPPED);
    ck_assert_int_eq(reference_of_value(link, &fixture.resolution, view, SPAN("n")),
                     REFERENCE_STAYS);
    ck_assert_int_eq(reference_of_value(link, &fixture.resolution, view, SPAN("")),
                     REFERENCE_STAYS);
    match_file_close(&file);
}
END_TEST

Suite *test_disposition_suite(void)
{
    Suite *suite = suite_create("disposition");
    TCase *cases = tcase_create("disposition");

    tcase_add_checked_fixture(cases, setup, teardown);
    tcase_add_test(cases, contacts_go_as_they_were_named);
    tcase_add_test(cases, records_go_as_their_contacts_do);
    tcase_add_test(cases, delete_wins_in_a_record_of_both);
    tcase_add_test(cases, a_marker_protects_from_editing_but_not_from_erasure);
    tcase_add_test(cases, unlinking_keeps_the_record);
    tcase_add_test(cases, a_record_drops_when_its_list_runs_empty);
    tcase_add_test(cases, a_list_that_came_empty_stays);
    tcase_add_test(cases, a_list_that_is_no_link_stays);
    tcase_add_test(cases, a_claim_that_decides_is_a_reason);
    tcase_add_test(cases, fields_about_a_link_ask_for_its_fate);
    tcase_add_test(cases, the_fate_of_a_polymorphic_link_is_that_of_any_arm);
    tcase_add_test(cases, a_contact_of_its_own_key_is_about_no_link);
    tcase_add_test(cases, references_follow_what_becomes_of_the_contact);
    tcase_add_test(cases, elements_refer_one_by_one);
    suite_add_tcase(suite, cases);
    return suite;
}
