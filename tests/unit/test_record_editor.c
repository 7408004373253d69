#include "run/record_editor.h"

#include <check.h>
#include <string.h>

#include "plan_fixture.h"

static struct match_fixture fixture;
static struct match_file contacts, file;
static struct file_plan plan;
static struct record_editor editor;
static struct splice splice;
static struct pieces pieces;
static struct buffer output;
static struct file_tally tally;

static const char rules[] =
    "version: 1\nsubject: c\n"
    "defaults: {Editor: {technique: clear, mentions: c.Email}}\n"
    "entities:\n"
    "  c:\n"
    "    key: Id\n"
    "    rekey: \"true\"\n"
    "    files: [c.csv]\n"
    "    identifiers: {Email: email}\n"
    "    marker: {column: Done}\n"
    "    fields: {Email: clear, Name: {technique: {constant: {text: 'x, y'}}}}\n"
    "  t:\n"
    "    files: [t.csv]\n"
    "    on_delete: unlink\n"
    "    drop_when_empty: List\n"
    "    undeclared_columns: clear\n"
    "    links: [{column: C, to: c}, {column: List, to: c, separator: ';'}]\n"
    "    fields:\n"
    "      Name: {technique: clear, about: C}\n"
    "      Note: {technique: \"null\"}\n"
    "      Born: {technique: {date: year}, applies_to: all_records}\n"
    "  d:\n"
    "    files: [d.csv]\n"
    "    links: [{column: C, to: c}]\n"
    "    keep: [K]\n"
    "    fields:\n"
    "      A: {technique: drop_column, applies_to: all_records}\n"
    "      B: {technique: drop_column, applies_to: all_records}\n"
    "  e: {files: [e.csv], links: [{column: C, to: c}], keep: [K]}\n"
    "  f:\n"
    "    files: [f.csv]\n"
    "    links: [{column: C, to: c}]\n"
    "    fields: {By: {technique: {date: year}, mentions: c.Id, applies_to: all_records}}\n"
    "  g:\n"
    "    files: [g.csv]\n"
    "    links: [{column: List, to: c, separator: ';', when: {K: {matches: '^(x|xx)+$'}}}]\n"
    "    drop_when_empty: List\n"
    "    keep: [K]\n";

/* a is anonymized, x deleted, m was marked by an earlier run, n is nobody's. */
static void setup(void)
{
    match_fixture_open(&fixture, rules);
    match_file_open(&fixture, &contacts, "c",
                    SPAN("Id,Email,Name,Done\n"
                         "a,a@example.com,Ann,\n"
                         "x,x@example.com,\"Xi\"\"\",\r\n"
                         "m,,,2024-01-01\n"
                         "n,n@example.com,Nora,\n"));
    match_fixture_target(&fixture, "a", MODE_ANONYMIZE);
    match_fixture_target(&fixture, "x", MODE_DELETE);
    match_fixture_target(&fixture, "m", MODE_ANONYMIZE);
    editor = (struct record_editor){.view = RECORD_VIEW_INIT,
                                    .tagger = fixture.finder.tagger,
                                    .marker_date = SPAN("2024-05-31"),
                                    .value = BUFFER_INIT,
                                    .normal = BUFFER_INIT};
    splice = (struct splice)SPLICE_INIT;
    pieces = (struct pieces)PIECES_INIT;
    output = (struct buffer)BUFFER_INIT;
}

static void teardown(void)
{
    record_editor_release(&editor);
    splice_release(&splice);
    pieces_release(&pieces);
    buffer_release(&output);
    file_tally_release(&tally);
    match_file_close(&contacts);
    match_fixture_close(&fixture);
}

/* Resolves and plans `of`, and starts a tally. */
static void begin(struct match_file *of, struct match_file *const *files)
{
    match_fixture_resolve(&fixture, files);
    ck_assert_int_eq(plan_fixture_make(&fixture, of, &plan), STATUS_OK);
    ck_assert(file_tally_init(&tally, plan.column_count));
}

