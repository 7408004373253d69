/*
 * Rules that must be refused, and with what messages.
 */
#include <check.h>

#include "rules_fixture.h"

Suite *test_rule_errors_suite(void);

struct refused {
    const char *text;
    const char *messages;
};

/* Lines 1 to 4, which leave nothing to be desired; a case adds to them. */
#define TOP "version: 1\nsubject: c\nentities:\n"
#define SOUND TOP "  c: {key: Id, files: [c.csv]}\n"

static const struct refused top_cases[] = {
    {"version: 1\n", "rules.yaml:1:1: error: missing key 'subject'\n"
                     "rules.yaml:1:1: error: missing key 'entities'\n"},
    {"version: 1\nsubject: [c]\nentities: c\n",
     "rules.yaml:3:11: error: expected a mapping, not a scalar\n"},
    {"version: 1\nsubject: contact\nentities: {contacts: {key: Id, files: [c.csv]}}\n",
     "rules.yaml:2:10: error: unknown entity 'contact' (did you mean 'contacts'?)\n"},
    {"version: 1\nsubject: c\nentities: {c: {files: [c.csv]}}\n",
     "rules.yaml:2:10: error: 'c' has no key\n"},
    {SOUND "entity: {}\nselections: []\nholds: x\n",
     "rules.yaml:5:1: error: unknown key 'entity' (it belongs in a hold)\n"
     "rules.yaml:6:13: error: expected a mapping, not a list\n"
     "rules.yaml:7:8: error: expected a mapping, not a scalar\n"},
    {SOUND "selections: {a: {}, '': {x: {equals: y}}, b: c, d: []}\n",
     "rules.yaml:5:17: error: empty condition\n"
     "rules.yaml:5:21: error: the name is empty\n"
     "rules.yaml:5:46: error: expected a mapping or a list of mappings, not a scalar\n"
     "rules.yaml:5:52: error: empty condition\n"},
    {SOUND "holds: {a: x, b: {}, e: {entity: d}, f: {entity: c, were: {}, where: {}}}\n",
     "rules.yaml:5:12: error: expected a mapping, not a scalar\n"
     "rules.yaml:5:18: error: missing key 'entity'\n"
     "rules.yaml:5:34: error: unknown entity 'd'\n"
     "rules.yaml:5:53: error: unknown key 'were' (did you mean 'where'?)\n"
     "rules.yaml:5:70: error: empty condition\n"},
    {SOUND "leak_chek: off\n",
     "rules.yaml:5:1: error: unknown key 'leak_chek' (did you mean 'leak_check'?)\n"},
    {SOUND "leak_check: of\nunmatched_files: clear\nundeclared_columns: [fail]\n",
     "rules.yaml:5:13: error: unknown leak_check 'of' (did you mean 'off'?)\n"
     "rules.yaml:6:18: error: unknown unmatched_files 'clear' (expected fail, copy or ignore)\n"
     "rules.yaml:7:21: error: expected a scalar, not a list\n"},
    {SOUND "dialect: {delimiter: ':', quoting: loose, nul: x}\n",
     "rules.yaml:5:22: error: unknown delimiter ':' (expected auto , ; tab or |)\n"
     "rules.yaml:5:36: error: unknown quoting 'loose' (expected strict or lenient)\n"
     "rules.yaml:5:43: error: unknown key 'nul' (did you mean 'null'?)\n"},
    {SOUND "dialect: {delimiter: ';', 'null': 'a;b'}\n",
     "rules.yaml:5:35: error: a null must not hold quotes, line ends or the delimiter\n"},
    {SOUND "defaults: {First_name: clear, FirstName: clear, _: clear, A: {about: x}}\n",
     "rules.yaml:5:31: error: 'FirstName' is the same as 'First_name'\n"
     "rules.yaml:5:49: error: '_' matches no name\n"
     "rules.yaml:5:62: error: missing key 'technique'\n"
     "rules.yaml:5:63: error: unknown key 'about' (it belongs in a field of an entity, beside "
     "'technique')\n"},
};

