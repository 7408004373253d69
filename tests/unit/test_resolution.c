#include "match/resolution.h"

#include <check.h>

#include "match_fixture.h"
#include "read_fixture.h"

static struct match_fixture fixture;
static struct match_file contacts, people, meetings;

/* Contacts under a new key, people linked by key and address, meetings by a list. */
static const char rules[] = "version: 1\nsubject: c\n"
                            "defaults: {Editor: {technique: clear, mentions: c.Phone}}\n"
                            "entities:\n"
                            "  c:\n"
                            "    key: Id\n"
                            "    rekey: \"true\"\n"
                            "    files: [c.csv]\n"
                            "    identifiers: {Email: email, Phone: phone}\n"
                            "    marker: {column: Done}\n"
                            "    fields: {Email: clear}\n"
                            "  p:\n"
                            "    key: Id\n"
                            "    files: [p.csv]\n"
                            "    links:\n"
                            "      - {column: C, to: c}\n"
                            "      - {column: Email, to: c.Email, match: email}\n"
                            "    fields: {Email: clear}\n"
                            "  m:\n"
                            "    key: Id\n"
                            "    rekey: \"true\"\n"
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
                    SPAN("Id,Email,Phone,Done\n"
                         "c1,a@example.com,1,\n"
                         "c2,b@example.com,2,\n"
                         "c3,a@example.com,3,2024-01-01\n"
                         ",e@example.com,5,\n"));
    match_file_open(&fixture, &people, "p",
                    SPAN("Id,C,Email\n"
                         "p1,c1,\n"
                         "p2,,B@example.com\n"
                         "p3,c1,b@example.com\n"
                         "p4,,x@example.com\n"
                         "p5,c3,\n"));
    match_file_open(&fixture, &meetings, "m",
                    SPAN("Id,P,Before\n"
                         "m1,p1;p2,\n"
                         "m2,p1,\n"
                         "m3,p4,m1\n"));
}

static void teardown(void)
{
    match_file_close(&contacts);
    match_file_close(&people);
    match_file_close(&meetings);
    match_fixture_close(&fixture);
}

static void resolve(void)
{
    match_fixture_resolve(&fixture, (struct match_file *[]){&contacts, &people, &meetings, NULL});
}

static struct value_set *keys_of(const char *entity)
{
    return match_fixture_set(&fixture, entity, "Id", MATCH_EXACT);
}

/* The fate of a key's owner; 0 also where no target has it. */
static uint8_t fate_of(const char *entity, const char *key)
{
    const struct value_set *set = keys_of(entity);
    const size_t slot = match_fixture_slot(&fixture, set, key);

    return slot == KEY_MAP_NONE ? 0 : resolution_fate(&fixture.resolution, set->map.numbers[slot]);
}

static bool is_dropped(const char *entity, const char *key)
{
    const struct value_set *set = keys_of(entity);
    const size_t slot = match_fixture_slot(&fixture, set, key);

    return slot != KEY_MAP_NONE && resolution_value_dropped(&fixture.resolution, set, slot);
}

static bool is_rekeyed(const struct value_set *set, const char *value)
{
    const size_t slot = match_fixture_slot(&fixture, set, value);

    return slot != KEY_MAP_NONE && resolution_value_rekeyed(&fixture.resolution, set, slot);
}

START_TEST(there_is_a_set_for_whatever_is_referred_to)
{
    const struct resolution *resolution = &fixture.resolution;

    ck_assert_uint_eq(resolution->set_count, 5);
    ck_assert_ptr_eq(resolution->contacts, keys_of("c"));
    ck_assert(keys_of("c")->is_key);
    ck_assert(keys_of("p")->is_key);
    ck_assert(keys_of("m")->is_key);
    ck_assert(!match_fixture_set(&fixture, "c", "Email", MATCH_EMAIL)->is_key);
    ck_assert(!match_fixture_set(&fixture, "c", "Phone", MATCH_PHONE)->is_key);
}
END_TEST

