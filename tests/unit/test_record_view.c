#include "match/record_view.h"

#include <check.h>

#include "csv_text.h"

static const struct fingerprint_key key = {"fifteen letters", {1}};

static struct csv_text csv;
static struct record_view view;

static void setup(void)
{
    view = (struct record_view)RECORD_VIEW_INIT;
}

static void teardown(void)
{
    record_view_release(&view);
    csv_text_close(&csv);
}

static void open_at(struct span text, size_t record)
{
    csv_text_open(&csv, text);
    record_view_open(&view, &csv.batch, &csv.dialect, &key);
    ck_assert(record_view_at(&view, record));
}

static void assert_value(size_t column, struct span expected)
{
    ck_assert(span_equal(view_value(&view, column), expected));
}

/* The fingerprint of the columns 0 to count - 1, which must name something. */
static struct fingerprint named(size_t record, size_t count, enum match_kind match)
{
    static const size_t columns[] = {0, 1, 2};
    struct fingerprint fingerprint;

    ck_assert(record_view_at(&view, record));
    ck_assert_int_eq(view_fingerprint(&view, columns, count, match, &fingerprint), NAMES_VALUE);
    return fingerprint;
}

static void assert_names_nothing(size_t record, size_t count, enum match_kind match)
{
    static const size_t columns[] = {0, 1, 2};
    struct fingerprint fingerprint;

    ck_assert(record_view_at(&view, record));
    ck_assert_int_eq(view_fingerprint(&view, columns, count, match, &fingerprint), NAMES_NOTHING);
}

START_TEST(unquoted_values_are_the_bytes_themselves)
{
    open_at(SPAN("a,b\nx, y \n"), 0);
    assert_value(1, SPAN(" y "));
    ck_assert_ptr_eq(view_value(&view, 0).at, csv.batch.bytes.at);
}
END_TEST

START_TEST(quotes_are_undone)
{
    open_at(SPAN("a,b\n\"x\"\"y\",\"\"\"\"\n"), 0);
    assert_value(0, SPAN("x\"y"));
    assert_value(1, SPAN("\""));
}
END_TEST

START_TEST(a_value_is_decoded_once_a_record)
{
    open_at(SPAN("a,b\n\"x\"\"y\",\"\"\"z\"\"\"\n\"p\"\"q\",r\n"), 0);
    const struct span first = view_value(&view, 0);
    assert_value(1, SPAN("\"z\""));
    ck_assert_ptr_eq(view_value(&view, 0).at, first.at);
    ck_assert(span_equal(first, SPAN("x\"y")));
    ck_assert_uint_eq(view.decoded.size, 6);

    ck_assert(record_view_at(&view, 1));
    assert_value(0, SPAN("p\"q"));
}
END_TEST

START_TEST(a_record_looked_at_again_is_decoded_again)
{
    open_at(SPAN("a\n\"x\"\"y\"\n\"p\"\"q\"\n"), 0);
    assert_value(0, SPAN("x\"y"));
    ck_assert(record_view_at(&view, 1));
    assert_value(0, SPAN("p\"q"));
    ck_assert(record_view_at(&view, 0));
    assert_value(0, SPAN("x\"y"));
}
END_TEST

START_TEST(a_batch_of_more_columns_finds_room)
{
    struct csv_text wider;

    open_at(SPAN("a\n\"x\"\"y\"\n"), 0);
    assert_value(0, SPAN("x\"y"));
    csv_text_open(&wider, SPAN("a,b,c,d\n1,2,3,\"4\"\"\"\n"));
    record_view_open(&view, &wider.batch, &wider.dialect, &key);
    ck_assert(record_view_at(&view, 0));
    assert_value(3, SPAN("4\""));
    csv_text_close(&wider);
}
END_TEST

/* Lenient reading knows values that the raw bytes do not tell. */
START_TEST(odd_values_are_taken)
{
    open_at(SPAN("a,b\nx,y\n"), 0);
    ck_assert(batch_add_odd(&csv.batch, 1, SPAN("odd")));
    assert_value(0, SPAN("x"));
    assert_value(1, SPAN("odd"));
}
END_TEST

START_TEST(empty_and_null_cells_are_blank)
{
    open_at(SPAN("a,b,c,d,e\n,\"\",NULL,\"NULL\", \n"), 0);
    ck_assert(view_is_blank(&view, 0));
    ck_assert(view_is_blank(&view, 1));
    ck_assert(!view_is_blank(&view, 2)); /* no null is declared */
    csv.dialect.null = SPAN("NULL");
    ck_assert(view_is_blank(&view, 0));
    ck_assert(view_is_blank(&view, 2));
    ck_assert(!view_is_blank(&view, 3));
    ck_assert(!view_is_blank(&view, 4));
}
END_TEST

