#include "match/value_sieve.h"

#include <check.h>

#include "match_fixture.h"

static struct match_fixture fixture;
static struct match_file file;
static struct value_sieve sieve;
static struct key_map map;

/* Links with conditions, to have some that are bound: one that may fail, and one that can't. */
static const char rules[] = "version: 1\nsubject: c\nentities:\n"
                            "  c: {key: Id, files: [c.csv]}\n"
                            "  t:\n"
                            "    files: [t.csv]\n"
                            "    links:\n"
                            "      - {column: A, to: c, when: {B: {matches: '^(x|xx)+$'}}}\n"
                            "      - {column: A, to: c, when: {B: {equals: x}}}\n";

static const size_t columns[] = {0, 1};

/* The map has these values, and a filter. */
static void put(enum match_kind match, struct span first, struct span second)
{
    const struct span values[] = {first, second};
    struct buffer normal = BUFFER_INIT, joined = BUFFER_INIT;
    struct span bytes;
    bool is_new;

    ck_assert(key_map_expect(&map, 1));
    ck_assert_int_eq(values_normal(values, second.at ? 2 : 1, match, &normal, &joined, &bytes),
                     NAMES_VALUE);
    key_map_admit(&map, quick_hash(&fixture.resolution.key.quick, 0, bytes));
    ck_assert_uint_ne(key_map_insert(&map, fingerprint_of(&fixture.resolution.key, bytes), &is_new),
                      KEY_MAP_NONE);
    buffer_release(&normal);
    buffer_release(&joined);
}

static void put_one(enum match_kind match, struct span value)
{
    put(match, value, (struct span){NULL, 0});
}

static void setup(void)
{
    match_fixture_open(&fixture, rules);
    sieve = (struct value_sieve){.words = NULL};
    map = (struct key_map)KEY_MAP_OF(0);
}

static void teardown(void)
{
    value_sieve_release(&sieve);
    key_map_release(&map);
    match_fixture_close(&fixture);
}

static void open_file(struct span text)
{
    match_file_open(&fixture, &file, "t", text);
    match_fixture_view(&fixture, &file, 0);
    ck_assert(value_sieve_begin(&sieve, &file.csv.batch));
}

static void add(const struct sieved_cells *cells)
{
    ck_assert(value_sieve_add(&sieve, cells, &fixture.finder.view));
}

/* Asserts which records pass: '1' or '.'. Closes the file. */
static void expect(const char *expected)
{
    ck_assert_uint_eq(file.csv.batch.record_count, strlen(expected));
    for (size_t i = 0; expected[i] != '\0'; i++)
        ck_assert_msg((value_sieve_next(&sieve, i, i + 1) == i) == (expected[i] == '1'),
                      "record %zu", i);
    match_file_close(&file);
}

START_TEST(records_with_a_value_of_the_map_pass)
{
    put_one(MATCH_EXACT, SPAN("k1"));
    open_file(SPAN("A,B\nk1,\nk2,\n\"k1\",\n,k1\nK1,\n\"\",\nk1,"));
    add(&(struct sieved_cells){
        .columns = columns, .column_count = 1, .match = MATCH_EXACT, .map = &map});
    expect("1.1...1");
}
END_TEST

START_TEST(many_records_pass_each_for_itself)
{
    char text[4 + 200 * 3] = "A,B\n", expected[201] = {0};
    size_t size = 4;

    put_one(MATCH_EXACT, SPAN("k"));
    for (size_t i = 0; i < 200; i++) {
        expected[i] = i % 7 == 0 ? '1' : '.';
        memcpy(text + size, i % 7 == 0 ? "k,\n" : "o,\n", 3);
        size += 3;
    }
    open_file((struct span){text, size});
    add(&(struct sieved_cells){
        .columns = columns, .column_count = 1, .match = MATCH_EXACT, .map = &map});
    for (size_t i = 0; i < 200; i++)
        ck_assert_uint_eq(value_sieve_next(&sieve, i, 200),
                          (i + 6) / 7 * 7 < 200 ? (i + 6) / 7 * 7 : 200);
    ck_assert_uint_eq(value_sieve_next(&sieve, 200, 200), 200);
    expect(expected);
}
END_TEST

START_TEST(values_are_looked_up_in_their_normal_form)
{
    put_one(MATCH_EMAIL, SPAN("ann@example.com"));
    open_file(SPAN("A,B\nAnn@Example.com,\n\" ann@example.com \",\nbob@example.com,\n"));
    add(&(struct sieved_cells){
        .columns = columns, .column_count = 1, .match = MATCH_EMAIL, .map = &map});
    expect("11.");
}
END_TEST

START_TEST(elements_of_a_list_are_looked_up_one_by_one)
{
    put_one(MATCH_EXACT, SPAN("k1"));
    open_file(SPAN("A,B\na;k1,\nk1;b,\na;b,\n;;,\n\"k1;c\",\nk1a;ak1,\n"));
    add(&(struct sieved_cells){.columns = columns,
                               .column_count = 1,
                               .match = MATCH_EXACT,
                               .separator = SPAN(";"),
                               .map = &map});
    expect("11..1.");
}
END_TEST

START_TEST(cells_of_a_composite_key_are_looked_up_together)
{
    put(MATCH_EXACT, SPAN("a"), SPAN("b"));
    open_file(SPAN("A,B\na,b\nab,\n,ab\na,c\n\"a\",\"b\"\nb,a\n"));
    add(&(struct sieved_cells){
        .columns = columns, .column_count = 2, .match = MATCH_EXACT, .map = &map});
    expect("1...1.");
}
END_TEST

