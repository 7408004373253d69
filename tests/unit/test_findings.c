#include "match/findings.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "match_fixture.h"

static struct match_fixture fixture;
static struct match_file contacts, people, meetings;

static const char rules[] =
    "version: 1\nsubject: c\nentities:\n"
    "  c:\n"
    "    key: Id\n"
    "    files: [c.csv]\n"
    "    identifiers: {Email: email}\n"
    "    marker: {column: Done}\n"
    "    links: [{column: Boss, to: c}]\n"
    "  p:\n"
    "    key: Id\n"
    "    files: [p.csv]\n"
    "    on_delete: restrict\n"
    "    links:\n"
    "      - {column: C, to: c}\n"
    "      - {column: Email, to: c.Email, match: email, when: {C: {in_entity: p}}}\n"
    "      - {column: Editor, to: c, follow: \"false\"}\n"
    "  m:\n"
    "    key: Id\n"
    "    files: [m.csv]\n"
    "    on_delete: unlink\n"
    "    drop_when_empty: P\n"
    "    links:\n"
    "      - {column: P, to: p, separator: ';'}\n"
    "      - {column: Before, to: m}\n";

static void setup(void)
{
    match_fixture_open(&fixture, rules);
    match_file_open(&fixture, &contacts, "c",
                    SPAN("Id,Email,Boss,Done\n"
                         "c1,a@example.com,,\n"
                         "c2,b@example.com,c1,x\n"
                         "c1,z@example.com,,x\n"
                         ",a@example.com,,\n"));
    match_file_open(&fixture, &people, "p",
                    SPAN("Id,C,Email,Editor\n"
                         "p1,c1,,\n"
                         "p2,c2,,c1\n"
                         ",c1,,\n"
                         "p4,,,c1\n"));
    match_file_open(&fixture, &meetings, "m", SPAN("Id,P,Before\nm1,p1,\nm2,p2,m1\n"));
}

static void teardown(void)
{
    match_file_close(&contacts);
    match_file_close(&people);
    match_file_close(&meetings);
    match_fixture_close(&fixture);
}

static const struct findings *collect(enum search search, const struct match_file *file)
{
    match_fixture_collect(&fixture, search, file, &file->csv.batch);
    return &fixture.findings;
}

START_TEST(named_contacts_are_found)
{
    match_fixture_target(&fixture, "nobody", MODE_ANONYMIZE);
    match_fixture_target(&fixture, "c2", MODE_DELETE);
    const struct findings *findings = collect(SEARCH_TARGETS, &contacts);

    ck_assert_uint_eq(findings->contact_count, 1);
    ck_assert_uint_eq(findings->matches.count, 1);
    ck_assert_uint_eq(findings->contacts[0].name, 1);
    ck_assert_uint_eq(findings->contacts[0].mode, MODE_DELETE);
    ck_assert(findings->contacts[0].named);
    ck_assert(findings->contacts[0].has_key);
    ck_assert(!findings->contacts[0].unmarked);
}
END_TEST

START_TEST(everybody_is_found)
{
    target_list_add_everybody(&fixture.resolution.list, MODE_DELETE);
    const struct findings *findings = collect(SEARCH_TARGETS, &contacts);

    ck_assert_uint_eq(findings->contact_count, 4);
    for (size_t i = 0; i < 4; i++) {
        ck_assert(findings->contacts[i].named);
        ck_assert_uint_eq(findings->contacts[i].name, UINT32_MAX);
        ck_assert_uint_eq(findings->contacts[i].mode, MODE_DELETE);
    }
    ck_assert(!findings->contacts[3].has_key);
}
END_TEST

START_TEST(an_identifier_finds_every_record_that_bears_it)
{
    match_fixture_target(&fixture, "A@example.com", MODE_ANONYMIZE);
    const struct findings *findings = collect(SEARCH_TARGETS, &contacts);

    ck_assert_uint_eq(findings->contact_count, 2);
    ck_assert(findings->contacts[0].has_key);
    ck_assert(!findings->contacts[1].has_key);
}
END_TEST

START_TEST(a_contact_brings_its_values_but_the_key)
{
    match_fixture_target(&fixture, "c2", MODE_ANONYMIZE);
    const struct findings *findings = collect(SEARCH_TARGETS, &contacts);

    ck_assert_uint_eq(findings->value_count, 1);
    ck_assert_uint_eq(findings->contacts[0].first_value, 0);
    ck_assert_uint_eq(findings->contacts[0].value_count, 1);
    ck_assert_ptr_eq(findings->values[0].set,
                     match_fixture_set(&fixture, "c", "Email", MATCH_EMAIL));
    ck_assert_uint_eq(findings->values[0].owner, OWNER_NOBODY);
    ck_assert_uint_eq(findings->values[0].flags, 0); /* the record is marked */
}
END_TEST

