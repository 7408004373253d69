#include "ruleset/ruleset.h"

#include <check.h>

#include "rules_fixture.h"

Suite *test_ruleset_suite(void);

static struct rules_fixture fixture;
static struct ruleset ruleset;

static void set_up(void)
{
    rules_fixture_enter(&fixture);
}

static void tear_down(void)
{
    ruleset_release(&ruleset);
    rules_fixture_leave(&fixture);
}

static void assert_span(struct span span, const char *text)
{
    ck_assert_uint_eq(span.size, strlen(text));
    ck_assert_mem_eq(span.at, text, span.size);
}

static const char pack[] = "version: 1\n"
                           "name: The pack\n"
                           "entities:\n"
                           "  contacts: {marker: {value: \"yes\"}}\n"
                           "  business_meetings: {files: [m.csv], key: MeetingId}\n"
                           "  survey_answers: {files: [a.csv]}\n"
                           "  survey_questions: {files: [q.csv], optional: true}\n";

static const char example[] =
    "version: 1\n"
    "name: Event platform\n"
    "extends: [base]\n"
    "subject: contacts\n"
    "defaults:\n"
    "  Email: {technique: clear}\n"
    "  FirstName: clear\n"
    "dialect: {delimiter: auto, quoting: strict, \"null\": \"\"}\n"
    "undeclared_columns: fail\n"
    "unmatched_files: fail\n"
    "leak_check: fail\n"
    "entities:\n"
    "  contacts:\n"
    "    scope: audience\n"
    "    files: [contacts*.csv, contacts*.csv.gz]\n"
    "    optional: false\n"
    "    key: ContactId\n"
    "    rekey: true\n"
    "    identifiers: {Email: email}\n"
    "    marker: {column: AnonymizedAt, value: run_date}\n"
    "    fields:\n"
    "      Position: {technique: clear, class: quasi}\n"
    "      BirthDate: {technique: {date: year}, class: quasi}\n"
    "    keep: [CreatedAt, Country]\n"
    "  participants:\n"
    "    scope: events\n"
    "    files: [events/*/participants.csv.gz]\n"
    "    key: ParticipantId\n"
    "    links:\n"
    "      - {column: ContactId, to: contacts}\n"
    "      - {column: Email, to: contacts.Email, match: email}\n"
    "    on_delete: drop\n"
    "  business_meetings:\n"
    "    links:\n"
    "      - {column: OrganizerId, to: participants}\n"
    "      - {column: AttendeeIds, to: participants, separator: \";\"}\n"
    "    on_delete: unlink\n"
    "    drop_when_empty: AttendeeIds\n"
    "    fields:\n"
    "      Title: {technique: clear, class: free_text}\n"
    "      OrganizerName: {technique: clear, about: OrganizerId, mentions: contacts.Email}\n"
    "  survey_answers:\n"
    "    links: [{column: ParticipantId, to: participants}]\n"
    "    fields:\n"
    "      Answer:\n"
    "        class: free_text\n"
    "        technique: clear\n"
    "        when: {QuestionId: {in_entity: survey_questions, where: {IsPersonalData: {equals: "
    "\"true\"}}}}\n"
    "  survey_questions:\n"
    "    key: QuestionId\n"
    "    keep: [QuestionId, IsPersonalData, Label]\n";

static void load_example(void)
{
    rules_fixture_write("packs/base.yaml", pack);
    rules_fixture_load_valid(&fixture, example, &ruleset);
}

