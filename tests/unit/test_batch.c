#include "record/batch.h"

#include <check.h>

Suite *test_batch_suite(void);

static struct batch batch;
static struct buffer scratch;

/* Two records of three fields, with a blank line between them that belongs to the first. */
static void setup(void)
{
    static const uint32_t record_start[] = {0, 15, 32};
    static const uint32_t field_end[] = {1, 7, 12, 16, 26, 31};

    batch = (struct batch)BATCH_INIT;
    scratch = (struct buffer)BUFFER_INIT;
    ck_assert(buffer_append(&batch.bytes, SPAN("1,\"Ann\",Boss\r\n\n2,\"B\"\"o\n\"\"\",NULL\n")));
    ck_assert(batch_reserve(&batch, 2, 6));
    memcpy(batch.record_start, record_start, sizeof record_start);
    memcpy(batch.field_end, field_end, sizeof field_end);
    batch.record_count = 2;
    batch.field_count = 3;
    batch.first_line = 7;
    ck_assert_uint_eq(batch.bytes.size, record_start[2]);
}

static void teardown(void)
{
    batch_release(&batch);
    buffer_release(&scratch);
}

static void assert_span(struct span span, struct span expected)
{
    ck_assert_uint_eq(span.size, expected.size);
    ck_assert(span_equal(span, expected));
}

START_TEST(raw_fields_keep_their_quotes)
{
    assert_span(batch_raw(&batch, 0, 0), SPAN("1"));
    assert_span(batch_raw(&batch, 0, 1), SPAN("\"Ann\""));
    assert_span(batch_raw(&batch, 0, 2), SPAN("Boss"));
    assert_span(batch_raw(&batch, 1, 0), SPAN("2"));
    assert_span(batch_raw(&batch, 1, 1), SPAN("\"B\"\"o\n\"\"\""));
    assert_span(batch_raw(&batch, 1, 2), SPAN("NULL"));
}
END_TEST

START_TEST(values_are_copied_only_where_quotes_are_doubled)
{
    ck_assert(batch_scratch(&batch, 0, &scratch));
    assert_span(batch_value(&batch, 0, 0, &scratch), SPAN("1"));
    assert_span(batch_value(&batch, 0, 1, &scratch), SPAN("Ann"));
    ck_assert_uint_eq(scratch.size, 0);

    ck_assert(batch_scratch(&batch, 1, &scratch));
    const struct span once = batch_value(&batch, 1, 1, &scratch);
    const struct span twice = batch_value(&batch, 1, 1, &scratch);
    assert_span(once, SPAN("B\"o\n\""));
    assert_span(twice, SPAN("B\"o\n\""));
    ck_assert_ptr_ne(once.at, twice.at);
}
END_TEST

START_TEST(a_doubled_quote_may_be_all_there_is)
{
    static const char bytes[] = "\"\"\"\"\n";

    batch_clear(&batch);
    ck_assert(buffer_append(&batch.bytes, SPAN("\"\"\"\"\n")));
    batch.record_start[0] = 0;
    batch.record_start[1] = sizeof bytes - 1;
    batch.field_end[0] = 4;
    batch.record_count = 1;
    batch.field_count = 1;
    ck_assert(batch_scratch(&batch, 0, &scratch));
    assert_span(batch_value(&batch, 0, 0, &scratch), SPAN("\""));
}
END_TEST

START_TEST(odd_fields_have_the_value_noted)
{
    char value[] = "odd";

    ck_assert(batch_add_odd(&batch, 2, (struct span){value, 3}));
    ck_assert(batch_add_odd(&batch, 4, SPAN("")));
    value[0] = 'x';
    ck_assert(batch_scratch(&batch, 1, &scratch));
    assert_span(batch_value(&batch, 0, 1, &scratch), SPAN("Ann"));
    assert_span(batch_value(&batch, 0, 2, &scratch), SPAN("odd"));
    assert_span(batch_value(&batch, 1, 0, &scratch), SPAN("2"));
    assert_span(batch_value(&batch, 1, 1, &scratch), SPAN(""));
}
END_TEST