START_TEST(the_first_name_that_agrees_and_delete_win)
{
    match_fixture_target(&fixture, "b@example.com", MODE_ANONYMIZE);
    match_fixture_target(&fixture, "c2", MODE_DELETE);
    const struct findings *findings = collect(SEARCH_TARGETS, &contacts);

    ck_assert_uint_eq(findings->contact_count, 1);
    ck_assert_uint_eq(findings->contacts[0].name, 0);
    ck_assert_uint_eq(findings->contacts[0].mode, MODE_DELETE);
}
END_TEST

START_TEST(digests_are_of_the_key_and_nothing_else)
{
    match_fixture_target(&fixture, "c1", MODE_ANONYMIZE);
    match_fixture_target(&fixture, "c2", MODE_ANONYMIZE);
    const struct findings *findings = collect(SEARCH_TARGETS, &contacts);

    ck_assert_uint_eq(findings->contact_count, 3);
    ck_assert_mem_eq(findings->contacts[0].digest, findings->contacts[2].digest, DIGEST_SIZE);
    ck_assert_mem_ne(findings->contacts[0].digest, findings->contacts[1].digest, DIGEST_SIZE);
}
END_TEST

START_TEST(other_records_of_a_known_key_are_found)
{
    match_fixture_target(&fixture, "a@example.com", MODE_DELETE);
    match_fixture_search(&fixture, SEARCH_TARGETS, &contacts);
    const struct findings *findings = collect(SEARCH_SAME_KEY, &contacts);

    ck_assert_uint_eq(findings->contact_count, 3); /* both of c1, and the one without key */
    ck_assert(!findings->contacts[0].named);
    ck_assert(!findings->contacts[1].unmarked);
    ck_assert(!findings->contacts[2].has_key);
    ck_assert_uint_eq(findings->value_count, 3);
}
END_TEST

START_TEST(records_of_targets_bring_their_values)
{
    match_fixture_target(&fixture, "c1", MODE_ANONYMIZE);
    match_fixture_search(&fixture, SEARCH_TARGETS, &contacts);
    const struct findings *findings = collect(SEARCH_OWNED, &people);

    ck_assert_uint_eq(findings->value_count, 1); /* one has no key; an editor claims nothing */
    ck_assert_ptr_eq(findings->values[0].set, match_fixture_set(&fixture, "p", "Id", MATCH_EXACT));
    ck_assert_uint_eq(findings->values[0].owner, owner_of_target(0));
    ck_assert_uint_eq(findings->values[0].flags, VALUE_UNMARKED);
}
END_TEST

START_TEST(records_that_restrict_are_found)
{
    match_fixture_target(&fixture, "c1", MODE_ANONYMIZE);
    match_fixture_search(&fixture, SEARCH_TARGETS, &contacts);
    const struct findings *findings = collect(SEARCH_OWNED, &people);

    ck_assert_uint_eq(findings->holding_count, 2);
    ck_assert_ptr_eq(findings->holdings[0].holder.restricting, people.binding.entity);
    ck_assert_uint_eq(findings->holdings[0].owner, owner_of_target(0));
}
END_TEST

START_TEST(only_conditions_being_filled_collect_keys)
{
    ck_assert_uint_eq(collect(SEARCH_CONDITIONS, &people)->key_count, 0);
    fixture.resolution.conditions[0].state = CONDITION_FILLING;
    ck_assert_uint_eq(collect(SEARCH_CONDITIONS, &people)->key_count, 3);
    ck_assert_ptr_eq(fixture.findings.keys[0].set, &fixture.resolution.conditions[0]);
    fixture.resolution.conditions[0].state = CONDITION_READY;
    ck_assert_uint_eq(collect(SEARCH_CONDITIONS, &people)->key_count, 0);
}
END_TEST

START_TEST(records_whose_list_runs_empty_are_found)
{
    struct fingerprint value;
    struct value_set *set = match_fixture_set(&fixture, "p", "Id", MATCH_EXACT);

    match_fixture_target(&fixture, "c1", MODE_DELETE);
    match_fixture_search(&fixture, SEARCH_TARGETS, &contacts);
    ck_assert_int_eq(resolution_seal(&fixture.resolution, &fixture.diagnostics), STATUS_OK);
    ck_assert_uint_eq(collect(SEARCH_DROPPED, &meetings)->value_count, 0);
    ck_assert_int_eq(view_fingerprint_value(&fixture.finder.view, SPAN("p1"), MATCH_EXACT, &value),
                     NAMES_VALUE);
    ck_assert(
        value_set_add(set, &fixture.resolution.owners, value, OWNER_NOBODY, VALUE_DROPPED, 0));
    const struct findings *findings = collect(SEARCH_DROPPED, &meetings);
    ck_assert_uint_eq(findings->value_count, 1);
    ck_assert_uint_eq(findings->values[0].flags, VALUE_DROPPED);
    ck_assert_uint_eq(findings->values[0].owner, OWNER_NOBODY);
}
END_TEST