START_TEST(a_set_is_of_one_way_to_compare)
{
    const struct name email = {.text = SPAN("Email")};
    const struct entity_rule *c = entity_named(&fixture.ruleset, "c");

    ck_assert_ptr_null(resolution_set(&fixture.resolution, c, &email, 1, MATCH_EXACT));
    ck_assert_ptr_null(resolution_set(&fixture.resolution, entity_named(&fixture.ruleset, "p"),
                                      &email, 1, MATCH_EMAIL));
}
END_TEST

START_TEST(links_and_mentions_find_their_sets)
{
    const struct entity_rule *p = entity_named(&fixture.ruleset, "p");
    const struct resolution *resolution = &fixture.resolution;

    ck_assert_ptr_eq(resolution_link_set(resolution, &p->links[0]), resolution->contacts);
    ck_assert_ptr_eq(resolution_link_set(resolution, &p->links[1]),
                     match_fixture_set(&fixture, "c", "Email", MATCH_EMAIL));
    ck_assert_ptr_eq(resolution_mention_set(resolution, &fixture.ruleset.defaults[0].mentions),
                     match_fixture_set(&fixture, "c", "Phone", MATCH_PHONE));
}
END_TEST

START_TEST(every_test_of_another_entity_has_its_set)
{
    struct match_fixture asking;

    match_fixture_open(
        &asking, "version: 1\nsubject: c\nentities:\n"
                 "  q: {key: Id, files: [q.csv]}\n"
                 "  c:\n"
                 "    key: Id\n"
                 "    files: [c.csv]\n"
                 "    fields:\n"
                 "      A: {technique: clear, when: {X: {in_entity: q, where: {Y: {in_entity: "
                 "q}}}}}\n"
                 "      B: {technique: clear, when: {X: {in_entity: q}}}\n");
    const struct entity_rule *c = entity_named(&asking.ruleset, "c");
    const struct test *outer = &c->fields[0].when->alternatives[0].tests[0];
    const struct test *inner = &outer->where->alternatives[0].tests[0];
    const struct test *other = &c->fields[1].when->alternatives[0].tests[0];

    ck_assert_uint_eq(asking.resolution.condition_count, 3);
    ck_assert_ptr_eq(resolution_condition(&asking.resolution, outer)->test, outer);
    ck_assert_ptr_eq(resolution_condition(&asking.resolution, inner)->test, inner);
    ck_assert_ptr_eq(resolution_condition(&asking.resolution, other)->test, other);
    match_fixture_close(&asking);
}
END_TEST

START_TEST(ownership_follows_links_to_the_end)
{
    match_fixture_target(&fixture, "c1", MODE_ANONYMIZE);
    resolve();
    ck_assert_uint_eq(fixture.resolution.target_count, 1);
    ck_assert_uint_eq(fate_of("c", "c1"), FATE_ANONYMIZE | FATE_UNMARKED);
    ck_assert_uint_eq(fate_of("c", "c2"), 0);
    ck_assert_uint_eq(fate_of("p", "p1"), FATE_ANONYMIZE | FATE_UNMARKED);
    ck_assert_uint_eq(fate_of("p", "p2"), 0);
    ck_assert_uint_eq(fate_of("p", "p4"), 0);
    ck_assert_uint_eq(fate_of("m", "m1"), FATE_ANONYMIZE | FATE_UNMARKED);
    ck_assert_uint_eq(fate_of("m", "m3"), FATE_ANONYMIZE | FATE_UNMARKED); /* by Before */
    ck_assert(!fixture.resolution.deletes);
}
END_TEST

/* The first link of m, in words, for each of its keys. */
static void assert_route_of_meeting(const char *key, const char *expected)
{
    const struct value_set *set = keys_of("m");
    const size_t slot = match_fixture_slot(&fixture, set, key);
    struct buffer words = BUFFER_INIT;

    ck_assert_uint_ne(slot, KEY_MAP_NONE);
    const uint16_t route = set->map.notes[slot];
    ck_assert(route != ROUTE_SUBJECT && route != ROUTE_UNTOLD);
    ck_assert(route_append_words(&fixture.resolution.routes, set->entity,
                                 fixture.resolution.routes.routes[route - 1].step, &words));
    ck_assert(buffer_append_byte(&words, '\0'));
    ck_assert_str_eq(words.at, expected);
    buffer_release(&words);
}