START_TEST(blank_cells_name_nothing)
{
    open_at(SPAN("a,b\nNULL,x\n\"\",x\n\"NULL\",x\n"), 0);
    csv.dialect.null = SPAN("NULL");
    assert_names_nothing(0, 1, MATCH_EXACT);
    assert_names_nothing(1, 1, MATCH_EXACT);
    named(2, 1, MATCH_EXACT);
}
END_TEST

START_TEST(cells_with_an_empty_normal_form_name_nothing)
{
    open_at(SPAN("a,b\n \t,none\n"), 0);
    assert_names_nothing(0, 1, MATCH_EMAIL);
    assert_names_nothing(0, 1, MATCH_PHONE);
    assert_names_nothing(0, 2, MATCH_EMAIL);
    named(0, 1, MATCH_EXACT);
}
END_TEST

START_TEST(values_compare_by_their_normal_form)
{
    open_at(SPAN("a\nAnn@Example.com\n\" ann@example.COM\"\n"), 0);
    ck_assert(fingerprint_equal(named(0, 1, MATCH_EMAIL), named(1, 1, MATCH_EMAIL)));
    ck_assert(!fingerprint_equal(named(0, 1, MATCH_CASEFOLD), named(1, 1, MATCH_CASEFOLD)));
}
END_TEST

START_TEST(quoting_makes_no_other_value)
{
    open_at(SPAN("a,b\nx,y\n\"x\",\"y\"\n"), 0);
    ck_assert(fingerprint_equal(named(0, 1, MATCH_EXACT), named(1, 1, MATCH_EXACT)));
    ck_assert(fingerprint_equal(named(0, 2, MATCH_EXACT), named(1, 2, MATCH_EXACT)));
}
END_TEST

START_TEST(composite_keys_that_differ_in_the_cut_differ)
{
    open_at(SPAN("a,b,c\nab,c,x\na,bc,x\nabc,x,x\n"), 0);
    ck_assert(!fingerprint_equal(named(0, 2, MATCH_EXACT), named(1, 2, MATCH_EXACT)));
    ck_assert(!fingerprint_equal(named(0, 3, MATCH_EXACT), named(1, 3, MATCH_EXACT)));
    ck_assert(!fingerprint_equal(named(1, 2, MATCH_EXACT), named(2, 2, MATCH_EXACT)));
}
END_TEST

START_TEST(a_composite_key_is_no_single_value)
{
    open_at(SPAN("a,b\nab,c\nabc,c\n"), 0);
    ck_assert(!fingerprint_equal(named(0, 2, MATCH_EXACT), named(1, 1, MATCH_EXACT)));
}
END_TEST

START_TEST(the_order_of_a_composite_key_counts)
{
    open_at(SPAN("a,b\nx,y\ny,x\n"), 0);
    ck_assert(!fingerprint_equal(named(0, 2, MATCH_EXACT), named(1, 2, MATCH_EXACT)));
}
END_TEST

START_TEST(a_composite_key_with_a_blank_names_nothing)
{
    open_at(SPAN("a,b\nx,\n,y\nNULL,y\nx,y\n"), 0);
    csv.dialect.null = SPAN("NULL");
    assert_names_nothing(0, 2, MATCH_EXACT);
    assert_names_nothing(1, 2, MATCH_EXACT);
    assert_names_nothing(2, 2, MATCH_EXACT);
    named(3, 2, MATCH_EXACT);
}
END_TEST

START_TEST(no_columns_name_nothing)
{
    open_at(SPAN("a\nx\n"), 0);
    assert_names_nothing(0, 0, MATCH_EXACT);
}
END_TEST