START_TEST(many_odd_fields_are_found)
{
    for (uint32_t field = 0; field < 1000; field++)
        ck_assert(batch_add_odd(&batch, 3 * field, SPAN("odd")));
    ck_assert_uint_eq(batch.odd_count, 1000);
    assert_span(batch_value(&batch, 1, 0, &scratch), SPAN("odd"));
    assert_span(batch_value(&batch, 1, 2, &scratch), SPAN("NULL"));
}
END_TEST

START_TEST(blank_is_empty_or_the_unquoted_null)
{
    const struct dialect dialect = {',', QUOTING_STRICT, SPAN("NULL")};
    const struct dialect none = {',', QUOTING_STRICT, {NULL, 0}};

    ck_assert(raw_is_blank(SPAN(""), &dialect));
    ck_assert(raw_is_blank(SPAN("\"\""), &dialect));
    ck_assert(raw_is_blank(SPAN("NULL"), &dialect));
    ck_assert(!raw_is_blank(SPAN("\"NULL\""), &dialect));
    ck_assert(!raw_is_blank(SPAN(" "), &dialect));
    ck_assert(!raw_is_blank(SPAN("NULL"), &none));
}
END_TEST

START_TEST(lines_are_counted_from_the_first)
{
    ck_assert_uint_eq(batch_line(&batch, 0), 7);
    ck_assert_uint_eq(batch_line(&batch, 1), 9);
}
END_TEST

START_TEST(newlines_are_counted_in_any_number)
{
    static char bytes[2000];

    memset(bytes, '\n', sizeof bytes);
    for (size_t size = 0; size <= sizeof bytes; size++)
        ck_assert_uint_eq(newline_count((struct span){bytes, size}), size);
    memset(bytes, '\r', sizeof bytes);
    bytes[1234] = '\n';
    ck_assert_uint_eq(newline_count((struct span){bytes, sizeof bytes}), 1);
}
END_TEST

START_TEST(clear_keeps_the_memory)
{
    const uint32_t *start = batch.record_start;

    ck_assert(batch_add_odd(&batch, 2, SPAN("odd")));
    batch.last = true;
    batch.after_blank = true;
    batch_clear(&batch);
    ck_assert_uint_eq(batch.bytes.size, 0);
    ck_assert_uint_eq(batch.record_count, 0);
    ck_assert_uint_eq(batch.odd_count, 0);
    ck_assert(!batch.last && !batch.after_blank);
    ck_assert_ptr_eq(batch.record_start, start);
}
END_TEST

START_TEST(reserving_keeps_what_stands)
{
    ck_assert(batch_reserve(&batch, 100000, 100000));
    assert_span(batch_raw(&batch, 1, 2), SPAN("NULL"));
    batch.record_start[100000] = 1;
    batch.field_end[99999] = 1;
}
END_TEST

Suite *test_batch_suite(void)
{
    Suite *suite = suite_create("batch");
    TCase *cases = tcase_create("batch");

    tcase_add_checked_fixture(cases, setup, teardown);
    tcase_add_test(cases, raw_fields_keep_their_quotes);
    tcase_add_test(cases, values_are_copied_only_where_quotes_are_doubled);
    tcase_add_test(cases, a_doubled_quote_may_be_all_there_is);
    tcase_add_test(cases, odd_fields_have_the_value_noted);
    tcase_add_test(cases, many_odd_fields_are_found);
    tcase_add_test(cases, blank_is_empty_or_the_unquoted_null);
    tcase_add_test(cases, lines_are_counted_from_the_first);
    tcase_add_test(cases, newlines_are_counted_in_any_number);
    tcase_add_test(cases, clear_keeps_the_memory);
    tcase_add_test(cases, reserving_keeps_what_stands);
    suite_add_tcase(suite, cases);
    return suite;
}