START_TEST(findings_collect_until_they_are_cleared)
{
    match_fixture_target(&fixture, "c2", MODE_ANONYMIZE);
    collect(SEARCH_TARGETS, &contacts);
    ck_assert(findings_collect(SEARCH_TARGETS, &contacts.binding, &fixture.resolution,
                               &fixture.finder, &fixture.findings));
    ck_assert_uint_eq(fixture.findings.contact_count, 2);
    ck_assert_uint_eq(fixture.findings.contacts[1].first_value, 1);
    findings_clear(&fixture.findings);
    ck_assert_uint_eq(fixture.findings.contact_count, 0);
    ck_assert_uint_eq(fixture.findings.value_count, 0);
    ck_assert_uint_eq(fixture.findings.matches.count, 0);
}
END_TEST

/* What a search finds, as a fingerprint of all of it. */
static struct fingerprint found(enum search search, const struct match_file *file)
{
    static const struct fingerprint_key key = {"fifteen letters", {1}};
    const struct findings *findings = collect(search, file);
    struct buffer all = BUFFER_INIT;

    for (size_t i = 0; i < findings->value_count; i++)
        ck_assert(buffer_append_format(&all, "v%p %ju %u %u;", (void *)findings->values[i].set,
                                       (uintmax_t)findings->values[i].value.low,
                                       findings->values[i].owner, findings->values[i].flags));
    for (size_t i = 0; i < findings->contact_count; i++)
        ck_assert(buffer_append_format(&all, "c%ju %u %d;",
                                       (uintmax_t)findings->contacts[i].contact.low,
                                       findings->contacts[i].name, findings->contacts[i].mode));
    ck_assert(
        buffer_append_format(&all, "%zu %zu", findings->holding_count, findings->matches.count));
    const struct fingerprint fingerprint = fingerprint_of(&key, buffer_span(&all));
    buffer_release(&all);
    return fingerprint;
}

START_TEST(collecting_changes_nothing)
{
    match_fixture_target(&fixture, "c1", MODE_DELETE);
    const struct fingerprint targets = found(SEARCH_TARGETS, &contacts);
    ck_assert(fingerprint_equal(found(SEARCH_TARGETS, &contacts), targets));
    ck_assert_uint_eq(fixture.resolution.target_count, 0);
    ck_assert(!fixture.resolution.list.names[0].found);

    match_fixture_search(&fixture, SEARCH_TARGETS, &contacts);
    const struct fingerprint owned = found(SEARCH_OWNED, &people);
    ck_assert(fingerprint_equal(found(SEARCH_OWNED, &people), owned));
    ck_assert_uint_eq(match_fixture_set(&fixture, "p", "Id", MATCH_EXACT)->map.count, 0);
    ck_assert(!target_is_held(&fixture.resolution.targets[0]));
}
END_TEST

START_TEST(a_search_that_feeds_itself_is_known)
{
    const struct entity_rule *c = contacts.binding.entity, *p = people.binding.entity,
                             *m = meetings.binding.entity;

    ck_assert(!search_reads_own_findings(SEARCH_CONDITIONS, m));
    ck_assert(!search_reads_own_findings(SEARCH_TARGETS, c));
    ck_assert(search_reads_own_findings(SEARCH_SAME_KEY, c));
    ck_assert(!search_reads_own_findings(SEARCH_OWNED, p));
    ck_assert(search_reads_own_findings(SEARCH_OWNED, m));
    ck_assert(search_reads_own_findings(SEARCH_DROPPED, m));
}
END_TEST

Suite *test_findings_suite(void)
{
    Suite *suite = suite_create("findings");
    TCase *cases = tcase_create("findings");

    tcase_add_checked_fixture(cases, setup, teardown);
    tcase_add_test(cases, named_contacts_are_found);
    tcase_add_test(cases, everybody_is_found);
    tcase_add_test(cases, an_identifier_finds_every_record_that_bears_it);
    tcase_add_test(cases, a_contact_brings_its_values_but_the_key);
    tcase_add_test(cases, the_first_name_that_agrees_and_delete_win);
    tcase_add_test(cases, digests_are_of_the_key_and_nothing_else);
    tcase_add_test(cases, other_records_of_a_known_key_are_found);
    tcase_add_test(cases, records_of_targets_bring_their_values);
    tcase_add_test(cases, records_that_restrict_are_found);
    tcase_add_test(cases, only_conditions_being_filled_collect_keys);
    tcase_add_test(cases, records_whose_list_runs_empty_are_found);
    tcase_add_test(cases, findings_collect_until_they_are_cleared);
    tcase_add_test(cases, collecting_changes_nothing);
    tcase_add_test(cases, a_search_that_feeds_itself_is_known);
    suite_add_tcase(suite, cases);
    return suite;
}