static void begin_file(const char *entity, struct span text)
{
    match_file_open(&fixture, &file, entity, text);
    begin(&file, (struct match_file *[]){&contacts, &file, NULL});
}

static void append_output(void)
{
    ck_assert(splice_pieces(&splice, &pieces));
    for (size_t i = 0; i < pieces.count; i++)
        ck_assert(buffer_append(&output, pieces.items[i]));
}

static void edit(const struct batch *batch)
{
    ck_assert(edit_batch(&plan, &fixture.resolution, batch, &editor, &splice, &tally));
    append_output();
}

static void assert_output(struct span expected)
{
    ck_assert_msg(span_equal(buffer_span(&output), expected), "'%.*s' is not '%.*s'",
                  (int)output.size, output.at, (int)expected.size, expected.at);
}

/* Edits the whole file and expects these bytes. */
static void expect(const struct match_file *of, struct span expected)
{
    edit(&of->csv.batch);
    assert_output(expected);
}

/* The surrogate of a key. */
static struct span token_of(const char *key, struct buffer *token)
{
    buffer_clear(token);
    ck_assert(token_append(editor.tagger, SPAN("token"), span_of(key), token));
    return buffer_span(token);
}

START_TEST(contacts_are_anonymized_deleted_and_left_alone)
{
    struct buffer token = BUFFER_INIT, expected = BUFFER_INIT;

    begin(&contacts, (struct match_file *[]){&contacts, NULL});
    ck_assert(buffer_append(&expected, token_of("a", &token)));
    ck_assert(buffer_append(&expected, SPAN(",,\"x, y\",2024-05-31\n"
                                            "m,,,2024-01-01\n"
                                            "n,n@example.com,Nora,\n")));
    expect(&contacts, buffer_span(&expected));
    ck_assert_uint_eq(tally.columns[1].filled, 3);
    ck_assert_uint_eq(tally.records, 4);
    ck_assert_uint_eq(tally.anonymized, 1);
    ck_assert_uint_eq(tally.dropped, 1);
    ck_assert_uint_eq(tally.already, 1);
    ck_assert_uint_eq(tally.unchanged, 1);
    ck_assert_uint_eq(tally.changed, 2);
    for (size_t i = 0; i < 4; i++)
        ck_assert_uint_eq(tally.columns[i].changed, 1);
    buffer_release(&token);
    buffer_release(&expected);
}
END_TEST

#define T_HEADER "C,List,Name,Note,Born,Editor,More\n"

START_TEST(records_of_nobody_leave_as_they_came)
{
    begin_file("t", SPAN(T_HEADER "n,\"n;o\",\"\"\"N\"\" \",  ,,n@example.com,\r\n,,,,,,\n"));
    expect(&file, SPAN("n,\"n;o\",\"\"\"N\"\" \",  ,,n@example.com,\r\n,,,,,,\n"));
    ck_assert_uint_eq(tally.unchanged, 2);
    ck_assert_uint_eq(tally.changed, 0);
    ck_assert_uint_eq(tally.mentions, 0);
    match_file_close(&file);
}
END_TEST

START_TEST(unlinked_records_lose_link_and_fields)
{
    begin_file("t", SPAN(T_HEADER "x,,Xi,note,,,\n\"x\",x;n,Xi,\"note\",,,\n"));
    expect(&file, SPAN(",,,,,,\n,n,,,,,\n"));
    ck_assert_uint_eq(tally.unlinked, 2);
    match_file_close(&file);
}
END_TEST

START_TEST(records_whose_list_runs_empty_drop)
{
    begin_file("t", SPAN(T_HEADER "n,x,,,,,\r\nn,x;n,,,,,\nn,x;x,,,,,"));
    expect(&file, SPAN("n,n,,,,,\n"));
    ck_assert_uint_eq(tally.dropped, 2);
    ck_assert_uint_eq(tally.changed, 3);
    match_file_close(&file);
}
END_TEST