START_TEST(the_top_is_read)
{
    load_example();
    ck_assert_str_eq(ruleset.path, "rules.yaml");
    ck_assert_str_eq(ruleset.name.at, "Event platform");
    ck_assert_int_eq(ruleset.dialect.delimiter, DELIMITER_AUTO);
    ck_assert_int_eq(ruleset.dialect.quoting, QUOTING_STRICT);
    ck_assert_uint_eq(ruleset.dialect.null.size, 0);
    ck_assert_int_eq(ruleset.unmatched, UNMATCHED_FAIL);
    ck_assert_int_eq(ruleset.leak_check, LEAK_FAIL);
    ck_assert_ptr_eq(ruleset.subject, entity_named(&ruleset, "contacts"));
    ck_assert_uint_eq(ruleset.default_count, 2);
    ck_assert_str_eq(ruleset.defaults[1].column.text.at, "FirstName");
    ck_assert_str_eq(ruleset.defaults[1].technique.name.text.at, "clear");
    ck_assert_uint_eq(ruleset.entity_count, 5);
    ck_assert_str_eq(ruleset.entities[4].name.text.at, "participants"); /* the pack knew the rest */
}
END_TEST

START_TEST(an_entity_is_read)
{
    load_example();
    const struct entity_rule *contacts = entity_named(&ruleset, "contacts");

    ck_assert_int_eq(contacts->scope, SCOPE_AUDIENCE);
    ck_assert_uint_eq(contacts->files.count, 2);
    ck_assert_str_eq(contacts->files.items[1].text.at, "contacts*.csv.gz");
    ck_assert(!contacts->optional);
    ck_assert_uint_eq(contacts->key.count, 1);
    ck_assert(contacts->rekey);
    ck_assert_int_eq(contacts->key_match, MATCH_EXACT);
    ck_assert_uint_eq(contacts->identifier_count, 1);
    ck_assert_int_eq(contacts->identifiers[0].match, MATCH_EMAIL);
    ck_assert_str_eq(contacts->marker.column.text.at, "AnonymizedAt");
    ck_assert(contacts->marker.run_date);
    ck_assert_uint_eq(contacts->keep.count, 2);
    ck_assert_int_eq(contacts->on_delete, ON_DELETE_DROP);
    ck_assert_int_eq(contacts->undeclared, UNDECLARED_FAIL);
    ck_assert_ptr_null(contacts->drop_when_empty);
    ck_assert_uint_eq(contacts->name.place.line, 13);
    ck_assert_uint_eq(contacts->name.place.column, 3);
}
END_TEST

START_TEST(fields_are_read)
{
    load_example();
    const struct entity_rule *contacts = entity_named(&ruleset, "contacts");
    const struct entity_rule *meetings = entity_named(&ruleset, "business_meetings");
    const struct field_rule *date = entity_field(contacts, SPAN("BirthDate"));
    const struct field_rule *organizer = entity_field(meetings, SPAN("OrganizerName"));

    ck_assert_str_eq(date->technique.name.text.at, "date");
    ck_assert(node_is(date->technique.options, "year"));
    ck_assert_int_eq(date->class, CLASS_QUASI);
    ck_assert_ptr_null(date->about);
    ck_assert_ptr_null(date->mentions.entity);
    ck_assert_ptr_eq(organizer->about, &meetings->links[0]);
    ck_assert_ptr_null(organizer->technique.options);
    ck_assert_int_eq(organizer->class, CLASS_DIRECT);
    ck_assert_ptr_eq(organizer->mentions.entity, contacts);
    ck_assert_str_eq(organizer->mentions.column.text.at, "Email");
    ck_assert_int_eq(organizer->mentions.match, MATCH_EMAIL);
    ck_assert_ptr_null(entity_field(meetings, SPAN("title")));
}
END_TEST

START_TEST(links_are_read)
{
    load_example();
    const struct entity_rule *participants = entity_named(&ruleset, "participants");
    const struct entity_rule *meetings = entity_named(&ruleset, "business_meetings");
    const struct link_rule *by_key = &participants->links[0];
    const struct link_rule *by_value = &participants->links[1];

    ck_assert_uint_eq(participants->link_count, 2);
    ck_assert_ptr_eq(by_key->to, ruleset.subject);
    ck_assert(by_key->to_key);
    ck_assert_str_eq(by_key->to_columns.items[0].text.at, "ContactId");
    ck_assert(by_key->follow);
    ck_assert_uint_eq(by_key->separator.size, 0);
    ck_assert(!by_value->to_key);
    ck_assert_str_eq(by_value->to_columns.items[0].text.at, "Email");
    ck_assert_int_eq(by_value->match, MATCH_EMAIL);
    assert_span(meetings->links[1].separator, ";");
    ck_assert_ptr_eq(meetings->drop_when_empty, &meetings->links[1]);
    ck_assert_int_eq(meetings->on_delete, ON_DELETE_UNLINK);
}
END_TEST