START_TEST(values_keep_the_route_they_were_reached_by)
{
    match_fixture_target(&fixture, "c1", MODE_DELETE);
    match_fixture_target(&fixture, "c2", MODE_DELETE);
    resolve();
    assert_route_of_meeting("m1", "m.P > p.C > c");
    assert_route_of_meeting("m2", "m.P > p.C > c");
    assert_route_of_meeting("m3", "m.Before > m.P > p.C > c");
}
END_TEST

START_TEST(nobody_has_no_fate)
{
    resolve();
    ck_assert_uint_eq(resolution_fate(&fixture.resolution, OWNER_NOBODY), 0);
}
END_TEST

static void take_keys(void)
{
    ck_assert(resolution_take_keys(&fixture.resolution));
}

static void assert_contact(const char *key, uint32_t owner, uint8_t flags)
{
    const struct value_set *set = keys_of("c");
    const size_t slot = match_fixture_slot(&fixture, set, key);

    ck_assert_uint_ne(slot, KEY_MAP_NONE);
    ck_assert_uint_eq(set->map.numbers[slot], owner);
    ck_assert_uint_eq(set->map.flags[slot], flags);
}

/* c1 is found by its key, c2 by its address; c9 not at all. */
START_TEST(keys_that_nobody_has_become_orphans)
{
    match_fixture_target(&fixture, "c9", MODE_ANONYMIZE);
    match_fixture_target(&fixture, "c1", MODE_ANONYMIZE);
    match_fixture_target(&fixture, "b@example.com", MODE_ANONYMIZE);
    resolve();
    take_keys();
    ck_assert_uint_eq(keys_of("c")->map.count, 4);
    assert_contact("c1", owner_of_target(0), VALUE_UNMARKED);
    assert_contact("c2", owner_of_target(1), VALUE_UNMARKED);
    assert_contact("c9", OWNER_NOBODY, VALUE_ORPHAN);
    assert_contact("b@example.com", OWNER_NOBODY, VALUE_ORPHAN);
    ck_assert_uint_eq(fate_of("c", "c1"), FATE_ANONYMIZE | FATE_UNMARKED);
    ck_assert_uint_eq(fate_of("c", "c9"), 0);
}
END_TEST

START_TEST(a_list_whose_keys_are_taken_knows_its_names_alone)
{
    const struct target_list *list = &fixture.resolution.list;

    match_fixture_target(&fixture, "c9", MODE_ANONYMIZE);
    match_fixture_target(&fixture, "c1", MODE_ANONYMIZE);
    resolve();
    take_keys();
    for (size_t slot = 0; slot < SLOT_LIMIT; slot++)
        ck_assert_ptr_null(list->slots[slot].names.keys);
    ck_assert(target_name_failed(&list->names[0]));
    ck_assert(!target_name_failed(&list->names[1]));
}
END_TEST

START_TEST(without_a_list_there_are_no_orphans)
{
    target_list_add_everybody(&fixture.resolution.list, MODE_ANONYMIZE);
    resolve();
    take_keys();
    ck_assert_uint_eq(keys_of("c")->map.count, 3);
    assert_contact("c1", owner_of_target(0), VALUE_UNMARKED);
}
END_TEST

enum { MANY = 5000 };

/* In the order of a map's slots, in which another must not grow. */
START_TEST(many_keys_that_the_list_lacks_are_taken)
{
    const struct fingerprint_key *key = &fixture.resolution.key;
    struct value_set *set = keys_of("c");

    match_fixture_target(&fixture, "c9", MODE_ANONYMIZE);
    for (uint32_t i = 0; i < MANY; i++) {
        const struct fingerprint value =
            fingerprint_of(key, (struct span){(const char *)&i, sizeof i});

        REQUIRE(value_set_add(set, &fixture.resolution.owners, value, owner_of_target(i), 0, 0));
    }
    take_keys();
    ck_assert_uint_eq(keys_of("c")->map.count, MANY + 1);
    for (uint32_t i = 0; i < MANY; i++) {
        const size_t slot =
            key_map_find(&set->map, fingerprint_of(key, (struct span){(const char *)&i, sizeof i}));

        REQUIRE(slot != KEY_MAP_NONE && set->map.numbers[slot] == owner_of_target(i));
    }
    assert_contact("c9", OWNER_NOBODY, VALUE_ORPHAN);
}
END_TEST