START_TEST(replaced_keys_are_replaced_wherever_they_stand)
{
    struct buffer token = BUFFER_INIT, expected = BUFFER_INIT;
    const struct span a = token_of("a", &token);

    begin_file("t", SPAN(T_HEADER "a,n;a;;x,Ann,,,,\nm,m,,,,,\n"));
    ck_assert(buffer_append_format(&expected, "%.*s,n;%.*s;,,,,,\nm,m,,,,,\n", (int)a.size, a.at,
                                   (int)a.size, a.at));
    expect(&file, buffer_span(&expected));
    buffer_release(&token);
    buffer_release(&expected);
    match_file_close(&file);
}
END_TEST

START_TEST(fields_about_another_person_stay)
{
    struct buffer token = BUFFER_INIT, expected = BUFFER_INIT;
    const struct span a = token_of("a", &token);

    begin_file("t", SPAN(T_HEADER "n,a,Nora,note,,,\n"));
    ck_assert(buffer_append_format(&expected, "n,%.*s,Nora,,,,\n", (int)a.size, a.at));
    expect(&file, buffer_span(&expected));
    buffer_release(&token);
    buffer_release(&expected);
    match_file_close(&file);
}
END_TEST

START_TEST(some_fields_are_treated_in_every_record)
{
    begin_file("t", SPAN(T_HEADER "n,,,,2001-02-03,A@example.com,more\nn,,,,never,,\n"));
    expect(&file, SPAN("n,,,,2001,,\nn,,,,,,\n"));
    ck_assert_uint_eq(tally.unchanged, 2);
    ck_assert_uint_eq(tally.mentions, 2);
    ck_assert_uint_eq(tally.changed, 2);
    ck_assert_uint_eq(tally.columns[4].changed, 2);
    ck_assert_uint_eq(tally.columns[4].untaken, 1);
    ck_assert_uint_eq(tally.columns[5].changed, 1);
    ck_assert_uint_eq(tally.columns[6].changed, 1);
    match_file_close(&file);
}
END_TEST

START_TEST(records_of_nobody_are_edited_for_whom_they_mention)
{
    begin_file("e", SPAN("K,C,Editor\n1,n,n@example.com\n2,n,A@example.com\n3,,\n"
                         "4,m,\n5,,a@example.com\n6,,\"\"\n"));
    expect(&file, SPAN("1,n,n@example.com\n2,n,\n3,,\n4,m,\n5,,\n6,,\"\"\n"));
    ck_assert_uint_eq(tally.records, 6);
    ck_assert_uint_eq(tally.unchanged, 5);
    ck_assert_uint_eq(tally.already + tally.anonymized, 1);
    ck_assert_uint_eq(tally.mentions, 2);
    ck_assert_uint_eq(tally.changed, 2);
    match_file_close(&file);
}
END_TEST

START_TEST(what_is_treated_in_all_records_waits_for_no_mention)
{
    begin_file("f", SPAN("C,By\n,2001-02-03\n"));
    expect(&file, SPAN(",2001\n"));
    ck_assert_uint_eq(tally.unchanged, 1);
    match_file_close(&file);
}
END_TEST

START_TEST(conditions_of_lists_that_may_run_empty_are_asked_in_every_record)
{
    static const char beyond_limits[] =
        "K,List\nxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx!,\n";

    begin_file("g", SPAN("K,List\nx,n\n"));
    match_file_close(&file);
    match_file_open(&fixture, &file, "g", span_of(beyond_limits));
    ck_assert(!edit_batch(&plan, &fixture.resolution, &file.csv.batch, &editor, &splice, &tally));
    ck_assert_ptr_nonnull(editor.view.overrun);
    match_file_close(&file);
}
END_TEST

START_TEST(null_is_that_of_the_dialect)
{
    begin_file("t", SPAN(T_HEADER "x,NULL,Xi,note,,,\nx,,,NULL,,,\n"));
    plan.dialect.null = SPAN("NULL");
    expect(&file, SPAN(",NULL,,NULL,,,\n,,,NULL,,,\n"));
    match_file_close(&file);
}
END_TEST