static const struct refused entity_cases[] = {
    {SOUND "  d: x\n  e.f: {files: [e.csv]}\n",
     "rules.yaml:5:6: error: expected a mapping, not a scalar\n"
     "rules.yaml:6:3: error: an entity's name is of letters, digits, '_' and '-', not 'e.f'\n"},
    {SOUND "  d: {scope: site, optional: yes, filez: [x]}\n",
     "rules.yaml:5:6: error: missing key 'files'\n"
     "rules.yaml:5:14: error: unknown scope 'site' (did you mean 'sites'?)\n"
     "rules.yaml:5:30: error: expected true or false\n"
     "rules.yaml:5:35: error: unknown key 'filez' (did you mean 'files'?)\n"},
    {SOUND "  d: {files: []}\n  e: {files: x.csv}\n  f: {files: [f, f]}\n",
     "rules.yaml:5:14: error: the list is empty\n"
     "rules.yaml:6:14: error: expected a list, not a scalar\n"
     "rules.yaml:7:18: error: duplicate 'f'\n"},
    {SOUND "  d: {files: [/a, a/../b, ./a, a//b, '', a/, ..., .a]}\n",
     "rules.yaml:5:15: error: '/a' is no relative path without '.' and '..'\n"
     "rules.yaml:5:19: error: 'a/../b' is no relative path without '.' and '..'\n"
     "rules.yaml:5:27: error: './a' is no relative path without '.' and '..'\n"
     "rules.yaml:5:32: error: 'a//b' is no relative path without '.' and '..'\n"
     "rules.yaml:5:38: error: '' is no relative path without '.' and '..'\n"
     "rules.yaml:5:42: error: 'a/' is no relative path without '.' and '..'\n"},
    {SOUND "  d: {files: [d.csv], key: []}\n  e: {files: [e.csv], key: {a: b}}\n",
     "rules.yaml:5:28: error: the list is empty\n"
     "rules.yaml:6:28: error: expected a scalar or a list, not a mapping\n"},
    {SOUND "  d: {files: [d.csv], rekey: true}\n  e: {files: [e.csv], key: [A, B], rekey: true}\n",
     "rules.yaml:5:30: error: 'd' has no key\n"
     "rules.yaml:6:43: error: 'rekey' needs a key of one column\n"},
    {SOUND "  d: {files: [d.csv], identifiers: {Email: mail}}\n",
     "rules.yaml:5:36: error: only the subject 'c' has identifiers\n"
     "rules.yaml:5:44: error: unknown match 'mail' (did you mean 'email'?)\n"},
    {TOP "  c: {key: Id, files: [c.csv], identifiers: {Id: uuid}}\n",
     "rules.yaml:4:46: error: 'Id' is the key, which names a target anyway\n"},
    {SOUND
     "  d: {files: [d.csv], marker: {value: ''}}\n  e: {files: [e.csv], marker: {column: ''}}\n",
     "rules.yaml:5:31: error: missing key 'column'\n"
     "rules.yaml:5:39: error: an empty value marks nothing\n"
     "rules.yaml:6:40: error: the marker's column has no name\n"},
    {SOUND "  d: {files: [d.csv], marker: {column: A}, fields: {A: clear}}\n"
           "  e: {files: [e.csv], marker: {column: B}, key: B}\n"
           "  f: {files: [f.csv], marker: {column: C}, links: [{column: C, to: c}]}\n",
     "rules.yaml:5:40: error: the marker 'A' is also a field\n"
     "rules.yaml:6:40: error: the marker 'B' is also the key\n"
     "rules.yaml:7:40: error: the marker 'C' is also a link\n"},
    {SOUND
     "  d: {files: [d.csv], drop_when_empty: A, on_delete: unlnk, links: [{column: A, to: c}]}\n",
     "rules.yaml:5:40: error: 'd' has no list-valued link of 'A'\n"
     "rules.yaml:5:54: error: unknown on_delete 'unlnk' (did you mean 'unlink'?)\n"},
    {SOUND "  d: {files: [d.csv], fields: {A: clear}, keep: [A, B, B]}\n",
     "rules.yaml:5:50: error: 'A' is a field and kept\n"
     "rules.yaml:5:56: error: duplicate 'B'\n"},
};