START_TEST(conditions_are_read)
{
    load_example();
    const struct entity_rule *answers = entity_named(&ruleset, "survey_answers");
    const struct condition *when = answers->fields[0].when;

    ck_assert_uint_eq(when->count, 1);
    ck_assert_uint_eq(when->alternatives[0].count, 1);
    const struct test *test = &when->alternatives[0].tests[0];
    ck_assert_int_eq(test->kind, TEST_IN_ENTITY);
    assert_span(test->column, "QuestionId");
    ck_assert_ptr_eq(test->entity, entity_named(&ruleset, "survey_questions"));
    const struct test *where = &test->where->alternatives[0].tests[0];
    ck_assert_int_eq(where->kind, TEST_EQUALS);
    assert_span(where->column, "IsPersonalData");
    assert_span(where->text, "true");
}
END_TEST

START_TEST(every_test_is_read)
{
    rules_fixture_load_valid(
        &fixture,
        "version: 1\nsubject: c\nentities:\n"
        "  c: {key: Id, files: [c.csv]}\n"
        "  t:\n"
        "    files: [t.csv]\n"
        "    links:\n"
        "      - column: C\n"
        "        to: c\n"
        "        when: [{A: {not: x, empty: \"false\"}, B: {in: [y, '']}}, {A: {empty: true}}]\n",
        &ruleset);
    const struct condition *when = entity_named(&ruleset, "t")->links[0].when;
    const struct alternative *first = &when->alternatives[0];

    ck_assert_uint_eq(when->count, 2);
    ck_assert_uint_eq(first->count, 3);
    ck_assert_int_eq(first->tests[0].kind, TEST_NOT);
    ck_assert_int_eq(first->tests[1].kind, TEST_EMPTY);
    ck_assert(!first->tests[1].wanted);
    ck_assert_int_eq(first->tests[2].kind, TEST_IN);
    ck_assert_uint_eq(first->tests[2].values.count, 2);
    ck_assert_uint_eq(first->tests[2].place.line, 10);
    ck_assert(when->alternatives[1].tests[0].wanted);
}
END_TEST

START_TEST(what_is_left_out_has_a_default)
{
    rules_fixture_load_valid(&fixture,
                             "version: 1\nsubject: c\nundeclared_columns: clear\nentities:\n"
                             "  c: {key: Id, files: [c.csv], marker: {column: M}}\n"
                             "  d: {files: [d.csv], undeclared_columns: keep}\n",
                             &ruleset);
    const struct entity_rule *c = entity_named(&ruleset, "c");

    ck_assert_uint_eq(ruleset.name.size, 0);
    ck_assert_int_eq(ruleset.leak_check, LEAK_FAIL);
    ck_assert_int_eq(c->scope, SCOPE_NONE);
    ck_assert_str_eq(scope_name(c->scope), "");
    ck_assert_int_eq(c->undeclared, UNDECLARED_CLEAR);
    ck_assert(c->marker.run_date);
    ck_assert_int_eq(entity_named(&ruleset, "d")->undeclared, UNDECLARED_KEEP);
}
END_TEST

