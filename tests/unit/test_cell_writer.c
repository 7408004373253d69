#include <check.h>
#include <string.h>

#include "write/cell_writer.h"

Suite *test_cell_writer_suite(void);

static const struct span no_null = {"", 0};

/* One field of several, not quoted before, in a dialect of commas without null. */
static void expect_plain(struct span value, const char *expected)
{
    struct buffer out = BUFFER_INIT;

    ck_assert(cell_write(&out, value, ',', no_null, false, false));
    ck_assert_msg(span_equal(buffer_span(&out), span_of(expected)), "'%.*s' is not '%s'",
                  (int)out.size, out.at, expected);
    buffer_release(&out);
}

START_TEST(a_plain_value_stays_plain)
{
    expect_plain(SPAN("Jana"), "Jana");
    expect_plain(SPAN("a b"), "a b");
    expect_plain(SPAN("Žďár;\t|x"), "Žďár;\t|x");
    expect_plain(SPAN("\xff"), "\xff");
}
END_TEST

START_TEST(quotes_where_it_must)
{
    expect_plain(SPAN("a,b"), "\"a,b\"");
    expect_plain(SPAN("a\"b"), "\"a\"\"b\"");
    expect_plain(SPAN("\""), "\"\"\"\"");
    expect_plain(SPAN("a\nb"), "\"a\nb\"");
    expect_plain(SPAN("a\rb"), "\"a\rb\"");
    expect_plain(SPAN(" a"), "\" a\"");
    expect_plain(SPAN("a "), "\"a \"");
    expect_plain(SPAN("\ta"), "\"\ta\"");
    expect_plain(SPAN(" "), "\" \"");
}
END_TEST

START_TEST(keeps_a_nul)
{
    struct buffer out = BUFFER_INIT;

    ck_assert(cell_write(&out, SPAN("a\0b"), ',', no_null, true, false));
    ck_assert(span_equal(buffer_span(&out), SPAN("\"a\0b\"")));
    buffer_release(&out);
}
END_TEST

START_TEST(minds_the_dialect)
{
    struct buffer out = BUFFER_INIT;

    ck_assert(cell_write(&out, SPAN("a,b"), ';', no_null, false, false));
    ck_assert(cell_write(&out, SPAN("a;b"), ';', no_null, false, false));
    ck_assert(cell_write(&out, SPAN("a\tb"), '\t', no_null, false, false));
    ck_assert(span_equal(buffer_span(&out), SPAN("a,b\"a;b\"\"a\tb\"")));
    buffer_release(&out);
}
END_TEST

START_TEST(a_value_like_the_null_is_quoted)
{
    struct buffer out = BUFFER_INIT;

    ck_assert(cell_write(&out, SPAN("NULL"), ',', SPAN("NULL"), false, false));
    ck_assert(cell_write(&out, SPAN("null"), ',', SPAN("NULL"), false, false));
    ck_assert(span_equal(buffer_span(&out), SPAN("\"NULL\"null")));
    buffer_release(&out);
}
END_TEST

START_TEST(a_quoted_field_stays_quoted)
{
    struct buffer out = BUFFER_INIT;

    ck_assert(cell_write(&out, SPAN("Jana"), ',', no_null, true, false));
    ck_assert(span_equal(buffer_span(&out), SPAN("\"Jana\"")));
    buffer_release(&out);
}
END_TEST

START_TEST(nothing_is_nothing_but_in_a_record_of_one_field)
{
    struct buffer out = BUFFER_INIT;

    ck_assert(cell_write(&out, SPAN(""), ',', no_null, false, false));
    ck_assert(cell_write(&out, SPAN(""), ',', no_null, true, false));
    ck_assert_uint_eq(out.size, 0);
    ck_assert(cell_write(&out, SPAN(""), ',', no_null, false, true));
    ck_assert(span_equal(buffer_span(&out), SPAN("\"\"")));
    buffer_release(&out);
}
END_TEST

START_TEST(a_value_of_quotes_alone_finds_room)
{
    struct buffer out = BUFFER_INIT;
    char quotes[10000];

    memset(quotes, '"', sizeof quotes);
    ck_assert(buffer_append(&out, SPAN("x,")));
    ck_assert(cell_write(&out, (struct span){quotes, sizeof quotes}, ',', no_null, false, false));
    ck_assert_uint_eq(out.size, 2 + 2 * sizeof quotes + 2);
    for (size_t i = 2; i < out.size; i++)
        ck_assert_int_eq(out.at[i], '"');
    buffer_release(&out);
}
END_TEST

START_TEST(a_full_buffer_is_left_as_it_was)
{
    struct buffer out = BUFFER_INIT;

    out.limit = 4;
    ck_assert(buffer_append(&out, SPAN("x,")));
    ck_assert(!cell_write(&out, SPAN("Jana"), ',', no_null, false, false));
    ck_assert(!cell_write(&out, SPAN("Jana"), ',', no_null, true, false));
    ck_assert(span_equal(buffer_span(&out), SPAN("x,")));
    buffer_release(&out);
}
END_TEST

Suite *test_cell_writer_suite(void)
{
    Suite *suite = suite_create("cell_writer");
    TCase *tcase = tcase_create("cell_write");

    tcase_add_test(tcase, a_plain_value_stays_plain);
    tcase_add_test(tcase, quotes_where_it_must);
    tcase_add_test(tcase, keeps_a_nul);
    tcase_add_test(tcase, minds_the_dialect);
    tcase_add_test(tcase, a_value_like_the_null_is_quoted);
    tcase_add_test(tcase, a_quoted_field_stays_quoted);
    tcase_add_test(tcase, nothing_is_nothing_but_in_a_record_of_one_field);
    tcase_add_test(tcase, a_value_of_quotes_alone_finds_room);
    tcase_add_test(tcase, a_full_buffer_is_left_as_it_was);
    suite_add_tcase(suite, tcase);
    return suite;
}