static const struct refused field_cases[] = {
    {TOP "  c: {key: Id, files: [c.csv], fields: {Id: clear}}\n",
     "rules.yaml:4:41: error: 'Id' is the key: use 'rekey'\n"},
    {TOP "  c: {key: E_mail, files: [c.csv]}\ndefaults: {email: clear}\n",
     "rules.yaml:4:12: error: key 'E_mail' is a default field: use 'rekey' or 'keep'\n"},
    {SOUND "  d: {files: [d.csv], fields: {A: {class: quasy}, B: [x], C: , D: {technique: {}}}}\n",
     "rules.yaml:5:35: error: missing key 'technique'\n"
     "rules.yaml:5:43: error: unknown class 'quasy' (did you mean 'quasi'?)\n"
     "rules.yaml:5:54: error: expected one technique, not a list\n"
     "rules.yaml:5:62: error: expected a technique\n"
     "rules.yaml:5:79: error: expected one technique with its options, not 0 keys\n"},
    {SOUND
     "  d: {files: [d.csv], fields: {A: {technique: {date: year, mask: x}}, B: {date: year}}}\n",
     "rules.yaml:5:47: error: expected one technique with its options, not 2 keys\n"
     "rules.yaml:5:74: error: missing key 'technique'\n"
     "rules.yaml:5:75: error: unknown key 'date'\n"},
    {SOUND "  d: {files: [d.csv], fields: {A: drop_column, B: {technique: drop_column}}}\n",
     "rules.yaml:5:35: error: 'drop_column' needs 'applies_to: all_records'\n"
     "rules.yaml:5:63: error: 'drop_column' needs 'applies_to: all_records'\n"},
    {SOUND "  d: {files: [d.csv], fields: {A: {technique: clear, applies_to: all}}}\n",
     "rules.yaml:5:66: error: unknown applies_to 'all' (expected all_records)\n"},
    {SOUND
     "  d: {files: [d.csv], links: [{column: B, to: c}], fields: {A: {technique: clear, about: "
     "C}}}\n",
     "rules.yaml:5:90: error: 'd' has no link of 'C'\n"},
    {SOUND "  d: {files: [d.csv], fields: {A: {technique: clear, mentions: c},\n"
           "       B: {technique: clear, mentions: d.A}, C: {technique: clear, mentions: e.A}}}\n",
     "rules.yaml:5:64: error: expected ENTITY.COLUMN\n"
     "rules.yaml:6:40: error: 'd' is not the subject 'c'\n"
     "rules.yaml:6:78: error: unknown entity 'e'\n"},
};

static const struct refused link_cases[] = {
    {SOUND "  d: {files: [d.csv], links: {column: A, to: c}}\n",
     "rules.yaml:5:30: error: expected a list, not a mapping\n"},
    {SOUND "  d: {files: [d.csv], links: [c, {columns: A}, {column: A, to: e}]}\n",
     "rules.yaml:5:31: error: expected a mapping, not a scalar\n"
     "rules.yaml:5:34: error: missing key 'column'\n"
     "rules.yaml:5:34: error: missing key 'to'\n"
     "rules.yaml:5:35: error: unknown key 'columns' (did you mean 'column'?)\n"
     "rules.yaml:5:64: error: unknown entity 'e'\n"},
    {SOUND "  d: {files: [d.csv], links: [{column: A, to: d}, {column: B, to: c.}]}\n",
     "rules.yaml:5:47: error: 'd' has no key\n"
     "rules.yaml:5:67: error: no column behind the dot\n"},
    {SOUND "  d: {files: [d.csv], links: [{column: [A, B], to: c, separator: ','}]}\n",
     "rules.yaml:5:41: error: 2 columns linked to the 1 of 'c'\n"
     "rules.yaml:5:66: error: a separator needs a link of one column\n"},
    {SOUND "  d: {files: [d.csv], key: [A, B], links: [{column: A, to: d, separator: ''}]}\n",
     "rules.yaml:5:53: error: 1 column linked to the 2 of 'd'\n"
     "rules.yaml:5:74: error: empty separator\n"},
    {SOUND "  d: {files: [d.csv], key: N, rekey: true, links: [\n"
           "       {column: A, to: d, match: uuid, follow: 1},\n"
           "       {column: B, to: d}, {column: C, to: d.N, match: phone}]}\n",
     "rules.yaml:6:48: error: expected true or false\n"
     "rules.yaml:7:28: error: link by phone to the rekeyed key of 'd', which another link compares "
     "by "
     "uuid\n"},
    {TOP "  c: {key: Id, files: [c.csv], fields: {Email: clear}}\n"
         "  d: {files: [d.csv], links: [{column: Mail, to: c.Email}]}\n"
         "  e: {files: [e.csv], links: [{column: Mail, to: c.Email}], fields: {Mail: clear}}\n"
         "  f: {files: [f.csv], links: [{column: Mail, to: c.Country}]}\n",
     "rules.yaml:5:31: error: 'd.Mail' keeps its values while 'c.Email', which it links to, does "
     "not: declare a field\n"},
    {SOUND "  d: {files: [d.csv], links: [{column: Email, to: c.Email}], keep: [Email]}\n"
           "  e: {files: [e.csv], links: [{column: Email, to: c.Email}]}\n"
           "defaults: {Email: clear}\n",
     "rules.yaml:5:31: error: 'd.Email' keeps its values while 'c.Email', which it links to, does "
     "not: declare a field\n"},
};

