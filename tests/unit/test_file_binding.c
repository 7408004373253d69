#include "match/file_binding.h"

#include <check.h>

#include "match_fixture.h"

static struct match_fixture fixture;
static struct match_file file;

static const char rules[] =
    "version: 1\nsubject: c\nentities:\n"
    "  c:\n"
    "    key: Id\n"
    "    files: [c.csv]\n"
    "    identifiers: {Email: email, Phone: phone}\n"
    "    marker: {column: Done}\n"
    "    fields: {Email: clear}\n"
    "  e: {key: [Site, Id], files: [e.csv]}\n"
    "  t:\n"
    "    key: Id\n"
    "    files: [t.csv]\n"
    "    fields: {Who: clear}\n"
    "    links:\n"
    "      - {column: Ref, to: c, when: {Kind: {equals: c}}}\n"
    "      - {column: Who, to: c.Email, match: email}\n"
    "      - {column: [Site, Event], to: e}\n"
    "      - {column: Ref, to: t, when: {Kind: {equals: t}}}\n"
    "      - {column: Other, to: c, when: {X: {in_entity: t, where: {Kind: {empty: \"true\"}}}}}\n";

static void setup(void)
{
    match_fixture_open(&fixture, rules);
}

static void teardown(void)
{
    match_fixture_close(&fixture);
}

static void open_t(void)
{
    match_file_open(&fixture, &file, "t", SPAN("Event,Site,Who,Kind,Ref,X,Other,Id\n"));
}

static void assert_columns(const size_t *columns, size_t count, const size_t *expected)
{
    for (size_t i = 0; i < count; i++)
        ck_assert_uint_eq(columns[i], expected[i]);
}

START_TEST(links_are_bound_to_their_columns)
{
    open_t();
    const struct bound_link *links = file.binding.links;

    ck_assert_uint_eq(file.binding.link_count, 5);
    assert_columns(links[0].columns, 1, (const size_t[]){4});
    assert_columns(links[1].columns, 1, (const size_t[]){2});
    assert_columns(links[2].columns, 2, (const size_t[]){1, 0});
    ck_assert_ptr_eq(links[1].rule, &file.binding.entity->links[1]);
    ck_assert_ptr_eq(links[0].set, fixture.resolution.contacts);
    ck_assert_ptr_eq(links[1].set, match_fixture_set(&fixture, "c", "Email", MATCH_EMAIL));
    match_file_close(&file);
}
END_TEST

START_TEST(arms_of_a_polymorphic_link_share_the_first)
{
    static const size_t first[] = {0, 1, 2, 0, 4};

    open_t();
    for (size_t i = 0; i < 5; i++)
        ck_assert_uint_eq(file.binding.links[i].first, first[i]);
    match_file_close(&file);
}
END_TEST

START_TEST(conditions_of_links_are_bound)
{
    open_t();
    ck_assert_ptr_nonnull(file.binding.links[0].when);
    ck_assert_ptr_null(file.binding.links[1].when);
    ck_assert_ptr_ne(file.binding.links[0].when, file.binding.links[3].when);
    match_file_close(&file);
}
END_TEST

START_TEST(the_sets_of_the_entity_are_bound)
{
    match_file_open(&fixture, &file, "c", SPAN("Phone,Email,Done,Id\n"));
    const struct file_binding *binding = &file.binding;

    ck_assert_uint_eq(binding->set_count, 2);
    ck_assert_ptr_eq(binding->sets[0].set, fixture.resolution.contacts);
    assert_columns(binding->sets[0].columns, 1, (const size_t[]){3});
    assert_columns(binding->sets[1].columns, 1, (const size_t[]){1});
    ck_assert_uint_eq(binding->where_count, 0);
    match_file_close(&file);
}
END_TEST

START_TEST(keys_identifiers_and_marker_are_bound)
{
    match_file_open(&fixture, &file, "c", SPAN("Phone,Email,Done,Id\n"));
    assert_columns(file.binding.key_columns, 1, (const size_t[]){3});
    assert_columns(file.binding.identifier_columns, 2, (const size_t[]){1, 0});
    ck_assert_uint_eq(file.binding.marker_column, 2);
    match_file_close(&file);
}
END_TEST