START_TEST(empty_cells_keep_their_bytes)
{
    begin_file("t", SPAN(T_HEADER "x,,\"\",\"\",\"\",\"\",\"\"\n"));
    expect(&file, SPAN(",,\"\",\"\",\"\",\"\",\"\"\n"));
    match_file_close(&file);
}
END_TEST

START_TEST(orphans_are_counted)
{
    begin_file("t", SPAN(T_HEADER "gone,n;gone,,,,,\nn,,,,,,\n"));
    match_fixture_put(&fixture, fixture.resolution.contacts, "gone", OWNER_NOBODY, VALUE_ORPHAN);
    expect(&file, SPAN("gone,n;gone,,,,,\nn,,,,,,\n"));
    ck_assert_uint_eq(tally.orphans, 2);
    ck_assert_uint_eq(tally.unchanged, 2);
    match_file_close(&file);
}
END_TEST

START_TEST(dropped_columns_leave_with_a_delimiter)
{
    begin_file("d", SPAN("A,C,B,K\n1,n,2,k\n\"1\",,\"2,\",\n"));
    expect(&file, SPAN("n,k\n,\n"));
    ck_assert_uint_eq(tally.columns[0].changed, 2);
    match_file_close(&file);
}
END_TEST

START_TEST(dropped_columns_leave_at_the_end_and_side_by_side)
{
    begin_file("d", SPAN("C,K,A,B\nn,k,1,2\r\nx,k,1,2\nn,k,1,2"));
    expect(&file, SPAN("n,k\r\nn,k"));
    match_file_close(&file);
}
END_TEST

START_TEST(an_empty_cell_that_is_left_alone_gets_quotes)
{
    begin_file("d", SPAN("A,B,C\n1,2,\n1,2,n\n"));
    expect(&file, SPAN("\"\"\nn\n"));
    match_file_close(&file);
}
END_TEST

static void expect_header(struct span expected)
{
    ck_assert(edit_header(&plan, file.csv.header.raw, file.csv.header.fields, &splice));
    append_output();
    assert_output(expected);
    buffer_clear(&output);
    file_tally_release(&tally);
    match_file_close(&file);
}

START_TEST(the_header_loses_dropped_columns)
{
    begin_file("d", SPAN("\xef\xbb\xbf"
                         "\"A\",C,B,K\r\n"));
    expect_header(SPAN("\xef\xbb\xbf"
                       "C,K\r\n"));
    begin_file("d", SPAN("K,C,A,\"B\"\n"));
    expect_header(SPAN("K,C\n"));
    begin_file("d", SPAN("B,A,C,K"));
    expect_header(SPAN("C,K"));
}
END_TEST

START_TEST(a_header_that_loses_nothing_stays)
{
    begin_file("t", SPAN("More,Editor,Born,\"Note\",Name,List,C\r\n"));
    expect_header(SPAN("More,Editor,Born,\"Note\",Name,List,C\r\n"));
}
END_TEST

/* Records of every fate, blank lines at the end, no final newline. */
#define EVERYTHING                                                                                 \
    T_HEADER "a,n;a;x,Ann,note,2001-02-03,a@example.com,more\r\n"                                  \
             "n,,Nora,note,,n@example.com,\n"                                                      \
             "x,n,\"X\n,i\",\"no\"\"te\",never,,\n"                                                \
             "n,x,,,,,\n"                                                                          \
             "m,m,,,,x@example.com,\"\"\n"                                                         \
             "n,\"x;x\",,,,,\r\n"                                                                  \
             "n,n,,,2001,,"

static bool same_tally(const struct file_tally *a, const struct file_tally *b)
{
    return a->records == b->records && a->unchanged == b->unchanged &&
           a->anonymized == b->anonymized && a->unlinked == b->unlinked &&
           a->dropped == b->dropped && a->already == b->already && a->mentions == b->mentions &&
           a->changed == b->changed && a->orphans == b->orphans &&
           memcmp(a->columns, b->columns, a->column_count * sizeof *a->columns) == 0;
}