#define WHEN(condition)                                                                            \
    SOUND "  d: {files: [d.csv], key: [A, B]}\n"                                                   \
          "  e: {files: [e.csv], links: [{column: A, to: c, when: " condition "}]}\n"

static const struct refused condition_cases[] = {
    {WHEN("x"), "rules.yaml:6:56: error: expected a mapping or a list of mappings, not a scalar\n"},
    {WHEN("{}"), "rules.yaml:6:56: error: empty condition\n"},
    {WHEN("[]"), "rules.yaml:6:56: error: empty condition\n"},
    {WHEN("[x, {}]"), "rules.yaml:6:57: error: expected a mapping, not a scalar\n"
                      "rules.yaml:6:60: error: empty condition\n"},
    {WHEN("{A: x, B: {}}"),
     "rules.yaml:6:60: error: expected a test of column 'A', such as {equals: ...}, not a scalar\n"
     "rules.yaml:6:66: error: no test of column 'B'\n"},
    {WHEN("{A: {equal: x, equals: [y], not: {}}}"),
     "rules.yaml:6:61: error: unknown test 'equal' of column 'A' (did you mean 'equals'?)\n"
     "rules.yaml:6:79: error: expected a scalar, not a list\n"
     "rules.yaml:6:89: error: expected a scalar, not a mapping\n"},
    {WHEN("{A: {in: [], empty: no}, B: {in: [[x]]}}"),
     "rules.yaml:6:65: error: the list is empty\n"
     "rules.yaml:6:76: error: expected true or false\n"
     "rules.yaml:6:90: error: expected a scalar, not a list\n"},
    {WHEN("{A: {befor: 2022-01-01}}"),
     "rules.yaml:6:61: error: unknown test 'befor' of column 'A' (did you mean 'before'?)\n"},
    {WHEN("{A: {before: 2022-02-29, after: 2022, less: 1e3, greater: +5}}"),
     "rules.yaml:6:69: error: '2022-02-29' is no date (expected YYYY-MM-DD, maybe with a time)\n"
     "rules.yaml:6:88: error: '2022' is no date (expected YYYY-MM-DD, maybe with a time)\n"
     "rules.yaml:6:100: error: '1e3' is no number (expected digits, maybe with '-' and '.')\n"
     "rules.yaml:6:114: error: '+5' is no number (expected digits, maybe with '-' and '.')\n"},
    {WHEN("{A: {before: [x], less: {}, matches: [x], in_file: {}}}"),
     "rules.yaml:6:69: error: expected a scalar, not a list\n"
     "rules.yaml:6:80: error: expected a scalar, not a mapping\n"
     "rules.yaml:6:93: error: expected a scalar, not a list\n"
     "rules.yaml:6:107: error: expected a scalar, not a mapping\n"},
    {WHEN("{A: {matches: 'a(b'}, B: {matches: '\\C'}}"),
     "rules.yaml:6:70: error: bad pattern, at its byte 4: missing closing parenthesis\n"
     "rules.yaml:6:91: error: bad pattern, at its byte 3: using \\C is disabled by the "
     "application\n"},
    {WHEN("{A: {in_file: ''}, B: {in_file: none.txt}, C: {in_file: ../x}, D: {in_file: packs}}"),
     "rules.yaml:6:70: error: the path is empty\n"
     "rules.yaml:6:88: error: cannot open 'none.txt': No such file or directory\n"
     "rules.yaml:6:112: error: '../x' leads out of the folder of the rules\n"
     "rules.yaml:6:132: error: 'packs' is not a regular file\n"},
    {WHEN("{A: {where: {B: {not: x}}}}"), "rules.yaml:6:68: error: 'where' without 'in_entity'\n"},
    {WHEN("{A: {in_entity: x, where: {B: y}}, B: {in_entity: d}, C: {in_entity: e}}"),
     "rules.yaml:6:72: error: unknown entity 'x'\n"
     "rules.yaml:6:86: error: expected a test of column 'B', such as {equals: ...}, not a scalar\n"
     "rules.yaml:6:106: error: the key of 'd' has several columns\n"
     "rules.yaml:6:125: error: 'e' has no key\n"},
};