START_TEST(composite_keys_are_bound_in_their_order)
{
    match_file_open(&fixture, &file, "e", SPAN("Id,Site\n"));
    assert_columns(file.binding.key_columns, 2, (const size_t[]){1, 0});
    ck_assert_uint_eq(file.binding.set_count, 1);
    assert_columns(file.binding.sets[0].columns, 2, (const size_t[]){1, 0});
    ck_assert_uint_eq(file.binding.marker_column, NO_COLUMN);
    match_file_close(&file);
}
END_TEST

START_TEST(what_others_ask_of_the_entity_is_bound)
{
    open_t();
    ck_assert_uint_eq(file.binding.where_count, 1);
    ck_assert_ptr_eq(file.binding.wheres[0].set, &fixture.resolution.conditions[0]);
    ck_assert_ptr_nonnull(file.binding.wheres[0].where);
    ck_assert_uint_eq(file.binding.wheres[0].key_column, 7);
    match_file_close(&file);
}
END_TEST

static void expect_faults(const char *entity, struct span header, const char *faults)
{
    struct csv_text csv;
    struct file_binding binding;

    csv_text_open(&csv, header);
    const struct file_columns columns = csv_text_columns(&csv);
    ck_assert_int_eq(file_binding_make(&columns, entity_named(&fixture.ruleset, entity),
                                       &fixture.resolution, &fixture.arena, &binding,
                                       &fixture.diagnostics),
                     STATUS_INPUT);
    ck_assert_uint_eq(fixture.diagnostics.count, 0);
    csv_text_expect_faults(&csv, faults);
    csv_text_close(&csv);
}

START_TEST(every_missing_column_is_a_fault_once)
{
    expect_faults("c", SPAN("A,Phone\n"), "Id\nEmail\nDone\n");
    expect_faults("t", SPAN("Id,Site,Event,Ref,Other,X\n"), "Kind\nWho\n");
}
END_TEST

START_TEST(a_column_that_stands_twice_is_a_fault)
{
    expect_faults("c", SPAN("Id,Email,Phone,Done,Id\n"), "Id twice\n");
}
END_TEST

START_TEST(a_record_is_marked_unless_its_marker_is_blank)
{
    match_file_open(&fixture, &file, "c",
                    SPAN("Id,Email,Phone,Done\n1,,,x\n2,,,\n3,,,\"\"\n4,,,NULL\n5,,, \n"));
    file.csv.dialect.null = SPAN("NULL");
    ck_assert(record_is_marked(&file.binding, match_fixture_view(&fixture, &file, 0)));
    ck_assert(!record_is_marked(&file.binding, match_fixture_view(&fixture, &file, 1)));
    ck_assert(!record_is_marked(&file.binding, match_fixture_view(&fixture, &file, 2)));
    ck_assert(!record_is_marked(&file.binding, match_fixture_view(&fixture, &file, 3)));
    ck_assert(record_is_marked(&file.binding, match_fixture_view(&fixture, &file, 4)));
    match_file_close(&file);
}
END_TEST

START_TEST(without_a_marker_no_record_is_marked)
{
    match_file_open(&fixture, &file, "e", SPAN("Site,Id\n1,2\n"));
    ck_assert(!record_is_marked(&file.binding, match_fixture_view(&fixture, &file, 0)));
    match_file_close(&file);
}
END_TEST

Suite *test_file_binding_suite(void)
{
    Suite *suite = suite_create("file_binding");
    TCase *cases = tcase_create("file_binding");

    tcase_add_checked_fixture(cases, setup, teardown);
    tcase_add_test(cases, links_are_bound_to_their_columns);
    tcase_add_test(cases, arms_of_a_polymorphic_link_share_the_first);
    tcase_add_test(cases, conditions_of_links_are_bound);
    tcase_add_test(cases, the_sets_of_the_entity_are_bound);
    tcase_add_test(cases, keys_identifiers_and_marker_are_bound);
    tcase_add_test(cases, composite_keys_are_bound_in_their_order);
    tcase_add_test(cases, what_others_ask_of_the_entity_is_bound);
    tcase_add_test(cases, every_missing_column_is_a_fault_once);
    tcase_add_test(cases, a_column_that_stands_twice_is_a_fault);
    tcase_add_test(cases, a_record_is_marked_unless_its_marker_is_blank);
    tcase_add_test(cases, without_a_marker_no_record_is_marked);
    suite_add_tcase(suite, cases);
    return suite;
}