START_TEST(the_dialect_is_read)
{
    static const struct {
        const char *written;
        char delimiter;
    } cases[] = {{"','", ','}, {";", ';'}, {"tab", '\t'}, {"\"\\t\"", '\t'}, {"'|'", '|'}};
    char text[256];

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        snprintf(text, sizeof text,
                 "version: 1\nsubject: c\n"
                 "dialect: {delimiter: %s, quoting: lenient, null: \\N}\n"
                 "entities: {c: {key: Id, files: [c.csv]}}\n",
                 cases[i].written);
        rules_fixture_load_valid(&fixture, text, &ruleset);
        ck_assert_int_eq(ruleset.dialect.delimiter, cases[i].delimiter);
        ck_assert_int_eq(ruleset.dialect.quoting, QUOTING_LENIENT);
        assert_span(ruleset.dialect.null, "\\N");
        ruleset_release(&ruleset);
    }
}
END_TEST

START_TEST(composite_keys_are_linked)
{
    rules_fixture_load_valid(
        &fixture,
        "version: 1\nsubject: c\nentities:\n"
        "  c: {key: [Tenant, Id], files: [c.csv]}\n"
        "  t:\n"
        "    files: [t.csv]\n"
        "    links: [{column: [TenantId, ContactId], to: c}]\n"
        "    fields: {Name: {technique: clear, about: [TenantId, ContactId]}}\n",
        &ruleset);
    const struct entity_rule *t = entity_named(&ruleset, "t");

    ck_assert(t->links[0].to_key);
    ck_assert_uint_eq(t->links[0].to_columns.count, 2);
    ck_assert_str_eq(t->links[0].to_columns.items[1].text.at, "Id");
    ck_assert_ptr_eq(t->fields[0].about, &t->links[0]);
}
END_TEST

START_TEST(links_of_the_subject_claim_nothing)
{
    rules_fixture_load_valid(&fixture,
                             "version: 1\nsubject: c\nentities:\n"
                             "  c: {key: Id, files: [c.csv], links: [{column: Boss, to: c}]}\n"
                             "  t:\n"
                             "    key: Id\n"
                             "    files: [t.csv]\n"
                             "    links: [{column: C, to: c.Id, match: uuid},\n"
                             "            {column: D, to: c},\n"
                             "            {column: T, to: t}, {column: U, to: t, follow: false}]\n",
                             &ruleset);
    const struct entity_rule *t = entity_named(&ruleset, "t");

    ck_assert(!entity_named(&ruleset, "c")->links[0].follow);
    ck_assert(t->links[0].to_key);
    ck_assert(t->links[2].follow);
    ck_assert(!t->links[3].follow);
    ck_assert_int_eq(ruleset.subject->key_match, MATCH_UUID);
    ck_assert_int_eq(t->key_match, MATCH_EXACT);
}
END_TEST

START_TEST(selections_and_holds_are_read)
{
    rules_fixture_write("packs/base.yaml",
                        "version: 1\nsubject: c\n"
                        "entities: {c: {key: Id, files: [c.csv]}, t: {files: [t.csv]}}\n"
                        "selections: {old: {A: {before: 2022-01-01}, B: {less: 3}}}\n"
                        "holds: {unpaid: {entity: t, where: {S: {equals: unpaid}}}}\n");
    rules_fixture_load_valid(&fixture,
                             "version: 1\nextends: [base]\n"
                             "selections: {old: {A: {after: 2023-01-01}}, new: {N: {matches: x}}}\n"
                             "holds: {lawsuit: {entity: c}}\n",
                             &ruleset);
    const struct selection_rule *old = ruleset_selection(&ruleset, SPAN("old"));

    ck_assert_uint_eq(ruleset.selection_count, 2);
    ck_assert_uint_eq(old->where->alternatives[0].count, 1);
    ck_assert_int_eq(old->where->alternatives[0].tests[0].kind, TEST_AFTER);
    ck_assert_int_eq(old->where->alternatives[0].tests[0].moment.date.year, 2023);
    ck_assert_ptr_null(ruleset_selection(&ruleset, SPAN("ol")));
    ck_assert_uint_eq(ruleset.pattern_count, 1);
    ck_assert_uint_eq(ruleset.hold_count, 2);
    assert_span(ruleset.holds[0].name.text, "unpaid");
    ck_assert_ptr_eq(ruleset.holds[0].entity, entity_named(&ruleset, "t"));
    ck_assert_ptr_null(ruleset.holds[1].where);
}
END_TEST