static struct rules_fixture fixture;

static void refuse_all(const struct refused *cases, size_t count)
{
    rules_fixture_enter(&fixture);
    for (size_t i = 0; i < count; i++)
        rules_fixture_refuse(&fixture, cases[i].text, cases[i].messages);
    rules_fixture_leave(&fixture);
}

#define REFUSE_ALL(cases) refuse_all(cases, sizeof(cases) / sizeof(cases)[0])

START_TEST(faults_of_the_top)
{
    REFUSE_ALL(top_cases);
}
END_TEST

START_TEST(faults_of_entities)
{
    REFUSE_ALL(entity_cases);
}
END_TEST

START_TEST(faults_of_fields)
{
    REFUSE_ALL(field_cases);
}
END_TEST

START_TEST(faults_of_links)
{
    REFUSE_ALL(link_cases);
}
END_TEST

START_TEST(faults_of_conditions)
{
    REFUSE_ALL(condition_cases);
}
END_TEST

START_TEST(a_pack_is_blamed_for_its_own)
{
    rules_fixture_enter(&fixture);
    rules_fixture_write("packs/base.yaml", SOUND "  d: {files: [d.csv], keap: [A]}\n");
    rules_fixture_refuse(&fixture, "version: 1\nextends: [base]\nentities: {d: {scoop: sites}}\n",
                         "packs/base.yaml:5:23: error: unknown key 'keap' (did you mean 'keep'?)\n"
                         "rules.yaml:3:16: error: unknown key 'scoop' (did you mean 'scope'?)\n");
    rules_fixture_leave(&fixture);
}
END_TEST

START_TEST(long_names_are_cut)
{
    char text[512];
    char messages[256];

    rules_fixture_enter(&fixture);
    snprintf(text, sizeof text, "%s%0300d: x\n", SOUND, 0);
    snprintf(messages, sizeof messages, "rules.yaml:5:1: error: unknown key '%0100d'\n", 0);
    rules_fixture_refuse(&fixture, text, messages);
    /* the cut would fall within a character */
    snprintf(text, sizeof text, "%s%099d\xC3\xA9\xC3\xA9: x\n", SOUND, 0);
    snprintf(messages, sizeof messages, "rules.yaml:5:1: error: unknown key '%099d'\n", 0);
    rules_fixture_refuse(&fixture, text, messages);
    rules_fixture_leave(&fixture);
}
END_TEST

Suite *test_rule_errors_suite(void)
{
    Suite *suite = suite_create("rule_errors");
    TCase *tcase = tcase_create("rule_errors");

    tcase_add_test(tcase, faults_of_the_top);
    tcase_add_test(tcase, faults_of_entities);
    tcase_add_test(tcase, faults_of_fields);
    tcase_add_test(tcase, faults_of_links);
    tcase_add_test(tcase, faults_of_conditions);
    tcase_add_test(tcase, a_pack_is_blamed_for_its_own);
    tcase_add_test(tcase, long_names_are_cut);
    suite_add_tcase(suite, tcase);
    return suite;
}