START_TEST(fates_of_several_owners_add_up)
{
    match_fixture_target(&fixture, "c1", MODE_ANONYMIZE);
    match_fixture_target(&fixture, "c2", MODE_DELETE);
    resolve();
    ck_assert_uint_eq(fate_of("p", "p3"), FATE_ANONYMIZE | FATE_DELETE | FATE_UNMARKED);
    ck_assert_uint_eq(fate_of("p", "p1"), FATE_ANONYMIZE | FATE_UNMARKED);
    ck_assert_uint_eq(fate_of("p", "p2"), FATE_DELETE | FATE_UNMARKED);
    ck_assert(fixture.resolution.deletes);
}
END_TEST

START_TEST(a_marked_contact_is_not_unmarked)
{
    match_fixture_target(&fixture, "c3", MODE_ANONYMIZE);
    resolve();
    ck_assert_uint_eq(fate_of("c", "c3"), FATE_ANONYMIZE);
    ck_assert_uint_eq(fate_of("p", "p5"), FATE_ANONYMIZE);
}
END_TEST

START_TEST(a_contact_without_key_has_a_fate)
{
    match_fixture_target(&fixture, "e@example.com", MODE_DELETE);
    resolve();
    ck_assert_uint_eq(fixture.resolution.target_count, 1);
    ck_assert_uint_eq(fixture.resolution.keyless.count, 1);
    ck_assert_uint_eq(resolution_fate(&fixture.resolution, owner_of_target(0)),
                      FATE_DELETE | FATE_UNMARKED);
}
END_TEST

START_TEST(delete_wins_over_anonymize)
{
    match_fixture_target(&fixture, "c1", MODE_DELETE);
    match_fixture_target(&fixture, "c1", MODE_ANONYMIZE);
    resolve();
    ck_assert_uint_eq(fixture.resolution.target_count, 1);
    ck_assert(fixture.resolution.targets[0].to_delete);
    ck_assert_uint_eq(fixture.resolution.targets[0].name, 0);
}
END_TEST

START_TEST(a_target_held_back_has_no_fate)
{
    match_fixture_target(&fixture, "c1", MODE_ANONYMIZE);
    match_fixture_target(&fixture, "c2", MODE_DELETE);
    resolve();
    target_hold(&fixture.resolution, &fixture.resolution.targets[1],
                &(struct holder){.restricting = entity_named(&fixture.ruleset, "m")});
    ck_assert_int_eq(resolution_seal(&fixture.resolution, &fixture.diagnostics), STATUS_OK);
    ck_assert_uint_eq(fate_of("c", "c2"), 0);
    ck_assert_uint_eq(fate_of("p", "p3"), FATE_ANONYMIZE | FATE_UNMARKED);
    ck_assert(!fixture.resolution.deletes);
    ck_assert(!is_dropped("c", "c2"));
}
END_TEST

START_TEST(records_of_deleted_targets_drop)
{
    match_fixture_target(&fixture, "c1", MODE_DELETE);
    resolve();
    ck_assert(is_dropped("c", "c1"));
    ck_assert(is_dropped("p", "p1"));
    ck_assert(!is_dropped("c", "c2"));
    ck_assert(!is_dropped("p", "p2"));
}
END_TEST

START_TEST(unlinked_records_drop_when_their_list_runs_empty)
{
    match_fixture_target(&fixture, "c1", MODE_DELETE);
    resolve();
    ck_assert(!is_dropped("m", "m1")); /* p2 is left */
    ck_assert(is_dropped("m", "m2"));
    ck_assert(!is_dropped("m", "m3"));
}
END_TEST

