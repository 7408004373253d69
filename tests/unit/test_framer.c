#include "read/framer.h"

#include <check.h>

#include "framer_probe.h"
#include "read_fixture.h"

Suite *test_framer_suite(void);

static struct framer_probe probe;

static void setup(void)
{
    framer_probe_open(&probe);
}

static void teardown(void)
{
    framer_probe_close(&probe);
}

/* Framed as a whole, or cut in two at any byte. */
static void assert_agrees(struct span bytes, char delimiter, size_t columns)
{
    assert_framed_as_by_libcsv(&probe, bytes, delimiter, columns, 0, bytes.size);
}

START_TEST(odd_inputs_read_as_by_libcsv)
{
    for (const struct span *input = odd_inputs; input->at != NULL; input++)
        for (size_t columns = 1; columns <= 3; columns++)
            assert_agrees(*input, ',', columns);
}
END_TEST

/* 63 to 65 bytes before an odd input bring each of its bytes to a block's edge. */
START_TEST(odd_inputs_read_as_by_libcsv_at_block_edges)
{
    struct buffer bytes = BUFFER_INIT;

    for (const struct span *input = odd_inputs; input->at != NULL; input++) {
        for (int size = 48; size < 66; size++) {
            buffer_clear(&bytes);
            ck_assert(buffer_append_format(&bytes, "%0*d,%s\n", size - 3, 0, ""));
            ck_assert(buffer_append(&bytes, *input));
            assert_agrees(buffer_span(&bytes), ',', 2);
        }
    }
    buffer_release(&bytes);
}
END_TEST

START_TEST(generated_inputs_read_as_by_libcsv)
{
    static const char delimiters[] = {',', ';', '\t', '|'};
    struct buffer bytes = BUFFER_INIT;
    const uint64_t first = (uint64_t)_i * 500;

    for (uint64_t seed = first; seed < first + 500; seed++) {
        const size_t columns = 1 + seed % 3;

        generate_records(&bytes, seed, delimiters[seed % 4], columns);
        assert_agrees(buffer_span(&bytes), delimiters[seed % 4], columns);
    }
    buffer_release(&bytes);
}
END_TEST

/* Every input of up to 6 bytes out of those that mean something. */
START_TEST(all_short_inputs_read_as_by_libcsv)
{
    static const char alphabet[] = {'a', ',', '"', '\n', '\r'};
    char bytes[6];
    size_t count = 1;

    for (size_t size = 0; size <= sizeof bytes; size++, count *= sizeof alphabet) {
        for (size_t number = 0; number < count; number++) {
            size_t rest = number;

            for (size_t i = 0; i < size; i++, rest /= sizeof alphabet)
                bytes[i] = alphabet[rest % sizeof alphabet];
            assert_agrees((struct span){bytes, size}, ',', 1 + number % 2);
            assert_agrees((struct span){bytes, size}, ',', 2 - number % 2);
        }
    }
}
END_TEST

static size_t cut(struct span bytes)
{
    return framer_cut(bytes, &(bool){false});
}

START_TEST(the_cut_is_behind_the_last_whole_record)
{
    ck_assert_uint_eq(cut(SPAN("")), 0);
    ck_assert_uint_eq(cut(SPAN("a,b")), 0);
    ck_assert_uint_eq(cut(SPAN("a,b\nc")), 4);
    ck_assert_uint_eq(cut(SPAN("a,b\r\n")), 5);
    ck_assert_uint_eq(cut(SPAN("a\n\"b\nc\nd")), 2);
    ck_assert_uint_eq(cut(SPAN("a\n\"b\"\"\nc\"\nd")), 10);
    ck_assert_uint_eq(cut(SPAN("\"b\nc\nd")), 0);
}
END_TEST

START_TEST(pieces_are_cut_like_the_whole)
{
    const struct span bytes = SPAN("\"a\n\",b\n\"c\"\"\nd\"\n\"e\nf");

    for (size_t size = 1; size <= bytes.size; size++)
        ck_assert(assert_pieces_cut_as_the_whole(bytes, size));
}
END_TEST

static const struct {
    const char *bytes, *message;
} faults[] = {
    {"1,Ann,\"boss\"x\n", "contacts.csv:2:13: error: text after the closing quote of field "
                          "'Position'"},
    {"1,\"A\nB\",c\n2,An\"n,b\n",
     "contacts.csv:4:5: error: quote inside the unquoted field 'Name'"},
    {"1,Ann,b\n2,\"Bo,c\n3,Cy,d\n",
     "contacts.csv:3:3: error: quote of field 'Name' is never closed"},
    {"1,Ann\rx,b\n", "contacts.csv:2:6: error: carriage return outside quotes that no newline "
                     "follows, in field 'Name'"},
    {"1,Ann,b\r", "contacts.csv:2:8: error: carriage return outside quotes that no newline "
                  "follows, in field 'Position'"},
    {"1,Ann\n", "contacts.csv:2:6: error: record of 2 fields where the header has 3"},
    {"1,Ann,b,c,d\n", "contacts.csv:2:12: error: record of 5 fields where the header has 3"},
    {"1,Ann,b,\"c\"d\n", "contacts.csv:2:12: error: text after the closing quote of field 4"},
    {"1,Ann,b\n\n\n2,Bo,c\n", "contacts.csv:4:1: error: record of 1 field where the header has 3"},
};

START_TEST(a_fault_is_told_with_its_place_and_field)
{
    for (const struct mask_finder *const *each = mask_finders; *each != NULL; each++) {
        probe.finder = *each;
        if (!probe.finder->is_available())
            continue;
        ck_assert_int_eq(framer_probe_frame(&probe, span_of(faults[_i].bytes), ',', 3, false, true),
                         STATUS_INPUT);
        assert_message(&probe.diagnostics, faults[_i].message);
    }
}
END_TEST

/* A record's fields may be told to be too many before its end is seen. */
START_TEST(a_record_of_very_many_fields_is_counted)
{
    struct buffer bytes = BUFFER_INIT;

    for (int i = 0; i < 100000; i++)
        ck_assert(buffer_append_byte(&bytes, ','));
    ck_assert_int_eq(framer_probe_frame(&probe, buffer_span(&bytes), ',', 3, false, true),
                     STATUS_INPUT);
    assert_message(&probe.diagnostics,
                   "contacts.csv:2:100001: error: record of 100001 fields where the header has 3");
    ck_assert_uint_lt(probe.batch.field_room, 10000);
    buffer_release(&bytes);
}
END_TEST

Suite *test_framer_suite(void)
{
    Suite *suite = suite_create("framer");
    TCase *cases = tcase_create("framer");

    tcase_set_timeout(cases, 120);
    tcase_add_checked_fixture(cases, setup, teardown);
    tcase_add_test(cases, odd_inputs_read_as_by_libcsv);
    tcase_add_test(cases, odd_inputs_read_as_by_libcsv_at_block_edges);
    tcase_add_loop_test(cases, generated_inputs_read_as_by_libcsv, 0, 4);
    tcase_add_test(cases, all_short_inputs_read_as_by_libcsv);
    tcase_add_test(cases, the_cut_is_behind_the_last_whole_record);
    tcase_add_test(cases, pieces_are_cut_like_the_whole);
    tcase_add_loop_test(cases, a_fault_is_told_with_its_place_and_field, 0,
                        (int)(sizeof faults / sizeof faults[0]));
    tcase_add_test(cases, a_record_of_very_many_fields_is_counted);
    suite_add_tcase(suite, cases);
    return suite;
}