START_TEST(columns_of_conditions_are_asked_for)
{
    rules_fixture_load_valid(
        &fixture,
        "version: 1\nsubject: c\n"
        "entities:\n"
        "  c: {key: Id, files: [c.csv], fields: {X: {technique: clear, when: {F: {not: a}}}}}\n"
        "  t: {key: Id, files: [t.csv], links: [{column: C, to: c, when: {L: {not: a}}}]}\n"
        "selections: {s: {S: {in_entity: t, where: {W: {equals: a}}}}}\n"
        "holds: {h: {entity: t, where: [{H: {empty: true}}, {I: {empty: true}}]}}\n",
        &ruleset);
    const struct entity_rule *c = ruleset.subject, *t = entity_named(&ruleset, "t");

    ck_assert(ruleset_asks(&ruleset, c, SPAN("F")) && ruleset_asks(&ruleset, c, SPAN("S")));
    ck_assert(ruleset_asks(&ruleset, t, SPAN("L")) && ruleset_asks(&ruleset, t, SPAN("W")));
    ck_assert(ruleset_asks(&ruleset, t, SPAN("H")) && ruleset_asks(&ruleset, t, SPAN("I")));
    ck_assert(!ruleset_asks(&ruleset, c, SPAN("W")) && !ruleset_asks(&ruleset, t, SPAN("S")));
    ck_assert(!ruleset_asks(&ruleset, c, SPAN("X")));
}
END_TEST

START_TEST(mentions_compare_as_targets_are_named)
{
    rules_fixture_load_valid(&fixture,
                             "version: 1\nsubject: c\n"
                             "defaults: {ModifiedBy: {technique: clear, mentions: c.Id},\n"
                             "           Editor: {technique: clear, mentions: c.Phone},\n"
                             "           Author: {technique: clear, mentions: c.Name}}\n"
                             "entities:\n"
                             "  c: {key: Id, files: [c.csv], identifiers: {Phone: phone}}\n"
                             "  t: {files: [t.csv], links: [{column: C, to: c, match: uuid}]}\n",
                             &ruleset);
    ck_assert_int_eq(ruleset.defaults[0].mentions.match, MATCH_EXACT);
    ck_assert_int_eq(ruleset.defaults[1].mentions.match, MATCH_PHONE);
    ck_assert_int_eq(ruleset.defaults[2].mentions.match, MATCH_EXACT);
}
END_TEST

START_TEST(defaults_match_loosely)
{
    load_example();
    ck_assert_int_eq(ruleset_default_for(&ruleset, SPAN("Email")), 0);
    ck_assert_int_eq(ruleset_default_for(&ruleset, SPAN("e-mail")), 0);
    ck_assert_int_eq(ruleset_default_for(&ruleset, SPAN("First name")), 1);
    ck_assert_int_eq(ruleset_default_for(&ruleset, SPAN("first_name")), 1);
    ck_assert_int_eq(ruleset_default_for(&ruleset, SPAN("_FIRSTNAME_")), 1);
    ck_assert_int_eq(ruleset_default_for(&ruleset, SPAN("FirstNames")), -1);
    ck_assert_int_eq(ruleset_default_for(&ruleset, SPAN("First")), -1);
    ck_assert_int_eq(ruleset_default_for(&ruleset, SPAN("")), -1);
}
END_TEST