START_TEST(values_of_no_record_name_the_same)
{
    const struct span values[] = {SPAN("X"), SPAN("y\"")};
    struct buffer normal = BUFFER_INIT, joined = BUFFER_INIT;
    struct fingerprint fingerprint;

    open_at(SPAN("a,b\nx,\"Y\"\"\"\n"), 0);
    ck_assert_int_eq(
        values_fingerprint(&key, values, 1, MATCH_CASEFOLD, &normal, &joined, &fingerprint),
        NAMES_VALUE);
    ck_assert(fingerprint_equal(fingerprint, named(0, 1, MATCH_CASEFOLD)));
    ck_assert_int_eq(
        values_fingerprint(&key, values, 2, MATCH_CASEFOLD, &normal, &joined, &fingerprint),
        NAMES_VALUE);
    ck_assert(fingerprint_equal(fingerprint, named(0, 2, MATCH_CASEFOLD)));
    ck_assert_int_eq(view_fingerprint_value(&view, SPAN("x"), MATCH_EXACT, &fingerprint),
                     NAMES_VALUE);
    ck_assert(fingerprint_equal(fingerprint, named(0, 1, MATCH_EXACT)));
    buffer_release(&normal);
    buffer_release(&joined);
}
END_TEST

static void assert_elements(struct span list, struct span separator, const char *const *expected)
{
    struct span element;
    bool begun = false;

    while (list_next(&list, &begun, separator, &element)) {
        ck_assert_ptr_nonnull(*expected);
        ck_assert_msg(span_equal(element, span_of(*expected)), "'%.*s' is not '%s'",
                      (int)element.size, element.at, *expected);
        expected++;
    }
    ck_assert_ptr_null(*expected);
}

START_TEST(elements_come_in_order)
{
    assert_elements(SPAN("a;b;c"), SPAN(";"), (const char *[]){"a", "b", "c", NULL});
    assert_elements(SPAN("a"), SPAN(";"), (const char *[]){"a", NULL});
    assert_elements(SPAN(" a ; b"), SPAN(";"), (const char *[]){" a ", " b", NULL});
}
END_TEST

START_TEST(empty_elements_are_elements)
{
    assert_elements(SPAN(""), SPAN(";"), (const char *[]){"", NULL});
    assert_elements((struct span){NULL, 0}, SPAN(";"), (const char *[]){"", NULL});
    assert_elements(SPAN(";"), SPAN(";"), (const char *[]){"", "", NULL});
    assert_elements(SPAN(";a;;b;"), SPAN(";"), (const char *[]){"", "a", "", "b", "", NULL});
}
END_TEST

START_TEST(separators_may_be_long)
{
    assert_elements(SPAN("a, b,c, "), SPAN(", "), (const char *[]){"a", "b,c", "", NULL});
    assert_elements(SPAN("||||"), SPAN("||"), (const char *[]){"", "", "", NULL});
    assert_elements(SPAN("|||"), SPAN("||"), (const char *[]){"", "|", NULL});
    assert_elements(SPAN("a"), SPAN("long"), (const char *[]){"a", NULL});
}
END_TEST

static TCase *view_cases(void)
{
    TCase *cases = tcase_create("record_view");

    tcase_add_checked_fixture(cases, setup, teardown);
    tcase_add_test(cases, unquoted_values_are_the_bytes_themselves);
    tcase_add_test(cases, quotes_are_undone);
    tcase_add_test(cases, a_value_is_decoded_once_a_record);
    tcase_add_test(cases, a_record_looked_at_again_is_decoded_again);
    tcase_add_test(cases, a_batch_of_more_columns_finds_room);
    tcase_add_test(cases, odd_values_are_taken);
    tcase_add_test(cases, empty_and_null_cells_are_blank);
    tcase_add_test(cases, blank_cells_name_nothing);
    tcase_add_test(cases, cells_with_an_empty_normal_form_name_nothing);
    tcase_add_test(cases, values_compare_by_their_normal_form);
    tcase_add_test(cases, quoting_makes_no_other_value);
    tcase_add_test(cases, composite_keys_that_differ_in_the_cut_differ);
    tcase_add_test(cases, a_composite_key_is_no_single_value);
    tcase_add_test(cases, the_order_of_a_composite_key_counts);
    tcase_add_test(cases, a_composite_key_with_a_blank_names_nothing);
    tcase_add_test(cases, no_columns_name_nothing);
    tcase_add_test(cases, values_of_no_record_name_the_same);
    return cases;
}

static TCase *list_cases(void)
{
    TCase *cases = tcase_create("list_next");

    tcase_add_test(cases, elements_come_in_order);
    tcase_add_test(cases, empty_elements_are_elements);
    tcase_add_test(cases, separators_may_be_long);
    return cases;
}

Suite *test_record_view_suite(void)
{
    Suite *suite = suite_create("record_view");

    suite_add_tcase(suite, view_cases());
    suite_add_tcase(suite, list_cases());
    return suite;
}