START_TEST(quotes_within_quotes_are_left_for_a_closer_look)
{
    put_one(MATCH_EXACT, SPAN("a\"b"));
    open_file(SPAN("A,B\n\"a\"\"b\",\n\"c\"\"d\",\nab,\n"));
    add(&(struct sieved_cells){
        .columns = columns, .column_count = 1, .match = MATCH_EXACT, .map = &map});
    expect("11.");
}
END_TEST

START_TEST(null_is_no_value)
{
    put_one(MATCH_EXACT, SPAN("NULL"));
    open_file(SPAN("A,B\nNULL,\n\"NULL\",\n"));
    file.csv.dialect.null = SPAN("NULL");
    add(&(struct sieved_cells){
        .columns = columns, .column_count = 1, .match = MATCH_EXACT, .map = &map});
    expect(".1");
}
END_TEST

START_TEST(cells_count_only_where_their_condition_holds)
{
    put_one(MATCH_EXACT, SPAN("k1"));
    open_file(SPAN("A,B\nk1,x\nk1,y\nk2,x\n"));
    add(&(struct sieved_cells){.columns = columns,
                               .column_count = 1,
                               .match = MATCH_EXACT,
                               .when = file.binding.links[_i].when,
                               .map = &map});
    expect("1..");
}
END_TEST

START_TEST(cells_side_by_side_count_only_where_their_condition_holds)
{
    static const size_t first_and_last[] = {0, 2};

    put(MATCH_EXACT, SPAN("k1"), SPAN("z"));
    open_file(SPAN("A,B,C\nk1,x,z\nk1,y,z\nk2,x,z\n"));
    add(&(struct sieved_cells){.columns = first_and_last,
                               .column_count = 2,
                               .match = MATCH_EXACT,
                               .when = file.binding.links[_i].when,
                               .map = &map});
    expect("1..");
}
END_TEST

/* So that whoever looks closer meets the limits too, and says where. */
START_TEST(a_condition_that_fails_lets_the_record_pass)
{
    put_one(MATCH_EXACT, SPAN("k1"));
    open_file(SPAN("A,B\nk2,xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx!\nk2,x\n"));
    add(&(struct sieved_cells){.columns = columns,
                               .column_count = 1,
                               .match = MATCH_EXACT,
                               .when = file.binding.links[0].when,
                               .map = &map});
    ck_assert_ptr_null(fixture.finder.view.overrun);
    expect("1.");
}
END_TEST

START_TEST(an_empty_map_lets_nothing_pass)
{
    open_file(SPAN("A,B\nk1,\n,\n"));
    add(&(struct sieved_cells){
        .columns = columns, .column_count = 1, .match = MATCH_EXACT, .map = &map});
    expect("..");
}
END_TEST

START_TEST(a_map_without_filter_lets_all_pass)
{
    put_one(MATCH_EXACT, SPAN("k1"));
    key_map_forgo_filter(&map);
    open_file(SPAN("A,B\nk1,\nk2,\n,\n"));
    add(&(struct sieved_cells){
        .columns = columns, .column_count = 1, .match = MATCH_EXACT, .map = &map});
    expect("111");
}
END_TEST

START_TEST(fields_that_are_not_what_their_bytes_say_let_all_pass)
{
    put_one(MATCH_EXACT, SPAN("k1"));
    open_file(SPAN("A,B\nx,\ny,\n"));
    ck_assert(batch_add_odd(&file.csv.batch, 0, SPAN("k1")));
    add(&(struct sieved_cells){
        .columns = columns, .column_count = 1, .match = MATCH_EXACT, .map = &map});
    expect("11");
}
END_TEST

START_TEST(a_new_batch_forgets_the_one_before)
{
    open_file(SPAN("A,B\nx,\ny,\n"));
    value_sieve_pass_all(&sieve, &file.csv.batch);
    ck_assert_uint_eq(value_sieve_next(&sieve, 1, 2), 1);
    ck_assert_uint_eq(value_sieve_next(&sieve, 2, 2), 2);
    expect("11");
    put_one(MATCH_EXACT, SPAN("x"));
    open_file(SPAN("A,B\nx,\ny,\n"));
    add(&(struct sieved_cells){
        .columns = columns, .column_count = 1, .match = MATCH_EXACT, .map = &map});
    expect("1.");
}
END_TEST

Suite *test_value_sieve_suite(void)
{
    Suite *suite = suite_create("value_sieve");
    TCase *tcase = tcase_create("value_sieve");

    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_test(tcase, records_with_a_value_of_the_map_pass);
    tcase_add_test(tcase, many_records_pass_each_for_itself);
    tcase_add_test(tcase, values_are_looked_up_in_their_normal_form);
    tcase_add_test(tcase, elements_of_a_list_are_looked_up_one_by_one);
    tcase_add_test(tcase, cells_of_a_composite_key_are_looked_up_together);
    tcase_add_test(tcase, quotes_within_quotes_are_left_for_a_closer_look);
    tcase_add_test(tcase, null_is_no_value);
    tcase_add_loop_test(tcase, cells_count_only_where_their_condition_holds, 0, 2);
    tcase_add_loop_test(tcase, cells_side_by_side_count_only_where_their_condition_holds, 0, 2);
    tcase_add_test(tcase, a_condition_that_fails_lets_the_record_pass);
    tcase_add_test(tcase, an_empty_map_lets_nothing_pass);
    tcase_add_test(tcase, a_map_without_filter_lets_all_pass);
    tcase_add_test(tcase, fields_that_are_not_what_their_bytes_say_let_all_pass);
    tcase_add_test(tcase, a_new_batch_forgets_the_one_before);
    suite_add_tcase(suite, tcase);
    return suite;
}
