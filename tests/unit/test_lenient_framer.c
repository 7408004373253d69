#include "read/lenient_framer.h"

#include <check.h>

#include "read_fixture.h"

Suite *test_lenient_framer_suite(void);

static const struct span names[] = {{"Id", 2}, {"Name", 4}, {"Position", 8}};

static struct batch batch;
static struct diagnostics diagnostics;

static void setup(void)
{
    batch = (struct batch)BATCH_INIT;
    diagnostics = (struct diagnostics)DIAGNOSTICS_INIT;
}

static void teardown(void)
{
    batch_release(&batch);
    diagnostics_release(&diagnostics);
}

/* Frames a file's bytes from line 2 on, `chop` of them first, then the others. */
static enum status frame(struct span bytes, size_t columns, size_t chop)
{
    const struct framing framing = {"contacts.csv", ',', names, columns};
    struct lenient_framer *framer = lenient_framer_new(&framing);
    size_t complete;

    batch_clear(&batch);
    batch.first_line = 2;
    REQUIRE(framer != NULL && lenient_framer_start(framer, &batch));
    REQUIRE(buffer_append(&batch.bytes, (struct span){bytes.at, chop}));
    enum status status = lenient_framer_frame(framer, &batch, &complete, &diagnostics);
    if (status == STATUS_OK) {
        REQUIRE(complete <= chop);
        REQUIRE(buffer_append(&batch.bytes, (struct span){bytes.at + chop, bytes.size - chop}));
        batch.last = true;
        status = lenient_framer_frame(framer, &batch, &complete, &diagnostics);
    }
    if (status == STATUS_OK)
        lenient_framer_finish(&batch);
    lenient_framer_free(framer);
    return status;
}

static void assert_agrees(struct span bytes, size_t columns)
{
    struct buffer expected = BUFFER_INIT;
    struct buffer records = BUFFER_INIT;
    const bool accepted = oracle_read(bytes, ',', columns, false, &expected);

    for (size_t chop = 0; chop <= bytes.size; chop++) {
        if ((frame(bytes, columns, chop) == STATUS_OK) != accepted)
            ck_abort_msg("libcsv %s %zu columns, cut at %zu: %.*s",
                         accepted ? "accepts" : "refuses", columns, chop, (int)bytes.size,
                         bytes.at);
        REQUIRE(diagnostics.count == (accepted ? 0 : 1));
        diagnostics_release(&diagnostics);
        diagnostics = (struct diagnostics)DIAGNOSTICS_INIT;
        if (!accepted)
            continue;
        assert_batch_covers_its_bytes(&batch, ',');
        buffer_clear(&records);
        append_records(&records, &batch);
        REQUIRE(span_equal(buffer_span(&records), buffer_span(&expected)));
    }
    buffer_release(&expected);
    buffer_release(&records);
}

START_TEST(odd_inputs_read_as_by_libcsv)
{
    for (const struct span *input = odd_inputs; input->at != NULL; input++)
        for (size_t columns = 1; columns <= 3; columns++)
            assert_agrees(*input, columns);
}
END_TEST

START_TEST(generated_inputs_read_as_by_libcsv)
{
    struct buffer bytes = BUFFER_INIT;

    for (uint64_t seed = 1; seed <= 1000; seed++) {
        generate_records(&bytes, seed, ',', 1 + seed % 3);
        assert_agrees(buffer_span(&bytes), 1 + seed % 3);
    }
    buffer_release(&bytes);
}
END_TEST

START_TEST(only_what_rfc_4180_reads_otherwise_is_odd)
{
    struct buffer scratch = BUFFER_INIT;

    ck_assert_int_eq(frame(SPAN("a\"b,\"c\"\"d\", \"e\"\n"), 3, 4), STATUS_OK);
    ck_assert_uint_eq(batch.odd_count, 0);
    ck_assert_int_eq(frame(SPAN("a,\"b\" c\",\"d\"e\"\"\n"), 3, 0), STATUS_OK);
    ck_assert_uint_eq(batch.odd_count, 2);
    ck_assert_uint_eq(batch.odd[0].field, 1);
    ck_assert_uint_eq(batch.odd[1].field, 2);
    ck_assert(batch_scratch(&batch, 0, &scratch));
    ck_assert(span_equal(batch_value(&batch, 0, 1, &scratch), SPAN("b\" c")));
    ck_assert(span_equal(batch_value(&batch, 0, 2, &scratch), SPAN("d\"e\"\n")));
    ck_assert(span_equal(batch_raw(&batch, 0, 2), SPAN("\"d\"e\"\"\n")));
    buffer_release(&scratch);
}
END_TEST

static const struct {
    const char *bytes, *message;
} faults[] = {
    {"1,Ann\rx,b\n", "contacts.csv:2:6: error: carriage return outside quotes that no newline "
                     "follows, in field 'Name'"},
    {"1,\"A\n\",b\n1,Ann\n", "contacts.csv:4:6: error: record of 2 fields where the header has 3"},
    {"1,Ann,b,c\n", "contacts.csv:2:10: error: record of 4 fields where the header has 3"},
    {"1,Ann,b\n\n\n2,Bo,c\n", "contacts.csv:4:1: error: record of 1 field where the header has 3"},
};

START_TEST(a_fault_is_told_with_its_place)
{
    ck_assert_int_eq(frame(span_of(faults[_i].bytes), 3, 0), STATUS_INPUT);
    assert_message(&diagnostics, faults[_i].message);
}
END_TEST

Suite *test_lenient_framer_suite(void)
{
    Suite *suite = suite_create("lenient_framer");
    TCase *cases = tcase_create("lenient_framer");

    tcase_set_timeout(cases, 120);
    tcase_add_checked_fixture(cases, setup, teardown);
    tcase_add_test(cases, odd_inputs_read_as_by_libcsv);
    tcase_add_test(cases, generated_inputs_read_as_by_libcsv);
    tcase_add_test(cases, only_what_rfc_4180_reads_otherwise_is_odd);
    tcase_add_loop_test(cases, a_fault_is_told_with_its_place, 0,
                        (int)(sizeof faults / sizeof faults[0]));
    suite_add_tcase(suite, cases);
    return suite;
}
