#include "read/framer.h"

#include <check.h>

#include "read/framer_masks.h"
#include "read_fixture.h"

Suite *test_framer_suite(void);

static const struct span names[] = {{"Id", 2}, {"Name", 4}, {"Position", 8}};

static const struct mask_finder *finder; /* by which frame() looks at bytes */
static struct batch batch;
static struct diagnostics diagnostics;

static void setup(void)
{
    finder = mask_finder_best();
    batch = (struct batch)BATCH_INIT;
    diagnostics = (struct diagnostics)DIAGNOSTICS_INIT;
}

static void teardown(void)
{
    batch_release(&batch);
    diagnostics_release(&diagnostics);
}

/* Frames bytes that begin on line 2 of contacts.csv. */
static enum status frame(struct span bytes, char delimiter, size_t columns, bool after_blank,
                         bool last)
{
    const struct framing framing = {"contacts.csv", delimiter, names, columns};

    batch_clear(&batch);
    REQUIRE(buffer_append(&batch.bytes, bytes));
    batch.first_line = 2;
    batch.after_blank = after_blank;
    batch.last = last;
    return framer_index_by(finder, &framing, &batch, &diagnostics);
}

/* The rule of batch.after_blank, said once more. */
static bool ends_blank(struct span bytes)
{
    const char *const ends[] = {"\n\n", "\n\r\n"};

    if (span_equal(bytes, SPAN("\n")) || span_equal(bytes, SPAN("\r\n")))
        return true;
    for (size_t i = 0; i < 2; i++) {
        const struct span end = span_of(ends[i]);

        if (bytes.size >= end.size &&
            memcmp(bytes.at + bytes.size - end.size, end.at, end.size) == 0)
            return true;
    }
    return false;
}

/* Frames the bytes as the batches that a cut in the first `chop` of them makes. */
static bool frame_chopped(struct span bytes, char delimiter, size_t columns, size_t chop,
                          struct buffer *records)
{
    const size_t cut = framer_cut((struct span){bytes.at, chop});
    const struct span head = {bytes.at, cut};
    const struct span tail = {bytes.at + cut, bytes.size - cut};

    REQUIRE(cut <= chop);
    if (frame(head, delimiter, columns, false, false) != STATUS_OK)
        return false;
    assert_batch_covers_its_bytes(&batch, delimiter);
    append_records(records, &batch);
    if (frame(tail, delimiter, columns, ends_blank(head), true) != STATUS_OK)
        return false;
    assert_batch_covers_its_bytes(&batch, delimiter);
    append_records(records, &batch);
    return true;
}

static void assert_chopped_agrees(struct span bytes, char delimiter, size_t columns, size_t chop,
                                  const struct buffer *expected)
{
    struct buffer records = BUFFER_INIT;

    if (frame_chopped(bytes, delimiter, columns, chop, &records) != (expected != NULL))
        ck_abort_msg("%s, libcsv %s %zu columns, cut at %zu: %.*s", finder->name,
                     expected != NULL ? "accepts" : "refuses", columns, chop, (int)bytes.size,
                     bytes.at);
    REQUIRE(expected == NULL || span_equal(buffer_span(&records), buffer_span(expected)));
    REQUIRE(diagnostics.count == (expected != NULL ? 0 : 1));
    diagnostics_release(&diagnostics);
    diagnostics = (struct diagnostics)DIAGNOSTICS_INIT;
    buffer_release(&records);
}

/*
 * Framed as a whole, or cut in two at any byte, an input reads as libcsv reads it, with every
 * instruction set that this processor has.
 */
static void assert_agrees(struct span bytes, char delimiter, size_t columns)
{
    struct buffer expected = BUFFER_INIT;
    const bool accepted = oracle_read(bytes, delimiter, columns, true, &expected);

    for (const struct mask_finder *const *each = mask_finders; *each != NULL; each++) {
        finder = *each;
        if (!finder->is_available())
            continue;
        for (size_t chop = 0; chop <= bytes.size; chop++)
            assert_chopped_agrees(bytes, delimiter, columns, chop, accepted ? &expected : NULL);
    }
    buffer_release(&expected);
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

START_TEST(the_cut_is_behind_the_last_whole_record)
{
    ck_assert_uint_eq(framer_cut(SPAN("")), 0);
    ck_assert_uint_eq(framer_cut(SPAN("a,b")), 0);
    ck_assert_uint_eq(framer_cut(SPAN("a,b\nc")), 4);
    ck_assert_uint_eq(framer_cut(SPAN("a,b\r\n")), 5);
    ck_assert_uint_eq(framer_cut(SPAN("a\n\"b\nc\nd")), 2);
    ck_assert_uint_eq(framer_cut(SPAN("a\n\"b\"\"\nc\"\nd")), 10);
    ck_assert_uint_eq(framer_cut(SPAN("\"b\nc\nd")), 0);
}
END_TEST

START_TEST(pieces_are_cut_like_the_whole)
{
    const struct span bytes = SPAN("\"a\n\",b\n\"c\"\"\nd\"\n\"e\nf");

    for (size_t size = 1; size <= bytes.size; size++) {
        bool inside = false;
        size_t cut = 0;

        for (size_t at = 0; at < bytes.size; at += size) {
            const size_t rest = bytes.size - at;
            const struct span piece = {bytes.at + at, size < rest ? size : rest};
            const size_t found = framer_cut_piece(piece, &inside);

            cut = found > 0 ? at + found : cut;
        }
        ck_assert_uint_eq(cut, framer_cut(bytes));
        ck_assert(inside);
    }
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
        finder = *each;
        if (!finder->is_available())
            continue;
        ck_assert_int_eq(frame(span_of(faults[_i].bytes), ',', 3, false, true), STATUS_INPUT);
        assert_message(&diagnostics, faults[_i].message);
        diagnostics_release(&diagnostics);
        diagnostics = (struct diagnostics)DIAGNOSTICS_INIT;
    }
}
END_TEST

/* A record's fields may be told to be too many before its end is seen. */
START_TEST(a_record_of_very_many_fields_is_counted)
{
    struct buffer bytes = BUFFER_INIT;

    for (int i = 0; i < 1000; i++)
        ck_assert(buffer_append_byte(&bytes, ','));
    ck_assert_int_eq(frame(buffer_span(&bytes), ',', 3, false, true), STATUS_INPUT);
    assert_message(&diagnostics,
                   "contacts.csv:2:1001: error: record of 1001 fields where the header has 3");
    ck_assert_uint_lt(batch.field_room, 500);
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