/* What means something only as a whole is replaced as a whole. */
START_TEST(techniques_and_conditions_are_replaced_as_a_whole)
{
    rules_fixture_write(
        "packs/base.yaml",
        "version: 1\nsubject: c\nentities:\n"
        "  c:\n"
        "    key: Id\n"
        "    files: [c.csv]\n"
        "    fields:\n"
        "      A: {technique: {date: year}, class: quasi, when: {Y: {not: b}, X: {equals: a}}}\n"
        "      B: {technique: {pseudonym: {as: token, domain: d}}}\n"
        "      C: clear\n");
    rules_fixture_load_valid(
        &fixture,
        "version: 1\nextends: [base]\nentities:\n"
        "  c:\n"
        "    fields:\n"
        "      A: {technique: {truncate: {length: 3}}, when: {Y: {empty: true}}}\n"
        "      B: {technique: {pseudonym: {as: uuid}}}\n"
        "      C: {technique: hash}\n",
        &ruleset);
    const struct field_rule *fields = ruleset.subject->fields;

    ck_assert_str_eq(fields[0].technique.name.text.at, "truncate");
    ck_assert_int_eq(fields[0].class, CLASS_QUASI);
    ck_assert_uint_eq(fields[0].when->alternatives[0].count, 1);
    ck_assert_int_eq(fields[0].when->alternatives[0].tests[0].kind, TEST_EMPTY);
    ck_assert(node_is(node_get(fields[1].technique.options, "as"), "uuid"));
    ck_assert_ptr_null(node_get(fields[1].technique.options, "domain"));
    ck_assert_str_eq(fields[2].technique.name.text.at, "hash");
}
END_TEST

START_TEST(the_later_file_decides_between_field_and_keep)
{
    rules_fixture_write("packs/base.yaml",
                        "version: 1\nsubject: c\nentities:\n"
                        "  c: {key: Id, files: [c.csv], fields: {A: clear, B: clear}}\n"
                        "  d: {files: [d.csv], keep: [A, B]}\n");
    rules_fixture_load_valid(&fixture,
                             "version: 1\nextends: [base]\nentities:\n"
                             "  c: {keep: [A]}\n"
                             "  d: {fields: {A: clear}}\n",
                             &ruleset);
    const struct entity_rule *c = entity_named(&ruleset, "c");
    const struct entity_rule *d = entity_named(&ruleset, "d");

    ck_assert_uint_eq(c->field_count, 1);
    ck_assert_str_eq(c->fields[0].column.text.at, "B");
    ck_assert_uint_eq(c->keep.count, 1);
    ck_assert_uint_eq(d->field_count, 1);
    ck_assert_uint_eq(d->keep.count, 1);
    ck_assert_str_eq(d->keep.items[0].text.at, "B");
}
END_TEST

START_TEST(words_are_those_of_the_language)
{
    ck_assert_str_eq(scope_name(SCOPE_COMMUNITY), "community");
    ck_assert_str_eq(match_kind_name(MATCH_UUID), "uuid");
    ck_assert_str_eq(field_class_name(CLASS_FREE_TEXT), "free_text");
}
END_TEST

Suite *test_ruleset_suite(void)
{
    Suite *suite = suite_create("ruleset");
    TCase *tcase = tcase_create("ruleset");

    tcase_add_checked_fixture(tcase, set_up, tear_down);
    tcase_add_test(tcase, the_top_is_read);
    tcase_add_test(tcase, an_entity_is_read);
    tcase_add_test(tcase, fields_are_read);
    tcase_add_test(tcase, links_are_read);
    tcase_add_test(tcase, conditions_are_read);
    tcase_add_test(tcase, every_test_is_read);
    tcase_add_test(tcase, what_is_left_out_has_a_default);
    tcase_add_test(tcase, the_dialect_is_read);
    tcase_add_test(tcase, composite_keys_are_linked);
    tcase_add_test(tcase, links_of_the_subject_claim_nothing);
    tcase_add_test(tcase, mentions_compare_as_targets_are_named);
    tcase_add_test(tcase, selections_and_holds_are_read);
    tcase_add_test(tcase, columns_of_conditions_are_asked_for);
    tcase_add_test(tcase, defaults_match_loosely);
    tcase_add_test(tcase, techniques_and_conditions_are_replaced_as_a_whole);
    tcase_add_test(tcase, the_later_file_decides_between_field_and_keep);
    tcase_add_test(tcase, words_are_those_of_the_language);
    suite_add_tcase(suite, tcase);
    return suite;
}