/* Edits the records up to each of `count` ends, and compares with what the whole gave. */
static void expect_same_in_parts(const size_t *ends, size_t count, struct span whole,
                                 const struct file_tally *whole_tally)
{
    struct batch batch = BATCH_INIT;
    size_t at = 0;

    buffer_clear(&output);
    file_tally_clear(&tally);
    for (size_t i = 0; i < count; i++) {
        csv_text_cut(&file.csv, at, ends[i], &batch);
        edit(&batch);
        at = ends[i];
    }
    assert_output(whole);
    ck_assert(same_tally(&tally, whole_tally));
    batch_release(&batch);
}

START_TEST(a_file_cut_at_any_record_gives_the_same)
{
    static const size_t singly[] = {1, 2, 3, 4, 5, 6, 7};
    struct file_tally whole_tally;

    begin_file("t", SPAN(EVERYTHING));
    edit(&file.csv.batch);
    struct buffer whole = output;
    output = (struct buffer)BUFFER_INIT;
    ck_assert(file_tally_init(&whole_tally, plan.column_count));
    ck_assert(file_tally_add(&whole_tally, &tally));
    ck_assert_uint_eq(tally.dropped, 2);
    for (size_t at = 0; at <= 7; at++)
        expect_same_in_parts((const size_t[]){at, 7}, 2, buffer_span(&whole), &whole_tally);
    expect_same_in_parts(singly, 7, buffer_span(&whole), &whole_tally);
    buffer_release(&whole);
    file_tally_release(&whole_tally);
    match_file_close(&file);
}
END_TEST

START_TEST(a_batch_without_records_stays)
{
    begin_file("t", SPAN(T_HEADER "\n\r\n"));
    expect(&file, SPAN("\n\r\n"));
    ck_assert_uint_eq(tally.records, 0);
    match_file_close(&file);
}
END_TEST

START_TEST(blank_lines_behind_a_dropped_record_stay)
{
    begin_file("t", SPAN(T_HEADER "n,x,,,,,\n\n\r\n"));
    expect(&file, SPAN("\n\r\n"));
    match_file_close(&file);
}
END_TEST

Suite *test_record_editor_suite(void)
{
    Suite *suite = suite_create("record_editor");
    TCase *cases = tcase_create("record_editor");

    tcase_add_checked_fixture(cases, setup, teardown);
    tcase_add_test(cases, contacts_are_anonymized_deleted_and_left_alone);
    tcase_add_test(cases, records_of_nobody_leave_as_they_came);
    tcase_add_test(cases, unlinked_records_lose_link_and_fields);
    tcase_add_test(cases, records_whose_list_runs_empty_drop);
    tcase_add_test(cases, replaced_keys_are_replaced_wherever_they_stand);
    tcase_add_test(cases, fields_about_another_person_stay);
    tcase_add_test(cases, some_fields_are_treated_in_every_record);
    tcase_add_test(cases, records_of_nobody_are_edited_for_whom_they_mention);
    tcase_add_test(cases, what_is_treated_in_all_records_waits_for_no_mention);
    tcase_add_test(cases, conditions_of_lists_that_may_run_empty_are_asked_in_every_record);
    tcase_add_test(cases, null_is_that_of_the_dialect);
    tcase_add_test(cases, empty_cells_keep_their_bytes);
    tcase_add_test(cases, orphans_are_counted);
    tcase_add_test(cases, dropped_columns_leave_with_a_delimiter);
    tcase_add_test(cases, dropped_columns_leave_at_the_end_and_side_by_side);
    tcase_add_test(cases, an_empty_cell_that_is_left_alone_gets_quotes);
    tcase_add_test(cases, the_header_loses_dropped_columns);
    tcase_add_test(cases, a_header_that_loses_nothing_stays);
    tcase_add_test(cases, a_file_cut_at_any_record_gives_the_same);
    tcase_add_test(cases, a_batch_without_records_stays);
    tcase_add_test(cases, blank_lines_behind_a_dropped_record_stay);
    suite_add_tcase(suite, cases);
    return suite;
}