START_TEST(anonymized_records_do_not_drop)
{
    match_fixture_target(&fixture, "c1", MODE_ANONYMIZE);
    resolve();
    ck_assert(!is_dropped("c", "c1"));
    ck_assert(!is_dropped("p", "p1"));
    ck_assert(!is_dropped("m", "m2"));
}
END_TEST

START_TEST(keys_of_anonymized_contacts_are_replaced)
{
    match_fixture_target(&fixture, "c1", MODE_ANONYMIZE);
    match_fixture_target(&fixture, "c2", MODE_DELETE);
    resolve();
    ck_assert(is_rekeyed(keys_of("c"), "c1"));
    ck_assert(!is_rekeyed(keys_of("c"), "c2"));
    ck_assert(!is_rekeyed(keys_of("p"), "p1")); /* its entity does not ask for it */
}
END_TEST

START_TEST(keys_of_unlinked_records_stay)
{
    match_fixture_target(&fixture, "c1", MODE_ANONYMIZE);
    match_fixture_target(&fixture, "c2", MODE_DELETE);
    resolve();
    ck_assert(is_rekeyed(keys_of("m"), "m2"));
    ck_assert(!is_rekeyed(keys_of("m"), "m1")); /* of both */
}
END_TEST

START_TEST(keys_of_marked_contacts_stay)
{
    match_fixture_target(&fixture, "c3", MODE_ANONYMIZE);
    resolve();
    ck_assert(!is_rekeyed(keys_of("c"), "c3"));
}
END_TEST

START_TEST(values_that_are_no_keys_stay)
{
    match_fixture_target(&fixture, "c1", MODE_ANONYMIZE);
    resolve();
    ck_assert(!is_rekeyed(match_fixture_set(&fixture, "c", "Email", MATCH_EMAIL), "a@example.com"));
}
END_TEST

static TCase *set_cases(void)
{
    TCase *cases = tcase_create("sets");

    tcase_add_checked_fixture(cases, setup, teardown);
    tcase_add_test(cases, there_is_a_set_for_whatever_is_referred_to);
    tcase_add_test(cases, a_set_is_of_one_way_to_compare);
    tcase_add_test(cases, links_and_mentions_find_their_sets);
    tcase_add_test(cases, every_test_of_another_entity_has_its_set);
    return cases;
}

static TCase *fate_cases(void)
{
    TCase *cases = tcase_create("fates");

    tcase_add_checked_fixture(cases, setup, teardown);
    tcase_add_test(cases, ownership_follows_links_to_the_end);
    tcase_add_test(cases, values_keep_the_route_they_were_reached_by);
    tcase_add_test(cases, nobody_has_no_fate);
    tcase_add_test(cases, keys_that_nobody_has_become_orphans);
    tcase_add_test(cases, a_list_whose_keys_are_taken_knows_its_names_alone);
    tcase_add_test(cases, without_a_list_there_are_no_orphans);
    tcase_add_test(cases, many_keys_that_the_list_lacks_are_taken);
    tcase_add_test(cases, fates_of_several_owners_add_up);
    tcase_add_test(cases, a_marked_contact_is_not_unmarked);
    tcase_add_test(cases, a_contact_without_key_has_a_fate);
    tcase_add_test(cases, delete_wins_over_anonymize);
    tcase_add_test(cases, a_target_held_back_has_no_fate);
    tcase_add_test(cases, records_of_deleted_targets_drop);
    tcase_add_test(cases, unlinked_records_drop_when_their_list_runs_empty);
    tcase_add_test(cases, anonymized_records_do_not_drop);
    tcase_add_test(cases, keys_of_anonymized_contacts_are_replaced);
    tcase_add_test(cases, keys_of_unlinked_records_stay);
    tcase_add_test(cases, keys_of_marked_contacts_stay);
    tcase_add_test(cases, values_that_are_no_keys_stay);
    return cases;
}

Suite *test_resolution_suite(void)
{
    Suite *suite = suite_create("resolution");

    suite_add_tcase(suite, set_cases());
    suite_add_tcase(suite, fate_cases());
    return suite;
}
